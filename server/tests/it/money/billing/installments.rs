//! A price in instalments.

use super::{BROKE, has_access, installments, on, states, whole, zone};
use crate::harness::member_areas::Area;
use crate::harness::shop::{self, catalogue};
use crate::harness::site::Site;
use crate::harness::{
    ANA, DAY, assert_sound, code, each_world, line, mails, order, paid_order, place, producer, sign_in,
};
use portal::Producer;
use portal::catalogue::product::{Product, put_product};
use portal::intake::NewOrder;
use portal::testing::{GatewayFault, World};
use serde_json::json;
use types::{IntervalUnit, InvoiceState, Method, OrderKind, OrderStatus};

#[tokio::test]
async fn asking_the_producer_for_the_money_makes_no_part_free() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        place(world, &producer, installments(world, ANA, "S-1", Method::Card, 12_000, 3)).await;
        world.settle().await;
        world.clock.forward(DAY * 10);
        let buyer = sign_in(world, ANA).await;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::ask(&buyer, "S-1", number, "Posso devolver?").await.unwrap();
        world.clock.forward(DAY * 25);
        world.settle().await;
        let charged: Vec<i64> = world.gateway.charges().iter().map(|(order, _)| order.amount.amount).collect();
        assert_eq!(charged, [4_000]);
    })
    .await;
}

#[tokio::test]
async fn a_price_in_instalments_is_charged_to_the_last_cent_and_no_further() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let start = world.portal.now();
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 10_000, 3)).await;
        world.settle().await;
        assert_eq!(states(world, &producer, "P-1").await, [InvoiceState::Paid]);
        for month in 1..6 {
            on(world, zone().intervals_after(start, IntervalUnit::Month, month)).await;
        }
        let order = whole(world, &producer, "P-1").await;
        let amounts: Vec<_> = order.invoices.iter().map(|one| (one.number, one.amount.amount)).collect();
        assert_eq!(amounts, [(1, 3_333), (2, 3_333), (3, 3_334)]);
        assert_eq!(order.charges.iter().map(|charge| charge.amount.amount).sum::<i64>(), 10_000);
        assert_eq!((world.gateway.charges().len(), has_access(world)), (2, true));
    })
    .await;
}

#[tokio::test]
async fn a_part_that_stays_unpaid_holds_access_back_until_it_is_paid() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let start = world.portal.now();
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 12_000, 12)).await;
        world.settle().await;
        let due = zone().intervals_after(start, IntervalUnit::Month, 1);
        world.gateway.next_charges(&vec![BROKE; 5]);
        for day in [0, 1, 3, 5] {
            on(world, due.plus(DAY * day)).await;
            assert!(has_access(world), "day {day}");
        }
        on(world, due.plus(DAY * 7)).await;
        assert_eq!(states(world, &producer, "P-1").await, [InvoiceState::Paid, InvoiceState::Overdue]);
        assert!(!has_access(world));
        assert_sound(world).await;
        // When the next instalment falls due the card works again: both are charged, and access is back.
        on(world, zone().intervals_after(start, IntervalUnit::Month, 2)).await;
        assert_eq!(states(world, &producer, "P-1").await, [InvoiceState::Paid; 3]);
        assert!(has_access(world));
        assert_eq!(mails(world, "ChargeRecovered"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_refund_stops_the_instalments_that_are_left() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let start = world.portal.now();
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 12_000, 12)).await;
        world.settle().await;
        let buyer = crate::harness::sign_in(world, ANA).await;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::request(&buyer, "P-1", number, &[]).await.unwrap();
        world.settle().await;
        assert_eq!(world.gateway.refunds()[0].amount.amount, 1_000, "what was paid comes back");
        on(world, zone().intervals_after(start, IntervalUnit::Month, 3)).await;
        let order = whole(world, &producer, "P-1").await;
        assert_eq!((order.order.status, world.gateway.charges().len()), (OrderStatus::Refunded, 0));
    })
    .await;
}

#[tokio::test]
async fn the_api_takes_a_price_in_instalments_and_shows_what_each_owes() {
    for engine in crate::harness::site::ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        catalogue(&luz, &Area::own().await).await;
        let mut order = shop::order("P-1", ANA, &[("foto", 10_000)]);
        order["kind"] = json!("smart_installments");
        order["installments"] = json!({"count": 3});
        luz.post("orders", &order).await.expect(201);
        let seen = luz.order("P-1").await;
        assert_eq!(seen["charges"][0]["amount"]["amount"], 3_333, "the charge is the first instalment: {seen}");
        let first = &seen["invoices"][0];
        assert_eq!(&first["number"], &json!(1));
        assert_eq!(&first["state"], &json!("paid"));
        assert_eq!(&first["amount"]["amount"], &json!(3_333));
        // Not of a kind that has instalments, and not a number of them that can be.
        order["code"] = json!("P-2");
        order["installments"] = json!({"count": 0});
        luz.post("orders", &order).await.expect(422);
        (order["kind"], order["installments"]) = (json!("one_off"), json!({"count": 3}));
        let refused = luz.post("orders", &order).await.expect(422).json();
        assert_eq!(refused["errors"][0]["field"], "installments");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn what_is_owed_of_a_price_that_went_back_in_part_is_opened_anew_for_the_rest() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let sold = paid_order(world, ANA, "P-1", &[("photo", 9_000), ("ebook", 3_000)]);
        let kind = OrderKind::SmartInstallments;
        place(world, &producer, NewOrder { kind, installments: Some(3), ..sold }).await;
        world.settle().await;
        widen(world, &producer, 60).await;
        world.gateway.next_charges(&[BROKE]);
        on(world, zone().intervals_after(world.portal.now(), IntervalUnit::Month, 1)).await;
        assert_eq!(owed(world, &producer).await, [4_000]);
        let buyer = sign_in(world, ANA).await;
        let bump = order(&buyer, "P-1").await.items[1].id;
        let number = portal::refund::new_request_id(&world.portal);
        portal::refund::request(&buyer, "P-1", number, &[bump]).await.unwrap();
        world.gateway.fail_next_charges(&[GatewayFault::Unavailable]);
        world.settle().await;
        assert_eq!(owed(world, &producer).await, [3_000]);
    })
    .await;
}

/// What each invoice asks for that is to be paid.
async fn owed(world: &World, producer: &Producer) -> Vec<i64> {
    let invoices = whole(world, producer, "P-1").await.invoices;
    invoices.iter().filter(|invoice| invoice.is_owed()).map(|invoice| invoice.amount.amount).collect()
}

/// The window of `ebook` is so many days from now on.
async fn widen(world: &World, producer: &Producer, refund_window_days: i64) {
    let name = line("Livro");
    let entry = Product { code: code("ebook"), name, refund_window_days, access_days: None, access_cycles: None };
    put_product(&world.portal, producer, &entry).await.unwrap();
}
