//! The server is killed at any moment while it tells a gateway what a buyer decided: money back, an end, another plan,
//! another card. Started again it finds out by itself what became of that, and the gateway's books
//! have it once. `AFTERSALE_TEST_KILLS_THERE=200` kills it so often.

mod deed;

use super::{chance, insist};
use crate::harness::shop::guru_source;
use crate::harness::site::{Api, Site};
use crate::harness::vendor::{ONCE, PLANS, Vendor};
use deed::{Case, DEEDS};
use futures::future::join;
use serde_json::json;
use standin::asaas::Asaas;
use standin::guru::Guru;
use standin::stripe::Stripe;
use std::time::Duration;
use tokio::time::sleep;

/// Unless told otherwise.
const KILLS: u64 = 6;

#[tokio::test]
async fn what_a_gateway_was_asked_for_comes_about_once_whenever_the_server_was_killed_on_sqlite() {
    many_kills("sqlite").await;
}

#[tokio::test]
async fn what_a_gateway_was_asked_for_comes_about_once_whenever_the_server_was_killed_on_postgres() {
    many_kills("postgres").await;
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting: how long to go on")]
fn kills() -> u64 {
    std::env::var("AFTERSALE_TEST_KILLS_THERE").map_or(KILLS, |text| text.parse().expect("a number"))
}

async fn many_kills(engine: &'static str) {
    let mut shop = Shop::open(engine).await;
    let (mut cases, mut killed, first) = (Vec::new(), 0, chance(DEEDS.len() as u64));
    while killed < kills() {
        let number = cases.len() as u64;
        let deed = DEEDS[(first + number) as usize % DEEDS.len()];
        let mut case = Case::begin(&shop, deed, number).await;
        killed += shop.kill_during(&mut case).await;
        cases.push(case);
    }
    for case in &cases {
        case.is_done_once(&shop).await;
    }
    shop.site.assert_sound().await;
}

/// A producer with an account at each of the stand-ins, which outlive the server.
struct Shop {
    site: Site,
    luz: Api,
    stripe: Stripe,
    asaas: Asaas,
    guru: Guru,
}

impl Shop {
    async fn open(engine: &'static str) -> Self {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let shop = Self { site, luz, stripe: Vendor::start(), asaas: Vendor::start(), guru: Vendor::start() };
        shop.put_catalogue().await;
        let products = ["ebook", "photo"];
        shop.stripe.sell(products).await;
        shop.asaas.sell(products).await;
        shop.guru.sell(products).await;
        shop.connect(&shop.stripe).await;
        shop.connect(&shop.asaas).await;
        shop.connect(&shop.guru).await;
        for at in [Stripe::KIND, Asaas::KIND] {
            shop.luz.post(&format!("connections/{at}/test"), &json!({})).await.expect(200);
        }
        shop.guru.listen(&format!("http://{}{}", shop.site.address, guru_source(&shop.luz).await));
        shop
    }

    async fn put_catalogue(&self) {
        for (product, price) in ONCE {
            self.luz.put(&format!("products/{product}"), &json!({"name": product})).await.expect(200);
            self.put_offer(product, product, price, None).await;
        }
        for (at, plan) in PLANS.iter().enumerate() {
            self.put_offer(plan.code, ONCE[(at + 1) % 2].0, plan.price, Some(plan.interval)).await;
        }
    }

    async fn put_offer(&self, code: &str, product: &str, price: i64, every: Option<(types::IntervalUnit, i64)>) {
        let interval = every.map(|(unit, count)| json!({"unit": unit.as_str(), "count": count}));
        let targets: Vec<&str> = PLANS.iter().map(|plan| plan.code).filter(|target| *target != code).collect();
        let targets = if every.is_some() { targets } else { Vec::new() };
        let offer = json!({"product": product, "name": format!("Plano {code}"), "interval": interval,
            "price": {"amount": price, "currency": "BRL"}, "change_targets": targets});
        self.luz.put(&format!("offers/{code}"), &offer).await.expect(200);
    }

    async fn connect<V: Vendor>(&self, vendor: &V) {
        let mut account = json!({"gateway": V::KIND, "bills": "gateway"});
        for (name, secret) in vendor.secrets() {
            account[name] = secret.into();
        }
        self.luz.put(&format!("connections/{}", V::KIND), &account).await.expect(200);
    }

    /// Somebody presses, and the server dies meanwhile or soon after it; they press again, and perhaps it dies once
    /// more while it works. How often it died.
    async fn kill_during(&mut self, case: &mut Case) -> u64 {
        let press = case.press.clone();
        let dies = async {
            sleep(Duration::from_millis(chance(300))).await;
            self.site.kill().await;
        };
        // The answer may be lost with the server.
        let (_, ()) = join(case.browser.try_send(press.clone()), dies).await;
        self.site.serve();
        self.site.ready().await;
        insist(&mut case.browser, &press).await;
        if chance(2) == 0 {
            return 1;
        }
        sleep(Duration::from_millis(chance(200))).await;
        self.site.kill().await;
        self.site.serve();
        self.site.ready().await;
        2
    }
}
