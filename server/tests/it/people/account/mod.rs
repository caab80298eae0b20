//! The account: what a person may do with what is known about them.

mod access;
mod address;
mod copy;
mod erasure;
mod person;
mod traces;

use crate::harness::{ANA, DAY, buy, producer, sign_in};
use portal::testing::World;
use portal::{Buyer, on};
use std::time::Duration;
use types::EventName;

const NEW: &str = "ana.nova@example.org";

async fn bought(world: &World) -> Buyer {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
    sign_in(world, ANA).await
}

fn mails_to(world: &World, who: &str, subject: &str) -> usize {
    let letters = world.mail.taken();
    letters.iter().filter(|letter| letter.to.as_str() == who && letter.subject == subject).count()
}

/// The reasons in the log's entries of an action.
async fn logged(world: &World, event: EventName) -> Vec<(Option<String>,)> {
    let sql = "select reason from events where name = $1 order by at, id";
    on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(event.as_str()).fetch_all(c).await.unwrap()
    })
}

async fn days(world: &World, number: u32) {
    for _ in 0..number {
        world.clock.forward(DAY);
        world.settle().await;
    }
    world.clock.forward(Duration::from_secs(700));
    world.settle().await;
}
