//! Versions of one order in any order, and twice.

use super::dump;
use super::source::{Source, ago, day, month};
use crate::harness::each_world;
use portal::testing::World;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// Versions of one order: what changes from one to the next is whatever a source may tell.
fn history() -> impl Strategy<Value = Vec<Change>> {
    prop::collection::vec(
        (0..4u8, 0..5u8, 0..3u8, 0..6u8, 0..4u32, any::<bool>()).prop_map(
            |(plan, paid, email, status, cycles, has_bump)| Change { plan, paid, email, status, cycles, has_bump },
        ),
        1..6,
    )
}

#[derive(Clone, Debug)]
struct Change {
    plan: u8,
    paid: u8,
    email: u8,
    status: u8,
    cycles: u32,
    has_bump: bool,
}

fn version(world: &World, code: &str, number: usize, change: &Change) -> Value {
    let mut order = month(world, code);
    order["version"] = json!(number);
    order["ordered_at"] = json!(ago(world, 100));
    let product = if change.plan.is_multiple_of(2) { "photo" } else { "ebook" };
    let amount = 4_990 + i64::from(change.plan) * 1_000;
    let main = json!({"product": product, "offer": product, "amount": amount});
    let bump = json!({"product": "ebook", "offer": "ebook", "amount": 1990, "bump": true});
    order["items"] = if change.has_bump { json!([main, bump]) } else { json!([main]) };
    order["buyer"]["email"] = json!(format!("buyer-{}@example.com", change.email));
    order["subscription"]["status"] =
        json!(["active", "trialing", "past_due", "ending", "ended", "active"][usize::from(change.status)]);
    order["subscription"]["period_end"] = json!(day(world, change.cycles * 30 + 1));
    let status = ["paid", "failed", "refunded", "disputed", "waiting"][usize::from(change.paid)];
    let charges = (0..=change.cycles).map(|cycle| {
        let status = if cycle == change.cycles { status } else { "paid" };
        json!({"reference": format!("{code}-{cycle}"), "amount": if cycle == 0 { amount + 1990 } else { amount },
            "status": status, "method": "card", "created_at": ago(world, 100 - cycle * 20)})
    });
    order["charges"] = charges.collect();
    if change.cycles > 0 {
        order["refunds"] = json!([{"reference": format!("{code}-r{number}"), "charge": format!("{code}-0"),
            "amount": 100 + number, "at": ago(world, 50)}]);
    }
    order
}

#[tokio::test]
async fn versions_in_any_order_and_twice_end_in_the_same_state() {
    each_world(async |world| {
        let mut runner = TestRunner::deterministic();
        for case in 0..24 {
            let history = history().new_tree(&mut runner).unwrap().current();
            let numbered: Vec<(usize, Change)> = history.into_iter().enumerate().collect();
            let twice: Vec<_> = numbered.iter().chain(&numbered).cloned().collect();
            let shuffled = Just(twice).prop_shuffle().new_tree(&mut runner).unwrap().current();
            let mut ends = Vec::new();
            for (side, versions) in [("a", &numbered), ("b", &shuffled)] {
                let source = Source::new(world, &format!("{side}{case}")).await;
                for (number, change) in versions {
                    source.puts(&version(world, "S-1", *number, change)).await;
                }
                ends.push(dump(world, &source.producer).await);
            }
            assert!(!ends[0].is_empty(), "case {case}: nothing is there");
            let arrived: Vec<usize> = shuffled.iter().map(|(number, _)| *number).collect();
            assert_eq!(ends[0], ends[1], "case {case}: {arrived:?} of {numbered:#?}");
        }
        world.settle().await;
    })
    .await;
}
