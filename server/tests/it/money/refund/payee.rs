//! A boleto goes back to an account that the buyer names: asked for before or afterwards, kept sealed, forgotten when
//! the money is there.

use crate::harness::{ANA, assert_sound, code, each_world, mails, order, paid_order, place, producer, sign_in};
use portal::Producer;
use portal::ports::RefundProgress;
use portal::purchases::refund_preview;
use portal::refund::{Answer, AnswerError, answer, ask, new_request_id, request, request_to, set_payee, withdraw};
use portal::testing::World;
use portal::{Buyer, on};
use std::time::Duration;
use types::{Method, Payee, PayeeFields, RefundState};

const KEY: &str = "ana.pix@example.com";

fn payee() -> Payee {
    let fields = PayeeFields {
        holder: "Ana Souza".to_owned(),
        tax_id: "529.982.247-25".to_owned(),
        pix_key: KEY.to_owned(),
        ..PayeeFields::default()
    };
    Payee::parse(&fields).unwrap()
}

async fn bought(world: &World) -> (Producer, Buyer) {
    let producer = producer(world, "luz").await;
    let mut boleto = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
    boleto.payment.method = Method::Boleto;
    boleto.charge.as_mut().unwrap().method = Method::Boleto;
    place(world, &producer, boleto).await;
    world.settle().await;
    (producer, sign_in(world, ANA).await)
}

/// The sealed account on file.
async fn sealed(world: &World) -> Option<String> {
    const SQL: &str = "select payee_sealed from refunds";
    let row: (Option<String>,) =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(SQL).fetch_one(c).await.unwrap());
    row.0
}

/// Everything that the audit log says.
async fn audit(world: &World) -> String {
    const SQL: &str = "select coalesce(after, '') from events";
    let rows: Vec<(String,)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(SQL).fetch_all(c).await.unwrap());
    rows.into_iter().map(|row| row.0).collect()
}

#[tokio::test]
async fn named_before_it_goes_to_the_gateway_and_is_forgotten_at_the_end() {
    each_world(async |world| {
        world.gateway.need_payee(true);
        let (_, buyer) = bought(world).await;
        assert!(refund_preview(&buyer, "P-1", &[]).await.unwrap().needs_payee);
        request_to(&buyer, "P-1", new_request_id(&world.portal), &[], &payee()).await.unwrap();
        let kept = sealed(world).await.unwrap();
        assert!(kept.starts_with("v1.") && !kept.contains(KEY), "{kept}");
        let log = audit(world).await;
        assert!(log.contains("Pix •••com") && !log.contains(KEY) && !log.contains("52998224725"), "{log}");
        world.settle().await;
        let view = order(&buyer, "P-1").await;
        assert_eq!(
            (view.refunds[0].state, world.gateway.refunds()[0].payee.clone()),
            (RefundState::Sent, Some(payee()))
        );
        assert_eq!(view.refunds[0].payee.as_deref(), Some("***.982.247-** · Pix •••com"));
        assert!(sealed(world).await.is_some(), "it may still come back");
        world.gateway.progress(&RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(30));
        world.settle().await;
        assert_eq!((order(&buyer, "P-1").await.refunds[0].payee.clone(), sealed(world).await), (None, None));
        assert_eq!(mails(world, "RefundPayeeNeeded"), 0);
    })
    .await;
}

#[tokio::test]
async fn a_refund_without_it_waits_and_goes_on_when_it_is_named() {
    for says_so in [true, false] {
        each_world(async |world| {
            world.gateway.need_payee(says_so);
            let (_, buyer) = bought(world).await;
            assert_eq!(refund_preview(&buyer, "P-1", &[]).await.unwrap().needs_payee, says_so);
            let protocol = request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
            for _ in 0..3 {
                world.settle().await;
                world.clock.forward(Duration::from_secs(3_600));
            }
            let refund = &order(&buyer, "P-1").await.refunds[0];
            assert!(refund.waits_for_payee && refund.state == RefundState::Approved, "{says_so}");
            assert_eq!(mails(world, "RefundPayeeNeeded"), 1);
            assert_eq!(world.gateway.refunds().len(), 0);
            assert_sound(world).await;
            let other = set_payee(&buyer, "P-2", protocol.as_str(), &payee()).await;
            assert!(matches!(other, Err(AnswerError::NotFound)));
            set_payee(&buyer, "P-1", protocol.as_str(), &payee()).await.unwrap();
            world.settle().await;
            let refund = &order(&buyer, "P-1").await.refunds[0];
            assert_eq!((refund.state, refund.waits_for_payee), (RefundState::Sent, false));
            let late = set_payee(&buyer, "P-1", protocol.as_str(), &payee()).await;
            assert!(matches!(late, Err(AnswerError::TooLate { state: RefundState::Sent })), "{late:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn after_the_window_it_is_asked_for_when_the_producer_has_agreed() {
    each_world(async |world| {
        world.gateway.need_payee(true);
        let (producer, buyer) = bought(world).await;
        world.clock.forward(Duration::from_secs(30 * 86_400));
        let protocol = ask(&buyer, "P-1", new_request_id(&world.portal), "x").await.unwrap();
        world.settle().await;
        assert!(!order(&buyer, "P-1").await.refunds[0].waits_for_payee, "nobody agreed yet");
        answer(&world.portal, &producer, &code("P-1"), &protocol, Answer::Approve).await.unwrap();
        world.settle().await;
        assert!(order(&buyer, "P-1").await.refunds[0].waits_for_payee);
        assert_eq!(mails(world, "RefundPayeeNeeded"), 1);
        assert_eq!(world.gateway.refunds().len(), 0);
        set_payee(&buyer, "P-1", protocol.as_str(), &payee()).await.unwrap();
        world.settle().await;
        assert_eq!(order(&buyer, "P-1").await.refunds[0].state, RefundState::Sent);
    })
    .await;
}

#[tokio::test]
async fn what_is_taken_back_forgets_it() {
    each_world(async |world| {
        world.gateway.need_payee(true);
        let (_, buyer) = bought(world).await;
        let number = new_request_id(&world.portal);
        let protocol = request_to(&buyer, "P-1", number, &[], &payee()).await.unwrap();
        withdraw(&buyer, "P-1", protocol.as_str()).await.unwrap();
        assert_eq!(sealed(world).await, None);
        world.settle().await;
    })
    .await;
}
