//! What is checked is whether the data contradicts itself. Time that passed without work contradicts nothing.

use crate::harness::{ANA, DAY, assert_sound, each_world, line, paid_order, place, producer, put_product_with_days};
use crate::harness::{order, sign_in};
use crate::money::billing::{installments, plan};
use portal::intake::NewOrder;
use portal::refund::{ask, new_request_id, request};
use portal::subscription::cancel;
use portal::testing::World;
use types::{ChargeStatus, Method};

/// Every kind of order, at a gateway that is ours to charge and at one that is not.
fn every_order(world: &World) -> Vec<NewOrder> {
    let mut orders = vec![
        paid_order(world, ANA, "ONE-1", &[("photo", 29_700), ("ebook", 1_990)]),
        paid_order(world, ANA, "BACK-1", &[("ebook", 1_990)]),
        plan(world, ANA, "CARD-1", Method::Card, 4_990),
        plan(world, ANA, "PIX-1", Method::Pix, 4_990),
        plan(world, ANA, "END-1", Method::Card, 4_990),
        installments(world, ANA, "SMART-1", Method::Card, 29_700, 12),
        installments(world, ANA, "SLIP-1", Method::Boleto, 29_700, 6),
    ];
    let elsewhere = |order: NewOrder| NewOrder { gateway: line("elsewhere"), ..order };
    orders.push(elsewhere(plan(world, ANA, "FAR-1", Method::Card, 4_990)));
    orders.push(elsewhere(paid_order(world, ANA, "FAR-2", &[("photo", 29_700)])));
    let mut waiting = paid_order(world, ANA, "WAIT-1", &[("photo", 29_700)]);
    if let Some(charge) = &mut waiting.charge {
        (charge.status, charge.paid_at) = (ChargeStatus::Pending, None);
    }
    orders.push(waiting);
    orders
}

#[tokio::test]
async fn an_installation_that_stood_still_for_a_month_is_not_broken() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        // Access that ends by itself, while nobody looks.
        put_product_with_days(world, &luz, "ebook", 10).await;
        for order in every_order(world) {
            place(world, &luz, order).await;
        }
        world.settle().await;
        let ana = sign_in(world, ANA).await;
        let number = || new_request_id(&world.portal);
        let ending = order(&ana, "END-1").await.subscription.unwrap().id;
        cancel(&ana, ending, number(), "", "").await.unwrap();
        request(&ana, "BACK-1", number(), &[]).await.unwrap();
        request(&ana, "FAR-2", number(), &[]).await.unwrap();
        // Nothing of what was asked is done yet, nor of what falls due meanwhile.
        for days in [1, 2, 27, 35] {
            world.clock.forward(DAY * days);
            assert_sound(world).await;
        }
        let late = ask(&ana, "ONE-1", number(), "Não deu tempo.").await;
        assert!(late.is_ok(), "{late:?}");
        assert_sound(world).await;
        world.settle().await;
        assert_sound(world).await;
    })
    .await;
}
