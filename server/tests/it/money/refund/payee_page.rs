//! A gateway that waits until the buyer has named an account on a page of its own: the buyer is told once, led there
//! and reminded, and the way is gone as soon as the money goes on.

use crate::harness::{
    ANA, DAY, assert_sound, code, each_world, later, mails, order, paid_order, place, producer, sign_in,
};
use portal::ports::RefundProgress;
use portal::refund::{new_request_id, request};
use portal::testing::World;
use portal::{Buyer, Producer, drawer};
use types::view::RefundView;
use types::{Method, RefundState};

const PAGE: &str = "https://gateway.test/solicitar-estorno/1";

fn waits(page: Option<&str>) -> RefundProgress {
    RefundProgress::WaitsForBuyer { page: page.map(str::to_owned) }
}

/// A boleto that is to go back, as soon as its buyer has named an account.
async fn asked(world: &World) -> (Producer, Buyer) {
    let luz = producer(world, "luz").await;
    let mut boleto = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
    boleto.payment.method = Method::Boleto;
    boleto.charge.as_mut().unwrap().method = Method::Boleto;
    place(world, &luz, boleto).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
    world.settle().await;
    world.gateway.progress(&waits(Some(PAGE)));
    later(world).await;
    (luz, buyer)
}

async fn seen(buyer: &Buyer) -> RefundView {
    order(buyer, "P-1").await.refunds.remove(0)
}

/// The addresses that the buyer is led to.
fn pages(refund: &RefundView) -> Vec<Option<&str>> {
    refund.payee_pages.iter().map(|page| page.url.as_deref()).collect()
}

/// How often the audit log tells that the gateway waits, and that it goes on.
async fn happened(luz: &Producer) -> (usize, usize) {
    let drawer = drawer::for_producer(luz, &code("P-1")).await.unwrap().expect("the producer's own order");
    let count = |name| drawer.happenings.iter().filter(|happening| happening.name == name).count();
    (count("refund.payee_asked"), count("refund.payee_named"))
}

async fn days_pass(world: &World, days: u32) {
    for _ in 0..days {
        world.clock.forward(DAY);
        world.settle().await;
    }
}

#[tokio::test]
async fn the_buyer_is_told_once_and_led_there_until_the_money_goes_on() {
    each_world(async |world| {
        let (luz, buyer) = asked(world).await;
        for _ in 0..3 {
            let refund = seen(&buyer).await;
            assert_eq!((refund.state, pages(&refund)), (RefundState::Sent, vec![Some(PAGE)]));
            assert_eq!(refund.payee_pages[0].amount.amount, 29_700);
            assert_eq!((mails(world, "RefundPayeePage"), happened(&luz).await), (1, (1, 0)));
            later(world).await;
        }
        let drawer = drawer::for_producer(&luz, &code("P-1")).await.unwrap().unwrap();
        let since = seen(&buyer).await.payee_pages[0].since;
        assert_eq!(drawer.order.refunds[0].parts[0].waits_for_buyer_since, Some(since));
        assert_sound(world).await;
        world.gateway.progress(&RefundProgress::Pending);
        days_pass(world, 1).await;
        let refund = seen(&buyer).await;
        assert_eq!((refund.state, pages(&refund)), (RefundState::Sent, vec![]));
        assert_eq!(happened(&luz).await, (1, 1));
        world.gateway.progress(&RefundProgress::Succeeded);
        days_pass(world, 8).await;
        assert_eq!((seen(&buyer).await.state, mails(world, "RefundPayeePage")), (RefundState::Settled, 1));
    })
    .await;
}

#[tokio::test]
async fn as_long_as_it_waits_the_buyer_is_reminded_after_three_and_seven_days() {
    each_world(async |world| {
        let (_, buyer) = asked(world).await;
        for (days, told) in [(2, 1), (1, 2), (3, 2), (1, 3), (20, 3)] {
            days_pass(world, days).await;
            assert_eq!((mails(world, "RefundPayeePage"), pages(&seen(&buyer).await).len()), (told, 1), "{days}");
        }
        world.gateway.progress(&RefundProgress::Failed { reason: "nobody named an account".to_owned() });
        days_pass(world, 1).await;
        let refund = seen(&buyer).await;
        assert_eq!((refund.state, pages(&refund)), (RefundState::Failed, vec![]));
    })
    .await;
}

#[tokio::test]
async fn what_waits_anew_is_told_anew_and_what_was_to_remind_of_the_first_time_is_not_said() {
    each_world(async |world| {
        let (luz, buyer) = asked(world).await;
        world.gateway.progress(&RefundProgress::Pending);
        days_pass(world, 2).await;
        world.gateway.progress(&waits(Some(PAGE)));
        days_pass(world, 1).await;
        assert_eq!((pages(&seen(&buyer).await), happened(&luz).await), (vec![Some(PAGE)], (2, 1)));
        days_pass(world, 1).await;
        assert_eq!(mails(world, "RefundPayeePage"), 2);
        days_pass(world, 3).await;
        assert_eq!(mails(world, "RefundPayeePage"), 3);
    })
    .await;
}

/// The gateway tells the address only to whoever asks for the refund: it is asked for by the same key, and kept.
#[tokio::test]
async fn an_address_that_is_not_told_by_looking_is_asked_for_and_stays() {
    each_world(async |world| {
        let (_, buyer) = asked(world).await;
        world.gateway.progress(&waits(None));
        days_pass(world, 1).await;
        assert_eq!(pages(&seen(&buyer).await), vec![Some(PAGE)], "it is not told every time");
        world.gateway.progress(&RefundProgress::Pending);
        days_pass(world, 1).await;
        world.gateway.progress(&waits(None));
        let before = world.gateway.calls();
        days_pass(world, 1).await;
        assert!(world.gateway.calls() > before, "asked for by the key of the refund");
        assert_eq!((pages(&seen(&buyer).await), world.gateway.refunds().len()), (vec![None], 1));
    })
    .await;
}
