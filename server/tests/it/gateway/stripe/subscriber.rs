//! A subscription at Stripe, made by a producer's checkout.

use super::{Account, EMAIL, PRICE};
use portal::ports::{PlanChange, SubscriptionInstruction};
use serde_json::Value;
use types::Instant;

/// What the dearer plan costs.
pub(super) const DEAR: i64 = 19_990;

/// Somebody who pays every month.
pub(super) struct Subscriber {
    pub(super) customer: String,
    /// The card that is charged.
    pub(super) card: String,
    pub(super) reference: String,
}

fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

impl Account {
    /// A price whose lookup key is the code of an offer.
    pub(super) async fn price(&self, offer: &str, amount: i64, interval: &str) -> String {
        let amount = amount.to_string();
        let price = [
            ("currency", "brl"),
            ("unit_amount", amount.as_str()),
            ("recurring[interval]", interval),
            ("product_data[name]", offer),
            ("lookup_key", offer),
            ("transfer_lookup_key", "true"),
        ];
        id(&self.api("/v1/prices", &price).await)
    }

    /// Plans of 99.90 and 199.90 a month and of 999.90 a year; somebody who has the first, and more of its terms.
    pub(super) async fn subscriber(&self, terms: &[(&str, &str)]) -> Subscriber {
        let price = self.price("basic", PRICE, "month").await;
        self.price("gold", DEAR, "month").await;
        self.price("year", 99_990, "year").await;
        let customer = id(&self.api("/v1/customers", &[("email", EMAIL)]).await);
        let card = self.attached("pm_card_visa", &customer).await;
        let wish = [
            ("customer", customer.as_str()),
            ("items[0][price]", price.as_str()),
            ("default_payment_method", card.as_str()),
        ];
        let subscription = self.api("/v1/subscriptions", &[&wish, terms].concat()).await;
        Subscriber { customer, card, reference: id(&subscription) }
    }

    pub(super) async fn attached(&self, test_card: &str, customer: &str) -> String {
        let path = format!("/v1/payment_methods/{test_card}/attach");
        id(&self.api(&path, &[("customer", customer)]).await)
    }

    /// The next invoices are charged to another card.
    pub(super) async fn charge_to(&self, subscriber: &Subscriber, test_card: &str) {
        let card = self.attached(test_card, &subscriber.customer).await;
        self.api(&format!("/v1/subscriptions/{}", subscriber.reference), &[("default_payment_method", &card)]).await;
    }

    /// The subscription as Stripe has it.
    pub(super) fn now(&self, subscriber: &Subscriber) -> Value {
        self.standin.object(&subscriber.reference).unwrap()
    }

    /// The code of the plan that it has.
    pub(super) fn plan(&self, subscriber: &Subscriber) -> String {
        let item = &self.now(subscriber)["items"]["data"][0];
        let price = item["price"]["id"].as_str().or(item["price"].as_str()).unwrap().to_owned();
        self.standin.object(&price).unwrap()["lookup_key"].as_str().unwrap().to_owned()
    }

    /// What was paid by the subscriber, and not paid back.
    pub(super) fn taken_from(&self, subscriber: &Subscriber) -> i64 {
        self.standin.paid_by(&subscriber.customer).get("brl").copied().unwrap_or_default()
    }

    /// How many invoices stand so.
    pub(super) fn invoices(&self, status: &str) -> usize {
        self.standin.invoices().iter().filter(|invoice| invoice["status"] == status).count()
    }

    /// Another plan, counted from now.
    pub(super) fn to(&self, offer: &str) -> PlanChange {
        PlanChange { offer: offer.to_owned(), counted_at: Instant::from_seconds(self.standin.clock().now()) }
    }
}

impl Subscriber {
    pub(super) fn told(&self, key: &str) -> SubscriptionInstruction {
        let (account, reference) = ("luz".to_owned(), self.reference.clone());
        SubscriptionInstruction { key: key.to_owned(), account, reference }
    }
}
