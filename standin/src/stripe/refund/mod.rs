//! Refunds.

mod outcome;

use super::balance;
use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{maybe, text, whole};
use super::{currency, dispute};
use outcome::{How, give_back, undo};
use serde_json::{Value, json};

pub(super) use outcome::{fail, succeed};

/// `POST /v1/refunds`
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["amount", "charge", "instructions_email", "metadata", "payment_intent", "reason"])?;
    let reason = params.word("reason", &["duplicate", "fraudulent", "requested_by_customer"])?;
    let (metadata, asked) = (metadata::read(params)?, params.integer("amount")?);
    let charge = charge_of(books, params)?;
    let amount = refundable(books, &charge, asked)?;
    let email = params.text("instructions_email")?.map(str::to_owned);
    let email = email.or_else(|| maybe(&charge["billing_details"], "email"));
    let how = How::of(books, &charge);
    let mut refund = blank(books, &charge, amount, reason, &metadata);
    how.fill(books, &mut refund, email)?;
    let id = text(&refund, "id").to_owned();
    books.put(refund);
    take(books, &charge, &id, amount);
    books.tell("charge.refunded", text(&charge, "id"));
    books.tell("refund.created", &id);
    how.plan(books, &id);
    books.find("refund", &id, "id")
}

/// The charge that a call names, itself or by its payment intent.
fn charge_of(books: &Books, params: &Params) -> Answer {
    match (params.text("charge")?, params.text("payment_intent")?) {
        (Some(charge), _) => books.find("charge", charge, "charge"),
        (None, Some(intent)) => {
            let intent = books.find("payment_intent", intent, "payment_intent")?;
            if text(&intent, "status") != "succeeded" {
                let id = text(&intent, "id");
                let message = format!("This PaymentIntent ({id}) does not have a successful charge to refund.");
                return Err(Failure::refused("", message).with("param", "payment_intent".into()));
            }
            books.find("charge", text(&intent, "latest_charge"), "payment_intent")
        }
        (None, None) => Err(Failure::parameter(
            "parameter_missing",
            "charge",
            "One of the following params should be provided for this request: payment_intent or charge.",
        )),
    }
}

/// The amount, if so much of the charge can be given back.
fn refundable(books: &Books, charge: &Value, asked: Option<i64>) -> Result<i64, Failure> {
    let (id, currency) = (text(charge, "id"), text(charge, "currency"));
    if charge["paid"] != true {
        return Err(Failure::refused("", format!("Charge {id} is not paid; cannot issue a refund.")));
    }
    if dispute::is_charged_back(books, id) {
        let message = format!("Charge {id} has been charged back; cannot issue a refund.");
        return Err(Failure::refused("charge_disputed", message));
    }
    let left = whole(charge, "amount") - whole(charge, "amount_refunded");
    if left == 0 {
        return Err(Failure::refused("charge_already_refunded", format!("Charge {id} has already been refunded.")));
    }
    let amount = asked.unwrap_or(left);
    if amount <= 0 {
        return Err(Failure::parameter("parameter_invalid_integer", "amount", "Invalid positive integer"));
    }
    currency::whole(amount, currency, "amount")?;
    if amount > left {
        let (amount, left) = (currency::shown(amount, currency), currency::shown(left, currency));
        let message = format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(Failure::refused("", message).with("param", "amount".into()));
    }
    balance::covers(books, amount, currency)?;
    Ok(amount)
}

fn blank(books: &mut Books, charge: &Value, amount: i64, reason: Option<&str>, metadata: &Value) -> Value {
    let id = books.id("re_");
    json!({"id": id, "object": "refund", "amount": amount, "balance_transaction": null, "charge": charge["id"],
        "created": books.now(), "currency": charge["currency"], "metadata": metadata,
        "payment_intent": charge["payment_intent"], "reason": reason, "receipt_number": null,
        "source_transfer_reversal": null, "status": "succeeded", "transfer_reversal": null})
}

fn take(books: &mut Books, charge: &Value, refund: &str, amount: i64) {
    let transaction = balance::book(books, -amount, text(charge, "currency"), refund, "refund");
    books.change(refund, |refund| refund["balance_transaction"] = transaction.into());
    give_back(books, text(charge, "id"), amount);
}

/// `POST /v1/refunds/{id}/cancel`
pub(in crate::stripe) fn cancel(books: &mut Books, id: &str) -> Answer {
    let before = books.find("refund", id, "id")?;
    if text(&before, "status") != "requires_action" {
        let message = format!("Refund {id} has a status of {} and cannot be canceled.", text(&before, "status"));
        return Err(Failure::refused("", message));
    }
    undo(books, &before, "canceled");
    books.tell_change("refund.updated", &before);
    books.tell_change("charge.refund.updated", &before);
    books.find("refund", id, "id")
}

/// `POST /v1/refunds/{id}`
pub(in crate::stripe) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["metadata"])?;
    let before = books.find("refund", id, "id")?;
    let mut refund = before.clone();
    metadata::merge(&mut refund, params)?;
    books.put(refund);
    books.tell_change("refund.updated", &before);
    books.find("refund", id, "id")
}

/// `GET /v1/refunds`
pub(in crate::stripe) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["charge", "payment_intent"]))?;
    let (charge, intent) = (params.text("charge")?, params.text("payment_intent")?);
    list::page(books, "refund", "/v1/refunds", params, |one| {
        charge.is_none_or(|charge| text(one, "charge") == charge)
            && intent.is_none_or(|intent| text(one, "payment_intent") == intent)
    })
}
