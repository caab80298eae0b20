//! Money back: inside the window, one unit, never twice (rules 7, 8, 9).

mod by_source;
mod parts;
mod payee;
mod payee_page;
mod request;

use crate::harness::{
    ANA, DAY, assert_mails, buy, classroom, each_world, mails, order, origin, paid_order, place, producer, sign_in,
};
use futures::future::join_all;
use portal::gateway_inbox::{Event, Report, take};
use portal::ports::RefundProgress;
use portal::purchases::refund_preview;
use portal::refund::{RefundError, new_request_id, request};
use portal::testing::{GatewayFault, World};
use portal::{Buyer, session};
use std::time::Duration;
use types::view::{AccessView, RefundOffer, TimelineEvent};
use types::{OrderStatus, RefundState};

async fn bought(world: &World, products: &[(&str, i64)]) -> Buyer {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", products).await;
    world.settle().await;
    sign_in(world, ANA).await
}

#[tokio::test]
async fn money_and_access_go_together_and_the_buyer_is_told() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700), ("ebook", 1_990)]).await;
        let seen = refund_preview(&buyer, "P-1", &[]).await.unwrap();
        assert_eq!(seen.amount.amount, 31_690);
        assert_eq!(seen.access_lost.len(), 2);
        assert_eq!(seen.access_kept.len(), 0);
        let number = new_request_id(&world.portal);
        let protocol = request(&buyer, "P-1", number, &[]).await.unwrap();
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.refunds[0].state, view.refund_offer), (RefundState::Approved, RefundOffer::UnderWay));
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Refunded, RefundState::Sent));
        assert!(matches!(view.items[0].access, AccessView::Removed { .. }), "{:?}", view.items[0].access);
        assert!(world.area.access_of(ANA).is_empty());
        world.gateway.progress(&RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.refunds[0].state, &view.refunds[0].protocol), (RefundState::Settled, &protocol));
        // Two mails: that it was asked for, and what came of it.
        world.clock.forward(DAY);
        world.settle().await;
        assert_mails(world, &[("RefundRequested", 1), ("RefundSent", 0), ("RefundSettled", 1)]);
    })
    .await;
}

#[tokio::test]
async fn one_item_goes_back_and_what_the_other_gives_stays() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700), ("ebook", 1_990)]).await;
        let items = order(&buyer, "P-1").await.items;
        let photo = [items[0].id];
        let seen = refund_preview(&buyer, "P-1", &photo).await.unwrap();
        // Classroom 222 stays, 111 goes: the course's access is lost.
        assert_eq!((seen.amount.amount, seen.access_lost), (29_700, vec!["Curso photo".to_owned()]));
        request(&buyer, "P-1", new_request_id(&world.portal), &photo).await.unwrap();
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).into_keys().collect::<Vec<_>>(), [classroom(222)]);
        let view = order(&buyer, "P-1").await;
        assert_eq!(view.status, OrderStatus::PartlyRefunded);
        let again = request(&buyer, "P-1", new_request_id(&world.portal), &photo).await;
        assert!(matches!(again, Err(RefundError::UnknownItem)), "{again:?}");
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Refunded);
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 31_690);
        assert!(world.area.access_of(ANA).is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_refund_of_one_order_leaves_what_another_gives() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        buy(world, &producer, ANA, "P-2", &[("photo", 19_700)]).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        assert_eq!(refund_preview(&buyer, "P-1", &[]).await.unwrap().access_kept, ["Curso photo"]);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(world.area.access_of(ANA).len(), 2);
        assert!(world.area.told().iter().all(|telling| telling.is_active));
    })
    .await;
}

#[tokio::test]
async fn two_hundred_rounds_of_eight_presses_are_one_refund_each() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-0", &[("photo", 100)]).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        for round in 1..=200 {
            let code = format!("P-{round}");
            buy(world, &producer, ANA, &code, &[("photo", 100)]).await;
            // Half of the presses are of one form, half of forms in other tabs.
            let form = new_request_id(&world.portal);
            let forms = (0..8).map(|n| if n % 2 == 0 { form } else { new_request_id(&world.portal) });
            let presses = join_all(forms.map(|number| request(&buyer, &code, number, &[]))).await;
            let protocols: Vec<_> = presses.iter().filter_map(|press| press.as_ref().ok()).collect();
            assert!(!protocols.is_empty(), "round {round}: {presses:?}");
            assert!(protocols.iter().all(|protocol| *protocol == protocols[0]));
            let refused = presses.iter().filter_map(|press| press.as_ref().err());
            assert!(refused.into_iter().all(|error| matches!(error, RefundError::UnderWay)), "{presses:?}");
        }
        world.settle().await;
        assert_eq!(world.gateway.refunds().len(), 200);
    })
    .await;
}

#[tokio::test]
async fn an_unclear_answer_is_asked_about_before_anything_is_sent_again() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700)]).await;
        world.gateway.fail_next(&[GatewayFault::LostAfter]);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Reconciling);
        assert!(!world.area.access_of(ANA).is_empty(), "access moves with the money, not before");
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Sent);
        assert_eq!(world.gateway.calls(), 1);
        assert_eq!(world.gateway.refunds().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_was_lost_before_its_effect_is_sent_again() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700)]).await;
        world.gateway.fail_next(&[GatewayFault::LostBefore, GatewayFault::Unavailable]);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        for _ in 0..4 {
            world.settle().await;
            world.clock.forward(Duration::from_secs(30));
        }
        assert_eq!(world.gateway.calls(), 3);
        assert_eq!(world.gateway.refunds().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn that_money_was_sent_is_told_where_it_took_long_and_nothing_came_of_it_meanwhile() {
    for comes_at_once in [true, false] {
        each_world(async |world| {
            let buyer = bought(world, &[("photo", 29_700)]).await;
            world.gateway.fail_next(&[GatewayFault::Unavailable]);
            request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
            world.settle().await;
            world.clock.forward(Duration::from_secs(2 * 3600));
            world.settle().await;
            assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Sent);
            assert_mails(world, &[("RefundRequested", 1), ("RefundSent", 0)]);
            if comes_at_once {
                world.gateway.progress(&RefundProgress::Succeeded);
            }
            world.clock.forward(Duration::from_secs(601));
            world.settle().await;
            let (sent, settled) = if comes_at_once { (0, 1) } else { (1, 0) };
            assert_mails(world, &[("RefundSent", sent), ("RefundSettled", settled)]);
        })
        .await;
    }
}

#[tokio::test]
async fn a_refund_that_fails_later_gives_access_back_and_tells_both() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700)]).await;
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert!(world.area.access_of(ANA).is_empty());
        world.gateway.progress(&RefundProgress::Failed { reason: "card expired".to_owned() });
        world.clock.forward(Duration::from_secs(30));
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Paid, RefundState::Failed));
        assert_eq!(world.area.access_of(ANA).len(), 2);
        assert_mails(world, &[("RefundFailed", 1), ("ProducerRefundFailed", 1)]);
        let letters = world.mail.taken();
        let told = letters.iter().find(|letter| letter.subject == "RefundFailed").unwrap();
        assert!(told.text.contains("again: Until("), "the window is open still: {}", told.text);
        let events: Vec<TimelineEvent> = view.timeline.iter().map(|entry| entry.event.clone()).collect();
        assert!(events.contains(&TimelineEvent::AccessGivenBack), "{events:?}");
        // The case is open again: the window has not closed.
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn money_that_was_there_and_that_a_bank_sends_back_opens_the_case_again() {
    let failed = RefundProgress::Failed { reason: "account closed".to_owned() };
    for is_told in [true, false] {
        each_world(async |world| {
            let buyer = bought(world, &[("photo", 29_700)]).await;
            request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
            world.settle().await;
            world.gateway.progress(&RefundProgress::Succeeded);
            world.clock.forward(Duration::from_secs(10));
            world.settle().await;
            assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Settled);
            world.gateway.progress(&failed);
            if is_told {
                hear_of_refunds(world).await;
                hear_of_refunds(world).await;
            } else {
                // The word was lost: it is asked about all the same.
                world.clock.forward(Duration::from_secs(86_400));
            }
            world.settle().await;
            let view = order(&buyer, "P-1").await;
            assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Paid, RefundState::Failed), "{is_told}");
            assert_eq!(world.area.access_of(ANA).len(), 2);
            let told = ["RefundSettled", "RefundFailed", "ProducerRefundFailed"].map(|subject| mails(world, subject));
            assert_eq!(told, [1, 1, 1]);
            request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        })
        .await;
    }
}

/// The gateway has news of every refund.
async fn hear_of_refunds(world: &World) {
    for refund in world.gateway.refunds() {
        let (id, report) = (world.portal.new_id().to_string(), Report::Refund(refund.key.parse().unwrap()));
        let event = Event {
            sender: "test".to_owned(),
            gateway: "test".to_owned(),
            connection: None,
            id,
            kind: "refund.failed".into(),
            body: "{}".into(),
            report,
        };
        take(&world.portal, &event).await.unwrap();
    }
}

#[tokio::test]
async fn the_window_closes_with_its_last_second_also_for_a_form_that_was_open() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700)]).await;
        let RefundOffer::Open { until, .. } = order(&buyer, "P-1").await.refund_offer else { panic!("open") };
        // 2026-11-27 23:59:59 in São Paulo.
        assert_eq!(until, portal::time::parse_instant("2026-11-28T02:59:59Z").unwrap());
        world.clock.jump(until.plus(Duration::from_millis(999)));
        assert!(refund_preview(&buyer, "P-1", &[]).await.is_ok());
        let number = new_request_id(&world.portal);
        world.clock.jump(until.plus(Duration::from_secs(1)));
        let late = request(&buyer, "P-1", number, &[]).await;
        assert!(matches!(late, Err(RefundError::WindowClosed { until: closed }) if closed == until), "{late:?}");
        assert!(world.gateway.refunds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn history_sent_in_at_once_opens_no_old_window() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let now = world.portal.now();
        world.clock.jump(now.minus(Duration::from_secs(60 * 86_400)));
        let old = paid_order(world, ANA, "P-OLD", &[("photo", 29_700)]);
        world.clock.jump(now);
        place(world, &producer, old).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let view = order(&buyer, "P-OLD").await;
        assert!(matches!(view.items[0].access, AccessView::Confirmed { .. }), "its access is given all the same");
        assert!(matches!(view.refund_offer, RefundOffer::Closed { .. }), "{:?}", view.refund_offer);
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_order_is_an_absent_order() {
    each_world(async |world| {
        bought(world, &[("photo", 29_700)]).await;
        let other = producer(world, "sol").await;
        buy(world, &other, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(world, "bob@example.com").await;
        assert!(portal::purchases::for_buyer(&bob, "P-1").await.unwrap().is_none());
        assert!(matches!(refund_preview(&bob, "P-1", &[]).await, Err(RefundError::NotFound)));
        let asked = request(&bob, "P-1", new_request_id(&world.portal), &[]).await;
        assert!(matches!(asked, Err(RefundError::NotFound)));
        assert!(session::resume_buyer(&world.portal, "nothing", origin("192.0.2.1")).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_form_used_for_something_else_is_refused() {
    each_world(async |world| {
        let buyer = bought(world, &[("photo", 29_700), ("ebook", 1_990)]).await;
        let items = order(&buyer, "P-1").await.items;
        let number = new_request_id(&world.portal);
        let protocol = request(&buyer, "P-1", number, &[items[0].id]).await.unwrap();
        let other = request(&buyer, "P-1", number, &[items[1].id]).await;
        assert!(matches!(other, Err(RefundError::OtherRequest)), "{other:?}");
        assert_eq!(request(&buyer, "P-1", number, &[items[0].id]).await.unwrap(), protocol);
        world.settle().await;
    })
    .await;
}
