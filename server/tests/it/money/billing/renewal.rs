//! Renewals by the calendar.

use super::{BROKE, has_access, id_of, on, plan, states, status, subscribed, whole};
use super::{report_subscription, slip};
use crate::harness::{ANA, DAY, assert_mails, each_world, line, mails, place, producer};
use portal::billing;
use portal::intake::{NewOrder, Version};
use portal::time::format_instant;
use std::time::Duration;
use types::{InvoiceState, Method, OrderStatus, PostalAddress, SubscriptionStatus, TaxId};

#[tokio::test]
async fn a_renewal_is_told_ahead_and_charged_once_on_its_day() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        on(world, due.minus(DAY * 3)).await;
        assert_eq!(mails(world, "RenewalAhead"), 1);
        assert_eq!(world.gateway.charges().len(), 0);
        on(world, due.minus(Duration::from_secs(1))).await;
        assert_eq!(world.gateway.charges().len(), 0);
        on(world, due).await;
        on(world, due).await;
        let order = whole(world, &producer, "S-1").await;
        let subscription = order.subscription.unwrap();
        assert_eq!(world.gateway.charges().len(), 1);
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, due));
        assert_eq!(format_instant(subscription.period_end), "2027-01-20T12:00:00Z");
        assert_eq!(subscription.next_charge_at, Some(subscription.period_end));
        assert_eq!(order.invoices.len(), 1);
        assert_eq!(order.invoices[0].amount.amount, 4_990);
        assert_eq!((order.charges.len(), order.order.status), (2, OrderStatus::Paid));
        assert!(has_access(world));
        assert_mails(world, &[("RenewalAhead", 1), ("ChargeFailed", 0)]);
    })
    .await;
}

#[tokio::test]
async fn a_charge_says_who_pays_as_far_as_the_checkout_asked() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let mut sold = plan(world, ANA, "S-1", Method::Card, 4_990);
        sold.buyer.tax_id = Some(line("529.982.247-25"));
        sold.buyer.address = PostalAddress { city: Some(line("Recife")), ..PostalAddress::default() };
        let (buyer, due) = (sold.buyer.clone(), sold.subscription.as_ref().unwrap().period_end);
        place(world, &producer, sold).await;
        on(world, due).await;
        let payer = world.gateway.charges()[0].0.payer.clone().unwrap();
        assert_eq!((payer.name.as_str(), &payer.address), (buyer.name.as_str(), &buyer.address));
        assert_eq!(payer.tax_id, TaxId::parse("52998224725").ok());
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_while_we_stood_still_is_charged_once_each() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        // A week in the middle of the repetitions: those missed are one.
        world.gateway.next_charges(&[BROKE]);
        on(world, due).await;
        on(world, due.plus(DAY * 6)).await;
        assert_eq!(world.gateway.charges().len(), 2);
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Active);
        // Two months: the two periods that began meanwhile.
        on(world, due.plus(DAY * 75)).await;
        assert_eq!(world.gateway.charges().len(), 4);
        let order = whole(world, &producer, "S-1").await;
        let starts: Vec<_> = order.invoices.iter().map(|one| format_instant(one.period_start)).collect();
        assert_eq!(starts, ["2026-12-20T12:00:00Z", "2027-01-20T12:00:00Z", "2027-02-20T12:00:00Z"]);
        assert_eq!(format_instant(order.subscription.unwrap().period_end), "2027-03-20T12:00:00Z");
    })
    .await;
}

#[tokio::test]
async fn what_is_cancelled_is_charged_no_more_and_ends_with_its_period() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Boleto).await;
        world.clock.jump(due.minus(DAY * 2));
        world.gateway.next_charges(&[slip(world, 2)]);
        world.settle().await;
        report_subscription(world, "S-1", |reported| {
            (reported.status, reported.next_charge_at) = (SubscriptionStatus::Ending, None)
        })
        .await;
        assert_eq!(states(world, &producer, "S-1").await, [InvoiceState::Void]);
        assert!(has_access(world));
        on(world, due).await;
        assert_eq!(status(world, &producer).await, SubscriptionStatus::Ended);
        assert!(!has_access(world));
        assert_eq!(world.gateway.charges().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_the_next_period_begins_then() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        let back = due.plus(DAY * 60);
        report_subscription(world, "S-1", |reported| {
            (reported.status, reported.next_charge_at) = (SubscriptionStatus::Paused, Some(back))
        })
        .await;
        on(world, due.plus(DAY)).await;
        assert_eq!((world.gateway.charges().len(), has_access(world)), (0, false));
        on(world, back).await;
        let subscription = whole(world, &producer, "S-1").await.subscription.unwrap();
        assert_eq!((subscription.status, subscription.period_start), (SubscriptionStatus::Active, back));
        assert_eq!((world.gateway.charges().len(), has_access(world)), (1, true));
    })
    .await;
}

#[tokio::test]
async fn a_discount_counts_for_its_cycles() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Card).await;
        let id = id_of(world, "S-1").await;
        let mut tx = world.portal.db.begin().await.unwrap();
        billing::set_discount(&mut tx, id, 100, 1).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        on(world, due).await;
        assert_eq!(world.gateway.charges().len(), 0, "what costs nothing is not charged");
        let mut tx = world.portal.db.begin().await.unwrap();
        billing::set_discount(&mut tx, id, 25, 2).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        on(world, due.plus(DAY * 100)).await;
        let order = whole(world, &producer, "S-1").await;
        let amounts: Vec<_> = order.invoices.iter().map(|one| (one.amount.amount, one.discount)).collect();
        assert_eq!(amounts, [(0, 4_990), (3_742, 1_248), (3_742, 1_248), (4_990, 0)]);
    })
    .await;
}

#[tokio::test]
async fn an_order_of_a_source_is_never_charged_by_us() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let order = plan(world, ANA, "S-1", Method::Card, 4_990);
        let due = order.subscription.as_ref().unwrap().period_end;
        let mut tx = world.portal.db.begin().await.unwrap();
        let way = portal::intake::Way::Report("guru:x");
        portal::intake::place(&world.portal, &mut tx, &producer, order, way).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        let elsewhere = NewOrder {
            gateway: crate::harness::line("asaas"),
            version: Version::of_charge(world.portal.now()),
            ..plan(world, ANA, "S-2", Method::Card, 4_990)
        };
        place(world, &producer, elsewhere).await;
        on(world, due.plus(DAY)).await;
        assert_eq!(world.gateway.charges().len(), 0);
    })
    .await;
}
