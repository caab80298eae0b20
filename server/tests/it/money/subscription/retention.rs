//! What is offered instead of cancelling, and what it does when it is taken.

use super::{offers, page, press, rows, set_policy, subscribed};
use crate::harness::{ANA, DAY, assert_sound, each_world};
use futures::future::join_all;
use portal::on;
use portal::policy::RetentionOffer;
use portal::subscription::{AcceptError, abort, accept, choices, open, undo};
use std::time::Duration;
use types::{RetentionKind, SubscriptionStatus};

#[tokio::test]
async fn one_offer_that_fits_the_reason_once_for_each_subscription() {
    let discount = RetentionOffer::Discount { percent: 30, cycles: 3 };
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let producer_offers = [(Some("too-expensive"), discount.clone()), (None, RetentionOffer::Message)];
        set_policy(world, &producer, offers(&producer_offers)).await;
        open(&buyer, id).await.unwrap();
        open(&buyer, id).await.unwrap();
        let shown = choices(&buyer, id).await.unwrap();
        let with_own: Vec<_> = shown.reasons.iter().filter(|reason| reason.offer.is_some()).collect();
        assert_eq!(shown.reasons.len(), 6);
        assert_eq!(with_own.len(), 1);
        assert_eq!(with_own[0].code.as_str(), "too-expensive");
        assert_eq!(shown.offer, Some(types::view::RetentionOffer::Message));
        // A message needs words; the discount is for its reason.
        assert!(matches!(accept(&buyer, id, "no-time", " ").await, Err(AcceptError::NoMessage)));
        abort(&buyer, id, "no-time").await.unwrap();
        open(&buyer, id).await.unwrap();
        let taken = join_all((0..4).map(|_| accept(&buyer, id, "too-expensive", ""))).await;
        assert!(taken.iter().all(|kind| *kind.as_ref().unwrap() == RetentionKind::Discount), "{taken:?}");
        world.settle().await;
        let next = page(&buyer, id).await.next.unwrap();
        assert_eq!(next.amount.amount, 3_493);
        assert_eq!(next.percent, Some(30));
        assert_eq!(rows(world, "select kind from retention_offers").await, ["discount"]);

        // Never again, and cancelling goes on as ever.
        let shown = choices(&buyer, id).await.unwrap();
        assert!(shown.offer.is_none() && shown.reasons.iter().all(|reason| reason.offer.is_none()));
        press(&buyer, id).await.unwrap();
        let outcomes = rows(world, "select outcome from cancel_attempts order by outcome").await;
        assert_eq!(outcomes, ["aborted", "canceled", "saved"]);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_discount_that_was_taken_is_what_the_calendar_charges() {
    let discount = RetentionOffer::Discount { percent: 30, cycles: 1 };
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        set_policy(world, &producer, offers(&[(None, discount.clone())])).await;
        open(&buyer, id).await.unwrap();
        accept(&buyer, id, "", "").await.unwrap();
        for amount in [3_493, 4_990] {
            let next = page(&buyer, id).await.next.unwrap();
            assert_eq!(next.amount.amount, amount);
            world.clock.jump(next.at);
            world.settle().await;
            let charges = world.gateway.charges();
            assert!(charges.iter().any(|(order, _)| order.amount.amount == amount), "{amount}: {charges:?}");
        }
        assert_eq!(world.gateway.charges().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_offer_that_was_declined_does_not_come_back() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        set_policy(world, &producer, offers(&[(None, RetentionOffer::Discount { percent: 10, cycles: 1 })])).await;
        assert!(choices(&buyer, id).await.unwrap().offer.is_some());
        let protocol = press(&buyer, id).await.unwrap();
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        assert!(choices(&buyer, id).await.unwrap().offer.is_none());
        assert!(matches!(accept(&buyer, id, "", "").await, Err(AcceptError::NothingOffered)));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_words_of_a_buyer_reach_the_producer_with_where_to_answer() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::PastDue).await;
        let producer_offers = [(None, RetentionOffer::Pause { cycles: 1 }), (None, RetentionOffer::Message)];
        set_policy(world, &producer, offers(&producer_offers)).await;
        // What is overdue is not paused; talking always helps.
        assert_eq!(accept(&buyer, id, "", "Posso pagar dia 10?").await.unwrap(), RetentionKind::Message);
        world.settle().await;
        let letters = world.mail.taken();
        let letter = letters.iter().find(|letter| letter.subject == "ProducerMessage").expect("a mail to the producer");
        assert_eq!(letter.to.as_str(), "luz@example.com");
        assert!(letter.text.contains("Posso pagar dia 10?") && letter.text.contains(ANA), "{}", letter.text);
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::PastDue, "nothing else changed");
    })
    .await;
}

#[tokio::test]
async fn a_pause_begins_when_what_is_paid_ends_and_ends_by_itself() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        set_policy(world, &producer, offers(&[(None, RetentionOffer::Pause { cycles: 2 })])).await;
        let from = page(&buyer, id).await.plan.period_end;
        accept(&buyer, id, "", "").await.unwrap();
        world.settle().await;
        let now = page(&buyer, id).await;
        // 2026-12-20 and two months more.
        let until = portal::time::parse_instant("2027-02-20T12:00:00Z").unwrap();
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Active, Some(until)));
        world.clock.jump(from);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Paused);
        assert!(world.area.access_of(ANA).is_empty());
        assert_sound(world).await;
        // The calendar has a few minutes to begin the next period; a report of it ends the pause, and so does time.
        world.clock.jump(until.plus(Duration::from_secs(300)));
        world.settle().await;
        let after = page(&buyer, id).await.plan;
        assert!(after.status != SubscriptionStatus::Paused && after.next_charge_at >= Some(until), "{after:?}");
    })
    .await;
}

#[tokio::test]
async fn a_paused_month_is_not_charged_however_late_and_in_which_order_its_end_is_seen() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        set_policy(world, &producer, offers(&[(None, RetentionOffer::Pause { cycles: 1 })])).await;
        let from = page(&buyer, id).await.plan.period_end;
        accept(&buyer, id, "", "").await.unwrap();
        world.settle().await;
        let until = page(&buyer, id).await.plan.next_charge_at.unwrap();
        world.clock.jump(from);
        world.settle().await;
        // The machine is off for a day, and then the pause is looked at before the calendar is.
        world.clock.jump(until.plus(DAY));
        let mut tx = world.portal.db.begin().await.unwrap();
        let sql = "update jobs set due_at = due_at - 1 where kind = 'carry_pause'";
        assert_eq!(on!(tx.conn(), c => sqlx::query(sql).execute(c).await.unwrap().rows_affected()), 1);
        tx.commit().await.unwrap();
        world.settle().await;
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let plan = page(&buyer, id).await.plan;
        assert_eq!((plan.status, world.gateway.charges().len()), (SubscriptionStatus::Active, 1));
        assert!(plan.period_end > until.plus(DAY * 27), "the period after the pause is what was paid for: {plan:?}");
    })
    .await;
}
