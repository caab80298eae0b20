//! Changing the plan as it was reckoned.

use super::failure::Failure;
use super::quote::Has;
use super::subscription::path;
use super::wire::{Invoice, Outcome, Page};
use super::{Guru, no};
use crate::gateway::failure::Words;
use portal::ports::{PlanChange, SubscriptionInstruction};
use serde_json::json;

impl Guru {
    /// Changes the plan, unless the subscription has it already or is to have it with the next cycle. What is due for
    /// it has to be taken at once: Guru would wait for whoever pays by boleto or Pix, and change the plan days later.
    pub(super) async fn change(
        &self,
        instruction: &SubscriptionInstruction,
        change: &PlanChange,
    ) -> Result<(), Failure> {
        let subscription = self.subscription(&instruction.reference).await?;
        match subscription.has(&change.offer)? {
            Has::Now | Has::Next => return Ok(()),
            Has::UntilNext => return self.stay(instruction, change).await,
            Has::Not => self.unless_open(instruction).await?,
        }
        let preview = self.quote(&subscription, instruction, change).await?;
        let by_card = subscription.payment_method.text()? == Some("credit_card");
        if preview.due.amount > 0 && !by_card {
            return Err(no("the plan did not change: what is due could not be taken from who pays by boleto or Pix"));
        }
        let path = format!("{}/plans", path(&instruction.reference)?);
        match self.put::<Outcome>(&path, &json!({ "offer_id": change.offer })).await {
            Ok(outcome) => changed(&outcome),
            Err(failure) => {
                let has = self.unless(&instruction.reference, failure, |now| now.is_to_have(&change.offer)).await;
                has.map_err(|failure| match failure {
                    Failure::Said(said) => no(format!("the plan did not change: {}", said.words())),
                    other => other,
                })
            }
        }
    }

    /// Goes on with the plan that it has, where the next cycle was to begin with another.
    async fn stay(&self, instruction: &SubscriptionInstruction, change: &PlanChange) -> Result<(), Failure> {
        let path = format!("{}/next-offer", path(&instruction.reference)?);
        self.put::<Outcome>(&path, &json!({ "new_offer_id": change.offer })).await.map(|_| ())
    }

    /// Another plan that is being paid may be this one, from a call before this: nobody knows yet.
    async fn unless_open(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let path = format!("{}/invoices", path(&instruction.reference)?);
        let invoices: Page = self.get(&path, &[]).await?;
        for invoice in invoices.data.list::<Invoice>()? {
            let is_open = matches!(invoice.status.text()?, Some("waiting_payment" | "pastdue"));
            if is_open && invoice.r#type.text()? == Some("upgrade") {
                return Err(unpaid("waits"));
            }
        }
        Ok(())
    }
}

/// What Guru's word for the outcome means: paid, or to come with the next cycle; not paid; or not known yet.
fn changed(outcome: &Outcome) -> Result<(), Failure> {
    // The plan may have changed, whatever cannot be read of the answer.
    match outcome.status.text().map_err(|error| Failure::Lost(error.to_string()))? {
        Some("approved" | "scheduled") => Ok(()),
        Some("canceled") => Err(no("the plan did not change: what is due was not paid")),
        other => Err(unpaid(other.unwrap_or("without a word"))),
    }
}

fn unpaid(word: &str) -> Failure {
    Failure::Lost(format!("what is due for the plan is not paid yet: {word}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal::ports::{GatewayError, GatewayRefusal};

    #[test]
    fn only_what_is_paid_or_to_come_has_changed() {
        let of = |word: &str| changed(&serde_json::from_value(json!({ "status": word })).unwrap());
        for word in ["approved", "scheduled"] {
            assert!(of(word).is_ok(), "{word}");
        }
        let refused: GatewayError = of("canceled").unwrap_err().into();
        assert!(matches!(refused, GatewayError::Refused(GatewayRefusal::Other(_))));
        for word in ["analysis", "billet_printed", "waiting_payment", "something_new", ""] {
            let unknown: GatewayError = of(word).unwrap_err().into();
            assert!(matches!(unknown, GatewayError::OutcomeUnknown(_)), "{word}");
        }
    }
}
