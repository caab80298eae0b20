//! After the window the producer decides (rule 7): asked, answered by program or by link, taken back, reminded.

use crate::harness::{
    ANA, DAY, assert_mails, buy, code, each_world, line, mails, order, paid_order, place, producer, sign_in,
};
use crate::money::billing::installments;
use futures::future::join_all;
use portal::Buyer;
use portal::Producer;
use portal::catalogue::product::{Product, put_product};
use portal::intake::NewOrder;
use portal::refund::{
    Answer, AnswerError, RefundError, answer, answer_by_link, ask, ask_for, late_offer, new_request_id,
    request_of_link, withdraw,
};
use portal::testing::World;
use std::time::Duration;
use types::view::RefundOffer;
use types::{Method, OrderKind, OrderStatus, Protocol, RefundState};

/// An order whose window closed a month ago.
async fn late(world: &World) -> (Producer, Buyer) {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
    world.settle().await;
    world.clock.forward(DAY * 30);
    let buyer = sign_in(world, ANA).await;
    (producer, buyer)
}

async fn asked(world: &World, buyer: &Buyer) -> Protocol {
    let protocol = ask(buyer, "P-1", new_request_id(&world.portal), " Fiquei doente. ").await.unwrap();
    world.settle().await;
    protocol
}

/// The token in the producer's newest mail.
fn token(world: &World) -> String {
    let letters = world.mail.taken();
    let letter = letters.iter().rev().find(|letter| letter.subject == "ProducerRefundAsked").unwrap();
    letter.text.split("/refund-requests/").nth(1).unwrap().split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_producer_approves_by_the_link_and_the_money_goes_back() {
    each_world(async |world| {
        let (_, buyer) = late(world).await;
        let protocol = asked(world, &buyer).await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.refunds[0].state, view.refund_offer), (RefundState::Requested, RefundOffer::UnderWay));
        assert_mails(world, &[("RefundAsked", 1), ("ProducerRefundAsked", 1)]);
        assert!(world.gateway.refunds().is_empty(), "nobody agreed yet");
        assert_eq!(world.area.access_of(ANA).len(), 2);
        let token = token(world);
        let seen = request_of_link(&world.portal, &token).await.unwrap().unwrap();
        assert_eq!((seen.message.as_str(), &seen.refund.protocol), ("Fiquei doente.", &protocol));
        let presses =
            join_all((0..8).map(|_| answer_by_link(&world.portal, &token, Answer::Approve, "192.0.2.1"))).await;
        assert!(presses.iter().all(Result::is_ok), "{presses:?}");
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Refunded, RefundState::Sent));
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 31_690);
        assert!(world.area.access_of(ANA).is_empty());
        assert_mails(world, &[("RefundApproved", 1), ("RefundSent", 0)]);
    })
    .await;
}

#[tokio::test]
async fn some_of_what_is_left_may_be_asked_for_and_what_would_come_of_it_is_known_before() {
    each_world(async |world| {
        let (_, buyer) = late(world).await;
        let offer = late_offer(&buyer, "P-1").await.unwrap();
        let amounts: Vec<i64> = offer.items.iter().map(|(_, _, amount)| amount.amount).collect();
        assert_eq!((offer.amount.amount, amounts.as_slice()), (31_690, &[29_700, 1_990][..]));
        let (ebook, nobodys) = (offer.items[1].0, types::ItemId(uuid::Uuid::nil()));
        let ask = async |items: &[types::ItemId]| {
            ask_for(&buyer, "P-1", new_request_id(&world.portal), items, "Não usei.").await
        };
        assert!(matches!(ask(&[ebook, nobodys]).await, Err(RefundError::UnknownItem)));
        ask(&[ebook]).await.unwrap();
        let refund = &order(&buyer, "P-1").await.refunds[0];
        assert_eq!((refund.amount.amount, refund.items.len()), (1_990, 1));
        assert_eq!(refund.answer_by, Some(offer.answer_by), "the deadline that was shown");
    })
    .await;
}

#[tokio::test]
async fn the_producer_declines_by_program_and_says_why() {
    each_world(async |world| {
        let (producer, buyer) = late(world).await;
        let protocol = asked(world, &buyer).await;
        let no = Answer::Decline { reason: Some(types::Line::parse("Curso concluído.").unwrap()) };
        for _ in 0..2 {
            let state = answer(&world.portal, &producer, &code("P-1"), &protocol, no.clone()).await.unwrap();
            assert_eq!(state, RefundState::Declined);
        }
        let other = answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Approve).await;
        assert!(matches!(other, Err(AnswerError::TooLate { state: RefundState::Declined })), "{other:?}");
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!(view.refunds[0].answer.as_deref(), Some("Curso concluído."));
        assert_eq!((view.status, world.area.access_of(ANA).len()), (OrderStatus::Paid, 2));
        assert_eq!(mails(world, "RefundDeclined"), 1);
        // Nothing holds the items: the buyer may ask again.
        asked(world, &buyer).await;
    })
    .await;
}

#[tokio::test]
async fn the_buyer_takes_it_back_and_the_answer_comes_too_late() {
    each_world(async |world| {
        let (producer, buyer) = late(world).await;
        let protocol = asked(world, &buyer).await;
        for _ in 0..2 {
            withdraw(&buyer, "P-1", protocol.as_str()).await.unwrap();
        }
        world.settle().await;
        let approved = answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Approve).await;
        assert!(matches!(approved, Err(AnswerError::TooLate { state: RefundState::Withdrawn })), "{approved:?}");
        assert_eq!(mails(world, "RefundWithdrawn"), 1);
        assert!(world.gateway.refunds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn taking_back_and_approving_at_once_end_in_one_of_the_two() {
    each_world(async |world| {
        let (producer, buyer) = late(world).await;
        for _ in 0..20 {
            let protocol = asked(world, &buyer).await;
            let code = code("P-1");
            let yes = answer(&world.portal, &producer, &code, &protocol, Answer::Decline { reason: None });
            let (yes, back) = tokio::join!(yes, withdraw(&buyer, "P-1", protocol.as_str()));
            assert!(yes.is_ok() != back.is_ok(), "{yes:?} {back:?}");
            world.settle().await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_request_has_a_deadline_and_one_reminder() {
    each_world(async |world| {
        let (_, buyer) = late(world).await;
        asked(world, &buyer).await;
        // Asked on 2026-12-20 at 09:00 in São Paulo: answered by the last second of the 25th.
        let answer_by = order(&buyer, "P-1").await.refunds[0].answer_by.unwrap();
        assert_eq!(answer_by, portal::time::parse_instant("2026-12-26T02:59:59Z").unwrap());
        world.clock.jump(answer_by.plus(Duration::from_secs(1)));
        world.settle().await;
        world.clock.forward(DAY * 10);
        world.settle().await;
        assert_eq!(mails(world, "ProducerRefundAsked"), 2, "the mail and one reminder");
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_by_its_name() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let number = new_request_id(&world.portal);
        assert!(matches!(ask(&buyer, "P-1", number, "x").await, Err(RefundError::WindowOpen)));
        world.clock.forward(DAY * 30);
        let buyer = sign_in(world, ANA).await;
        for message in ["", "  \n ", &"x".repeat(2_001)] {
            assert!(matches!(ask(&buyer, "P-1", number, message).await, Err(RefundError::NoMessage)));
        }
        let first = ask(&buyer, "P-1", number, "x").await.unwrap();
        assert_eq!(ask(&buyer, "P-1", number, "x").await.unwrap(), first);
        assert!(matches!(ask(&buyer, "P-1", number, "y").await, Err(RefundError::OtherRequest)));
        let second = ask(&buyer, "P-1", new_request_id(&world.portal), "x").await;
        assert!(matches!(second, Err(RefundError::UnderWay)), "{second:?}");
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_request_is_an_absent_one() {
    each_world(async |world| {
        let (_, buyer) = late(world).await;
        let protocol = asked(world, &buyer).await;
        let other = producer(world, "sol").await;
        buy(world, &other, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(world, "bob@example.com").await;
        for handle in ["P-1", "P-9"] {
            assert!(matches!(withdraw(&bob, handle, protocol.as_str()).await, Err(AnswerError::NotFound)));
        }
        let foreign = answer(&world.portal, &other, &code("P-1"), &protocol, Answer::Approve).await;
        assert!(matches!(foreign, Err(AnswerError::NotFound)));
        let token = token(world);
        let (id, secret) = token.split_once('-').unwrap();
        for wrong in [
            String::new(),
            id.to_owned(),
            format!("{id}-"),
            format!("{id}-{}", "a".repeat(secret.len())),
            format!("-{secret}"),
        ] {
            assert!(request_of_link(&world.portal, &wrong).await.unwrap().is_none(), "{wrong}");
            let taken = answer_by_link(&world.portal, &wrong, Answer::Approve, "").await;
            assert!(matches!(taken, Err(AnswerError::NotFound)), "{wrong}");
        }
        assert!(world.gateway.refunds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_time_to_answer_is_that_of_the_product() {
    use portal::policy::{self, Policy};
    each_world(async |world| {
        let (producer, buyer) = late(world).await;
        let mut own = Policy::default();
        own.refund.answer_days = 12;
        policy::put(&world.portal, &producer, Some(&code("photo")), &own).await.unwrap();
        asked(world, &buyer).await;
        let by = order(&buyer, "P-1").await.refunds[0].answer_by.unwrap();
        assert!(by.since(world.portal.now()) > DAY * 12, "{by:?}");
    })
    .await;
}

#[tokio::test]
async fn what_was_charged_while_the_producer_was_asked_goes_back_as_well() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 12_000, 3)).await;
        world.settle().await;
        world.clock.forward(DAY * 10);
        let buyer = sign_in(world, ANA).await;
        asked(world, &buyer).await;
        world.clock.forward(DAY * 25);
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 1, "the second instalment was charged meanwhile");
        let token = token(world);
        let seen = request_of_link(&world.portal, &token).await.unwrap().unwrap();
        assert_eq!(seen.refund.amount.amount, 8_000, "the producer sees what goes back");
        answer_by_link(&world.portal, &token, Answer::Approve, "192.0.2.1").await.unwrap();
        world.settle().await;
        let back: Vec<i64> = world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect();
        assert_eq!(back, [4_000, 4_000]);
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.status, view.refunds[0].amount.amount), (OrderStatus::Refunded, 8_000));
    })
    .await;
}

#[tokio::test]
async fn the_producer_is_asked_for_what_is_closed_beside_what_is_still_open() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        put_product(&world.portal, &producer, &with_window("ebook", 60)).await.unwrap();
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
        world.settle().await;
        world.clock.forward(DAY * 30);
        let buyer = sign_in(world, ANA).await;
        let view = order(&buyer, "P-1").await;
        assert!(matches!(view.refund_offer, RefundOffer::Open { amount, .. } if amount.amount == 1_990));
        asked(world, &buyer).await;
        let token = token(world);
        assert_eq!(request_of_link(&world.portal, &token).await.unwrap().unwrap().refund.amount.amount, 29_700);
        answer_by_link(&world.portal, &token, Answer::Approve, "192.0.2.1").await.unwrap();
        world.settle().await;
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 29_700);
        // What was open is still the buyer's to ask for.
        let rest = portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await;
        assert!(rest.is_ok(), "{rest:?}");
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Refunded);
        assert!(matches!(ask(&buyer, "P-1", new_request_id(&world.portal), "?").await, Err(RefundError::NothingLeft)));
    })
    .await;
}

#[tokio::test]
async fn what_pays_for_what_is_kept_does_not_go_back_with_what_is_given_up() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        put_product(&world.portal, &producer, &with_window("photo", 60)).await.unwrap();
        let sold = paid_order(world, ANA, "P-1", &[("photo", 9_000), ("ebook", 3_000)]);
        let kind = OrderKind::SmartInstallments;
        place(world, &producer, NewOrder { kind, installments: Some(3), ..sold }).await;
        world.settle().await;
        world.clock.forward(DAY * 10);
        let buyer = sign_in(world, ANA).await;
        asked(world, &buyer).await;
        world.clock.forward(DAY * 25);
        world.settle().await;
        assert_eq!(world.gateway.charges().len(), 1, "the second instalment was charged meanwhile");
        answer_by_link(&world.portal, &token(world), Answer::Approve, "192.0.2.1").await.unwrap();
        world.settle().await;
        let back = world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>();
        assert!(back <= 3_000, "{back} of what the lesser line cost");
    })
    .await;
}

fn with_window(product: &str, refund_window_days: i64) -> Product {
    Product { code: code(product), name: line("Curso"), refund_window_days, access_days: None, access_cycles: None }
}
