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
            Err(failure) => self.unless(&instruction.reference, failure, |now| now.ends(at)).await,
        }
    }

    /// Takes an end with the cycle back. Guru does so while the next cycle is more than five days away, and says no
    /// after that.
    pub(super) async fn go_on(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let now = self.subscription(&instruction.reference).await?;
        if now.is_over()? {
            return Err(no("the subscription at Guru has ended"));
        }
        if now.goes_on()? {
            return Ok(());
        }
        let path = format!("{}/cancel-at-cycle-end", path(&instruction.reference)?);
        match self.delete::<Outcome>(&path).await {
            Ok(_) => Ok(()),
            Err(failure) => self.unless(&instruction.reference, failure, Subscription::goes_on).await,
        }
    }

    /// Somebody else may have been faster: Guru's no is none where things are as they are to be.
    pub(super) async fn unless(
        &self,
        reference: &str,
        failure: Failure,
        is_so: impl FnOnce(&Subscription) -> Result<bool, Failure> + Send,
    ) -> Result<(), Failure> {
        if !matches!(failure, Failure::Said(_)) {
            return Err(failure);
        }
        let now = self.subscription(reference).await?;
        if is_so(&now)? { Ok(()) } else { Err(failure) }
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

    /// Whether nothing ends it.
    fn goes_on(&self) -> Result<bool, Failure> {
        Ok(!self.is_over()? && !self.cancel_at_cycle_end.is_true()?)
    }
}

/// Where a subscription is.
pub(super) fn path(reference: &str) -> Result<String, Failure> {
    Ok(format!("/subscriptions/{}", id(reference)?))
}
