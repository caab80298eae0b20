//! Another plan: listed, quoted, confirmed once, paid first; or with the renewal, and undone until then (rules 11 and
//! 12).

mod charge;
mod clocks;
mod list;
mod money_back;
mod quote;
mod scheduled;

use crate::harness::{ANA, code, line, order, paid_order, place, producer, sign_in};
use portal::Buyer;
use portal::Producer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::intake::{Card, NewOrder, NewSubscription, Version};
use portal::plan::{change, confirm, quote};
use portal::policy::Policy;
use portal::testing::World;
use portal::time::parse_instant;
use types::view::SubscriptionView;
use types::{
    Currency, Instant, IntervalUnit, Money, OrderKind, PlanChangeState, QuoteId, SubscriptionId, SubscriptionStatus,
};

const BRL: Currency = Currency::BRL;

fn at(text: &str) -> Instant {
    parse_instant(text).unwrap()
}

/// Plans: `basic` (of the e-book) lists all others; `gold` and `year` are of the course; three cannot be chosen.
async fn shop(world: &World) -> Producer {
    let producer = producer(world, "luz").await;
    let usd = Currency::parse("USD").unwrap();
    let month = Some((IntervalUnit::Month, 1));
    put(world, &producer, "gold", "photo", 19_990, BRL, month, &["basic", "year"]).await;
    put(world, &producer, "year", "photo", 49_900, BRL, Some((IntervalUnit::Year, 1)), &["basic"]).await;
    put(world, &producer, "dollars", "photo", 3_990, usd, month, &[]).await;
    put(world, &producer, "once", "photo", 3_990, BRL, None, &[]).await;
    put(world, &producer, "free", "ebook", 0, BRL, month, &["basic"]).await;
    let targets = ["gold", "year", "dollars", "once", "ghost", "free", "basic"];
    put(world, &producer, "basic", "ebook", 9_990, BRL, month, &targets).await;
    producer
}

#[expect(clippy::too_many_arguments, reason = "a row of a table")]
async fn put(
    world: &World,
    producer: &Producer,
    name: &str,
    product: &str,
    amount: i64,
    currency: Currency,
    interval: Option<(IntervalUnit, i64)>,
    targets: &[&str],
) {
    let offer = Offer {
        code: code(name),
        product: code(product),
        name: line(&format!("Plano {name}")),
        price: Money::new(amount, currency),
        interval,
        installments_max: 12,
        change_targets: targets.iter().map(|target| code(target)).collect(),
    };
    put_offer(&world.portal, producer, &offer).await.unwrap();
}

/// A subscription to an offer, paid for 27 October to 27 November: at noon of 20 November, 7 of 31 days are left.
fn sold(world: &World, number: &str, offer: &str, product: &str, amount: i64) -> NewOrder {
    let (start, end) = (at("2026-10-27T15:00:00Z"), at("2026-11-27T15:00:00Z"));
    let mut new = paid_order(world, ANA, number, &[(product, amount)]);
    new.items[0].sold = portal::intake::Sold::Known { product: code(product), offer: code(offer) };
    new.kind = OrderKind::Subscription;
    new.payment.card = Some(Card { brand: line("visa"), last4: "4242".to_owned(), exp_month: 12, exp_year: 2030 });
    new.ordered_at = start;
    new.version = Version::of_charge(start);
    if let Some(charge) = &mut new.charge {
        (charge.created_at, charge.paid_at, charge.changed_at) = (start, Some(start), start);
    }
    new.subscription = Some(NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount,
        interval: (IntervalUnit::Month, 1),
        period_start: start,
        period_end: end,
        next_charge_at: Some(end),
        canceled_at: None,
        paid_at: Some(start),
        reference: None,
    });
    new
}

async fn subscribed(world: &World) -> (Producer, Buyer, SubscriptionId) {
    let producer = shop(world).await;
    place(world, &producer, sold(world, "S-1", "basic", "ebook", 9_990)).await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let id = subscription(&buyer, "S-1").await.id;
    (producer, buyer, id)
}

async fn subscription(buyer: &Buyer, number: &str) -> SubscriptionView {
    order(buyer, number).await.subscription.unwrap()
}

async fn policy(world: &World, producer: &Producer, product: Option<&str>, change: impl FnOnce(&mut Policy)) {
    let mut policy = Policy::default();
    change(&mut policy);
    let mut tx = world.portal.db.begin().await.unwrap();
    let product = product.map(code);
    let now = world.portal.now();
    portal::policy::write(&mut tx, producer.id(), product.as_ref(), &policy, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Quotes and confirms; with all that follows.
async fn changed(world: &World, buyer: &Buyer, id: SubscriptionId, target: &str) -> QuoteId {
    let number = quote(buyer, id, target).await.unwrap();
    confirm(buyer, id, number, 1, true).await.unwrap();
    world.settle().await;
    number
}

async fn state(buyer: &Buyer, id: SubscriptionId, number: QuoteId) -> PlanChangeState {
    change(buyer, id, number).await.unwrap().unwrap().state
}
