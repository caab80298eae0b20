//! Another plan, cut off anywhere.

use super::card::leave;
use super::{Case, ENGINES, at_every_step, shop};
use crate::harness::{Cut, DAY, assert_sound, end, swift_world};
use portal::plan::{confirm, quote};
use portal::policy::{Effect, Policy};
use portal::{plan, policy};
use types::QuoteId;

async fn is_changed_once(case: &Case<'_>, number: QuoteId, step: u32) {
    let engine = case.world.engine;
    let change = plan::change(&case.buyer, case.id(), number).await.unwrap().unwrap();
    assert_eq!((change.state.as_str(), case.mails("PlanChanged")), ("applied", 1), "{engine} {step}");
    assert_eq!((case.audited("plan.applied").await, case.paid()), (1, vec![change.due.amount]), "{engine} {step}");
    assert!(change.due.amount > 0);
}

#[tokio::test]
async fn a_plan_is_changed_and_paid_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        at_every_step(engine, 3, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            let press = || confirm(&case.buyer, case.id(), number, 1, true);
            let is_whole = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            world.settle().await;
            assert_eq!(case.audited("plan.asked").await, 1, "{engine} {step}");
            is_changed_once(&case, number, step).await;
            is_whole
        })
        .await;
        at_every_step(engine, 10, async |step| {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            let is_whole = case.work(step).await;
            is_changed_once(&case, number, step).await;
            is_whole
        })
        .await;
        assert_sound(world).await;
        end(swift).await;
    }
}

/// A plan that begins with the renewal, and the press that says so or takes it back.
#[tokio::test]
async fn a_plan_that_waits_begins_once_or_is_taken_back_once_wherever_it_was_cut_off() {
    for engine in ENGINES {
        let swift = swift_world(engine).await;
        let (world, producer) = (&swift.0, shop(&swift.0).await);
        // Whoever leaves is gone at once, and does not come between.
        let mut policy = Policy::default();
        policy.cancel.effect = Effect::Now;
        policy::put(&world.portal, &producer, None, &policy).await.unwrap();
        let golden = async || {
            let case = Case::subscribed(world, &producer).await;
            let number = quote(&case.buyer, case.id(), "gold").await.unwrap();
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            world.settle().await;
            let number = quote(&case.buyer, case.id(), "basic").await.unwrap();
            (case, number)
        };
        at_every_step(engine, 3, async |step| {
            let (case, number) = golden().await;
            let press = || confirm(&case.buyer, case.id(), number, 1, true);
            let was_taken = Cut::at(step, press()).await.is_some();
            press().await.unwrap();
            let take_back = || plan::undo(&case.buyer, case.id(), number);
            let is_whole = Cut::at(step, take_back()).await.is_some() && was_taken;
            take_back().await.unwrap();
            world.settle().await;
            assert_eq!(case.mails("PlanScheduled"), 1, "{engine} {step}");
            assert_eq!(case.mails("PlanUndone"), 1, "{engine} {step}");
            let audited = (case.audited("plan.scheduled").await, case.audited("plan.undone").await);
            assert_eq!(audited, (1, 1), "{engine} {step}");
            leave(&case).await;
            is_whole
        })
        .await;
        at_every_step(engine, 10, async |step| {
            let (case, number) = golden().await;
            confirm(&case.buyer, case.id(), number, 1, true).await.unwrap();
            world.settle().await;
            world.clock.forward(DAY * 31);
            let is_whole = case.work(step).await;
            let change = plan::change(&case.buyer, case.id(), number).await.unwrap().unwrap();
            assert_eq!((change.state.as_str(), case.mails("PlanChanged")), ("applied", 2), "{engine} {step}");
            assert_eq!(case.paid().last(), Some(&9_990), "{engine} {step}");
            assert_eq!(case.paid().len(), 2, "{engine} {step}");
            leave(&case).await;
            is_whole
        })
        .await;
        assert_sound(world).await;

        end(swift).await;
    }
}
