//! The account that the money of a boleto goes to: asked before the refund, or later on its receipt.

use super::page::order;
use super::receipt;
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::text::Texts;
use crate::ui::{self, Field};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::refund::{AnswerError, set_payee};
use types::place::buyer::Place;
use types::{Payee, PayeeFault, PayeeField, PayeeFields};

/// What was typed, and what is wrong with it.
#[derive(Clone, Default, Debug)]
pub struct Typed {
    /// The fields.
    pub fields: PayeeFields,
    /// The wrong ones.
    pub faults: Vec<(PayeeField, PayeeFault)>,
}

/// What most people fill in, in the order of the form.
const USUAL: [PayeeField; 3] = [PayeeField::Holder, PayeeField::TaxId, PayeeField::PixKey];
/// What takes the place of a Pix key.
const BANK: [PayeeField; 4] = [PayeeField::Bank, PayeeField::Branch, PayeeField::Account, PayeeField::Digit];

/// Keeps the account. What is wrong is said beside each field.
pub async fn save(
    buyer: Buyer,
    Path((handle, protocol)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, PageError> {
    let saved = match parse(&fields) {
        Ok(payee) => set_payee(&buyer, &handle, &protocol, &payee).await,
        Err(typed) => {
            let order = order(&buyer, &handle).await?;
            let refund = order.refunds.iter().find(|refund| refund.protocol.as_str() == protocol);
            let refund = refund.ok_or(PageError::NotFound)?;
            let page = receipt::page(buyer.texts(), &order, refund, &typed, buyer.portal().now()).of_buyer(&buyer);
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    match saved {
        // Too late is told by the receipt: it shows where the money is.
        Ok(())
        | Err(
            AnswerError::TooLate { .. } | AnswerError::NothingLeft | AnswerError::Disputed | AnswerError::UnknownItem,
        ) => Ok(lead_to(Place::RefundReceipt { handle: &handle, protocol: &protocol })),
        Err(AnswerError::NotFound) => Err(PageError::NotFound),
        Err(AnswerError::Database(error)) => Err(error.into()),
    }
}

/// Reads the form's fields. What was typed is boxed: it is as large as the form.
pub(super) fn parse(fields: &Fields) -> Result<Payee, Box<Typed>> {
    let of = |field: PayeeField| fields.one(field.name()).to_owned();
    let fields = PayeeFields {
        holder: of(PayeeField::Holder),
        tax_id: of(PayeeField::TaxId),
        pix_key: of(PayeeField::PixKey),
        bank: of(PayeeField::Bank),
        branch: of(PayeeField::Branch),
        account: of(PayeeField::Account),
        digit: of(PayeeField::Digit),
    };
    Payee::parse(&fields).map_err(|faults| Box::new(Typed { fields, faults }))
}

/// What is wrong, for the summary above a form.
pub(super) fn errors(texts: Texts, typed: &Typed) -> Vec<(&'static str, String)> {
    typed.faults.iter().map(|(field, fault)| (field.name(), texts.text(words(*field, *fault)))).collect()
}

/// The fields. Either the Pix key or the account of a bank is filled in; the latter is folded away until it is wanted.
pub(super) fn fieldset(texts: Texts, typed: &Typed) -> impl IntoView + use<> {
    let show = |field| ui::field(one(texts, typed, field));
    let is_wrong = |field| typed.faults.iter().any(|(wrong, _)| *wrong == field);
    let by_bank = BANK.iter().any(|field| is_wrong(*field) || !value(&typed.fields, *field).is_empty());
    view! {
        <fieldset>
            <legend>{texts.text("payee-title")}</legend>
            <p>{texts.text("payee-lead")}</p>
            <input type="hidden" name="payee" value="typed"/>
            {USUAL.map(show).collect_view()}
            <details class="more" open=by_bank>
                <summary>{texts.text("payee-bank-open")}</summary>
                {BANK.map(show).collect_view()}
            </details>
        </fieldset>
    }
}

fn value(fields: &PayeeFields, field: PayeeField) -> &str {
    match field {
        PayeeField::Holder => &fields.holder,
        PayeeField::TaxId => &fields.tax_id,
        PayeeField::PixKey => &fields.pix_key,
        PayeeField::Bank => &fields.bank,
        PayeeField::Branch => &fields.branch,
        PayeeField::Account => &fields.account,
        PayeeField::Digit => &fields.digit,
    }
}

fn one(texts: Texts, typed: &Typed, field: PayeeField) -> Field {
    let (label, help, autocomplete) = match field {
        PayeeField::Holder => ("payee-holder", None, "name"),
        PayeeField::TaxId => ("payee-tax-id", None, "off"),
        PayeeField::PixKey => ("payee-pix-key", Some("payee-pix-key-help"), "off"),
        PayeeField::Bank => ("payee-bank", Some("payee-bank-help"), "off"),
        PayeeField::Branch => ("payee-branch", Some("payee-branch-help"), "off"),
        PayeeField::Account => ("payee-account", None, "off"),
        PayeeField::Digit => ("payee-digit", None, "off"),
    };
    let fault = typed.faults.iter().find(|(wrong, _)| *wrong == field);
    Field {
        id: field.name(),
        name: field.name(),
        kind: "text",
        autocomplete,
        label: texts.text(label),
        help: help.map(|key| texts.text(key)).unwrap_or_default(),
        value: value(&typed.fields, field).to_owned(),
        error: fault.map(|(field, fault)| texts.text(words(*field, *fault))),
        required: matches!(field, PayeeField::Holder | PayeeField::TaxId),
    }
}

fn words(field: PayeeField, fault: PayeeFault) -> &'static str {
    match (field, fault) {
        (_, PayeeFault::Both) => "payee-both",
        (PayeeField::PixKey, PayeeFault::Missing) => "payee-neither",
        (PayeeField::Holder, _) => "payee-holder-wrong",
        (PayeeField::TaxId, _) => "payee-tax-id-wrong",
        (PayeeField::PixKey, PayeeFault::Invalid) => "payee-pix-key-wrong",
        (PayeeField::Bank, _) => "payee-bank-wrong",
        (PayeeField::Branch, _) => "payee-branch-wrong",
        (PayeeField::Account, _) => "payee-account-wrong",
        (PayeeField::Digit, _) => "payee-digit-wrong",
    }
}
