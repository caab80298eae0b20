//! The calendar of money: each period and each instalment once, whatever happens between us and the gateway.

mod dunning;
mod installments;
mod renewal;
mod said_alike;
mod slips;
mod tries;

use crate::harness::{ANA, DAY, code, paid_order, place, producer};
use portal::Producer;
use portal::intake::{NewOrder, NewSubscription};
use portal::plan::Reporter;
use portal::policy::{self, AfterDunning, Policy};
use portal::ports::ChargeProgress;
use portal::sales::{WholeOrder, find};
use portal::testing::World;
use portal::time::Zone;
use portal::{billing, on};
use types::{DeclineReason, Instant, IntervalUnit, InvoiceState, Method, OrderId, OrderKind, SubscriptionStatus};

pub const BROKE: ChargeProgress = ChargeProgress::Declined(DeclineReason::InsufficientFunds);

/// A monthly plan, paid now by this method.
pub fn plan(world: &World, who: &str, order: &str, method: Method, price: i64) -> NewOrder {
    let now = world.portal.now();
    let period_end = zone().intervals_after(now, IntervalUnit::Month, 1);
    let subscription = NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount: price,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end,
        next_charge_at: Some(period_end),
        canceled_at: None,
        paid_at: Some(now),
        reference: None,
    };
    let kind = OrderKind::Subscription;
    with_method(
        NewOrder { kind, subscription: Some(subscription), ..paid_order(world, who, order, &[("photo", price)]) },
        method,
    )
}

/// A price in instalments, the first paid now.
pub fn installments(world: &World, who: &str, order: &str, method: Method, price: i64, count: i64) -> NewOrder {
    let kind = if method == Method::Card { OrderKind::SmartInstallments } else { OrderKind::SlipInstallments };
    let order = NewOrder { kind, installments: Some(count), ..paid_order(world, who, order, &[("photo", price)]) };
    with_method(order, method)
}

fn with_method(mut order: NewOrder, method: Method) -> NewOrder {
    order.payment.method = method;
    order.charge.as_mut().unwrap().method = method;
    order
}

pub fn zone() -> Zone {
    Zone::named("America/Sao_Paulo").unwrap()
}

pub async fn whole(world: &World, producer: &Producer, order: &str) -> WholeOrder {
    find(&world.portal, producer, &code(order)).await.unwrap().unwrap()
}

pub async fn id_of(world: &World, order: &str) -> OrderId {
    let sql = "select id from orders where code = $1";
    let (id,): (uuid::Uuid,) = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(order).fetch_one(c).await.unwrap()
    });
    OrderId(id)
}

/// A producer and Ana's monthly plan of 49.90 by this method; when its first renewal is due.
pub async fn subscribed(world: &World, method: Method) -> (Producer, Instant) {
    let producer = producer(world, "luz").await;
    let order = plan(world, ANA, "S-1", method, 4_990);
    let due = order.subscription.as_ref().unwrap().period_end;
    place(world, &producer, order).await;
    world.settle().await;
    (producer, due)
}

pub async fn on(world: &World, at: Instant) {
    world.clock.jump(at);
    world.settle().await;
}

pub async fn status(world: &World, producer: &Producer) -> SubscriptionStatus {
    whole(world, producer, "S-1").await.subscription.unwrap().status
}

pub async fn states(world: &World, producer: &Producer, order: &str) -> Vec<InvoiceState> {
    whole(world, producer, order).await.invoices.iter().map(|invoice| invoice.state.name()).collect()
}

pub fn has_access(world: &World) -> bool {
    !world.area.access_of(ANA).is_empty()
}

pub async fn keeps(world: &World, producer: &Producer) {
    let mut policy = Policy::default();
    policy.dunning.then = AfterDunning::Keep;
    let mut tx = world.portal.db.begin().await.unwrap();
    policy::write(&mut tx, producer.id(), None, &policy, world.portal.now()).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn report(world: &World, reference: &str, progress: ChargeProgress) -> bool {
    let mut tx = world.portal.db.begin().await.unwrap();
    let changed =
        billing::take_report(&world.portal, &mut tx, Reporter { gateway: "test", producer: None }, reference, progress)
            .await
            .unwrap();
    world.portal.commit(tx).await.unwrap();
    world.settle().await;
    changed
}

pub fn slip(world: &World, days: u32) -> ChargeProgress {
    ChargeProgress::Waiting {
        code: "00190.00009".to_owned(),
        url: "https://gateway.test/slip".to_owned(),
        until: world.portal.now().plus(DAY * days),
    }
}

pub async fn reference(world: &World, producer: &Producer, order: &str) -> String {
    whole(world, producer, order).await.charges[0].reference.clone()
}

/// A report of somebody else about the subscription: cancelled, paused.
pub async fn report_subscription(world: &World, order: &str, change: impl FnOnce(&mut NewSubscription)) {
    let id = id_of(world, order).await;
    let mut tx = world.portal.db.begin().await.unwrap();
    let mut subscription = portal::ledger::reported_subscription(&mut tx, id).await.unwrap().unwrap();
    change(&mut subscription);
    portal::ledger::report(&world.portal, &mut tx, id, None, Some(subscription)).await.unwrap();
    billing::void_open(&world.portal, &mut tx, id).await.unwrap();
    world.portal.commit(tx).await.unwrap();
    world.settle().await;
}
