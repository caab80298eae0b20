//! Stripe: cards, and subscriptions that it charges by its own calendar.

use super::{Bought, Calls, PLANS, Sale, Vendor};
use crate::harness::http::{Request, call};
use serde_json::Value;
use standin::fault::Faults;
use standin::hooks::{Hooks, Trouble};
use standin::stripe::Stripe;
use std::net::SocketAddr;
use std::time::Duration;
use types::{Method, SubscriptionStatus};

const KEY: &str = "sk_test_of_histories_0000000000";

impl Vendor for Stripe {
    const KIND: &'static str = "stripe";
    const METHODS: &'static [Method] = &[Method::Card];
    const REFUND: Calls = &[("POST", "/v1/refunds"), ("POST", "/v1/refunds"), ("GET", "/v1/refunds")];
    const COURSE: Calls = &[
        ("POST", "/v1/subscriptions"),
        ("POST", "/v1/subscriptions"),
        ("DELETE", "/v1/subscriptions"),
        ("GET", "/v1/subscriptions"),
        ("GET", "/v1/invoices"),
        ("POST", "/v1/invoices"),
    ];
    const TROUBLES: &'static [Trouble] =
        &[Trouble::None, Trouble::Lost, Trouble::Lost, Trouble::Twice, Trouble::Held, Trouble::Reversed];

    fn start() -> Self {
        Stripe::start(SocketAddr::from(([127, 0, 0, 1], 0)), KEY).unwrap()
    }

    fn now(&self) -> i64 {
        self.clock().now()
    }

    fn faults(&self) -> Faults {
        self.faults().clone()
    }

    fn hooks(&self) -> Hooks {
        self.hooks().clone()
    }

    fn secrets(&self) -> Vec<(&'static str, String)> {
        vec![("secret_key", KEY.to_owned()), ("base_url", self.base_url().to_owned())]
    }

    async fn sell(&self, _: [&str; 2]) {
        for plan in &PLANS {
            let (amount, count) = (plan.price.to_string(), plan.interval.1.to_string());
            let wish = [
                ("currency", "brl"),
                ("unit_amount", &amount),
                ("recurring[interval]", plan.interval.0.as_str()),
                ("recurring[interval_count]", &count),
                ("product_data[name]", plan.code),
                ("lookup_key", plan.code),
            ];
            ask(self, "/v1/prices", &wish).await;
        }
    }

    async fn tell(&self, url: &str) -> Option<String> {
        let endpoint = ask(self, "/v1/webhook_endpoints", &[("url", url), ("enabled_events[0]", "*")]).await;
        Some(text(&endpoint, "secret"))
    }

    async fn buy(&self, sale: &Sale) -> Bought {
        let customer = text(&ask(self, "/v1/customers", &[("email", &sale.who)]).await, "id");
        let card = ask(self, "/v1/payment_methods/pm_card_visa/attach", &[("customer", &customer)]).await;
        let card = text(&card, "id");
        let reference = match sale.plan {
            Some(at) => subscribe(self, &customer, &card, PLANS[at].code).await,
            None => pay_once(self, &customer, &card, sale.total()).await,
        };
        Bought { code: format!("T-{}", sale.number), who: sale.who.clone(), customer, reference }
    }

    async fn forward(&self, by: Duration) {
        self.forward(by).await;
    }

    async fn pay(&self, _: &Bought) {}

    async fn pay_back(&self, bought: &Bought, is_whole: bool) {
        let left = |charge: &Value| whole(charge, "amount_captured") - whole(charge, "amount_refunded");
        let charges = self.all("charge").into_iter();
        let of_buyer = charges.filter(|charge| charge["customer"] == *bought.customer && charge["paid"] == true);
        let Some(charge) = of_buyer.rev().find(|charge| left(charge) > 1) else { return };
        let amount = if is_whole { left(&charge) } else { left(&charge) / 2 };
        ask(self, "/v1/refunds", &[("charge", &text(&charge, "id")), ("amount", &amount.to_string())]).await;
    }

    fn decline(&self) {
        self.fail_next_charge("insufficient_funds");
    }

    fn kept(&self, bought: &Bought) -> i64 {
        self.paid_by(&bought.customer).get("brl").copied().unwrap_or_default()
    }

    fn back(&self, bought: &Bought) -> i64 {
        let charges = self.all("charge").into_iter().filter(|charge| charge["customer"] == *bought.customer);
        charges.map(|charge| whole(&charge, "amount_refunded")).sum()
    }

    fn stands(&self, bought: &Bought) -> SubscriptionStatus {
        let subscription = self.object(&bought.reference).unwrap();
        match subscription["status"].as_str().unwrap() {
            "canceled" => SubscriptionStatus::Ended,
            "past_due" | "unpaid" => SubscriptionStatus::PastDue,
            _ if subscription["cancel_at_period_end"] == true => SubscriptionStatus::Ending,
            _ => SubscriptionStatus::Active,
        }
    }
}

async fn subscribe(stripe: &Stripe, customer: &str, card: &str, plan: &str) -> String {
    let prices = stripe.all("price");
    let price = text(prices.iter().find(|price| price["lookup_key"] == plan).unwrap(), "id");
    let wish = [("customer", customer), ("items[0][price]", &*price), ("default_payment_method", card)];
    text(&ask(stripe, "/v1/subscriptions", &wish).await, "id")
}

async fn pay_once(stripe: &Stripe, customer: &str, card: &str, amount: i64) -> String {
    let amount = amount.to_string();
    let wish = [
        ("amount", &*amount),
        ("currency", "brl"),
        ("customer", customer),
        ("payment_method", card),
        ("confirm", "true"),
        ("automatic_payment_methods[enabled]", "true"),
        ("return_url", "https://luz.example"),
    ];
    text(&ask(stripe, "/v1/payment_intents", &wish).await, "id")
}

/// A call of the producer's own.
async fn ask(stripe: &Stripe, path: &str, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request::new("POST", path).with("authorization", format!("Bearer {KEY}")).form(&fields);
    let address = stripe.base_url().trim_start_matches("http://").parse().unwrap();
    call(address, &request).await.unwrap().expect(200).json()
}

fn text(of: &Value, name: &str) -> String {
    of[name].as_str().unwrap().to_owned()
}

fn whole(of: &Value, name: &str) -> i64 {
    of[name].as_i64().unwrap_or_default()
}
