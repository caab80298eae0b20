//! Instalment plans: a card is charged once for all parts, a boleto is paid part by part.

mod calls;

pub(super) use calls::routes;

use super::answer::Refusal;
use super::books::Books;
use super::cycle::Cycle;
use super::fee::fee;
use super::fields::Fields;
use super::payment::{Billing, Draft, Part, Payment};
use crate::money::decimal;
use jiff::civil::Date;
use serde_json::{Value, json};

/// An instalment plan.
pub(super) struct Installment {
    id: String,
    created: Date,
    customer: String,
    description: Option<String>,
    checkout: Option<String>,
    deleted: bool,
}

/// Into how many parts a payment is divided at most.
const MOST: i64 = 21;

/// The parts of an amount: what cannot be divided is in the last one.
pub(super) fn split(total: i64, parts: i64) -> Vec<i64> {
    let each = total / parts;
    (1..=parts).map(|part| if part < parts { each } else { total - each * (parts - 1) }).collect()
}

impl Books {
    /// The parts of a plan, the first one first.
    pub(super) fn parts_of(&self, whole: &str) -> Vec<&Payment> {
        let is_of = |payment: &&Payment| payment.part.as_ref().is_some_and(|part| part.whole == whole);
        self.payments.iter().filter(is_of).collect()
    }

    fn installment(&self, id: &str) -> Result<&Installment, Refusal> {
        self.installments.iter().find(|plan| plan.id == id).ok_or_else(|| Refusal::not_found("Parcelamento"))
    }

    /// Creates the plan that a call asks for. `totalValue` is divided; `installmentValue`, or `value`, is each part.
    pub(super) fn create_installment(&mut self, fields: &Fields) -> Result<String, Refusal> {
        let customer = self.payer(fields)?;
        let parts = fields.count("installmentCount")?.unwrap_or(0);
        if !(2..=MOST).contains(&parts) {
            return Err(Refusal::field("installmentCount", "O número de parcelas deve estar entre 2 e 21."));
        }
        let each = fields.amount("installmentValue")?.or(fields.amount("value")?);
        let total = fields.amount("totalValue")?.or(each.map(|each| each * parts));
        let total = total.ok_or_else(|| Refusal::field("value", "Informe o valor da parcela ou o valor total."))?;
        self.enough(Some(total / parts))?;
        let mut draft = self.draft(fields, customer, total)?;
        draft.external_reference = draft.external_reference.or(fields.text("paymentExternalReference"));
        draft.card = self.charged_card(fields, &draft)?;
        Ok(self.add_installment(draft, parts))
    }

    /// Adds a plan of what the draft is worth. With a card all of it is charged, which the bank has agreed to.
    pub(super) fn add_installment(&mut self, draft: Draft, parts: i64) -> String {
        let whole = self.uuid();
        self.installments.push(Installment {
            id: whole.clone(),
            created: self.today(),
            customer: draft.customer.clone(),
            description: draft.description.clone(),
            checkout: draft.checkout.clone(),
            deleted: false,
        });
        // Asaas drops the fraction: what is left over is the seller's.
        let own_fee = fee(draft.billing, draft.value, parts) / parts;
        let mut ids = Vec::new();
        for (number, value) in (1..).zip(split(draft.value, parts)) {
            let label = format!("Parcela {number} de {parts}.");
            let description = draft.description.iter().fold(label, |label, text| format!("{label} {text}"));
            ids.push(self.add_payment(Draft {
                value,
                due: Cycle::Monthly.after(draft.due, number - 1),
                description: Some(description),
                part: Some((Part { whole: whole.clone(), number }, own_fee)),
                ..draft.clone()
            }));
        }
        if draft.card.is_some() {
            ids.iter().for_each(|id| self.confirm(id));
        }
        whole
    }

    fn installment_shape(&self, plan: &Installment) -> Value {
        let parts = self.parts_of(&plan.id);
        let first = parts.first();
        let sum = |of: fn(&Payment) -> i64| decimal(parts.iter().map(|part| of(part)).sum());
        let refunds: Vec<Value> = parts.iter().flat_map(|part| refunds_of(part)).collect();
        json!({
            "object": "installment",
            "id": plan.id,
            "value": sum(|part| part.value),
            "netValue": sum(Payment::net),
            "paymentValue": parts.last().map(|part| decimal(part.value)),
            "installmentCount": parts.len(),
            "billingType": first.map(|part| part.billing.word()),
            "paymentDate": first.and_then(|part| part.confirmed).map(|day| day.to_string()),
            "description": plan.description,
            "expirationDay": first.map(|part| part.due.day()),
            "deleted": plan.deleted,
            "dateCreated": plan.created.to_string(),
            "checkoutSession": plan.checkout,
            "customer": plan.customer,
            "paymentLink": null,
            "transactionReceiptUrl": null,
            "creditCard": first.map(|part| self.card_shape(part.card.as_deref())),
            "refunds": if refunds.is_empty() { Value::Null } else { refunds.into() },
        })
    }

    /// Pays the plan back: so much, or all that is left of it, from the first part on.
    fn refund_installment(&mut self, id: &str, value: Option<i64>) -> Result<(), Refusal> {
        self.installment(id)?;
        let parts = self.parts_of(id);
        if parts.iter().any(|part| part.billing == Billing::Boleto) {
            return Err(Refusal::action("Cobranças pagas por boleto são estornadas uma a uma."));
        }
        let left: Vec<(String, i64)> =
            parts.iter().map(|part| (part.id.clone(), part.value - part.refunded())).filter(|one| one.1 > 0).collect();
        let total: i64 = left.iter().map(|one| one.1).sum();
        let mut wanted = value.unwrap_or(total);
        if left.is_empty() || wanted > total {
            return Err(Refusal::field("value", "O valor do estorno é maior que o restante do parcelamento."));
        }
        for (part, left) in left {
            let here = wanted.min(left);
            if here > 0 {
                self.refund(&part, Some(here), None)?;
            }
            wanted -= here;
        }
        Ok(())
    }
}

fn refunds_of(part: &Payment) -> impl Iterator<Item = Value> {
    let id = part.id.clone();
    part.refund_shapes().into_iter().map(move |mut refund| {
        refund["paymentId"] = id.clone().into();
        refund
    })
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn what_cannot_be_divided_is_in_the_last_part() {
        let parts = split(35_000, 12);
        assert_eq!(parts.get(..11), Some(&[2916; 11][..]));
        assert_eq!(parts.last(), Some(&2924));
        assert_eq!(parts.iter().sum::<i64>(), 35_000);
    }
}
