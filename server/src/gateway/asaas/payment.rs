//! Which payments a reference stands for. An order names the payment of what was bought once (`pay_…`), the plan of one
//! that a card pays in parts (its own id, or that of its first part), or its subscription (`sub_…`).

use super::Asaas;
use super::failure::Failure;
use super::http::id;
use super::wire::{List, Payment};
use std::cmp::Reverse;

/// How many payments of a subscription are looked at.
const NEWEST: &str = "24";

/// Payments that were one charge: mostly one, or all parts of a plan from the first on.
pub(super) type Whole = Vec<Payment>;

impl Asaas {
    /// What a reference may stand for; first what fits the amount that was charged.
    pub(super) async fn charges_of(&self, reference: &str, charged: i64) -> Result<Vec<Whole>, Failure> {
        let mut wholes = match id(reference)?.split('_').next().unwrap_or_default() {
            "pay" => self.payment_and_plan(reference).await?,
            "sub" => {
                let words = [("subscription", reference), ("limit", NEWEST)];
                let found: List<Payment> = self.get("/payments", &words).await?;
                found.data.into_iter().filter(is_paid).map(|payment| vec![payment]).collect()
            }
            _ => vec![self.parts_of(reference).await?],
        };
        wholes.retain(|whole| !whole.is_empty());
        // Of those that fit alike the first stays the first: sorting keeps their order.
        wholes.sort_by_key(|whole| Reverse(total(whole) == charged));
        Ok(wholes)
    }

    async fn payment_and_plan(&self, reference: &str) -> Result<Vec<Whole>, Failure> {
        let payment: Payment = self.get(&format!("/payments/{reference}"), &[]).await?;
        let plan = match &payment.installment {
            Some(plan) => self.parts_of(id(plan)?).await?,
            None => Vec::new(),
        };
        Ok(vec![vec![payment], plan])
    }

    /// All parts of a plan, the first one first: there are 21 at most.
    pub(super) async fn parts_of(&self, plan: &str) -> Result<Whole, Failure> {
        let found: List<Payment> = self.get("/payments", &[("installment", plan), ("limit", "100")]).await?;
        let mut parts = found.data;
        parts.sort_by_key(|part| part.installment_number);
        Ok(parts)
    }
}

/// What all of it is about, in centavos.
pub(super) fn total(whole: &[Payment]) -> i64 {
    whole.iter().map(Payment::centavos).fold(0, i64::saturating_add)
}

/// Whether money came by it, even if it went back since.
pub(super) fn is_paid(payment: &Payment) -> bool {
    matches!(
        payment.status.as_str(),
        "CONFIRMED"
            | "RECEIVED"
            | "RECEIVED_IN_CASH"
            | "DUNNING_RECEIVED"
            | "REFUND_REQUESTED"
            | "REFUND_IN_PROGRESS"
            | "REFUNDED"
    ) || is_disputed(payment)
}

/// Whether the bank decides.
pub(super) fn is_disputed(payment: &Payment) -> bool {
    matches!(payment.status.as_str(), "CHARGEBACK_REQUESTED" | "CHARGEBACK_DISPUTE" | "AWAITING_CHARGEBACK_REVERSAL")
}
