//! A year of a thousand subscriptions of every kind, and of the orders beside them, with everything that buyers,
//! producers, banks and the calendar do meanwhile.

use super::life::{Arrival, Life};
use super::{DAY, books, close, is_sound, look_at_the_tables, news, shop, state};
use crate::harness::{end, swift_world};
use futures::{StreamExt, stream};
use portal::outbox;
use portal::testing::World;
use std::time::Instant;
use types::OrderKind;

/// Plans of every cycle, trials and prices in instalments: whatever the calendar charges.
const SUBSCRIPTIONS: usize = 1_000;
/// How many people are there at once, and how many jobs run at once: as many as a worker runs.
const AT_ONCE: usize = 16;

#[tokio::test]
async fn a_year_of_a_thousand_subscriptions_is_sound_on_sqlite() {
    year("sqlite").await;
}

#[tokio::test]
async fn a_year_of_a_thousand_subscriptions_is_sound_on_postgres() {
    year("postgres").await;
}

async fn year(engine: &'static str) {
    let swift = swift_world(engine).await;
    let world = &swift.0;
    world.clock.run();
    let mut lives = sold(world).await;
    look_at_the_tables(world).await;
    let begin = Instant::now();
    let mut jobs = world.settle().await;
    for day in 0..365 {
        stream::iter(&mut lives).for_each_concurrent(AT_ONCE, |life| live(life, world, day)).await;
        world.clock.forward(DAY);
        jobs += world.settle_at_once(AT_ONCE).await;
    }
    close(world, &mut lives).await;
    let (orders, seconds) = (lives.len(), begin.elapsed().as_secs_f64());
    // `cargo xtask bench year` reads this line.
    println!("a year of {SUBSCRIPTIONS} subscriptions, {orders} orders, {jobs} jobs, on {engine}: {seconds:.1} s");
    books::check(world, &lives).await;
    is_sound(world, &lives).await;
    let charges: usize = lives.iter().map(|life| world.gateway.charges_of(&life.who).len()).sum();
    assert!(charges > orders * 3 / 2, "{charges} charges: the calendar stands still");
    assert_eq!(outbox::lag(&world.portal).await.unwrap().1, 0, "{engine}: jobs that were given up");
    end(swift).await;
}

async fn sold(world: &World) -> Vec<Life> {
    let shops = shop::shops(world).await;
    let (mut lives, mut subscriptions) = (Vec::new(), 0);
    while subscriptions < SUBSCRIPTIONS {
        let life = Life::begin(world, &shops, 1_000_000 + lives.len() as u64, Arrival::Ordered).await;
        subscriptions += usize::from(life.kind != OrderKind::OneOff);
        lives.push(life);
    }
    state::find_ids(world, &mut lives).await;
    lives
}

/// Somebody does something every other month, and a bank has news every other week.
async fn live(life: &mut Life, world: &World, day: u64) {
    if life.dice.once_in(60) {
        life.act(world).await;
    }
    if day % 7 == life.number % 7 && life.dice.once_in(2) {
        let events = news::happens(life, world);
        life.receive(world, events).await;
    }
}
