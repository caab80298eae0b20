//! Another plan: reckoned by Stripe, and changed as it was reckoned.

use super::failure::Failure;
use super::form::Form;
use super::subscription::{Voided, path};
use super::wire::{Invoice, Item, Linked, List, Price, Subscription};
use super::{Stripe, amount, no};
use portal::ports::{PlanChange, PlanPreview, SubscriptionInstruction};
use types::{Instant, Money};

/// A subscription, the one thing in it that is charged, and the price that this is to have.
struct Switch {
    subscription: Subscription,
    item: Item,
    price: String,
}

impl Stripe {
    pub(super) async fn reckon(
        &self,
        instruction: &SubscriptionInstruction,
        change: &PlanChange,
    ) -> Result<PlanPreview, Failure> {
        let switch = self.switch(instruction, change).await?;
        let form = switch.form("subscription_details[", "]", change).with("subscription", &instruction.reference);
        let reckoned: Invoice =
            self.post_freely("/v1/invoices/create_preview", form).await.map_err(Failure::of_question)?;
        let period_end = switch.item.current_period_end.or(switch.subscription.current_period_end);
        figures(&reckoned, period_end).ok_or_else(|| Failure::NotDone("Stripe reckoned nothing".to_owned()))
    }

    /// Changes the plan if what is due for it is paid at once. Otherwise Stripe would keep the change for a day, for
    /// whoever pays then: it is voided, and nothing changes.
    pub(super) async fn change(
        &self,
        instruction: &SubscriptionInstruction,
        change: &PlanChange,
    ) -> Result<(), Failure> {
        let switch = self.switch(instruction, change).await?;
        if switch.item.price.id == switch.price {
            return paid(switch.subscription);
        }
        if switch.subscription.collection_method.as_deref() == Some("send_invoice") {
            return Err(no("the plan did not change: the buyer pays by invoice, and what is due could not be taken"));
        }
        self.release(&switch.subscription, &instruction.key).await?;
        let form = switch
            .form("", "", change)
            .with("payment_behavior", "pending_if_incomplete")
            .with_list("expand", &["latest_invoice"]);
        match self.post::<Subscription>(&path(&instruction.reference), form, &instruction.key).await {
            Ok(after) if after.pending_update.is_some() => self.take_back(after, instruction).await,
            Ok(after) => paid(after),
            Err(Failure::Said(said)) => Err(no(format!("the plan did not change: {}", said.words()))),
            Err(failure) => Err(failure),
        }
    }

    async fn take_back(&self, after: Subscription, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let invoice =
            after.latest().ok_or_else(|| Failure::Lost("what is due for the plan has no invoice".to_owned()))?;
        match self.void(invoice, &instruction.key).await.map_err(Failure::of_second_call)? {
            Voided::Void => Err(no("the plan did not change: what is due was not paid")),
            Voided::Paid => Ok(()),
        }
    }

    async fn switch(&self, instruction: &SubscriptionInstruction, change: &PlanChange) -> Result<Switch, Failure> {
        let mut subscription = self.subscription(&instruction.reference).await?;
        let (Some(item), true) = (subscription.items.data.pop(), subscription.items.data.is_empty()) else {
            return Err(no("the subscription at Stripe charges for several things, or for none"));
        };
        Ok(Switch { price: self.price(&change.offer).await?, item, subscription })
    }

    /// The price that is this plan.
    async fn price(&self, offer: &str) -> Result<String, Failure> {
        if let Some(price) = self.account.prices.get(offer) {
            return Ok(price.clone());
        }
        let price = self.priced(offer).await?;
        Ok(price.ok_or_else(|| no(format!("no price at Stripe has the lookup key {offer}")))?.id)
    }

    /// The price with this lookup key.
    pub(super) async fn priced(&self, offer: &str) -> Result<Option<Price>, Failure> {
        let question = Form::new().with_list("lookup_keys", &[offer]).with("active", true).with("limit", 1);
        let mut found: List<Price> = self.get("/v1/prices", question).await?;
        Ok(found.data.pop())
    }
}

impl Switch {
    /// What is to be, the same for reckoning and for changing; some names stand within others when it is reckoned.
    fn form(&self, before: &str, after: &str, change: &PlanChange) -> Form {
        let item = |part: &str| format!("{before}items{after}[0][{part}]");
        Form::new()
            .with(item("id"), &self.item.id)
            .with(item("price"), &self.price)
            .with_some(&item("quantity"), self.item.quantity)
            .with(format!("{before}proration_behavior{after}"), "always_invoice")
            .with(format!("{before}proration_date{after}"), change.counted_at.seconds())
    }
}

/// What is due for a plan that the subscription has now is paid, or nobody knows yet.
fn paid(subscription: Subscription) -> Result<(), Failure> {
    let latest = subscription.latest_invoice.and_then(Linked::whole);
    let is_open = |invoice: &Invoice| {
        invoice.status.as_deref() == Some("open") && invoice.billing_reason.as_deref() == Some("subscription_update")
    };
    match latest.filter(is_open) {
        None => Ok(()),
        Some(_) => Err(Failure::Lost("what is due for the plan is not paid yet".to_owned())),
    }
}

/// The figures of an invoice that was reckoned. The next whole period is charged where the last of its lines ends: with
/// another interval a period begins at once. Where nothing is charged at once (in a trial, or for the plan that is there)
/// Stripe reckons the invoice of the next period instead.
fn figures(reckoned: &Invoice, period_end: Option<i64>) -> Option<PlanPreview> {
    let lines = reckoned.lines.as_ref().map_or(&[][..], |lines| &lines.data);
    let money = |amount| amount::of_stripe(amount, &reckoned.currency);
    if let Some(end) = period_end.filter(|end| lines.iter().any(|line| line.period.start >= *end)) {
        return Some(PlanPreview { due: money(0)?, credit: money(0)?, next_charge_at: Instant::from_seconds(end) });
    }
    let given_back = lines.iter().filter(|line| line.is_proration() && line.amount < 0);
    let credit = given_back.map(|line| -line.amount).sum();
    let ends = lines.iter().filter(|line| line.amount >= 0).map(|line| line.period.end);
    let next = ends.max().or(period_end)?;
    let (due, credit): (Money, Money) = (money(reckoned.amount_due)?, money(credit)?);
    Some(PlanPreview { due, credit, next_charge_at: Instant::from_seconds(next) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn reckoned(amount_due: i64, lines: Value) -> Invoice {
        let invoice = json!({"currency": "usd", "amount_due": amount_due, "lines": {"data": lines}});
        serde_json::from_value(invoice).unwrap()
    }

    fn line(amount: i64, end: i64) -> Value {
        let parent = json!({"type": "invoice_item_details", "invoice_item_details": {"proration": true}});
        json!({"amount": amount, "period": {"start": 1, "end": end}, "parent": parent})
    }

    #[test]
    fn figures_are_those_of_stripes_own_example() {
        let end = 1_489_449_600;
        let preview = figures(&reckoned(9636, json!([line(-364, end), line(10_000, end)])), None).unwrap();
        assert_eq!((preview.due.amount, preview.credit.amount), (9636, 364));
        assert_eq!(preview.next_charge_at.seconds(), end);
    }

    #[test]
    fn another_interval_begins_a_period_and_a_cheaper_plan_is_due_nothing() {
        let preview = figures(&reckoned(80_000, json!([line(-500, 100), line(80_500, 9_000)])), Some(100)).unwrap();
        assert_eq!(preview.next_charge_at.seconds(), 9_000);
        let old = json!([{"amount": -500, "period": {"start": 1, "end": 100}, "proration": true}]);
        let cheaper = figures(&reckoned(0, old), Some(100)).unwrap();
        assert_eq!((cheaper.due.amount, cheaper.credit.amount, cheaper.next_charge_at.seconds()), (0, 500, 100));
        assert_eq!(figures(&reckoned(0, json!([])), None), None);
        let next_period = json!([{"amount": 9_990, "period": {"start": 100, "end": 200}}]);
        let trial = figures(&reckoned(9_990, next_period), Some(100)).unwrap();
        assert_eq!((trial.due.amount, trial.credit.amount, trial.next_charge_at.seconds()), (0, 0, 100));
    }

    #[test]
    fn what_is_reckoned_is_what_is_changed() {
        let subscription = json!({"id": "sub_1", "status": "active", "items": {"data": []}});
        let item = json!({"id": "si_1", "price": {"id": "price_1"}, "quantity": 2});
        let switch = Switch {
            subscription: serde_json::from_value(subscription).unwrap(),
            item: serde_json::from_value(item).unwrap(),
            price: "price_2".to_owned(),
        };
        let change = PlanChange { offer: "gold".to_owned(), counted_at: Instant::from_seconds(77) };
        let (reckoned, changed) = (switch.form("subscription_details[", "]", &change), switch.form("", "", &change));
        for name in
            ["items][0][id]", "items][0][price]", "items][0][quantity]", "proration_behavior]", "proration_date]"]
        {
            let plain = name.replacen(']', "", 1);
            assert_eq!(reckoned.value(&format!("subscription_details[{name}")), changed.value(&plain), "{name}");
            assert!(changed.value(&plain).is_some(), "{name}");
        }
    }
}
