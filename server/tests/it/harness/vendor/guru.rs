//! Digital Manager Guru: orders come by its webhooks, and it charges by its own calendar only.

use super::{Bought, Calls, ONCE, PLANS, Sale, Vendor};
use crate::harness::http::{Request, call};
use crate::harness::shop::GURU_TOKEN;
use serde_json::{Value, json};
use standin::fault::Faults;
use standin::guru::{Buyer, Guru, Interval, Offer};
use standin::hooks::{Hooks, Trouble};
use std::net::SocketAddr;
use std::time::Duration;
use types::{IntervalUnit, Method, SubscriptionStatus};

const TOKEN: &str = "user-token-of-histories-0000000";

impl Vendor for Guru {
    const KIND: &'static str = "guru";
    const METHODS: &'static [Method] = &[Method::Card, Method::Card, Method::Pix, Method::Boleto];
    const REFUND: Calls = &[("POST", "/refund"), ("POST", "/refund"), ("GET", "/transactions")];
    const COURSE: Calls = &[
        ("POST", "/cancel"),
        ("DELETE", "/cancel-at-cycle-end"),
        ("GET", "/subscriptions"),
        ("PUT", "/plans"),
        ("POST", "/plans/simulate"),
        ("GET", "/plans/available"),
    ];
    const TROUBLES: &'static [Trouble] = &[Trouble::None, Trouble::Twice, Trouble::Held, Trouble::Reversed];
    const IS_SOURCE: bool = true;

    fn start() -> Self {
        Guru::start(SocketAddr::from(([127, 0, 0, 1], 0)), TOKEN, GURU_TOKEN).unwrap()
    }

    fn now(&self) -> i64 {
        self.clock().now()
    }

    fn faults(&self) -> Faults {
        self.faults()
    }

    fn hooks(&self) -> Hooks {
        self.hooks()
    }

    fn secrets(&self) -> Vec<(&'static str, String)> {
        vec![("user_token", TOKEN.to_owned()), ("base_url", self.base_url())]
    }

    /// Whatever costs more is an upgrade.
    async fn sell(&self, products: [&str; 2]) {
        for (at, plan) in PLANS.iter().enumerate() {
            let (unit, count) = plan.interval;
            let unit = if unit == IntervalUnit::Year { Interval::Year } else { Interval::Month };
            let mut offer = Offer::plan(plan.code, plan.code, plan.price, count, unit);
            products[at % 2].clone_into(&mut offer.product.marketplace_id);
            let others = |wanted: fn(i64, i64) -> bool| {
                PLANS
                    .iter()
                    .filter(|other| wanted(other.price, plan.price))
                    .map(|other| other.code.to_owned())
                    .collect()
            };
            (offer.upgrades, offer.downgrades) = (others(|one, other| one > other), others(|one, other| one < other));
            self.offer(offer);
        }
        ONCE.iter().for_each(|(product, price)| self.offer(Offer::once(product, product, *price)));
    }

    async fn tell(&self, url: &str) -> Option<String> {
        self.listen(url);
        None
    }

    async fn buy(&self, sale: &Sale) -> Bought {
        let text = str::to_owned;
        let buyer = Buyer {
            name: text("Ana Souza"),
            email: sale.who.clone(),
            doc: text("52998224725"),
            phone: text("11999990001"),
        };
        let offers: Vec<&str> = match sale.plan {
            Some(at) => vec![PLANS[at].code],
            None => sale.items().iter().map(|(product, _)| *product).collect(),
        };
        let made = self.buy(&buyer, &offers, method(sale.method)).unwrap();
        let reference = made.subscription.clone().unwrap_or_else(|| made.transaction.clone());
        let code = match &made.subscription {
            Some(id) => self.subscription(id).unwrap()["subscription_code"].as_str().unwrap().to_owned(),
            None => made.transaction,
        };
        let bought = Bought { code, who: sale.who.clone(), customer: String::new(), reference };
        Vendor::pay(self, &bought).await;
        bought
    }

    async fn forward(&self, by: Duration) {
        self.forward(by).await;
    }

    async fn pay(&self, bought: &Bought) {
        for transaction in of(self, bought) {
            if matches!(transaction["status"].as_str(), Some("billet_printed" | "waiting_payment")) {
                self.pay(transaction["id"].as_str().unwrap()).unwrap();
            }
        }
    }

    /// All of it only.
    async fn pay_back(&self, bought: &Bought, _: bool) {
        let newest = of(self, bought).into_iter().rev().find(|one| one["status"] == "approved");
        let Some(transaction) = newest else { return };
        let path = format!("/api/v2/transactions/{}/refund", transaction["id"].as_str().unwrap());
        let request = Request::new("POST", &path).json(&json!({"comment": "by hand"}));
        let address = self.base_url().trim_start_matches("http://").trim_end_matches("/api/v2").parse().unwrap();
        call(address, &request.with("authorization", format!("Bearer {TOKEN}"))).await.unwrap().expect(200);
    }

    fn decline(&self) {
        self.decline_next("Saldo insuficiente");
    }

    fn kept(&self, bought: &Bought) -> i64 {
        sum(self, bought, "approved")
    }

    fn back(&self, bought: &Bought) -> i64 {
        sum(self, bought, "refunded")
    }

    fn stands(&self, bought: &Bought) -> SubscriptionStatus {
        let subscription = self.subscription(&bought.reference).unwrap();
        match subscription["last_status"].as_str().unwrap() {
            "canceled" => SubscriptionStatus::Ended,
            "pastdue" => SubscriptionStatus::PastDue,
            _ if subscription["cancel_at_cycle_end"] == 1 => SubscriptionStatus::Ending,
            _ => SubscriptionStatus::Active,
        }
    }
}

fn method(method: Method) -> standin::guru::Method {
    match method {
        Method::Pix => standin::guru::Method::Pix,
        Method::Boleto => standin::guru::Method::Billet,
        _ => standin::guru::Method::CreditCard,
    }
}

/// Its transactions, the oldest first.
fn of(guru: &Guru, bought: &Bought) -> Vec<Value> {
    guru.transactions().into_iter().filter(|one| one["contact"]["email"] == *bought.who).collect()
}

fn sum(guru: &Guru, bought: &Bought, status: &str) -> i64 {
    let value = |one: &Value| (one["payment"]["total"].as_f64().unwrap() * 100.0).round() as i64;
    of(guru, bought).iter().filter(|one| one["status"] == status).map(value).sum()
}
