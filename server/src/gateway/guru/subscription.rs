//! Ending a subscription, and taking that back.

use super::failure::Failure;
use super::http::id;
use super::wire::{Outcome, Subscription};
use super::{Guru, comment, no};
use portal::ports::{CancelAt, SubscriptionInstruction};
use serde_json::json;

impl Guru {
    /// Ends it, unless it ends like that already. Guru voids what is still to be paid, and pays nothing back.
    pub(super) async fn end(&self, instruction: &SubscriptionInstruction, at: CancelAt) -> Result<(), Failure> {
        if self.subscription(&instruction.reference).await?.ends(at)? {
            return Ok(());
        }
        let body = json!({ "cancel_at_cycle_end": at == CancelAt::PeriodEnd, "comment": comment(&instruction.key) });
        let path = format!("{}/cancel", path(&instruction.reference)?);
        match self.post::<Outcome>(&path, &body).await {
            Ok(_) => Ok(()),
            // Somebody else may have been faster.
            Err(failure @ Failure::Said(_)) => match self.subscription(&instruction.reference).await?.ends(at)? {
                true => Ok(()),
                false => Err(failure),
            },
            Err(failure) => Err(failure),
        }
    }

    /// Takes an end with the cycle back. Guru does so while the next cycle is more than five days away, and says no
    /// after that.
    pub(super) async fn go_on(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let now = self.subscription(&instruction.reference).await?;
        if now.is_over()? {
            return Err(no("the subscription at Guru has ended"));
        }
        if !now.cancel_at_cycle_end.is_true()? {
            return Ok(());
        }
        let path = format!("{}/cancel-at-cycle-end", path(&instruction.reference)?);
        self.delete::<Outcome>(&path).await.map(|_| ())
    }

    pub(super) async fn subscription(&self, reference: &str) -> Result<Subscription, Failure> {
        self.get(&path(reference)?, &[]).await
    }
}

impl Subscription {
    /// Whether it is over, whatever was paid.
    pub(super) fn is_over(&self) -> Result<bool, Failure> {
        Ok(matches!(self.last_status.text()?, Some("canceled" | "expired" | "inactive")))
    }

    /// Whether it ends then, or has ended.
    fn ends(&self, at: CancelAt) -> Result<bool, Failure> {
        Ok(self.is_over()? || at == CancelAt::PeriodEnd && self.cancel_at_cycle_end.is_true()?)
    }
}

/// Where a subscription is.
pub(super) fn path(reference: &str) -> Result<String, Failure> {
    Ok(format!("/subscriptions/{}", id(reference)?))
}
