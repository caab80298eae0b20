//! Which payment a reference stands for. An order names the payment of what was bought once (`pi_…`, `ch_…`), or its
//! subscription or invoice, whose payments have to be found.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::wire::{Id, Invoice, List};
use super::{Stripe, no};

/// How many invoices of a subscription are looked at.
const INVOICES: u32 = 12;

/// A payment that money can be paid back of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Payment {
    /// The parameter that names it.
    pub(super) parameter: &'static str,
    pub(super) id: String,
    /// How much came by it, where that was read.
    pub(super) paid: Option<i64>,
}

impl Stripe {
    /// The payments of a reference, the newest first. Of a subscription those of its last twelve paid invoices: which
    /// one an earlier refund was of is not known from the reference alone.
    pub(super) async fn payments_of(&self, reference: &str) -> Result<Vec<Payment>, Failure> {
        let prefix = id(reference)?.split('_').next().unwrap_or_default();
        match prefix {
            "pi" => Ok(vec![Payment::of("payment_intent", reference, None)]),
            "ch" | "py" => Ok(vec![Payment::of("charge", reference, None)]),
            "in" => {
                let question = Form::new().with_list("expand", &["payments"]);
                let invoice: Invoice = self.get(&format!("/v1/invoices/{reference}"), question).await?;
                Ok(payments(invoice))
            }
            "sub" => {
                let question = Form::new()
                    .with("subscription", reference)
                    .with("status", "paid")
                    .with("limit", INVOICES)
                    .with_list("expand", &["data.payments"]);
                let invoices: List<Invoice> = self.get("/v1/invoices", question).await?;
                Ok(invoices.data.into_iter().flat_map(payments).collect())
            }
            _ => Err(no("the order names no payment, invoice or subscription of Stripe's")),
        }
    }
}

impl Payment {
    fn of(parameter: &'static str, id: &str, paid: Option<i64>) -> Self {
        Self { parameter, id: id.to_owned(), paid }
    }

    fn named(intent: Option<&Id>, charge: Option<&Id>, paid: i64) -> Option<Self> {
        let intent = intent.map(|id| Self::of("payment_intent", &id.0, Some(paid)));
        intent.or_else(|| charge.map(|id| Self::of("charge", &id.0, Some(paid))))
    }
}

/// What paid an invoice. An invoice of nothing was paid by nothing.
pub(super) fn payments(invoice: Invoice) -> Vec<Payment> {
    let listed = invoice.payments.map(|payments| payments.data).unwrap_or_default();
    let paid = listed.iter().filter(|one| one.status == "paid");
    let found: Vec<Payment> = paid
        .filter_map(|one| {
            let amount = one.amount_paid.unwrap_or(invoice.amount_paid);
            Payment::named(one.payment.payment_intent.as_ref(), one.payment.charge.as_ref(), amount)
        })
        .collect();
    if found.is_empty() {
        let (intent, charge) = (invoice.payment_intent.as_ref(), invoice.charge.as_ref());
        return Payment::named(intent, charge, invoice.amount_paid).into_iter().collect();
    }
    found
}

impl Invoice {
    /// The payment by which an invoice that is open is tried.
    pub(super) fn open_payment(&self) -> Option<String> {
        let listed = self.payments.as_ref().map_or(&[][..], |payments| &payments.data);
        let open = listed.iter().find(|one| one.status == "open").and_then(|one| one.payment.payment_intent.as_ref());
        open.or(self.payment_intent.as_ref()).map(|id| id.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn of(fields: Value) -> Vec<Payment> {
        let mut invoice = json!({"id": "in_1", "status": "paid", "currency": "brl", "amount_due": 500});
        invoice.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        payments(serde_json::from_value(invoice).unwrap())
    }

    #[test]
    fn an_invoice_names_its_payments_in_each_version() {
        let intent = |id: &str, paid| vec![Payment::of("payment_intent", id, Some(paid))];
        let listed = json!({"data": [
            {"status": "canceled", "payment": {"payment_intent": "pi_0"}},
            {"status": "paid", "amount_paid": 500, "payment": {"type": "payment_intent", "payment_intent": "pi_1"}},
        ]});
        assert_eq!(of(json!({"amount_paid": 500, "payments": listed})), intent("pi_1", 500));
        assert_eq!(of(json!({"amount_paid": 500, "payment_intent": "pi_2", "charge": "ch_2"})), intent("pi_2", 500));
        assert_eq!(of(json!({"amount_paid": 500, "payment_intent": {"id": "pi_3"}})), intent("pi_3", 500));
        assert_eq!(of(json!({"amount_paid": 7, "charge": "ch_4"})), vec![Payment::of("charge", "ch_4", Some(7))]);
        assert!(of(json!({"amount_paid": 0, "payments": {"data": []}})).is_empty());
    }
}
