//! Cancelled, and undone (rule 6).

use super::offers;
use super::{id_of, page, plan, press, report, rows, set_policy, subscribed};
use crate::harness::{ANA, DAY, assert_mails, each_world, line, mails, place, producer, sign_in};
use futures::future::join_all;
use portal::policy::{CancelPolicy, Effect, RetentionOffer};
use portal::purchases::subscription_page;
use portal::refund::new_request_id;
use portal::subscription::{AcceptError, CancelError, UndoError, abort, accept, cancel, choices, open, preview, undo};
use std::time::Duration;
use types::view::{ActionRefusal, EndsNow};
use types::{OrderKind, SubscriptionStatus};

#[tokio::test]
async fn until_its_day_a_cancellation_is_taken_back_and_all_is_as_before() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let before = page(&buyer, id).await;
        let protocol = press(&buyer, id).await.unwrap();
        world.settle().await;
        world.clock.jump(before.plan.period_end.minus(Duration::from_secs(1)));
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        undo(&buyer, id, protocol.as_str()).await.unwrap();
        let after = page(&buyer, id).await;
        assert_eq!((after.plan.status, after.plan.next_charge_at), (before.plan.status, before.plan.next_charge_at));
        assert_eq!(after.plan.canceled_at, None);
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Active, "nothing ends what was taken back");
        assert_mails(world, &[("CancelUndone", 1), ("SubscriptionEnded", 0)]);
        // Cancelled once more, the old number takes nothing back.
        world.clock.jump(before.plan.period_end.minus(DAY));
        let again = press(&buyer, id).await.unwrap();
        assert_ne!(again, protocol);
        assert!(matches!(undo(&buyer, id, protocol.as_str()).await, Err(UndoError::NotFound)));
        world.settle().await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending);
    })
    .await;
}

#[tokio::test]
async fn what_is_overdue_ends_now_and_so_does_everything_where_the_producer_wants_it() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::PastDue).await;
        let seen = preview(&buyer, id).await.unwrap();
        assert_eq!((seen.effective_at, seen.ends_now), (world.portal.now(), Some(EndsNow::Overdue)));
        assert_eq!(seen.overdue.unwrap().amount.amount, 4_990);
        press(&buyer, id).await.unwrap();
        world.settle().await;
        let now = page(&buyer, id).await;
        assert_eq!((now.plan.status, now.plan.next_charge_at), (SubscriptionStatus::Ended, None));
        assert!(!now.cancellation.unwrap().can_undo && now.overdue.is_none());
        assert_mails(world, &[("Canceled", 1), ("SubscriptionEnded", 0)]);

        set_policy(world, &producer, CancelPolicy { effect: Effect::Now, ..CancelPolicy::default() }).await;
        place(world, &producer, plan(world, "S-2", SubscriptionStatus::Active)).await;
        world.settle().await;
        let second = id_of(&buyer, "S-2").await;
        assert_eq!(preview(&buyer, second).await.unwrap().ends_now, Some(EndsNow::Producer));
        assert_eq!(world.area.access_of(ANA).len(), 2);
        press(&buyer, second).await.unwrap();
        world.settle().await;
        assert_eq!(page(&buyer, second).await.plan.status, SubscriptionStatus::Ended);
        assert!(world.area.access_of(ANA).is_empty());
    })
    .await;
}

#[tokio::test]
async fn fifty_rounds_of_eight_presses_are_one_cancellation_each() {
    each_world(async |world| {
        let (producer, buyer, _) = subscribed(world, SubscriptionStatus::Active).await;
        for round in 1..=50 {
            let code = format!("R-{round}");
            place(world, &producer, plan(world, &code, SubscriptionStatus::Active)).await;
            let id = id_of(&buyer, &code).await;
            // Half of the presses are of one form, half of forms in other tabs.
            let form = new_request_id(&world.portal);
            let forms = (0..8).map(|n| if n % 2 == 0 { form } else { new_request_id(&world.portal) });
            let presses = join_all(forms.map(|number| cancel(&buyer, id, number, "", ""))).await;
            let protocols: Vec<_> = presses.into_iter().map(Result::unwrap).collect();
            assert!(protocols.iter().all(|protocol| *protocol == protocols[0]), "round {round}");
        }
        world.settle().await;
        assert_eq!(rows(world, "select protocol from cancellations").await.len(), 50);
        assert_eq!(mails(world, "Canceled"), 50);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_good_for_its_own_subscription_only() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        place(world, &producer, plan(world, "S-2", SubscriptionStatus::Active)).await;
        let number = new_request_id(&world.portal);
        cancel(&buyer, id, number, "", "").await.unwrap();
        let other = cancel(&buyer, id_of(&buyer, "S-2").await, number, "", "").await;
        assert!(matches!(other, Err(CancelError::OtherRequest)), "{other:?}");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_is_not_ours_to_bill_is_told_by_the_producer_once() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let mut sold = plan(world, "S-1", SubscriptionStatus::Active);
        sold.gateway = line("guru");
        place(world, &producer, sold.clone()).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        let first = press(&buyer, id).await.unwrap();
        assert_eq!(press(&buyer, id).await.unwrap(), first);
        world.settle().await;
        assert_eq!(mails(world, "ProducerCancelByHand"), 1);
        undo(&buyer, id, first.as_str()).await.unwrap();
        world.settle().await;
        assert_eq!(mails(world, "ProducerCancelByHand"), 2, "and that it was taken back");

        // Once the producer has ended it there, only the producer can begin again.
        let second = press(&buyer, id).await.unwrap();
        let later = world.portal.now().plus(DAY);
        report(world, &producer, sold, SubscriptionStatus::Ended, later).await;
        assert_eq!(page(&buyer, id).await.plan.status, SubscriptionStatus::Ending, "what was promised stays");
        assert!(!page(&buyer, id).await.cancellation.unwrap().can_undo);
        assert!(matches!(undo(&buyer, id, second.as_str()).await, Err(UndoError::EndedThere)));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_cancelled_says_why_and_what_is_not_mine_is_not_there() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world, SubscriptionStatus::Active).await;
        let mut over = plan(world, "S-2", SubscriptionStatus::Ended);
        over.subscription.as_mut().unwrap().canceled_at = Some(world.portal.now());
        place(world, &producer, over).await;
        let mut parts = plan(world, "S-3", SubscriptionStatus::Active);
        parts.kind = OrderKind::SmartInstallments;
        place(world, &producer, parts).await;
        for (code, why) in [("S-2", ActionRefusal::Ended), ("S-3", ActionRefusal::Installments)] {
            let id = id_of(&buyer, code).await;
            for refused in
                [press(&buyer, id).await.map(drop), preview(&buyer, id).await.map(drop), open(&buyer, id).await]
            {
                assert!(matches!(refused, Err(CancelError::Refused(found)) if found == why), "{code}: {refused:?}");
            }
        }
        press(&buyer, id).await.unwrap();
        let until = page(&buyer, id).await.plan.period_end;
        let again = preview(&buyer, id).await;
        assert!(matches!(again, Err(CancelError::Refused(ActionRefusal::Ending { until: day })) if day == until));

        let bob = {
            let mut sold = plan(world, "S-9", SubscriptionStatus::Active);
            sold.buyer.email = crate::harness::email("bob@example.com");
            place(world, &producer, sold).await;
            world.settle().await;
            sign_in(world, "bob@example.com").await
        };
        assert!(subscription_page(&bob, id).await.unwrap().is_none());
        assert!(matches!(press(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(open(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(abort(&bob, id, "").await, Err(CancelError::NotFound)));
        assert!(matches!(choices(&bob, id).await, Err(CancelError::NotFound)));
        assert!(matches!(accept(&bob, id, "", "").await, Err(AcceptError::NotFound)));
        assert!(matches!(undo(&bob, id, "C-2222-2222").await, Err(UndoError::NotFound)));
    })
    .await;
}

#[tokio::test]
async fn nothing_changes_a_charge_whose_boleto_may_be_paid_already() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let mut sold = plan(world, "S-1", SubscriptionStatus::Active);
        sold.payment.method = types::Method::Boleto;
        place(world, &producer, sold).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let id = id_of(&buyer, "S-1").await;
        let until = page(&buyer, id).await.plan.period_end;
        let wait = portal::ports::ChargeProgress::Waiting {
            code: "00190".to_owned(),
            url: "https://bank.test/slip".to_owned(),
            until,
        };
        world.gateway.next_charges(&[wait]);
        for offer in [RetentionOffer::Pause { cycles: 1 }, RetentionOffer::Discount { percent: 30, cycles: 1 }] {
            set_policy(world, &producer, offers(&[(None, offer)])).await;
            world.clock.jump(until.minus(DAY * 4));
            world.settle().await;
            assert!(choices(&buyer, id).await.unwrap().offer.is_some());
        }
        world.clock.jump(until.minus(DAY * 2));
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 1, "the next cycle's boleto is there");
        for offer in [RetentionOffer::Pause { cycles: 1 }, RetentionOffer::Discount { percent: 30, cycles: 1 }] {
            set_policy(world, &producer, offers(&[(None, offer)])).await;
            assert!(choices(&buyer, id).await.unwrap().offer.is_none());
            assert!(matches!(accept(&buyer, id, "", "").await, Err(AcceptError::NothingOffered)));
        }
    })
    .await;
}
