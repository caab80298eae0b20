//! Random lives of subscriptions that Stripe charges by its own calendar. Whatever their buyers decide, however calls to
//! Stripe fail, and though none of its webhooks ever comes: in the end it has the same subscriptions and the same money
//! as we have.
//!
//! `AFTERSALE_TEST_HISTORIES_THERE=400` lives so many on each engine instead of as many as usual.

mod books;
mod life;

use super::shop::{PLANS, Shop, shops};
use super::{DAY, given};
use crate::harness::TestDatabase;
use crate::harness::dice::Dice;
use crate::harness::http::{Request, call};
use life::Life;
use portal::connection::{self, NewConnection};
use portal::outbox;
use portal::testing::World;
use portal::verify;
use serde_json::Value;
use server::gateway::Configured;
use server::gateway::connected::Connected;
use server::gateway::sandbox;
use standin::stripe::Stripe;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use types::{Code, ConnectionBills, ConnectionState, Instant};

/// How many on an engine, unless told otherwise.
const USUAL: u64 = 24;
/// How many share a database and a stand-in.
const TOGETHER: u64 = 12;
const ROUNDS: u64 = 8;
const KEY: &str = "sk_test_of_histories_0000000000";

#[tokio::test]
async fn subscriptions_of_stripes_own_end_as_ours_do_whatever_goes_wrong_on_sqlite() {
    all("sqlite").await;
}

#[tokio::test]
async fn subscriptions_of_stripes_own_end_as_ours_do_whatever_goes_wrong_on_postgres() {
    all("postgres").await;
}

async fn all(engine: &'static str) {
    let first = given("AFTERSALE_TEST_FIRST_HISTORY").unwrap_or(0) / TOGETHER;
    let groups = given("AFTERSALE_TEST_HISTORIES_THERE").unwrap_or(USUAL).div_ceil(TOGETHER);
    for group in first..first + groups {
        together(engine, group).await;
    }
}

/// A world whose producers have accounts at a stand-in of Stripe.
struct There {
    world: World,
    stripe: Stripe,
}

async fn together(engine: &'static str, group: u64) {
    let database = TestDatabase::new(engine).await;
    let there = There::over(engine, database.open_with_few_connections().await);
    let world = &there.world;
    let shops = shops(world).await;
    for shop in &shops {
        there.connect(shop).await;
    }
    there.sell_plans().await;
    let mut dice = Dice::of("clock there", group);
    let mut lives = Vec::new();
    for number in group * TOGETHER..(group + 1) * TOGETHER {
        lives.push(Life::begin(&there, &shops, number).await);
    }
    world.settle().await;
    for life in &mut lives {
        life.know(world).await;
    }
    for _ in 0..ROUNDS {
        for life in &mut lives {
            // Another thing is wanted before it is clear what became of the first.
            for _ in 0..=dice.below(2) {
                life.act(&there).await;
                world.settle().await;
            }
        }
        there.forward(DAY * (dice.below(14) as u32) + Duration::from_secs(3600 + dice.below(86_400))).await;
    }
    there.stripe.faults().clear();
    for _ in 0..6 {
        there.forward(Duration::from_secs(7 * 3600)).await;
    }
    for life in &lives {
        books::check(&there, life).await;
    }
    let broken = verify::check(&world.portal, sandbox::INVARIANTS).await.unwrap();
    assert!(broken.is_empty(), "{engine}, group {group}: {}", broken[0]);
    let (_, dead) = outbox::lag(&world.portal).await.unwrap();
    assert_eq!(dead, 0, "{engine}, group {group}: jobs that were given up");
    there.world.portal.db.close().await;
    database.remove().await;
}

impl There {
    fn over(engine: &'static str, db: portal::db::Db) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let stripe = Stripe::start(SocketAddr::from(([127, 0, 0, 1], 0)), KEY).unwrap();
        let private = ["127.0.0.0/8".parse().unwrap()];
        let world = World::reaching(engine, db, |clock| {
            Some(Arc::new(Configured::new(None, Connected::new(&private, clock, false))))
        });
        world.clock.jump(Instant::from_seconds(stripe.clock().now()));
        world.clock.run();
        Self { world, stripe }
    }

    async fn connect(&self, shop: &Shop) {
        let secrets = [("secret_key", KEY), ("base_url", self.stripe.base_url())];
        let new = NewConnection {
            code: Code::parse("loja").unwrap(),
            gateway: "stripe".to_owned(),
            account: None,
            bills: ConnectionBills::Gateway,
            state: ConnectionState::Active,
            secrets: secrets.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            webhook_secret: None,
        };
        connection::put(&self.world.portal, &shop.producer, &new).await.unwrap();
    }

    async fn sell_plans(&self) {
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
            self.ask("/v1/prices", &wish).await;
        }
    }

    /// A call of the producer's own checkout.
    async fn ask(&self, path: &str, fields: &[(&str, &str)]) -> Value {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request::new("POST", path).with("authorization", format!("Bearer {KEY}")).form(&fields);
        let address = self.stripe.base_url().trim_start_matches("http://").parse().unwrap();
        call(address, &request).await.unwrap().expect(200).json()
    }

    /// Both clocks move on, Stripe's first; what falls due is done.
    async fn forward(&self, by: Duration) {
        self.stripe.forward(by).await;
        self.world.clock.forward(by);
        self.world.settle().await;
    }
}
