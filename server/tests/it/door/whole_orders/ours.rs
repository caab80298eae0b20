//! What a source may not know of an order: our refunds, and disputes that the gateway reported.

use super::source::{Source, access, back, day, push};
use crate::harness::{ANA, DAY, code, each_world, line, mails, order, sign_in};
use portal::Buyer;
use portal::gateway_inbox::{self, Event, Report};
use portal::refund::{self, Answer, new_request_id};
use portal::testing::World;
use serde_json::json;
use std::time::Duration;
use types::{OrderStatus, Protocol, RefundState};

/// The bank reports the first charge as disputed.
async fn bank_disputes(source: &Source<'_>) {
    let report = Report::Disputed { account: source.producer.id(), reference: "S-1-1".to_owned() };
    let (id, kind, body) = ("e-1".to_owned(), "charge.disputed".to_owned(), "{}".to_owned());
    let event =
        Event { sender: "bank".to_owned(), gateway: "bank".to_owned(), connection: None, id, kind, body, report };
    gateway_inbox::take(&source.world.portal, &event).await.unwrap();
}

#[tokio::test]
async fn a_dispute_that_the_gateway_reports_before_the_payment_counts_with_it() {
    each_world(async |world| {
        let mut source = Source::new(world, "luz").await;
        let paid = source.order.clone();
        source.order["charges"][0]["status"] = json!("waiting");
        source.order["charges"][0].as_object_mut().unwrap().remove("paid_at");
        assert_eq!(source.puts(&source.order).await["status"], "pending");
        bank_disputes(&source).await;
        let answer = source.settles(|plan| plan["charges"] = paid["charges"].clone()).await;
        assert_eq!(answer["status"], "disputed");
    })
    .await;
}

#[tokio::test]
async fn a_source_that_goes_on_saying_paid_takes_no_dispute_of_the_gateway_back() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        bank_disputes(&source).await;
        world.settle().await;
        for name in ["Ana", "Ana Souza"] {
            let answer = source.settles(|plan| plan["buyer"]["name"] = json!(name)).await;
            assert_eq!((&answer["status"], access(&source.stands().await)), (&json!("disputed"), "removed"));
        }
        let answer = source.settles(|plan| plan["charges"][0]["status"] = json!("refunded")).await;
        assert_eq!(answer["status"], "refunded", "what went back is not disputed any more");
    })
    .await;
}

#[tokio::test]
async fn a_refund_of_ours_that_the_source_lists_is_counted_once() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        let ana = sign_in(world, ANA).await;
        let bump = order(&ana, "S-1").await.items[1].id;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::request(&ana, "S-1", number, &[bump]).await.unwrap();
        world.settle().await;
        // The gateway is out of reach: the producer pays by hand, and his gateway lists it.
        world.clock.forward(Duration::from_secs(3600));
        let today = day(world, 0);
        source.settles(|plan| push(plan, "refunds", back("re-1", 1990, &today))).await;
        let view = order(&ana, "S-1").await;
        assert_eq!(view.refunds[0].state, types::RefundState::Settled);
        assert_eq!((view.refunded.amount, view.charges[0].back_by_source), (1_990, None));
        assert_eq!(mails(world, "RefundSettled"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_charge_that_a_refund_names_may_not_get_another_name() {
    each_world(async |world| {
        let mut source = Source::told(world).await;
        let ana = sign_in(world, ANA).await;
        let bump = order(&ana, "S-1").await.items[1].id;
        refund::request(&ana, "S-1", new_request_id(&world.portal), &[bump]).await.unwrap();
        world.settle().await;
        let before = source.stands().await;
        source.order["version"] = json!(2);
        for (place, name) in [("/charges/0/reference", "other"), ("/gateway/name", "other")] {
            let mut renamed = source.order.clone();
            *renamed.pointer_mut(place).unwrap() = json!(name);
            let (status, problem) = source.is_refused(&renamed).await;
            assert_eq!((status, &problem["errors"][0]["field"]), (422, &json!("charges")), "{problem}");
            assert!(problem["errors"][0]["reason"].as_str().unwrap().contains("S-1-1"), "{problem}");
        }
        assert_eq!(source.stands().await, before);
        source.puts(&source.order).await;
    })
    .await;
}

/// An order whose bump alone gives the classroom 111; its time for a refund is over, and Ana asked the producer for all
/// of it.
async fn asked(world: &World) -> (Source<'_>, Buyer, Protocol) {
    let mut source = Source::new(world, "luz").await;
    source.order["items"] = json!([
        {"product": "ebook", "offer": "ebook", "amount": 4990},
        {"product": "photo", "offer": "photo", "amount": 1990, "bump": true}
    ]);
    source.puts(&source.order).await;
    world.settle().await;
    world.clock.forward(DAY * 20);
    let ana = sign_in(world, ANA).await;
    let protocol = refund::ask(&ana, "S-1", new_request_id(&world.portal), "x").await.unwrap();
    (source, ana, protocol)
}

async fn declines(source: &Source<'_>, protocol: &Protocol) {
    let no = Answer::Decline { reason: Some(line("Já usou.")) };
    let answered = refund::answer(&source.world.portal, &source.producer, &code("S-1"), protocol, no).await.unwrap();
    assert_eq!(answered, RefundState::Declined);
    source.world.settle().await;
}

#[tokio::test]
async fn a_line_that_its_source_took_off_counts_until_its_refund_is_declined() {
    each_world(async |world| {
        let (mut source, ana, protocol) = asked(world).await;
        let main = source.order["items"][0].clone();
        let answer = source.settles(|plan| plan["items"] = json!([main])).await;
        assert_eq!((answer["items"].as_array().unwrap().len(), &answer["total"]["amount"]), (2, &json!(6_980)));
        declines(&source, &protocol).await;
        let answer = source.stands().await;
        assert_eq!((answer["items"].as_array().unwrap().len(), &answer["total"]["amount"]), (1, &json!(4_990)));
        let view = order(&ana, "S-1").await;
        assert_eq!((view.items.len(), view.total.amount, view.status), (1, 4_990, OrderStatus::Paid));
    })
    .await;
}

#[tokio::test]
async fn a_line_whose_refund_came_to_nothing_leaves_with_its_access_and_comes_back() {
    each_world(async |world| {
        let (mut source, ana, protocol) = asked(world).await;
        declines(&source, &protocol).await;
        let lines = source.order["items"].clone();
        let answer = source.settles(|plan| plan["items"] = json!([lines[0]])).await;
        assert_eq!((answer["items"].as_array().unwrap().len(), &answer["total"]["amount"]), (1, &json!(4_990)));
        let gives_photo = || world.area.access_of(ANA).keys().any(|target| target.as_str() == "classroom:111");
        assert!(!gives_photo(), "{:?}", world.area.access_of(ANA));
        let view = order(&ana, "S-1").await;
        assert_eq!((view.items.len(), view.refunds.len()), (1, 1));

        let answer = source.settles(|plan| plan["items"] = lines).await;
        assert_eq!((answer["items"].as_array().unwrap().len(), &answer["total"]["amount"]), (2, &json!(6_980)));
        assert!(gives_photo());
    })
    .await;
}
