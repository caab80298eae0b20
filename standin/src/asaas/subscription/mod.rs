//! Subscriptions: payments that come again.

mod calls;
mod change;
mod create;

pub(super) use calls::routes;

use super::answer::Refusal;
use super::books::Books;
use super::cycle::Cycle;
use super::payment::Billing;
use crate::money::decimal;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Payments that come again.
pub(super) struct Subscription {
    pub(super) id: String,
    created: Date,
    pub(super) customer: String,
    value: i64,
    pub(super) billing: Billing,
    cycle: Cycle,
    /// The due day from which cycles are counted, and how many have passed: so that the 31st comes back.
    first: Date,
    passed: i64,
    /// How many payments it has had.
    made: i64,
    end: Option<Date>,
    most: Option<i64>,
    pub(super) state: State,
    description: Option<String>,
    external_reference: Option<String>,
    callback: Option<Value>,
    checkout: Option<String>,
    /// Token of the card that pays it.
    card: Option<String>,
    deleted: bool,
}

/// Whether payments still come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Active,
    Inactive,
    /// Its last day is over, or its last payment made.
    Expired,
}

impl State {
    fn word(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Inactive => "INACTIVE",
            Self::Expired => "EXPIRED",
        }
    }
}

impl Subscription {
    /// The due day of the payment that is not made yet.
    fn next_due(&self) -> Date {
        self.cycle.after(self.first, self.passed)
    }

    /// Cycles are counted from this day on.
    fn begin_at(&mut self, day: Date, cycle: Cycle) {
        (self.first, self.passed, self.cycle) = (day, 0, cycle);
    }

    /// Returns whether it makes a payment that is due on this day.
    fn reaches(&self, day: Date) -> bool {
        self.end.is_none_or(|end| day <= end) && self.most.is_none_or(|most| self.made < most)
    }
}

impl Books {
    pub(super) fn subscription(&self, id: &str) -> Result<&Subscription, Refusal> {
        let found = self.subscriptions.iter().find(|subscription| subscription.id == id);
        found.ok_or_else(|| Refusal::not_found("Assinatura"))
    }

    /// The subscription, if it was not removed.
    fn subscription_mut(&mut self, id: &str) -> Result<&mut Subscription, Refusal> {
        let found = self.subscriptions.iter_mut().find(|subscription| subscription.id == id);
        match found {
            Some(subscription) if subscription.deleted => Err(Refusal::action("Esta assinatura foi removida.")),
            found => found.ok_or_else(|| Refusal::not_found("Assinatura")),
        }
    }

    fn tell_of_subscription(&mut self, name: &'static str, id: &str) {
        if let Ok(subscription) = self.subscription(id) {
            let about = self.subscription_shape(subscription);
            self.tell(name, "subscription", about);
        }
    }

    /// A subscription as the API and the webhooks show it.
    pub(super) fn subscription_shape(&self, subscription: &Subscription) -> Value {
        let mut shape = json!({
            "object": "subscription",
            "id": subscription.id,
            "dateCreated": subscription.created.to_string(),
            "customer": subscription.customer,
            "paymentLink": null,
            "value": decimal(subscription.value),
            "nextDueDate": subscription.next_due().to_string(),
            "cycle": subscription.cycle.word(),
            "description": subscription.description,
            "billingType": subscription.billing.word(),
            "deleted": subscription.deleted,
            "status": subscription.state.word(),
            "externalReference": subscription.external_reference,
            "checkoutSession": subscription.checkout,
            "sendPaymentByPostalService": false,
            "fine": { "value": 0, "type": "FIXED" },
            "interest": { "value": 0, "type": "PERCENTAGE" },
            "split": null,
        });
        // Asaas leaves these out where they do not apply.
        if let Some(end) = subscription.end {
            shape["endDate"] = end.to_string().into();
        }
        if let Some(most) = subscription.most {
            shape["maxPayments"] = most.into();
        }
        if subscription.card.is_some() {
            shape["creditCard"] = self.card_shape(subscription.card.as_deref());
        }
        shape
    }
}
