//! A plan that begins with the renewal.

use super::{at, changed, policy, shop, sold, state, subscribed, subscription};
use crate::harness::{ANA, classroom, each_world, mails, place, sign_in};
use crate::money::billing::id_of;
use portal::plan::{PlanError, confirm, due_change, mark_applied, preview, quote, undo};
use portal::policy::Effect;
use portal::ports::ChargeProgress;
use portal::testing::World;
use portal::{Buyer, billing};
use std::time::Duration;
use types::{DeclineReason, Instant, PlanChangeState, SubscriptionStatus};

/// A buyer whose plan becomes the basic one with the renewal, and when that is.
async fn leaving_gold(world: &World) -> (Buyer, Instant) {
    let producer = shop(world).await;
    place(world, &producer, sold(world, "S-1", "gold", "photo", 19_990)).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let id = subscription(&buyer, "S-1").await.id;
    changed(world, &buyer, id, "basic").await;
    let renewal = subscription(&buyer, "S-1").await.next_charge_at.unwrap();
    (buyer, renewal)
}

#[tokio::test]
async fn a_cheaper_plan_waits_for_the_renewal_and_can_be_undone_until_then() {
    each_world(async |world| {
        let producer = shop(world).await;
        place(world, &producer, sold(world, "S-1", "gold", "photo", 19_990)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = subscription(&buyer, "S-1").await.id;
        let renewal = at("2026-11-27T15:00:00Z");
        let order_id = |buyer: &Buyer| {
            let buyer = buyer.clone();
            async move { portal::testing::order_of(&buyer, "S-1").await }
        };
        let number = changed(world, &buyer, id, "basic").await;
        let plan = subscription(&buyer, "S-1").await;
        let scheduled = plan.scheduled.unwrap();
        assert_eq!((&*plan.plan, &*scheduled.plan, scheduled.at), ("Plano gold", "Plano basic", renewal));
        assert_eq!(world.gateway.charges().len(), 0);
        assert_eq!(mails(world, "PlanScheduled"), 1);

        undo(&buyer, id, number).await.unwrap();
        undo(&buyer, id, number).await.unwrap();
        world.settle().await;
        assert_eq!((subscription(&buyer, "S-1").await.scheduled, mails(world, "PlanUndone")), (None, 1));

        // A later one takes the place of the one that waits.
        policy(world, &producer, None, |policy| policy.plan.upgrade = Effect::PeriodEnd).await;
        let first = changed(world, &buyer, id, "year").await;
        let second = changed(world, &buyer, id, "basic").await;
        assert_eq!(state(&buyer, id, first).await, PlanChangeState::Replaced);

        let order = order_id(&buyer).await;
        let due = async |when| {
            let mut reader = world.portal.db.read().await.unwrap();
            due_change(reader.conn(), order, when).await.unwrap()
        };
        assert_eq!(due(Instant::from_micros(renewal.micros() - 1)).await, None);

        let found = due(renewal).await.unwrap();
        assert_eq!((found.id, found.amount.amount, found.name.as_str()), (second, 9_990, "Plano basic"));

        let mut tx = world.portal.db.begin().await.unwrap();
        assert!(mark_applied(&world.portal, &mut tx, second).await.unwrap());
        assert!(mark_applied(&world.portal, &mut tx, second).await.unwrap(), "twice is once");
        assert!(!mark_applied(&world.portal, &mut tx, first).await.unwrap());

        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        assert_eq!((due(renewal).await, mails(world, "PlanChanged")), (None, 1));
        assert!(matches!(undo(&buyer, id, second).await, Err(PlanError::Begun)));
        assert_eq!(world.area.access_of(ANA).into_keys().collect::<Vec<_>>(), [classroom(222)]);
    })
    .await;
}

#[tokio::test]
async fn the_renewal_charges_the_plan_that_begins_with_it() {
    each_world(async |world| {
        let (buyer, renewal) = leaving_gold(world).await;
        world.clock.jump(renewal);
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        let next = at("2026-12-27T15:00:00Z");
        assert_eq!((plan.plan.as_str(), plan.price.amount, plan.period_end), ("Plano basic", 9_990, next));
        assert_eq!((plan.scheduled, mails(world, "PlanChanged")), (None, 1));
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [9_990]);
        assert_eq!(world.area.access_of(ANA).into_keys().collect::<Vec<_>>(), [classroom(222)]);
    })
    .await;
}

#[tokio::test]
async fn a_renewal_that_fails_leaves_the_old_plan_until_it_is_paid() {
    each_world(async |world| {
        let (buyer, renewal) = leaving_gold(world).await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        world.clock.jump(renewal);
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.plan.as_str(), plan.status), ("Plano gold", SubscriptionStatus::PastDue));
        world.clock.forward(Duration::from_secs(86_400));
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.plan.as_str(), plan.status), ("Plano basic", SubscriptionStatus::Active));
    })
    .await;
}

#[tokio::test]
async fn a_discount_stays_with_the_plan_that_it_was_promised_on() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let promise = async |percent, cycles| {
            let mut tx = world.portal.db.begin().await.unwrap();
            billing::set_discount(&mut tx, id_of(world, "S-1").await, percent, cycles).await.unwrap();
            world.portal.commit(tx).await.unwrap();
        };
        promise(30, 3).await;
        assert_eq!(preview(&buyer, id, "gold").await.unwrap().ends_discount, Some(30));
        let number = quote(&buyer, id, "gold").await.unwrap();
        confirm(&buyer, id, number, 1, true).await.unwrap();
        world.settle().await;
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!((plan.price.amount, plan.next_amount().amount, plan.discount), (19_990, 19_990, None));

        promise(30, 3).await;
        let number = quote(&buyer, id, "basic").await.unwrap();
        confirm(&buyer, id, number, 1, true).await.unwrap();
        let plan = subscription(&buyer, "S-1").await;
        assert_eq!(plan.next_amount().amount, 9_990, "the renewal is of the plan that begins with it");
        world.clock.jump(plan.next_charge_at.unwrap());
        world.settle().await;
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged.last(), Some(&9_990));
        assert_eq!(subscription(&buyer, "S-1").await.discount, None);
    })
    .await;
}
