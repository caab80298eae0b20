//! What went back of a charge at Asaas, by whom ever it was asked for.

use super::failure::Failure;
use super::http::id;
use super::payment::Whole;
use super::wire::{List, Payment, Refund};
use super::{Asaas, day};
use portal::ports::RecordedRefund;
use types::{Currency, Money};

impl Asaas {
    /// What has arrived of a charge's refunds. `None` where the name stands for several charges, or for one
    /// that Asaas does not know.
    pub(super) async fn listed(&self, reference: &str, total: Money) -> Result<Option<Vec<RecordedRefund>>, Failure> {
        let wholes = match self.charges_of(reference, total.amount).await {
            Err(failure) if failure.is_missing() => return Ok(None),
            wholes => wholes?,
        };
        if reference.starts_with("sub_") && wholes.len() > 1 {
            return Ok(None);
        }
        let Some(whole) = wholes.into_iter().next() else { return Ok(None) };
        self.arrived(whole).await.map(Some)
    }

    async fn arrived(&self, whole: Whole) -> Result<Vec<RecordedRefund>, Failure> {
        let mut arrived = Vec::new();
        for payment in whole {
            let refunds = self.refunds_of(&payment).await?;
            let back = refunds.iter().filter(|refund| refund.is_done());
            arrived.extend(back.filter_map(|refund| recorded(&payment, refund)));
        }
        Ok(arrived)
    }

    /// Its refunds. Nobody has more than a hundred.
    pub(super) async fn refunds_of(&self, payment: &Payment) -> Result<Vec<Refund>, Failure> {
        let path = format!("/payments/{}/refunds", id(&payment.id)?);
        let found: List<Refund> = self.get(&path, &[("limit", "100")]).await?;
        Ok(found.data)
    }

    /// The first part of the plan that a payment is of, and the plan: an order calls it by either.
    pub(super) async fn names_of_whole(&self, payment: &str) -> Result<Vec<String>, Failure> {
        let payment: Payment = match self.get(&format!("/payments/{}", id(payment)?), &[]).await {
            Err(failure) if failure.is_missing() => return Ok(Vec::new()),
            payment => payment?,
        };
        let Some(plan) = payment.installment else { return Ok(Vec::new()) };
        let first = self.parts_of(id(&plan)?).await?.into_iter().next();
        Ok(first.map(|part| part.id).into_iter().chain([plan]).collect())
    }
}

/// A refund has no id: it is called by its payment and its second. That of a boleto is the only one, bears no key, and is
/// called by the payment alone, as it is where it was asked for from here: so the two are told to be one.
fn recorded(payment: &Payment, refund: &Refund) -> Option<RecordedRefund> {
    let created = refund.date_created.as_deref()?;
    let reference = if payment.is_boleto() { payment.id.clone() } else { format!("{}:{created}", payment.id) };
    let amount = Money::new(refund.centavos(), Currency::BRL);
    let key = refund.part().map(|part| part.to_string());
    Some(RecordedRefund { reference, key, amount, at: day::second(created)? })
}
