//! Money that came for a change that is none any more.

use super::{BRL, changed, sold, state, subscribed, subscription};
use crate::harness::{ANA, each_world, mails, order, place};
use portal::Buyer;
use portal::gateway_inbox::{Event, Report, take};
use portal::intake::{Version, Way};
use portal::plan::change;
use portal::ports::ChargeProgress;
use portal::testing::{GatewayFault, World};
use std::time::Duration;
use types::{ChargeStatus, DeclineReason, Money, PlanChangeState, QuoteId, SubscriptionId, SubscriptionStatus};

#[tokio::test]
async fn money_that_comes_for_a_subscription_that_is_over_goes_back() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(world, &buyer, id, "gold").await;
        let mut ended = sold(world, "S-1", "basic", "ebook", 9_990);
        ended.version = Version::of_subscription(world.portal.now());
        ended.subscription.as_mut().unwrap().status = SubscriptionStatus::Ended;
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::intake::place(&world.portal, &mut tx, &producer, ended, Way::Report("test")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        for _ in 0..3 {
            world.clock.forward(Duration::from_secs(60));
            world.settle().await;
        }
        // Taken by the gateway is not back yet.
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returning);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect::<Vec<_>>(), [2_258]);
        assert_eq!(order(&buyer, "S-1").await.charges.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_taken_for_a_subscription_that_was_cancelled_meanwhile() {
    each_world(async |world| {
        let (producer, buyer, id) = subscribed(world).await;
        world.gateway.fail_next_charges(&[GatewayFault::Unavailable]);
        let number = changed(world, &buyer, id, "gold").await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Asked);
        let form = portal::refund::new_request_id(&world.portal);
        portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined);
        // A call that may have arrived is asked about until it cannot arrive any more, and never made again.
        place(world, &producer, sold(world, "S-2", "basic", "ebook", 9_990)).await;
        let id = subscription(&buyer, "S-2").await.id;
        world.gateway.fail_next_charges(&[GatewayFault::LostBefore]);
        let number = changed(world, &buyer, id, "gold").await;
        let form = portal::refund::new_request_id(&world.portal);
        portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Reconciling);
        for _ in 0..8 {
            world.clock.forward(Duration::from_secs(3600));
            world.settle().await;
        }
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined);
        assert!(world.gateway.charges().is_empty());
    })
    .await;
}

/// A change whose money arrives when the subscription is over.
async fn paid_too_late(world: &World) -> (Buyer, SubscriptionId, QuoteId) {
    let (_, buyer, id) = subscribed(world).await;
    world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
    let number = changed(world, &buyer, id, "gold").await;
    let form = portal::refund::new_request_id(&world.portal);
    portal::subscription::cancel(&buyer, id, form, "", "").await.unwrap();
    world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
    world.clock.forward(Duration::from_secs(60));
    world.settle().await;
    (buyer, id, number)
}

#[tokio::test]
async fn money_that_goes_back_is_watched_until_it_is_there_and_stands_in_the_books() {
    each_world(async |world| {
        let (buyer, id, number) = paid_too_late(world).await;
        assert_eq!((state(&buyer, id, number).await, world.gateway.refunds().len()), (PlanChangeState::Returning, 1));
        let view = order(&buyer, "S-1").await;
        let status = view.charges.iter().map(|charge| (charge.amount.amount, charge.status)).collect::<Vec<_>>();
        assert_eq!(status, [(2_258, ChargeStatus::Paid), (9_990, ChargeStatus::Paid)]);
        // Cancelled, with access until its end: nothing follows from the money that goes back.
        let plan = view.subscription.unwrap();
        assert_eq!((plan.status, plan.price.amount), (SubscriptionStatus::Ending, 9_990));
        assert_eq!(world.area.access_of(ANA).len(), 1);
        assert_eq!(mails(world, "PlanPaidBack"), 1);
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returned);
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.charges[0].status, ChargeStatus::Refunded);
        assert_eq!(view.status, types::OrderStatus::Paid, "the purchase itself was not paid back");
        let receipt = portal::document::receipt(&buyer, "S-1", view.charges[0].id).await.unwrap().unwrap();
        let refunded = Money::new(2_258, BRL);
        assert!(matches!(receipt.kind, types::view::DocumentKind::Receipt { refunded: back, .. } if back == refunded));
    })
    .await;
}

#[tokio::test]
async fn what_is_paid_after_the_change_was_given_up_goes_back() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        let (code, url) = ("000201".to_owned(), "https://gateway.test/pix".to_owned());
        let until = world.portal.now().plus(Duration::from_secs(3600));
        world.gateway.next_charges(&[ChargeProgress::Waiting { code, url, until }]);
        let number = changed(world, &buyer, id, "gold").await;
        let reference = format!("test-charge-{number}");
        let say = async |event: &str, progress: ChargeProgress| {
            world.gateway.charge_progress(&number.to_string(), progress.clone());
            let report = Report::Charge { reference: reference.clone(), progress };
            let (id, kind, body) = (event.to_owned(), "test".to_owned(), String::new());
            take(
                &world.portal,
                &Event {
                    sender: "test".to_owned(),
                    gateway: "test".to_owned(),
                    connection: None,
                    id,
                    kind,
                    body,
                    report,
                },
            )
            .await
            .unwrap();
            world.settle().await;
        };
        say("expired", ChargeProgress::Declined(DeclineReason::Expired)).await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Declined);
        say("paid", ChargeProgress::Paid).await;
        say("paid again", ChargeProgress::Paid).await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returning);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect::<Vec<_>>(), [2_258]);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990, "the old plan is untouched");
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(6 * 3600));
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returned);
        assert_eq!(mails(world, "PlanPaidBack"), 1);
    })
    .await;
}

#[tokio::test]
async fn money_that_cannot_go_back_is_told_to_the_producer_once() {
    each_world(async |world| {
        let (buyer, id, number) = paid_too_late(world).await;
        let reason = "expired_or_canceled_card".to_owned();
        world.gateway.progress(&portal::ports::RefundProgress::Failed { reason });
        for _ in 0..4 {
            world.clock.forward(Duration::from_secs(6 * 3600));
            world.settle().await;
        }
        assert_eq!(mails(world, "ProducerPlanNotReturned"), 1);
        let seen = change(&buyer, id, number).await.unwrap().unwrap();
        assert_eq!((seen.state, seen.is_not_returned), (PlanChangeState::Returning, true));
        let letters = world.mail.taken();
        let letter = letters.iter().find(|letter| letter.subject == "ProducerPlanNotReturned").unwrap();
        assert!(letter.text.contains("expired_or_canceled_card") && letter.to.as_str() == "luz@example.com");
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_refuses_to_pay_back_is_asked_once_and_hears_of_the_card_that_was_charged() {
    each_world(async |world| {
        world.gateway.fail_next(&[GatewayFault::Refuses]);
        let (buyer, id, number) = paid_too_late(world).await;
        for _ in 0..3 {
            world.clock.forward(Duration::from_secs(7 * 3600));
            world.settle().await;
        }
        assert!(change(&buyer, id, number).await.unwrap().unwrap().is_not_returned);
        assert_eq!(world.gateway.calls(), 1);
        assert_eq!(mails(world, "ProducerPlanNotReturned"), 1);
    })
    .await;
    each_world(async |world| {
        let _ = paid_too_late(world).await;
        let charged = world.gateway.charges()[0].0.card.clone().map(|card| card.last4);
        assert!(charged.is_some());
        assert_eq!(world.gateway.refunds()[0].card_last4, charged);
    })
    .await;
}

#[tokio::test]
async fn money_that_comes_while_the_producer_is_asked_for_all_of_it_goes_back() {
    each_world(async |world| {
        let (_, buyer, id) = subscribed(world).await;
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: "https://bank.test/3ds".to_owned() }]);
        let number = changed(world, &buyer, id, "gold").await;
        portal::refund::ask(&buyer, "S-1", portal::refund::new_request_id(&world.portal), "Mudei de ideia.")
            .await
            .unwrap();
        world.gateway.charge_progress(&number.to_string(), ChargeProgress::Paid);
        let report = Report::Charge { reference: format!("test-charge-{number}"), progress: ChargeProgress::Paid };
        let event = Event {
            sender: "test".to_owned(),
            gateway: "test".to_owned(),
            connection: None,
            id: "paid".into(),
            kind: "test".into(),
            body: String::new(),
            report,
        };
        take(&world.portal, &event).await.unwrap();
        world.settle().await;
        assert_eq!(state(&buyer, id, number).await, PlanChangeState::Returning);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect::<Vec<_>>(), [2_258]);
        assert_eq!(subscription(&buyer, "S-1").await.price.amount, 9_990, "the plan is as it was");
    })
    .await;
}
