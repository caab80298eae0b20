//! A refund of an order that was paid by several charges: one number, a part for each charge, every cent once.

use super::hear_of_refunds;
use crate::harness::{
    ANA, DAY, assert_mails, assert_sound, code, each_world, later, line, offered, order, paid_order, place, producer,
    sign_in,
};
use crate::money::billing::{installments, plan};
use portal::Buyer;
use portal::Producer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::catalogue::product::{Product, put_product};
use portal::intake::{NewOrder, Sold};
use portal::plan::{confirm, quote};
use portal::ports::RefundProgress;
use portal::purchases::refund_preview;
use portal::refund::{ask, new_request_id, request};
use portal::testing::{GatewayFault, World};
use std::time::Duration;
use types::view::{OrderView, RefundOffer};
use types::{ChargeStatus, Currency, IntervalUnit, Method, Money, OrderStatus, RefundState, SubscriptionStatus};

async fn put_plan(world: &World, producer: &Producer, name: &str, amount: i64, targets: &[&str]) {
    let offer = Offer {
        code: code(name),
        product: code("photo"),
        name: line(&format!("Plano {name}")),
        price: Money::new(amount, Currency::BRL),
        interval: Some((IntervalUnit::Month, 1)),
        installments_max: 1,
        change_targets: targets.iter().map(|target| code(target)).collect(),
    };
    put_offer(&world.portal, producer, &offer).await.unwrap();
}

/// A plan at 99.90 with an e-book at 19.90 beside it, paid now in one charge of 119.80.
fn sold(world: &World) -> NewOrder {
    let of_plan = plan(world, ANA, "S-1", Method::Card, 9_990);
    let mut order = paid_order(world, ANA, "S-1", &[("photo", 9_990), ("ebook", 1_990)]);
    order.items[0].sold = Sold::Known { product: code("photo"), offer: code("basic") };
    NewOrder { kind: of_plan.kind, subscription: of_plan.subscription, ..order }
}

/// The same, with a dearer plan taken two days later: its charge, too.
async fn upgraded(world: &World) -> (Buyer, i64) {
    let producer = producer(world, "luz").await;
    put_plan(world, &producer, "gold", 29_990, &[]).await;
    put_plan(world, &producer, "basic", 9_990, &["gold"]).await;
    place(world, &producer, sold(world)).await;
    world.settle().await;
    world.clock.forward(DAY * 2);
    let buyer = sign_in(world, ANA).await;
    let id = order(&buyer, "S-1").await.subscription.unwrap().id;
    let number = quote(&buyer, id, "gold").await.unwrap();
    confirm(&buyer, id, number, 1, true).await.unwrap();
    world.settle().await;
    let view = order(&buyer, "S-1").await;
    assert_eq!(view.charges.len(), 2);
    assert_eq!(view.total.amount, 31_980);
    (buyer, view.charges[0].amount.amount)
}

/// What went back: as the order's page shows it, and as the gateway has it on file.
#[derive(PartialEq, Eq, Debug)]
struct Returned {
    shown: i64,
    sent: i64,
    refunds: usize,
}

impl Returned {
    fn of(world: &World, view: &OrderView) -> Self {
        Self { shown: view.refunded.amount, sent: sent(world), refunds: world.gateway.refunds().len() }
    }
}

fn sent(world: &World) -> i64 {
    world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum()
}

#[tokio::test]
async fn a_plan_and_its_change_come_back_as_one_refund_of_two_charges() {
    each_world(async |world| {
        let (buyer, change) = upgraded(world).await;
        let seen = refund_preview(&buyer, "S-1", &[]).await.unwrap();
        let amounts: Vec<i64> = seen.parts.iter().map(|part| part.amount.amount).collect();
        assert_eq!(seen.amount.amount, 11_980 + change);
        assert_eq!(amounts, vec![change, 11_980]);
        assert_eq!(offered(&seen.order), 11_980 + change);
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        let view = order(&buyer, "S-1").await;
        // Asked for is not paid back.
        assert_eq!((view.refunded.amount, view.charges[0].status), (0, ChargeStatus::Paid));
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!((view.status, view.refunds[0].state), (OrderStatus::Refunded, RefundState::Sent));
        assert_eq!(Returned::of(world, &view), Returned { shown: 11_980 + change, sent: 11_980 + change, refunds: 2 });
        assert!(view.charges.iter().all(|charge| charge.status == ChargeStatus::Refunded));
        assert_eq!(view.subscription.unwrap().status, SubscriptionStatus::Ended);
        assert!(world.area.access_of(ANA).is_empty());
        world.gateway.progress_of("ch_S-1", &RefundProgress::Succeeded);
        later(world).await;
        assert_eq!(order(&buyer, "S-1").await.refunds[0].state, RefundState::Sent, "one of two has arrived");
        world.gateway.progress(&RefundProgress::Succeeded);
        later(world).await;
        assert_eq!(order(&buyer, "S-1").await.refunds[0].state, RefundState::Settled);
        assert_mails(world, &[("RefundRequested", 1), ("RefundSent", 0), ("RefundSettled", 1)]);
    })
    .await;
}

#[tokio::test]
async fn what_was_sold_beside_a_plan_comes_back_at_its_price_and_the_rest_to_the_cent() {
    each_world(async |world| {
        let (buyer, change) = upgraded(world).await;
        let items = order(&buyer, "S-1").await.items;
        let bump = [items[1].id];
        assert_eq!(refund_preview(&buyer, "S-1", &bump).await.unwrap().amount.amount, 1_990);
        assert_eq!(refund_preview(&buyer, "S-1", &[items[0].id]).await.unwrap().amount.amount, 9_990 + change);
        request(&buyer, "S-1", new_request_id(&world.portal), &bump).await.unwrap();
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!(
            (view.status, view.subscription.unwrap().status),
            (OrderStatus::PartlyRefunded, SubscriptionStatus::Active)
        );
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert_eq!((order(&buyer, "S-1").await.status, sent(world)), (OrderStatus::Refunded, 11_980 + change));
    })
    .await;
}

#[tokio::test]
async fn every_part_of_a_price_that_was_paid_comes_back() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let long = Product {
            code: code("photo"),
            name: line("Curso photo"),
            refund_window_days: 200,
            access_days: None,
            access_cycles: None,
        };
        put_product(&world.portal, &producer, &long).await.unwrap();
        place(world, &producer, installments(world, ANA, "P-1", Method::Card, 10_000, 5)).await;
        for _ in 0..4 {
            world.settle().await;
            world.clock.forward(DAY * 31);
        }
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        assert_eq!(offered(&order(&buyer, "P-1").await), 10_000);
        request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let amounts: Vec<i64> = world.gateway.refunds().iter().map(|refund| refund.amount.amount).collect();
        assert_eq!(amounts, [2_000; 5]);
    })
    .await;
}

#[tokio::test]
async fn a_part_that_fails_leaves_the_case_open_for_what_is_left() {
    each_world(async |world| {
        let (buyer, change) = upgraded(world).await;
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        world.gateway.progress_of("ch_S-1", &RefundProgress::Failed { reason: "card expired".to_owned() });
        later(world).await;
        let view = order(&buyer, "S-1").await;
        assert_eq!((view.refunds[0].state, view.status), (RefundState::Failed, OrderStatus::PartlyRefunded));
        assert_eq!((view.refunds[0].back.amount, view.refunded.amount, offered(&view)), (change, change, 11_980));
        assert_eq!(view.subscription.unwrap().status, SubscriptionStatus::Active);
        assert_eq!(world.area.access_of(ANA).len(), 2);
        assert_mails(world, &[("RefundFailed", 1), ("ProducerRefundFailed", 1)]);
        let letters = world.mail.taken();
        let told = &letters.iter().find(|letter| letter.subject == "RefundFailed").unwrap().text;
        assert!(told.contains("amount: 11980") && told.contains(&format!("amount: {change}")), "{told}");
        assert_sound(world).await;
        // What is on its way is watched all the same.
        world.gateway.progress(&RefundProgress::Succeeded);
        later(world).await;
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!((view.status, view.refunds[0].amount.amount), (OrderStatus::Refunded, 11_980));
        assert_eq!(view.refunded.amount, 11_980 + change);
    })
    .await;
}

#[tokio::test]
async fn a_part_that_is_refused_does_not_keep_the_others_from_going_back() {
    each_world(async |world| {
        let (buyer, change) = upgraded(world).await;
        world.gateway.fail_next(&[GatewayFault::Refuses]);
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!((view.refunds[0].state, view.refunds[0].back.amount), (RefundState::Failed, 11_980));
        assert_eq!((offered(&view), view.status), (change, OrderStatus::PartlyRefunded));
    })
    .await;
}

#[tokio::test]
async fn whatever_breaks_between_two_parts_each_is_sent_once() {
    use GatewayFault::{LostAfter, LostBefore, Unavailable};
    let histories: [&[GatewayFault]; 5] = [
        &[LostAfter, LostAfter],
        &[LostBefore, Unavailable, LostAfter, LostBefore],
        &[Unavailable, LostAfter, Unavailable],
        &[LostBefore, LostBefore, LostBefore],
        &[Unavailable, Unavailable, LostAfter],
    ];
    for faults in histories {
        each_world(async |world| {
            let (buyer, change) = upgraded(world).await;
            world.gateway.fail_next(faults);
            request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
            world.settle().await;
            let view = order(&buyer, "S-1").await;
            assert_ne!(view.refunds[0].state, RefundState::Sent);
            assert!(!world.area.access_of(ANA).is_empty(), "access moves with all of the money");
            assert_sound(world).await;
            for _ in 0..8 {
                world.clock.forward(Duration::from_secs(600));
                world.settle().await;
            }
            let view = order(&buyer, "S-1").await;
            assert_eq!(view.refunds[0].state, RefundState::Sent, "{faults:?}");
            assert_eq!(sent(world), 11_980 + change, "{faults:?}");
            assert_eq!(world.gateway.refunds().len(), 2, "{faults:?}");
        })
        .await;
    }
}

#[tokio::test]
async fn after_the_window_the_producer_is_asked_for_the_running_period_only() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        put_plan(world, &producer, "basic", 9_990, &[]).await;
        place(world, &producer, sold(world)).await;
        for _ in 0..3 {
            world.settle().await;
            world.clock.forward(DAY * 31);
        }
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.charges.len(), 4, "three renewals");
        assert!(matches!(view.refund_offer, RefundOffer::Closed { .. }));
        ask(&buyer, "S-1", new_request_id(&world.portal), "Não usei este mês.").await.unwrap();
        let view = order(&buyer, "S-1").await;
        let refund = &view.refunds[0];
        assert_eq!(refund.amount.amount, 9_990, "the e-book stays");
        assert_eq!(refund.items.len(), 1, "the e-book stays");
        world.settle().await;
    })
    .await;
}

/// Steps of the migration before refunds had parts, and the one that gave them some.
macro_rules! steps {
    ($engine:literal) => {
        [
            include_str!(concat!("../../../../../migrations/", $engine, "/0001_main.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0002_policy.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0003_billing.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0004_cancel.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0005_card.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0006_plan.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0007_account.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0008_refund_request.sql")),
            include_str!(concat!("../../../../../migrations/", $engine, "/0009_refund_parts.sql")),
        ]
    };
}

/// A refund as it was kept before, whether a call was begun, and where its one part is afterwards.
const BEFORE: [(&str, Option<i64>, &str); 8] = [
    ("requested", None, "waiting"),
    ("approved", None, "waiting"),
    ("approved", Some(5), "by_hand"),
    ("reconciling", Some(5), "reconciling"),
    ("sent", Some(5), "sent"),
    ("settled", Some(5), "settled"),
    ("failed", Some(5), "failed"),
    ("declined", None, "released"),
];

macro_rules! migrated {
    ($pool:ident, $steps:expr) => {{
        let steps = $steps;
        let (last, first) = steps.split_last().unwrap();
        let mut conn = $pool.acquire().await.unwrap();
        for step in first {
            sqlx::raw_sql(sqlx::AssertSqlSafe(*step)).execute(&mut *conn).await.unwrap();
        }
        let id = |number: usize| uuid::Uuid::from_u128(number as u128 + 1);
        sqlx::query(
            "insert into producers (id, slug, name, email, time_zone, password_hash, created_at)
            values ($1, 'luz', 'Luz', 'l@x.y', 'UTC', '', 1)",
        )
        .bind(id(0))
        .execute(&mut *conn)
        .await
        .unwrap();
        sqlx::query(
            "insert into people (id, email, name, created_at)
            values ($1, 'a@x.y', 'Ana', 1)",
        )
        .bind(id(0))
        .execute(&mut *conn)
        .await
        .unwrap();
        for (number, (state, begun, _)) in BEFORE.iter().enumerate() {
            sqlx::query(
                "insert into orders (id, producer_id, code, ref, kind, status, person_id, buyer_name,
                currency, total, method, gateway, ordered_at,
                    source, source_version, search, created_at, updated_at)
                values ($1, $2, $3, $3, 'one_off', 'paid', $2, 'Ana', 'BRL', 10, 'card', 'test', 1, 'api', 1, '',
                    1, 1)",
            )
            .bind(id(number))
            .bind(id(0))
            .bind(format!("A-{number}"))
            .execute(&mut *conn)
            .await
            .unwrap();
            sqlx::query(
                "insert into charges (id, producer_id, order_id, amount, currency, status, method,
                installments, gateway, reference, created_at, source_version)
                values ($1, $2, $1, 10, 'BRL', 'paid', 'card', 1, 'test', $3, 1, 1)",
            )
            .bind(id(number))
            .bind(id(0))
            .bind(format!("ch-{number}"))
            .execute(&mut *conn)
            .await
            .unwrap();
            let ended: Option<i64> = ["settled", "failed", "declined"].contains(state).then_some(9);
            sqlx::query(
                "insert into refunds (id, producer_id, order_id, charge_id, protocol, request_id,
                request_hash, amount, currency, state,
                    gateway_reference, requested_at, first_sent_at, sent_at, ended_at, answer_by)
                values ($1, $2, $1, $1, $3, $1, '', 10, 'BRL', $4, 'r', 1, $5, $5, $6, 7)",
            )
            .bind(id(number))
            .bind(id(0))
            .bind(format!("R-{number}"))
            .bind(*state)
            .bind(*begun)
            .bind(ended)
            .execute(&mut *conn)
            .await
            .unwrap();
        }
        sqlx::raw_sql(sqlx::AssertSqlSafe(*last)).execute(&mut *conn).await.unwrap();
        let rows: Vec<(uuid::Uuid, uuid::Uuid, uuid::Uuid, i64, String, Option<i64>, String)> = sqlx::query_as(
            "select p.id, p.refund_id, p.charge_id, p.amount, p.state, p.begun_at, f.state from refund_parts p
                join refunds f on f.id = p.refund_id order by f.protocol",
        )
        .fetch_all(&mut *conn)
        .await
        .unwrap();
        assert_eq!(rows.len(), BEFORE.len());
        for (number, (row, (before, was_begun, after))) in rows.iter().zip(BEFORE).enumerate() {
            let (part, refund, charge, amount, state, begun, of_refund) = row;
            // The key that the gateway knows stays the same.
            assert_eq!((*part, *refund, *charge, *amount), (id(number), id(number), id(number), 10));
            assert_eq!((state.as_str(), *begun, of_refund.as_str()), (after, was_begun, before));
        }
    }};
}

#[tokio::test]
async fn refunds_from_before_have_one_part_each_under_the_key_that_the_gateway_knows() {
    let url = portal::testing::sqlite_url();
    let pool = sqlx::SqlitePool::connect(&format!("{url}?mode=rwc")).await.unwrap();
    migrated!(pool, steps!("sqlite"));
    let orphans: Vec<(String,)> =
        sqlx::query_as("select \"table\" from pragma_foreign_key_check").fetch_all(&pool).await.unwrap();
    assert!(orphans.is_empty(), "{orphans:?}");
    let url = portal::testing::postgres_url(crate::harness::postgres::url().await).await;
    let pool = sqlx::PgPool::connect(&url).await.unwrap();
    migrated!(pool, steps!("postgres"));
}

#[tokio::test]
async fn each_part_that_a_bank_sends_back_later_is_owed_again() {
    let failed = RefundProgress::Failed { reason: "account closed".to_owned() };
    each_world(async |world| {
        let (buyer, change) = upgraded(world).await;
        request(&buyer, "S-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        world.gateway.progress(&RefundProgress::Succeeded);
        later(world).await;
        assert_eq!(order(&buyer, "S-1").await.refunds[0].state, RefundState::Settled);
        world.gateway.progress_of("ch_S-1", &failed);
        hear_of_refunds(world).await;
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!((view.refunds[0].state, view.refunds[0].back.amount), (RefundState::Failed, change));
        world.gateway.progress(&failed);
        hear_of_refunds(world).await;
        world.settle().await;
        let view = order(&buyer, "S-1").await;
        assert_eq!(view.refunds[0].back.amount, 0);
        assert_eq!(view.refunded.amount, 0);
        assert_eq!(offered(&view), 11_980 + change);
    })
    .await;
}
