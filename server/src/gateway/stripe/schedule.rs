//! Another plan from the next period on.
//!
//! Stripe has schedules for this: what a subscription costs in which phase. A schedule is made of the subscription as it
//! is, gets a second phase of one period with the other price, and lets the subscription go after that. While there is
//! one, Stripe takes no end and no other plan from elsewhere: it is released before.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::wire::{Item, Phase, Price, Schedule, Subscription};
use super::{Stripe, amount, no};
use portal::ports::{NextPlan, SubscriptionInstruction};

impl Stripe {
    /// Whether there is such a price, for just this amount and cycle.
    pub(super) async fn knows(&self, plan: &NextPlan) -> Result<bool, Failure> {
        Ok(self.priced(&plan.offer).await?.is_some_and(|price| is_as(&price, plan)))
    }

    pub(super) async fn begin_next_with(
        &self,
        instruction: &SubscriptionInstruction,
        plan: &NextPlan,
    ) -> Result<(), Failure> {
        let mut subscription = self.subscription(&instruction.reference).await?;
        let (Some(item), true) = (subscription.items.data.pop(), subscription.items.data.is_empty()) else {
            return Err(no("the subscription at Stripe charges for several things, or for none"));
        };
        if subscription.cancel_at_period_end || subscription.cancel_at.is_some() {
            return Err(Failure::NotDone("the subscription ends, and has no next period".to_owned()));
        }
        // Its own price may be sold no more, and is charged all the same.
        if is_as(&item.price, plan) {
            return self.release(&subscription, &instruction.key).await;
        }
        let price = self.priced(&plan.offer).await?.filter(|price| is_as(price, plan));
        let price = price.ok_or_else(|| no(format!("Stripe has no price {} that costs as much", plan.offer)))?;
        self.release(&subscription, &instruction.key).await?;
        self.schedule(instruction, &item, &price, plan).await.map_err(Failure::of_second_call)
    }

    /// Without a schedule it goes on as it is.
    pub(super) async fn release(&self, subscription: &Subscription, key: &str) -> Result<(), Failure> {
        let Some(schedule) = &subscription.schedule else { return Ok(()) };
        let schedule = id(&schedule.0)?;
        let path = format!("/v1/subscription_schedules/{schedule}/release");
        let key = format!("{key}:release:{schedule}");
        let failure = match self.post::<Schedule>(&path, Form::new(), &key).await {
            Err(failure @ Failure::Said(_)) => failure,
            done => return done.map(drop),
        };
        // One that has let go by itself cannot be released.
        let now = self.subscription(&subscription.id).await?;
        if now.schedule.is_none() { Ok(()) } else { Err(failure) }
    }

    async fn schedule(
        &self,
        instruction: &SubscriptionInstruction,
        item: &Item,
        price: &Price,
        plan: &NextPlan,
    ) -> Result<(), Failure> {
        let form = Form::new().with("from_subscription", &instruction.reference);
        let key = format!("{}:schedule", instruction.key);
        let made: Schedule = self.post("/v1/subscription_schedules", form, &key).await?;
        if made.end_behavior.as_deref() == Some("cancel") {
            // Somebody asked for its end at this very moment: what that left stays.
            return Err(Failure::NotDone("the subscription ends, and has no next period".to_owned()));
        }
        let phase = made.phases.first().ok_or_else(|| Failure::Lost("a schedule without a phase".to_owned()))?;
        let path = format!("/v1/subscription_schedules/{}", id(&made.id)?);
        let key = format!("{}:phases", instruction.key);
        self.post::<Schedule>(&path, phases(phase, item, price, plan), &key).await.map(drop)
    }
}

/// The phase that runs, as it is, and one period with the other price.
fn phases(now: &Phase, item: &Item, price: &Price, plan: &NextPlan) -> Form {
    let quantity = item.quantity.unwrap_or(1);
    Form::new()
        .with("end_behavior", "release")
        .with("phases[0][start_date]", now.start_date)
        .with("phases[0][end_date]", now.end_date)
        .with("phases[0][items][0][price]", &item.price.id)
        .with("phases[0][items][0][quantity]", quantity)
        .with_some("phases[0][trial_end]", now.trial_end)
        .with("phases[1][items][0][price]", &price.id)
        .with("phases[1][items][0][quantity]", quantity)
        .with("phases[1][proration_behavior]", "none")
        .with("phases[1][duration][interval]", plan.interval.0.as_str())
        .with("phases[1][duration][interval_count]", plan.interval.1)
}

fn is_as(price: &Price, plan: &NextPlan) -> bool {
    let (Some(unit), Some(currency), Some(recurring)) = (price.unit_amount, &price.currency, &price.recurring) else {
        return false;
    };
    let interval = (recurring.interval.as_str(), recurring.interval_count);
    amount::of_stripe(unit, currency) == Some(plan.price) && interval == (plan.interval.0.as_str(), plan.interval.1)
}
