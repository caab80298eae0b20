//! Orders at a producer's own account at Stripe: the server as it runs, and a stand-in of Stripe.

mod account;
mod buyer;
mod doubt;
mod hook;
mod outage;
mod subscription;

pub use buyer::entered;

use crate::harness::browserless::{Browser, form};
use crate::harness::http::{Answer, Request, call};
use crate::harness::shop::{club, order, sell, sign_in, with_account};
use crate::harness::site::{Api, Site, eventually};
use serde_json::{Value, json};
use standin::stripe::Stripe;
use std::net::SocketAddr;

const KEY: &str = "sk_test_of_luz_0000000000000000";
const ANA: &str = "ana@example.com";

/// A shop whose account at Stripe is connected under the name `loja`, and tested.
async fn shop(engine: &'static str) -> (Site, Api, Stripe) {
    let stripe = Stripe::start(SocketAddr::from(([127, 0, 0, 1], 0)), KEY).unwrap();
    let (site, luz) = with_account(engine, &account(&stripe)).await;
    (site, luz, stripe)
}

fn account(stripe: &Stripe) -> Value {
    json!({"gateway": "stripe", "bills": "calendar", "secret_key": KEY, "base_url": stripe.base_url()})
}

/// A call of the producer's own shop to Stripe, beside the portal.
async fn ask(stripe: &Stripe, path: &str, fields: &[(&str, &str)]) -> Value {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let request = Request::new("POST", path).with("authorization", format!("Bearer {KEY}")).form(&fields);
    call(address(stripe), &request).await.unwrap().expect(200).json()
}

fn address(stripe: &Stripe) -> SocketAddr {
    stripe.base_url().trim_start_matches("http://").parse().unwrap()
}

/// A payment that the shop took, with a card that is kept for whoever paid.
async fn paid(stripe: &Stripe, email: &str, amount: i64) -> String {
    let customer = ask(stripe, "/v1/customers", &[("email", email)]).await["id"].as_str().unwrap().to_owned();
    let card = ask(stripe, "/v1/payment_methods/pm_card_visa/attach", &[("customer", &customer)]).await;
    let fields = [
        ("amount", &*amount.to_string()),
        ("currency", "brl"),
        ("customer", &customer),
        ("payment_method", card["id"].as_str().unwrap()),
        ("confirm", "true"),
        ("off_session", "true"),
        ("automatic_payment_methods[enabled]", "true"),
    ];
    ask(stripe, "/v1/payment_intents", &fields).await["id"].as_str().unwrap().to_owned()
}

/// An order of a course, paid at Stripe.
async fn bought(luz: &Api, stripe: &Stripe, code: &str) -> String {
    let payment = paid(stripe, ANA, 29_700).await;
    let mut order = order(code, ANA, &[("foto", 29_700)]);
    order["gateway"] = json!({"name": "loja", "reference": payment});
    sell(luz, &order).await;
    payment
}

/// A month of the club, paid at Stripe and charged by our calendar from now on; where its card is changed.
async fn subscribed(site: &Site, luz: &Api, stripe: &Stripe) -> (Browser, String) {
    let payment = paid(stripe, ANA, 4_990).await;
    let mut order = club("A-2", ANA);
    order["gateway"] = json!({"name": "loja", "reference": payment});
    sell(luz, &order).await;
    let mut ana = sign_in(site, ANA).await;
    let page = ana.visit("/orders/A-2").await.expect(200).text();
    let id: String = page.split("/subscriptions/").nth(1).unwrap().chars().take(36).collect();
    (ana, format!("/subscriptions/{id}/card"))
}

/// Asks all money of an order back; the page that says what became of it.
async fn give_back(ana: &mut Browser, code: &str) -> String {
    // With one item there is nothing to choose.
    let preview = ana.visit(&format!("/orders/{code}/refund")).await.expect(200);
    ana.submit(&form(&preview, &format!("/orders/{code}/refund")), &[]).await.expect(200).text()
}

async fn status_is(luz: &Api, code: &str, status: &str) {
    let what = format!("{code} to be {status}");
    eventually(&what, async || (luz.order(code).await["status"] == status).then_some(())).await;
}

/// A page or a form of the stand-in's.
async fn hosted(stripe: &Stripe, method: &str, url: &str, typed: &[(&str, &str)]) -> Answer {
    let path = url.trim_start_matches(stripe.base_url());
    let fields: Vec<_> = typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    call(address(stripe), &Request::new(method, path).form(&fields)).await.unwrap()
}
