//! Charging somebody.

use super::{Billing, Part, Payment, Status};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::fee::fee;
use crate::asaas::fields::Fields;
use crate::money::reais;
use jiff::civil::Date;
use serde_json::Value;

/// Asaas charges nothing smaller.
const LEAST: i64 = 500;

/// What a payment is made of.
#[derive(Clone)]
pub(in crate::asaas) struct Draft {
    pub(in crate::asaas) customer: String,
    pub(in crate::asaas) billing: Billing,
    pub(in crate::asaas) value: i64,
    pub(in crate::asaas) due: Date,
    pub(in crate::asaas) description: Option<String>,
    pub(in crate::asaas) external_reference: Option<String>,
    pub(in crate::asaas) callback: Option<Value>,
    pub(in crate::asaas) card: Option<String>,
    pub(in crate::asaas) subscription: Option<String>,
    pub(in crate::asaas) checkout: Option<String>,
    /// Of which plan it is a part, and what Asaas keeps of the part.
    pub(in crate::asaas) part: Option<(Part, i64)>,
}

impl Books {
    /// Creates what a call asks for: one payment, or an instalment plan. The id of the payment, or of its first part.
    /// With a card it is charged at once, whenever it is due, and a declined one leaves nothing behind.
    pub(super) fn create_payment(&mut self, fields: &Fields) -> Result<String, Refusal> {
        let customer = self.payer(fields)?;
        let parts = fields.count("installmentCount")?.unwrap_or(1);
        if parts > 1 {
            let whole = self.create_installment(fields)?;
            return Ok(self.parts_of(&whole).first().map(|part| part.id.clone()).unwrap_or_default());
        }
        let value = fields.amount("value")?.or(fields.amount("totalValue")?);
        let value = self.enough(value)?;
        let mut draft = self.draft(fields, customer, value)?;
        draft.card = self.charged_card(fields, &draft)?;
        let card = draft.card.clone();
        let id = self.add_payment(draft);
        if card.is_some() {
            self.confirm(&id);
        }
        Ok(id)
    }

    /// What all kinds of creation read alike.
    pub(in crate::asaas) fn draft(&self, fields: &Fields, customer: String, value: i64) -> Result<Draft, Refusal> {
        let billing = Billing::said(fields)?
            .ok_or_else(|| Refusal::field("billingType", "O campo billingType deve ser informado."))?;
        let due = fields.day("dueDate")?.or(fields.day("nextDueDate")?);
        let due = due.ok_or_else(|| Refusal::field("dueDate", "O campo dueDate deve ser informado."))?;
        if due < self.today() {
            return Err(Refusal::field("dueDate", "Não é permitido data de vencimento inferior a hoje."));
        }
        Ok(Draft {
            customer,
            billing,
            value,
            due,
            description: fields.text("description"),
            external_reference: fields.text("externalReference"),
            callback: fields.get("callback").cloned(),
            card: None,
            subscription: None,
            checkout: None,
            part: None,
        })
    }

    /// An amount that Asaas charges.
    pub(in crate::asaas) fn enough(&self, value: Option<i64>) -> Result<i64, Refusal> {
        let value = value.ok_or_else(|| Refusal::field("value", "O campo value deve ser informado."))?;
        if value >= LEAST {
            return Ok(value);
        }
        let (value, least) = (reais(value), reais(LEAST));
        let why = format!("O valor da cobrança ({value}) menos o valor do desconto não pode ser menor que {least}.");
        Err(Refusal::field("value", &why))
    }

    /// The card that a call names, once the bank said yes to it.
    pub(in crate::asaas) fn charged_card(&mut self, fields: &Fields, draft: &Draft) -> Result<Option<String>, Refusal> {
        if draft.billing != Billing::CreditCard {
            return Ok(None);
        }
        let card = self.named_card(fields, &draft.customer)?;
        if let Some(token) = &card {
            remote_ip(fields)?;
            self.authorise(token, &draft.customer)?;
        }
        Ok(card)
    }

    /// Adds a payment that waits, and tells of it.
    pub(in crate::asaas) fn add_payment(&mut self, draft: Draft) -> String {
        let number = self.number();
        let id = format!("pay_standin{number:08}");
        let own_fee = draft.part.as_ref().map(|(_, fee)| *fee);
        self.payments.push(Payment {
            id: id.clone(),
            number,
            created: self.today(),
            customer: draft.customer,
            subscription: draft.subscription,
            part: draft.part.map(|(part, _)| part),
            checkout: draft.checkout,
            value: draft.value,
            fee: own_fee.unwrap_or_else(|| fee(draft.billing, draft.value, 1)),
            billing: draft.billing,
            status: Status::Pending,
            due: draft.due,
            first_due: draft.due,
            description: draft.description,
            external_reference: draft.external_reference,
            card: draft.card,
            confirmed: None,
            received: None,
            credit: None,
            deleted: false,
            refunds: Vec::new(),
            callback: draft.callback,
            was_tried: false,
            is_disputed: false,
        });
        self.tell_of_payment("PAYMENT_CREATED", &id);
        id
    }
}

/// Asaas wants to know from where the buyer enters a card.
pub(in crate::asaas) fn remote_ip(fields: &Fields) -> Result<(), Refusal> {
    let said = fields.text("remoteIp").map(|_| ());
    said.ok_or_else(|| Refusal::field("remoteIp", "O IP remoto do comprador deve ser informado."))
}
