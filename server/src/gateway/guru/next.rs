//! Another plan from the next cycle on.

use super::failure::Failure;
use super::quote::Has;
use super::subscription::path;
use super::wire::{Choice, Choices, Outcome};
use super::{Guru, no};
use portal::ports::{NextPlan, SubscriptionInstruction};
use serde_json::json;

impl Guru {
    /// Whether Guru offers a change to it, for just this price.
    pub(super) async fn knows(&self, reference: &str, plan: &NextPlan) -> Result<bool, Failure> {
        let choices: Choices = self.get(&format!("{}/plans/available", path(reference)?), &[]).await?;
        for choices in [&choices.upgrade, &choices.downgrade] {
            for choice in choices.list::<Choice>()? {
                if choice.id.text()? == Some(&plan.offer) {
                    return Ok(choice.value.amount(plan.price.currency)? == Some(plan.price.amount));
                }
            }
        }
        Ok(false)
    }

    pub(super) async fn begin_next_with(
        &self,
        instruction: &SubscriptionInstruction,
        plan: &NextPlan,
    ) -> Result<(), Failure> {
        let reference = &instruction.reference;
        match self.subscription(reference).await?.has(&plan.offer)? {
            Has::Now | Has::Next => return Ok(()),
            Has::UntilNext => {}
            Has::Not if self.knows(reference, plan).await? => {}
            Has::Not => return Err(no(format!("Guru offers no change to the offer {} for this price", plan.offer))),
        }
        let path = format!("{}/next-offer", path(reference)?);
        self.put::<Outcome>(&path, &json!({ "new_offer_id": plan.offer })).await.map(|_| ())
    }
}
