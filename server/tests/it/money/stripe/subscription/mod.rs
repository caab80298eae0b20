//! Subscriptions that Stripe charges by its own calendar: what a buyer decides is told there, and what happens there is
//! on file here.

mod ends;
mod plans;

use super::buyer::swap;
use super::{ANA, KEY, ask};
use crate::harness::browserless::{Browser, form};
use crate::harness::http::Answer;
use crate::harness::shop::{self, club, sell, sign_in, subscription_of, with_account};
use crate::harness::site::{Api, ENGINES, Site, eventually};
use serde_json::{Value, json};
use standin::stripe::Stripe;
use std::net::SocketAddr;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(86_400);

/// A shop whose subscriptions Stripe charges, and the club that Ana has there.
struct Shop {
    site: Site,
    luz: Api,
    stripe: Stripe,
    reference: String,
    ana: Browser,
}

impl Shop {
    async fn open(engine: &'static str) -> Self {
        let stripe = Stripe::start(SocketAddr::from(([127, 0, 0, 1], 0)), KEY).unwrap();
        let account =
            json!({"gateway": "stripe", "bills": "gateway", "secret_key": KEY, "base_url": stripe.base_url()});
        let (site, luz) = with_account(engine, &account).await;
        let reference = subscribe(&stripe).await;
        let mut order = club("A-2", ANA);
        order["gateway"] = json!({"name": "loja", "reference": reference});
        sell(&luz, &order).await;
        let ana = sign_in(&site, ANA).await;
        let shop = Self { site, luz, stripe, reference, ana };
        shop.has_payments(1).await;
        shop
    }

    fn there(&self) -> Value {
        self.stripe.object(&self.reference).unwrap()
    }

    /// The code of the plan that Stripe has it on.
    fn plan_there(&self) -> String {
        let price = self.there()["items"]["data"][0]["price"].clone();
        let price = price["id"].as_str().or(price.as_str()).unwrap();
        self.stripe.object(price).unwrap()["lookup_key"].as_str().unwrap().to_owned()
    }

    /// Stripe's own payments, and no other, are on file.
    async fn has_payments(&self, many: usize) -> Vec<Value> {
        eventually(&format!("{many} payments"), async || {
            let charges = self.luz.order("A-2").await["charges"].as_array().unwrap().clone();
            let are_named = charges.iter().all(|charge| charge["reference"].as_str().unwrap().starts_with("pi_"));
            (charges.len() == many && are_named).then_some(charges)
        })
        .await
    }

    async fn stands(&self, status: &str) {
        eventually(&format!("the subscription to be {status}"), async || {
            (self.luz.order("A-2").await["subscription"]["status"] == status).then_some(())
        })
        .await;
    }

    async fn ends_there(&self, ends: bool) {
        eventually(&format!("Stripe to have it end: {ends}"), async || {
            (self.there()["cancel_at_period_end"] == ends).then_some(())
        })
        .await;
    }

    /// Both calendars move on, Stripe's first.
    async fn forward(&mut self, days: u32) {
        self.stripe.forward(DAY * days).await;
        self.site.forward(days).await;
    }

    /// The page that says what became of a cancellation.
    async fn cancel(&mut self) -> Answer {
        shop::cancel(&mut self.ana).await.0
    }

    async fn undo(&mut self, receipt: &Answer) {
        let address = subscription_of(&mut self.ana).await;
        self.ana.submit(&form(receipt, &format!("{address}/cancel/undo")), &[]).await.expect(200);
    }
}

/// A month of the club, made by the shop's own checkout at Stripe.
async fn subscribe(stripe: &Stripe) -> String {
    let price = price(stripe, "clube", "4990").await;
    let customer = ask(stripe, "/v1/customers", &[("email", ANA)]).await["id"].as_str().unwrap().to_owned();
    let card = ask(stripe, "/v1/payment_methods/pm_card_visa/attach", &[("customer", &customer)]).await;
    let wish = [
        ("customer", customer.as_str()),
        ("items[0][price]", price.as_str()),
        ("default_payment_method", card["id"].as_str().unwrap()),
    ];
    ask(stripe, "/v1/subscriptions", &wish).await["id"].as_str().unwrap().to_owned()
}

/// A month of this plan, whose lookup key is the code of the offer.
async fn price(stripe: &Stripe, offer: &str, amount: &str) -> String {
    let price = [
        ("currency", "brl"),
        ("unit_amount", amount),
        ("recurring[interval]", "month"),
        ("product_data[name]", offer),
        ("lookup_key", offer),
    ];
    ask(stripe, "/v1/prices", &price).await["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn what_stripe_charges_is_on_file_though_no_webhook_comes() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let before = shop.luz.order("A-2").await["subscription"]["period_end"].clone();
        shop.forward(32).await;
        let charges = shop.has_payments(2).await;
        let is_paid = |charge: &Value| charge["status"] == "paid" && charge["amount"]["amount"] == 4_990;
        assert!(charges.iter().all(is_paid), "{charges:?}");
        let after = shop.luz.order("A-2").await["subscription"].clone();
        assert!(after["period_end"].as_str() > before.as_str(), "{engine}: {after}");
        assert_eq!(after["status"], "active", "{engine}");
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn another_card_is_typed_at_stripe_and_charged_there_from_then_on() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let address = format!("{}/card", subscription_of(&mut shop.ana).await);
        let page = swap(&mut shop.ana, &shop.stripe, &address, "5555555555554444").await;
        assert!(page.contains("Mastercard final 4444"), "{engine}: {page}");
        eventually("Stripe to charge it", async || {
            let card = shop.stripe.object(shop.there()["default_payment_method"].as_str().unwrap()).unwrap();
            (card["card"]["last4"] == "4444" && card["customer"] == shop.there()["customer"]).then_some(())
        })
        .await;
        eventually("the page to say so", async || {
            let page = shop.ana.clone().visit("/orders/A-2").await.text();
            page.contains("Mastercard final 4444").then_some(())
        })
        .await;
        shop.site.mail.wait(ANA, "4444").await;
        shop.site.assert_sound().await;
    }
}

#[tokio::test]
async fn a_card_that_fails_there_is_swapped_and_what_is_due_is_paid_at_once() {
    for engine in ENGINES {
        let mut shop = Shop::open(engine).await;
        let customer = shop.there()["customer"].as_str().unwrap().to_owned();
        let broken = "/v1/payment_methods/pm_card_chargeCustomerFail/attach";
        let broken = ask(&shop.stripe, broken, &[("customer", &customer)]).await;
        let subscription = format!("/v1/subscriptions/{}", shop.reference);
        let card = ("default_payment_method", broken["id"].as_str().unwrap());
        ask(&shop.stripe, &subscription, &[card]).await;
        shop.forward(32).await;
        shop.stands("past_due").await;
        let page = shop.ana.visit("/orders/A-2").await.expect(200).text();
        assert!(page.contains("Informe outro cartão"), "{engine}: {page}");
        let address = format!("{}/card", subscription_of(&mut shop.ana).await);
        swap(&mut shop.ana, &shop.stripe, &address, "5555555555554444").await;
        shop.stands("active").await;
        let paid = shop.has_payments(2).await;
        assert!(paid.iter().all(|charge| charge["status"] == "paid"), "{engine}: {paid:?}");
        shop.site.assert_sound().await;
    }
}
