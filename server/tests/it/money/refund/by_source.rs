//! What source, bank and producer do by themselves while a refund waits, and how far a refund can be taken back.

use crate::harness::{
    ANA, DAY, assert_mails, assert_sound, buy, charge, code, each_world, end, line, mails, order, paid_order, place,
    producer, sign_in, swift_world,
};
use crate::money::billing::id_of;
use portal::Producer;
use portal::document::{credit_note, of_year};
use portal::gateway_inbox::{self, Event, Outcome, Report};
use portal::intake::{self, NewCharge, NewOrder, Version, Way};
use portal::refund::{
    Answer, AnswerError, DoneError, PaidByHand, RefundError, answer, ask, done, new_request_id, request, withdraw,
};
use portal::testing::{GatewayFault, World};
use portal::{Buyer, ledger, on};
use std::time::Duration;
use types::view::{DocumentKind, RefundOffer};
use types::{ChargeStatus, OrderStatus, RefundState};

async fn bought(world: &World) -> (Producer, Buyer) {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
    world.settle().await;
    (producer, sign_in(world, ANA).await)
}

/// The source says that the order's charge stands like this now.
async fn source_says(world: &World, producer: &Producer, status: ChargeStatus) {
    let order = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
    let charge = order.charge.map(|charge| NewCharge { status, ..charge });
    let order = NewOrder { charge, version: Version::of_charge(world.portal.now()), ..order };
    let mut tx = world.portal.db.begin().await.unwrap();
    intake::place(&world.portal, &mut tx, producer, order, Way::Report("test")).await.unwrap();
    world.portal.commit(tx).await.unwrap();
}

async fn disputed(world: &World, producer: &Producer, gateway: &'static str, reference: &str) -> Outcome {
    let report = Report::Disputed { account: producer.id(), reference: reference.to_owned() };
    let id = format!("dispute-{reference}-{}", world.portal.now().micros());
    let (sender, gateway, kind) = (gateway.to_owned(), gateway.to_owned(), "charge.disputed".to_owned());
    let event = Event { sender, gateway, connection: None, id, kind, body: "{}".to_owned(), report };
    gateway_inbox::take(&world.portal, &event).await.unwrap()
}

#[tokio::test]
async fn a_request_that_the_source_pays_meanwhile_is_settled() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        world.clock.forward(DAY * 30);
        let protocol = ask(&buyer, "P-1", new_request_id(&world.portal), "x").await.unwrap();
        world.settle().await;
        source_says(world, &producer, ChargeStatus::Refunded).await;
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.refunds[0].state, view.status), (RefundState::Settled, OrderStatus::Refunded));
        assert_eq!(view.refunded.amount, 29_700);
        let late = answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Decline { reason: None }).await;
        assert!(matches!(late, Err(AnswerError::TooLate { state: RefundState::Settled })), "{late:?}");
        world.clock.forward(DAY * 30);
        world.settle().await;
        assert_mails(world, &[("ProducerRefundAsked", 1), ("RefundSettled", 1)]);
        assert!(world.gateway.refunds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn nothing_is_agreed_to_where_nothing_is_left_or_the_bank_decides() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        world.clock.forward(DAY * 30);
        let protocol = ask(&buyer, "P-1", new_request_id(&world.portal), "x").await.unwrap();
        let approve = async || answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Approve).await;
        // The payment did not hold.
        source_says(world, &producer, ChargeStatus::Failed).await;
        let gone = approve().await;
        assert!(matches!(gone, Err(AnswerError::NothingLeft)), "{gone:?}");
        world.clock.forward(DAY);
        source_says(world, &producer, ChargeStatus::Disputed).await;
        let with_bank = approve().await;
        assert!(matches!(with_bank, Err(AnswerError::Disputed)), "{with_bank:?}");
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Requested);
        assert!(world.gateway.refunds().is_empty());
        // The producer can still say no.
        answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Decline { reason: None }).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_gateway_that_says_it_was_paid_back_before_is_believed() {
    each_world(async |world| {
        let (_, buyer) = bought(world).await;
        world.gateway.fail_next(&[GatewayFault::AlreadyRefunded]);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.refunds[0].state, view.status), (RefundState::Settled, OrderStatus::Refunded));
    })
    .await;
}

/// An order at a gateway that this installation does not reach.
async fn elsewhere(world: &World) -> (Producer, Buyer) {
    let producer = producer(world, "luz").await;
    let order = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
    place(world, &producer, NewOrder { gateway: line("elsewhere"), ..order }).await;
    world.settle().await;
    (producer, sign_in(world, ANA).await)
}

#[tokio::test]
async fn the_producer_is_not_told_to_pay_what_is_with_the_bank() {
    each_world(async |world| {
        let (producer, buyer) = elsewhere(world).await;
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        assert_eq!(disputed(world, &producer, "elsewhere", "ch_P-1").await, Outcome::Applied);
        world.settle().await;
        assert_eq!(mails(world, "ProducerRefundByHand"), 0);
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Failed);
    })
    .await;
}

#[tokio::test]
async fn what_the_producer_was_told_to_pay_is_not_taken_back() {
    each_world(async |world| {
        let (producer, buyer) = elsewhere(world).await;
        let protocol = request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        assert!(order(&buyer, "P-1").await.refunds[0].may_be_withdrawn);
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((mails(world, "ProducerRefundByHand"), view.refunds[0].state), (1, RefundState::Approved));
        assert!(view.refunds[0].is_by_hand && !view.refunds[0].may_be_withdrawn);
        let late = withdraw(&buyer, "P-1", protocol.as_str()).await;
        assert!(matches!(late, Err(AnswerError::TooLate { state: RefundState::Approved })), "{late:?}");
        assert_sound(world).await;
        for (days, told) in [(2, 0), (1, 1), (3, 1), (1, 2), (30, 2)] {
            world.clock.forward(DAY * days);
            world.settle().await;
            assert_eq!(mails(world, "ProducerRefundNotDone"), told, "reminded on the third and on the seventh day");
        }
        let order_at = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
        let charge = order_at.charge.map(|charge| NewCharge { status: ChargeStatus::Refunded, ..charge });
        let version = Version::of_charge(world.portal.now());
        let report = NewOrder { charge, version, gateway: line("elsewhere"), ..order_at };
        let mut tx = world.portal.db.begin().await.unwrap();
        intake::place(&world.portal, &mut tx, &producer, report, Way::Report("test")).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Settled);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_producer_paid_by_hand_is_settled_by_his_word_once() {
    each_world(async |world| {
        let (producer, buyer) = elsewhere(world).await;
        let protocol = request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        let said = |at| PaidByHand { at, reference: Some(line("E2E-123")) };
        let say = async |said| done(&world.portal, &producer, &code("P-1"), &protocol, &said).await;
        let early = say(said(None)).await;
        assert!(matches!(early, Err(DoneError::Answer(AnswerError::TooLate { .. }))), "not handed over: {early:?}");
        world.settle().await;
        world.clock.forward(DAY);
        let now = world.portal.now();
        for wrong in [now.plus(DAY), now.minus(2 * DAY)] {
            assert!(matches!(say(said(Some(wrong))).await, Err(DoneError::Time)));
        }
        let stranger = crate::harness::producer(world, "sol").await;
        let foreign = done(&world.portal, &stranger, &code("P-1"), &protocol, &said(None)).await;
        assert!(matches!(foreign, Err(DoneError::Answer(AnswerError::NotFound))), "{foreign:?}");
        for _ in 0..2 {
            assert_eq!(say(said(Some(now))).await.unwrap(), RefundState::Settled);
        }
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Refunded, RefundState::Settled));
        assert_eq!((mails(world, "RefundSettled"), mails(world, "ProducerRefundNotDone")), (1, 0));
        world.clock.forward(DAY * 10);
        world.settle().await;
        assert_eq!(mails(world, "ProducerRefundNotDone"), 0, "nobody is reminded of what is done");
    })
    .await;
}

#[tokio::test]
async fn an_approved_refund_that_no_gateway_has_is_taken_back() {
    each_world(async |world| {
        let (_, buyer) = bought(world).await;
        world.gateway.fail_next(&[GatewayFault::Unavailable]);
        let protocol = request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let refund = &order(&buyer, "P-1").await.refunds[0];
        assert!(refund.state == RefundState::Approved && refund.may_be_withdrawn);
        withdraw(&buyer, "P-1", protocol.as_str()).await.unwrap();
        world.clock.forward(DAY);
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Withdrawn);
        assert!(world.gateway.refunds().is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_disputed_order_is_refused_by_its_name() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        disputed(world, &producer, "test", "ch_P-1").await;
        let asked = request(&buyer, "P-1", new_request_id(&world.portal), &[]).await;
        assert!(matches!(asked, Err(RefundError::Disputed)), "{asked:?}");
        world.clock.forward(DAY * 30);
        let late = ask(&buyer, "P-1", new_request_id(&world.portal), "x").await;
        assert!(matches!(late, Err(RefundError::Disputed)), "{late:?}");
        assert_eq!(order(&buyer, "P-1").await.refund_offer, RefundOffer::Disputed);
        world.settle().await;
    })
    .await;
}

/// A try of ours is looked at late: the gateway says that it was paid, as it was before the bank took it back.
#[tokio::test]
async fn our_own_late_look_at_a_paid_charge_undoes_no_dispute() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        disputed(world, &producer, "test", "ch_P-1").await;
        world.clock.forward(DAY);
        let paid = charge("P-1", 29_700, world.portal.now());
        let mut tx = world.portal.db.begin().await.unwrap();
        ledger::report(&world.portal, &mut tx, id_of(world, "P-1").await, Some(paid), None).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Disputed);
        // Its source knows: the bank has decided for the producer.
        source_says(world, &producer, ChargeStatus::Paid).await;
        assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Paid);
        world.settle().await;
    })
    .await;
}

/// Status, time of payment and version of every charge.
async fn charges(world: &World) -> Vec<(String, String, Option<i64>, i64)> {
    const SQL: &str = "select reference, status, paid_at, source_version from charges order by reference";
    on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(SQL).fetch_all(c).await.unwrap())
}

#[tokio::test]
async fn a_dispute_that_is_heard_before_its_payment_counts_all_the_same() {
    each_world(async |early| {
        let swift = swift_world(early.engine).await;
        let ordered = &swift.0;
        for (world, is_early) in [(early, true), (ordered, false)] {
            let producer = producer(world, "luz").await;
            let mut waiting = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
            let charge = waiting.charge.as_mut().unwrap();
            (charge.status, charge.paid_at) = (ChargeStatus::Pending, None);
            place(world, &producer, waiting).await;
            world.settle().await;
            world.clock.forward(DAY);
            // One charge is known and not paid yet, the other is not known at all.
            let paid = async || {
                source_says(world, &producer, ChargeStatus::Paid).await;
                buy(world, &producer, ANA, "P-2", &[("ebook", 1_990)]).await;
            };
            let dispute = async || {
                for reference in ["ch_P-1", "ch_P-2"] {
                    assert_eq!(disputed(world, &producer, "test", reference).await, Outcome::Applied);
                }
            };
            if is_early {
                dispute().await;
                assert_eq!(charges(world).await.len(), 1);
                paid().await;
            } else {
                paid().await;
                dispute().await;
            }
            world.settle().await;
            let buyer = sign_in(world, ANA).await;
            for code in ["P-1", "P-2"] {
                assert_eq!(order(&buyer, code).await.status, OrderStatus::Disputed, "{code}");
            }
            // Reported as paid once more, it stays with the bank.
            source_says(world, &producer, ChargeStatus::Paid).await;
            assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Disputed);
            assert_sound(world).await;
        }
        assert_eq!(charges(early).await, charges(ordered).await);

        end(swift).await;
    })
    .await;
}

#[tokio::test]
async fn what_the_source_gave_back_by_itself_has_a_credit_note() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        world.clock.forward(DAY);
        source_says(world, &producer, ChargeStatus::Refunded).await;
        let view = order(&buyer, "P-1").await;
        let (at, amount) = view.charges[0].back_by_source.unwrap();
        assert_eq!((amount.amount, at, view.refund_offer), (29_700, world.portal.now(), RefundOffer::NothingLeft));
        let name = view.charges[0].id.to_string();
        let note = credit_note(&buyer, "P-1", &name).await.unwrap().unwrap();
        assert_eq!((note.amount.amount, note.at), (29_700, at));
        assert!(matches!(note.kind, DocumentKind::SourceCreditNote { .. }));
        assert_eq!(of_year(&buyer, 2026).await.unwrap().len(), 2, "receipt and credit note");
        assert_eq!(id_of(world, "P-1").await, portal::testing::order_of(&buyer, "P-1").await);
        world.settle().await;
    })
    .await;
}

/// What is left of an order of which the source gave one charge back.
#[tokio::test]
async fn the_offer_after_the_source_gave_a_charge_back_is_what_is_left() {
    each_world(async |world| {
        let (producer, buyer) = bought(world).await;
        let mut tx = world.portal.db.begin().await.unwrap();
        let now = world.portal.now();
        let second = paid_order(world, ANA, "P-1b", &[("photo", 5_000)]).charge;
        ledger::report(&world.portal, &mut tx, id_of(world, "P-1").await, second, None).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.clock.forward(Duration::from_secs(60));
        assert!(world.portal.now() > now);
        source_says(world, &producer, ChargeStatus::Refunded).await;
        let view = order(&buyer, "P-1").await;
        let RefundOffer::Open { amount, .. } = view.refund_offer else { panic!("{:?}", view.refund_offer) };
        assert_eq!(amount.amount, 5_000);
        assert_eq!(view.refunded.amount, 29_700);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.status, OrderStatus::Refunded);
    })
    .await;
}
