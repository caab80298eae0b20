//! A subscription that Stripe charges: read, changed and ended.

use super::shop::id;
use super::{EMAIL, Outcome, Say, Step, Walk, expect, tell};
use portal::ports::{
    CancelAt, Clock, PlanChange, StoredCard, SubscriptionInstruction, SubscriptionRecord, Subscriptions,
};
use server::clock::SystemClock;
use types::{ChargeStatus, Method, SubscriptionStatus};

/// What the two plans cost a month, in centavos.
const PLANS: (i64, i64) = (4_990, 9_990);

impl Walk {
    pub(super) async fn subscribe(&mut self, say: Say<'_>) {
        let (customer, reference) = match self.subscribed().await {
            Ok(made) => made,
            Err(outcome) => return tell(say, "a subscription of Stripe's own", Err(outcome)),
        };
        tell(say, "a subscription of Stripe's own", self.history(&reference, &[PLANS.0]).await);
        tell(say, "its end with the period, and going on", self.ends_and_goes_on(&reference).await);
        let (due, changed) = self
            .other_plan(&reference)
            .await
            .map_or_else(|not| (0, Err(not)), |due| (due, Ok(format!("{due} centavos, as they were reckoned"))));
        tell(say, "another plan, as it was reckoned", changed);
        tell(say, "its history", self.history(&reference, &[PLANS.0, due]).await);
        tell(say, "another card", self.other_card(&customer, &reference).await);
        tell(say, "its end now", self.ended(&reference).await);
    }

    async fn subscribed(&mut self) -> Result<(String, String), Outcome> {
        let customer = self.shop.customer(EMAIL).await?;
        let card = self.shop.card(&customer, "pm_card_visa").await?;
        let price = self.shop.price(&self.key("plan"), PLANS.0).await?;
        let wish =
            [("customer", customer.as_str()), ("items[0][price]", &price), ("default_payment_method", card.as_str())];
        let reference = id(&self.shop.post("/v1/subscriptions", &wish).await?)?;
        Ok((customer, reference))
    }

    async fn record(&self, reference: &str) -> Result<SubscriptionRecord, Outcome> {
        let record = self.adapter.read(reference).await?;
        record.ok_or_else(|| Outcome::Wrong("Stripe does not know it".to_owned()))
    }

    /// It runs, and what was paid for it is read back, the oldest first.
    async fn history(&self, reference: &str, amounts: &[i64]) -> Step {
        let record = self.record(reference).await?;
        expect(record.status == SubscriptionStatus::Active, &record)?;
        let paid = record.charges.iter().filter(|one| one.status == ChargeStatus::Paid);
        let paid: Vec<i64> = paid.map(|one| one.amount.amount).collect();
        expect(paid == amounts, &record.charges)?;
        Ok(format!("active, paid {paid:?}"))
    }

    async fn ends_and_goes_on(&self, reference: &str) -> Step {
        self.adapter.cancel(&self.told("end", reference), CancelAt::PeriodEnd).await?;
        let record = self.record(reference).await?;
        expect(record.status == SubscriptionStatus::Ending, &record)?;
        self.adapter.undo_cancel(&self.told("undo", reference)).await?;
        let record = self.record(reference).await?;
        expect(record.status == SubscriptionStatus::Active, &record)?;
        Ok("ending, and active again".to_owned())
    }

    /// What was reckoned is what was charged; how much.
    async fn other_plan(&mut self, reference: &str) -> Result<i64, Outcome> {
        let offer = self.key("other");
        self.shop.price(&offer, PLANS.1).await?;
        let change = PlanChange { offer, counted_at: SystemClock.now() };
        let told = self.told("change", reference);
        let preview = self.adapter.preview(&told, &change).await?;
        let preview = preview.ok_or_else(|| Outcome::Wrong("nothing was reckoned".to_owned()))?;
        self.adapter.change_plan(&told, &change).await?;
        let record = self.record(reference).await?;
        let charged = record.charges.last().map(|one| one.amount);
        expect(charged == Some(preview.due) && record.price.amount == PLANS.1, (&preview, &record))?;
        Ok(preview.due.amount)
    }

    async fn other_card(&self, customer: &str, reference: &str) -> Step {
        let token = self.shop.card(customer, "pm_card_mastercard").await?;
        let card = StoredCard { token: Some(token.clone()), last4: "4444".to_owned(), paid: None };
        self.adapter.change_method(&self.told("card", reference), Method::Card, Some(&card)).await?;
        let there = self.shop.get(&format!("/v1/subscriptions/{reference}")).await?;
        expect(there["default_payment_method"] == token, &there["default_payment_method"])?;
        Ok("charged from the next period on".to_owned())
    }

    async fn ended(&self, reference: &str) -> Step {
        self.adapter.cancel(&self.told("now", reference), CancelAt::Now).await?;
        let record = self.record(reference).await?;
        expect(record.status == SubscriptionStatus::Ended, &record)?;
        Ok("ended".to_owned())
    }

    fn told(&self, of: &str, reference: &str) -> SubscriptionInstruction {
        SubscriptionInstruction { key: self.key(of), account: self.mark.clone(), reference: reference.to_owned() }
    }
}
