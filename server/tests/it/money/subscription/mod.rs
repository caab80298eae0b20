//! Ending a subscription: on its day, once, whatever the source still says, and back again until then (rule 6).

mod cancel;
mod end;
mod pages;
mod retention;

use crate::harness::{ANA, DAY, code, line, order, paid_order, place, producer, sign_in};
use portal::Producer;
use portal::intake::{NewOrder, NewSubscription, Version, Way};
use portal::policy::{self, CancelPolicy, Policy, Retention, RetentionOffer};
use portal::purchases::subscription_page;
use portal::refund::new_request_id;
use portal::subscription::{CancelError, cancel};
use portal::testing::World;
use portal::{Buyer, intake, on};
use types::view::SubscriptionPage;
use types::{Instant, IntervalUnit, OrderKind, Protocol, SubscriptionId, SubscriptionStatus};

/// A month of `photo`, paid now, at a gateway that leaves the calendar to us.
pub fn plan(world: &World, code: &str, status: SubscriptionStatus) -> NewOrder {
    let now = world.portal.now();
    let period_end = now.plus(DAY * 30);
    let mut order = paid_order(world, ANA, code, &[("photo", 4_990)]);
    order.kind = OrderKind::Subscription;
    order.subscription = Some(NewSubscription {
        status,
        plan: Some(line("Clube mensal")),
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end,
        next_charge_at: Some(period_end),
        canceled_at: None,
        paid_at: Some(now),
        reference: None,
    });
    order
}

/// Ana with one subscription, signed in.
async fn subscribed(world: &World, status: SubscriptionStatus) -> (Producer, Buyer, SubscriptionId) {
    let producer = producer(world, "luz").await;
    place(world, &producer, plan(world, "S-1", status)).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let id = id_of(&buyer, "S-1").await;
    (producer, buyer, id)
}

async fn id_of(buyer: &Buyer, code: &str) -> SubscriptionId {
    order(buyer, code).await.subscription.unwrap().id
}

async fn page(buyer: &Buyer, id: SubscriptionId) -> SubscriptionPage {
    subscription_page(buyer, id).await.unwrap().expect("the buyer's own subscription")
}

async fn press(buyer: &Buyer, id: SubscriptionId) -> Result<Protocol, CancelError> {
    cancel(buyer, id, new_request_id(buyer.portal()), "", "").await
}

/// The source reports where the subscription stands, as of `at`.
pub async fn report(world: &World, producer: &Producer, mut order: NewOrder, status: SubscriptionStatus, at: Instant) {
    order.version = Version::of_subscription(at);
    order.charge = None;
    if let Some(subscription) = &mut order.subscription {
        subscription.status = status;
    }
    let mut tx = world.portal.db.begin().await.unwrap();
    intake::place(&world.portal, &mut tx, producer, order, Way::Report("test")).await.unwrap();
    world.portal.commit(tx).await.unwrap();
}

async fn set_policy(world: &World, producer: &Producer, cancel: CancelPolicy) {
    policy::put(&world.portal, producer, None, &Policy { cancel, ..Policy::default() }).await.unwrap();
}

async fn rows(world: &World, sql: &'static str) -> Vec<String> {
    let rows: Vec<(String,)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().map(|(row,)| row).collect()
}

fn offers(offers: &[(Option<&str>, RetentionOffer)]) -> CancelPolicy {
    let retention =
        offers.iter().map(|(reason, offer)| Retention { reason: reason.map(code), offer: offer.clone() }).collect();
    CancelPolicy { retention, ..CancelPolicy::default() }
}
