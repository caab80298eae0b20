//! Another plan from the next period on.
//!
//! Asaas reckons nothing and charges nothing for it: the subscription has another value, and so have the payments that
//! wait for their day, made up to 40 days ahead. A cycle of another length would begin with a payment that is made
//! already for the cycle of before: it is not changed from here.

use super::failure::Failure;
use super::subscription::path;
use super::wire::Subscription;
use super::{Asaas, amount, no, period};
use portal::ports::{NextPlan, SubscriptionInstruction};
use serde_json::json;

impl Asaas {
    /// Any price can be had, for a cycle of the same length.
    pub(super) async fn knows(&self, reference: &str, plan: &NextPlan) -> Result<bool, Failure> {
        let now = self.subscription(reference).await?;
        Ok(!now.is_over()
            && amount::centavos(plan.price).is_ok()
            && period::interval(&now.cycle) == Some(plan.interval))
    }

    pub(super) async fn begin_next_with(
        &self,
        instruction: &SubscriptionInstruction,
        plan: &NextPlan,
    ) -> Result<(), Failure> {
        let reference = &instruction.reference;
        if !self.knows(reference, plan).await? {
            return Err(no("a subscription at Asaas keeps the length of its cycle"));
        }
        let value = amount::to_asaas(amount::centavos(plan.price)?)?;
        let body = json!({"value": value, "updatePendingPayments": true});
        self.put::<Subscription>(&path(reference)?, &body).await.map(drop)
    }
}
