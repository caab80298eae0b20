//! Short and random lives of orders of every kind, on each engine: whatever buyers, producers, banks and the calendar
//! do, money neither appears nor vanishes; and each life is lived twice, once with the gateway's events as they
//! happened, once with the same events repeated and disordered, and ends the same.
//!
//! `AFTERSALE_TEST_HISTORY=123` lives that one alone, `AFTERSALE_TEST_HISTORIES=400` so many of them instead of as many
//! as usual, `AFTERSALE_TEST_FIRST_HISTORY=5000` begins with that one: `cargo xtask test` begins with another one each
//! day.

mod books;
mod life;
mod news;
mod shop;
mod state;
mod there;
mod verbs;
mod year;

use crate::harness::dice::Dice;
use crate::harness::{end, swift_world};
use futures::{FutureExt, StreamExt, stream};
use life::{Arrival, Life};
use portal::on;
use portal::outbox;
use portal::testing::World;
use portal::verify::{self, Violation};
use server::gateway::sandbox;
use std::future::ready;
use std::ops::Range;
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

/// How many on an engine, unless told otherwise: other ones each day, and a soak lives 10,000. On PostgreSQL one takes
/// as long as eight on SQLite.
const USUAL: [(&str, u64); 2] = [("sqlite", 1_250), ("postgres", 250)];
/// How many share a database and its clock: with more a statement takes longer, with fewer there are more databases to
/// be made.
const TOGETHER: u64 = 125;
/// How many databases are at work at once.
const AT_ONCE: usize = 4;
/// Longer than the longest life.
const ROUNDS: u64 = 12;
const DAY: Duration = Duration::from_secs(86_400);

#[tokio::test]
async fn random_lives_keep_the_money_and_end_the_same_whatever_order_they_are_told_in_on_sqlite() {
    all("sqlite").await;
}

#[tokio::test]
async fn random_lives_keep_the_money_and_end_the_same_whatever_order_they_are_told_in_on_postgres() {
    all("postgres").await;
}

async fn all(engine: &'static str) {
    let begin = Instant::now();
    if let Some(number) = given("AFTERSALE_TEST_HISTORY") {
        return together(engine, number..number + 1).await;
    }
    let usual = USUAL.iter().find(|(name, _)| *name == engine).map_or(0, |(_, count)| *count);
    let count = given("AFTERSALE_TEST_HISTORIES").unwrap_or(usual);
    // A group has one clock, which follows from its number: so the first one is the first of its group.
    let first = given("AFTERSALE_TEST_FIRST_HISTORY").unwrap_or(0) / TOGETHER * TOGETHER;
    let until = first + count;
    let groups = (first..until).step_by(TOGETHER as usize).map(|first| first..until.min(first + TOGETHER));
    // What one group finds does not keep the others from being looked at.
    let lived = stream::iter(groups).map(|numbers| AssertUnwindSafe(together(engine, numbers)).catch_unwind());
    let failed = lived.buffer_unordered(AT_ONCE).filter(|lived| ready(lived.is_err())).count().await;
    assert_eq!(failed, 0, "{engine}: groups of histories that are not as they should be, each told of above");
    println!("{count} histories from {first}, each lived twice, on {engine}: {:.0?}", begin.elapsed());
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting: which history to live again")]
fn given(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|text| text.parse().expect("a number"))
}

/// Lives these histories side by side: in one database, by one clock.
async fn together(engine: &'static str, numbers: Range<u64>) {
    let swift = swift_world(engine).await;
    swift.0.clock.run();
    live(&swift.0, numbers).await;
    end(swift).await;
}

async fn live(world: &World, numbers: Range<u64>) {
    // The clock is that of the group, also when one of it is lived alone.
    let mut dice = Dice::of("clock", numbers.start / TOGETHER);
    let shops = shop::shops(world).await;
    let mut lives = Vec::new();
    for number in numbers {
        for arrival in [Arrival::Ordered, Arrival::Disordered] {
            lives.push(Life::begin(world, &shops, number, arrival).await);
        }
    }
    world.settle().await;
    state::find_ids(world, &mut lives).await;
    look_at_the_tables(world).await;
    for round in 0..ROUNDS {
        for life in &mut lives {
            life.step(world, round).await;
        }
        world.settle().await;
        world.clock.forward(DAY * (dice.below(16) as u32) + Duration::from_secs(60 + dice.below(86_400)));
        world.settle().await;
    }
    close(world, &mut lives).await;
    books::check(world, &lives).await;
    state::compare(world, &lives).await;
    is_sound(world, &lives).await;
    let (_, dead) = outbox::lag(&world.portal).await.unwrap();
    assert_eq!(dead, 0, "{}: jobs that were given up", world.engine);
}

/// So that PostgreSQL knows them before it has settled on plans for empty ones.
async fn look_at_the_tables(world: &World) {
    let mut tx = world.portal.db.begin().await.unwrap();
    on!(tx.conn(), c => { sqlx::query("analyze").execute(c).await.unwrap(); });
    tx.commit().await.unwrap();
}

/// Every invariant holds; else whose does not, and what was done there.
async fn is_sound(world: &World, lives: &[Life]) {
    if let Some(Violation { rule, places }) =
        verify::check(&world.portal, sandbox::INVARIANTS).await.unwrap().into_iter().next()
    {
        let refunds = state::codes_of_refunds(world).await;
        let code_at = |place: &String| {
            let name = place.split(' ').next().unwrap_or_default();
            refunds.get(name).map_or(name, String::as_str).to_owned()
        };
        let codes: Vec<String> = places.iter().map(code_at).collect();
        let is_there = |life: &&Life| codes.contains(&life.code);
        let names: Vec<String> = lives.iter().filter(is_there).take(2).map(|life| life.name(world)).collect();
        panic!("{}: {rule}: {places:?} {}", world.engine, names.join("\n"));
    }
}

/// Whatever is unclear becomes clear, and what the gateway still waits for has an end.
async fn close(world: &World, lives: &mut [Life]) {
    for _ in 0..3 {
        for life in lives.iter_mut() {
            life.end(world).await;
        }
        world.settle().await;
        world.clock.forward(Duration::from_secs(7 * 3600));
        world.settle().await;
    }
}
