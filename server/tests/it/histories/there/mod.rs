//! Random lives of orders that a producer's own account at Stripe, Asaas or Guru charges. Whatever their buyers and the
//! producer decide, however calls fail, and whatever becomes of webhooks: in the end the gateway has the same money and
//! the same subscriptions as we have. Meanwhile no page says what is not so.
//!
//! `AFTERSALE_TEST_HISTORIES_THERE=400` lives so many at each gateway on each engine instead of as many as usual.

mod account;
mod books;
mod life;
mod pages;
mod wish;

use super::shop::{Shop, shops};
use super::{DAY, given};
use crate::harness::TestDatabase;
use crate::harness::dice::Dice;
use crate::harness::vendor::Vendor;
use axum::Router;
use life::Life;
use portal::outbox;
use portal::testing::World;
use portal::verify;
use server::config::{Config, Given};
use server::gateway::Configured;
use server::gateway::connected::Connected;
use server::gateway::sandbox;
use server::guard::Times;
use server::state::Installation;
use standin::asaas::Asaas;
use standin::guru::Guru;
use standin::hooks::Trouble;
use standin::stripe::Stripe;
use std::sync::Arc;
use std::time::Duration;
use types::Instant;

/// How many at a gateway on an engine, unless told otherwise.
const USUAL: u64 = 16;
/// How many share a database, a stand-in and a policy.
const TOGETHER: u64 = 4;
const ROUNDS: u64 = 10;
/// So many of them are within the window in which money is asked back.
const SHORT: u64 = 4;
/// How long is waited for an answer: what hangs is not known soon.
const TIMES: Times = Times { connect: Duration::from_secs(2), total: Duration::from_secs(2) };

#[tokio::test]
async fn orders_at_stripe_end_as_ours_do_whatever_goes_wrong_on_sqlite() {
    all::<Stripe>("sqlite").await;
}

#[tokio::test]
async fn orders_at_stripe_end_as_ours_do_whatever_goes_wrong_on_postgres() {
    all::<Stripe>("postgres").await;
}

#[tokio::test]
async fn orders_at_asaas_end_as_ours_do_whatever_goes_wrong_on_sqlite() {
    all::<Asaas>("sqlite").await;
}

#[tokio::test]
async fn orders_at_asaas_end_as_ours_do_whatever_goes_wrong_on_postgres() {
    all::<Asaas>("postgres").await;
}

#[tokio::test]
async fn orders_at_guru_end_as_ours_do_whatever_goes_wrong_on_sqlite() {
    all::<Guru>("sqlite").await;
}

#[tokio::test]
async fn orders_at_guru_end_as_ours_do_whatever_goes_wrong_on_postgres() {
    all::<Guru>("postgres").await;
}

async fn all<V: Vendor>(engine: &'static str) {
    let wanted = given("AFTERSALE_TEST_HISTORIES_THERE");
    // So few say little: those of another day are for whoever lives many.
    let first = given("AFTERSALE_TEST_FIRST_HISTORY").filter(|_| wanted.is_some()).unwrap_or(0) / TOGETHER;
    let groups = wanted.unwrap_or(USUAL).div_ceil(TOGETHER);
    for group in first..first + groups {
        together::<V>(engine, group).await;
    }
}

/// A world in which a producer has an account at a stand-in.
struct There<V> {
    world: World,
    vendor: V,
    shop: Shop,
    web: Router,
}

async fn together<V: Vendor>(engine: &'static str, group: u64) {
    let database = TestDatabase::new(engine).await;
    let there = There::<V>::open(engine, database.open_with_few_connections().await, group).await;
    let mut dice = Dice::of("clock there", group);
    let mut lives = Vec::new();
    for number in group * TOGETHER..(group + 1) * TOGETHER {
        lives.push(Life::begin(&there, number).await);
    }
    there.world.settle().await;
    there.hear().await;
    for life in &mut lives {
        life.know(&there).await;
    }
    for round in 0..ROUNDS {
        let days = if round < SHORT { 0 } else { dice.below(14) as u32 };
        there.round(&mut lives, &mut dice, days).await;
    }
    there.close(&lives).await;
    let broken = verify::check(&there.world.portal, sandbox::INVARIANTS).await.unwrap();
    let scripts = || lives.iter().map(|life| (&life.bought.code, &life.script)).collect::<Vec<_>>();
    assert!(broken.is_empty(), "{engine}, group {group}: {}: {:#?}", broken[0], scripts());
    let (_, dead) = outbox::lag(&there.world.portal).await.unwrap();
    assert_eq!(dead, 0, "{engine}, group {group}: jobs that were given up");
    there.world.portal.db.close().await;
    database.remove().await;
}

impl<V: Vendor> There<V> {
    async fn open(engine: &'static str, db: portal::db::Db, group: u64) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let vendor = V::start();
        let private = ["127.0.0.0/8".parse().unwrap()];
        let world = World::reaching(engine, db, |clock| {
            Some(Arc::new(Configured::new(None, Connected::waiting(&private, TIMES, clock, false))))
        });
        world.clock.jump(Instant::from_seconds(vendor.now()));
        world.clock.run();
        let shop = shops(&world).await.swap_remove(group as usize % 4);
        let config = Config::read(&Given::default()).unwrap();
        let installation = Installation { portal: world.portal.clone(), sandbox: None };
        let web = server::router::router(&installation, &config, config.listen);
        let there = Self { world, vendor, shop, web };
        there.connect(installation).await;
        there
    }

    /// What went wrong with webhooks is over.
    async fn hear(&self) {
        self.vendor.hooks().release();
        self.vendor.hooks().settle().await;
        self.world.settle().await;
    }

    async fn round(&self, lives: &mut [Life], dice: &mut Dice, days: u32) {
        let trouble = dice.pick(V::TROUBLES);
        self.vendor.hooks().trouble(trouble);
        for life in lives {
            // Another thing is wanted before it is clear what became of the first.
            for _ in 0..=dice.below(2) {
                life.act(self, trouble).await;
            }
        }
        let by = DAY * days + Duration::from_secs(3600 + dice.below(86_400));
        self.forward(by, trouble).await;
    }

    /// Both clocks move on, the gateway's first; what falls due is done. Webhooks are signed when they go out, and go
    /// out when both have the same time.
    async fn forward(&self, by: Duration, trouble: Trouble) {
        let is_kept = matches!(trouble, Trouble::Lost | Trouble::Reversed);
        self.vendor.hooks().trouble(if is_kept { trouble } else { Trouble::Held });
        self.vendor.forward(by).await;
        self.world.clock.forward(by);
        self.hear().await;
    }

    /// Whatever is unclear becomes clear: nothing fails any more, and each period is asked about.
    async fn close(&self, lives: &[Life]) {
        self.vendor.faults().clear();
        self.forward(DAY * 45, Trouble::None).await;
        for _ in 0..6 {
            self.forward(Duration::from_secs(7 * 3600), Trouble::None).await;
        }
        for life in lives {
            books::check(self, life).await;
        }
    }
}
