//! Two nodes whose clocks are apart: what one has quoted, the other confirms.

use super::{policy, shop, sold, subscribed, subscription};
use crate::harness::{ANA, DAY, each_world, place, sign_in};
use portal::Buyer;
use portal::on;
use portal::plan::{PlanError, change, confirm, plans, preview, quote, seen_quote};
use portal::policy::Effect;
use portal::testing::World;
use types::{Instant, QuoteId, SubscriptionId};

/// Every question about a plan has an answer or a refusal; nothing fails.
#[track_caller]
fn is_answered<T>(what: &str, outcome: &Result<T, PlanError>) {
    if let Err(PlanError::Database(error)) = outcome {
        panic!("{what}: {error}");
    }
}

async fn look(buyer: &Buyer, id: SubscriptionId, number: QuoteId, what: &str) {
    plans(buyer, id).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    is_answered(what, &preview(buyer, id, "gold").await);
    is_answered(what, &preview(buyer, id, "basic").await);
    seen_quote(buyer, id, number).await.unwrap_or_else(|error| panic!("{what}: {error}"));
    change(buyer, id, number).await.unwrap_or_else(|error| panic!("{what}: {error}"));
}

async fn try_out(
    world: &World,
    buyer: &Buyer,
    number: &str,
    (from, target): (&str, &str),
    moves: &[i64],
    settles: bool,
) {
    let what = format!("{} {number} {from} {target} {moves:?} {settles}", world.engine);
    let begin = world.portal.now();
    let step = |days: i64| Instant::from_micros(begin.micros() + days * i64::try_from(DAY.as_micros()).unwrap());
    let id = subscription(buyer, number).await.id;
    world.clock.jump(step(moves[0]));
    let quoted = quote(buyer, id, target).await;
    is_answered(&what, &quoted);
    assert!(quoted.is_ok() || moves[0] != 0, "{what}: no clock was moved, and {quoted:?}");
    let Ok(quoted) = quoted else { return world.clock.jump(begin) };
    world.clock.jump(step(moves[1]));
    if settles {
        world.settle().await;
    }
    look(buyer, id, quoted, &what).await;
    world.clock.jump(step(moves[2]));
    let confirmed = confirm(buyer, id, quoted, 1, true).await;
    is_answered(&what, &confirmed);
    assert!(confirmed.is_ok() || moves[..3] != [0; 3], "{what}: no clock was moved, and {confirmed:?}");
    look(buyer, id, quoted, &what).await;
    world.clock.jump(step(moves[3]));
    world.settle().await;
    look(buyer, id, quoted, &what).await;
    world.clock.jump(begin);
}

#[tokio::test]
async fn a_clock_that_was_moved_between_quote_and_confirmation_is_an_answer_and_no_fault() {
    let moves: [[i64; 4]; 8] = [
        [0, 31, 0, 0],
        [0, 31, 0, 31],
        [0, 31, 31, 31],
        [0, 0, 0, 31],
        [31, 0, 0, 0],
        [31, 31, 0, 0],
        [6, 0, 31, 31],
        [0, -31, -31, 0],
    ];
    each_world(async |world| {
        let producer = shop(world).await;
        policy(world, &producer, None, |policy| policy.plan.downgrade = Effect::PeriodEnd).await;
        place(world, &producer, sold(world, "S-1", "basic", "ebook", 9_990)).await;
        let buyer = sign_in(world, ANA).await;
        for (at, moves) in moves.iter().enumerate() {
            for (plan, settles) in [(0, false), (1, true), (2, false), (3, true)] {
                let number = format!("S-{at}-{plan}");
                let (from, product, amount, target) =
                    if plan < 2 { ("basic", "ebook", 9_990, "gold") } else { ("gold", "photo", 19_990, "basic") };
                place(world, &producer, sold(world, &number, from, product, amount)).await;
                try_out(world, &buyer, &number, (from, target), moves, settles).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn figures_that_another_node_has_forgotten_are_refused_in_words() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let quoted = quote(&buyer, id, "gold").await.unwrap();
        // The calendar of the other node is a month ahead: there the figures ended long ago.
        let mut tx = world.portal.db.begin().await.unwrap();
        on!(tx.conn(), c => {
            sqlx::query("delete from plan_quotes where id = $1").bind(quoted.0).execute(c).await.unwrap();
        });
        tx.commit().await.unwrap();
        let refused = confirm(&buyer, id, quoted, 1, true).await;
        assert!(matches!(refused, Err(PlanError::QuoteForgotten)), "{refused:?}");
        assert_eq!(world.gateway.charges().len(), 0);
    })
    .await;
}
