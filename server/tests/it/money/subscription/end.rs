//! What was cancelled ends on its day, once, whatever else is reported.

use super::{id_of, page, plan, press, report, rows, subscribed};
use crate::harness::{ANA, DAY, assert_mails, assert_sound, each_world, mails, place, producer, sign_in};
use portal::outbox::{Claim, Run};
use portal::refund::new_request_id;
use portal::subscription::{CancelError, UndoError, cancel, preview, undo};
use portal::testing::World;
use portal::{on, outbox};
use std::time::Duration;
use types::{CancellationState, SubscriptionId, SubscriptionStatus};

#[tokio::test]
async fn access_lasts_until_its_day_nothing_more_is_charged_and_then_it_ends_by_itself() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let seen = preview(&buyer, id).await.unwrap();
        assert_eq!((seen.effective_at, seen.ends_now), (seen.plan.period_end, None));
        let protocol = cancel(&buyer, id, new_request_id(&world.portal), "no-time", "Obrigada\0!").await.unwrap();
        assert!(protocol.as_str().starts_with("C-"), "{protocol}");
        world.settle().await;
        let now = page(&buyer, id).await;
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Ending, None));
        let known = now.cancellation.unwrap();
        assert_eq!((known.state, known.can_undo, &known.protocol), (CancellationState::Asked, true, &protocol));
        assert_eq!(world.area.access_of(ANA).len(), 2, "access stays");
        assert_eq!(rows(world, "select reason || ':' || comment from cancellations").await, ["no-time:Obrigada!"]);
        assert_sound(world).await;

        // The last second still counts; with the next the job ends it, and again changes nothing.
        world.clock.jump(seen.effective_at.minus(Duration::from_secs(1)));
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.clock.jump(seen.effective_at);
        world.settle().await;
        world.settle().await;
        let over = page(&buyer, id).await;
        assert_eq!(over.plan.status, SubscriptionStatus::Ended);
        assert_eq!(over.cancellation.unwrap().state, CancellationState::Done);
        assert!(world.area.access_of(ANA).is_empty());
        assert_mails(world, &[("Canceled", 1), ("SubscriptionEnded", 1)]);
        assert_eq!(mails(world, "ProducerCancelByHand"), 0, "our own calendar needs no hand");
        assert!(matches!(undo(&buyer, id, protocol.as_str()).await, Err(UndoError::TooLate)));
    })
    .await;
}

#[tokio::test]
async fn whatever_the_source_reports_and_in_whatever_order_it_ends_on_its_day() {
    use SubscriptionStatus::{Active, Ended, Ending, PastDue};
    let reports = [(Active, 1), (PastDue, 2), (Ended, 3), (Ending, 4), (Active, 5)];
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let buyer = {
            place(world, &producer, plan(world, "S-0", Active)).await;
            world.settle().await;
            sign_in(world, ANA).await
        };
        let began = world.portal.now();
        for turn in 0..reports.len() {
            let code = format!("S-{}", turn + 1);
            let order = plan(world, &code, Active);
            let until = order.subscription.as_ref().unwrap().period_end;
            place(world, &producer, order.clone()).await;
            let id = id_of(&buyer, &code).await;
            // Some of it is reported before the press, the rest after, each time in another order.
            for (index, step) in (0..reports.len()).map(|step| reports[(step * 2 + turn) % reports.len()]).enumerate() {
                if index == 1 {
                    let status = page(&buyer, id).await.plan.status;
                    if matches!(status, Ended | Ending) {
                        // The source was first: there is nothing left to cancel.
                        assert!(matches!(press(&buyer, id).await, Err(CancelError::Refused(_))));
                        break;
                    }
                    press(&buyer, id).await.unwrap();
                }
                report(world, &producer, order.clone(), step.0, began.plus(DAY * step.1)).await;
                if index >= 1 && page(&buyer, id).await.cancellation.is_some() {
                    let now = page(&buyer, id).await.plan;
                    let is_over = now.status == Ended;
                    assert!(matches!(now.status, Ending | Ended), "{step:?}: {now:?}");
                    assert!(now.next_charge_at.is_none() && (!is_over || status_was_now(world, id).await));
                }
            }
            world.clock.jump(until);
            world.settle().await;
            let over = page(&buyer, id).await;
            if over.cancellation.is_some() {
                assert_eq!((over.plan.status, over.plan.next_charge_at), (Ended, None));
            }
            world.clock.jump(began);
        }
    })
    .await;
}

/// Whether the cancellation of this subscription took effect at once, as one of something overdue does.
async fn status_was_now(world: &World, id: SubscriptionId) -> bool {
    let sql = "select count(*) from cancellations where subscription_id = $1 and effective_at = asked_at";
    let (found,): (i64,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(id.0).fetch_one(c).await.unwrap()
    });
    found == 1
}

#[tokio::test]
async fn a_week_without_a_worker_ends_it_late_and_once() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        press(&buyer, id).await.unwrap();
        // Nobody runs the jobs that the press wrote: the machine is off until a week after the end.
        world.clock.forward(DAY * 37);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended);
        assert_mails(world, &[("Canceled", 1), ("SubscriptionEnded", 1)]);
        assert!(world.area.access_of(ANA).is_empty());
        assert_eq!(outbox::waiting(&world.portal, world.portal.now()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn at_the_last_moment_either_the_buyer_is_first_or_the_calendar() {
    each_world(async |world| {
        let (producer, buyer, _) = subscribed(world, SubscriptionStatus::Active).await;
        for round in 0..20 {
            let code = format!("R-{round}");
            place(world, &producer, plan(world, &code, SubscriptionStatus::Active)).await;
            let id = id_of(&buyer, &code).await;
            let protocol = press(&buyer, id).await.unwrap();
            let until = page(&buyer, id).await.plan.period_end;
            world.clock.jump(until.minus(Duration::from_micros(u64::from(round % 2 == 0))));
            let (undone, _) = tokio::join!(undo(&buyer, id, protocol.as_str()), world.settle());
            world.clock.jump(until);
            world.settle().await;
            let status = page(&buyer, id).await.plan.status;
            let wanted = if undone.is_ok() { SubscriptionStatus::Active } else { SubscriptionStatus::Ended };
            assert_eq!(status, wanted, "round {round}: {undone:?}");
            world.clock.jump(until.minus(DAY * 30));
        }
    })
    .await;
}

#[tokio::test]
async fn money_back_ends_at_once_what_was_cancelled_for_later() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let protocol = press(&buyer, id).await.unwrap();
        portal::refund::request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended);
        assert!(world.area.access_of(ANA).is_empty());
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended, "taking back brings no money back");
        world.clock.forward(DAY * 31);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_calendar_leaves_the_last_day_to_the_cancellation() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        press(&buyer, id).await.unwrap();
        let until = page(&buyer, id).await.plan.period_end;
        world.clock.jump(until);
        let order = portal::testing::order_of(&buyer, "S-1").await;
        // The calendar comes first, and more than once.
        let claim = Claim::of_nobody();
        for _ in 0..3 {
            let run = Run { claim: &claim, attempt: 1 };
            portal::billing::advance(&world.portal, order, run).await.unwrap();
        }
        let said = "select name from events where name = 'billing.ended'";
        assert_eq!(rows(world, said).await.len(), 0);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ended);
    })
    .await;
}
