//! Recomputes the standing of an order after one of its registers changed, and records the event.

use super::standing::{Facts, OrderStanding, was_paid};
use super::store::{self, order::Whose};
use super::words;
use crate::db::{self, Tx};
use crate::event::{self, Cause, Order, Record};
use crate::text::search_form;
use crate::{Actor, Portal};
use serde_json::json;
use std::time::Duration;
use types::{Instant, OrderId, OrderStatus, PersonId, SubscriptionStatus};

/// How long after it a payment is news to whoever paid.
const NEWS: Duration = Duration::from_secs(86_400);

/// Works an order out again from what is on file, after something of ours changed it: a refund, a dispute, a
/// cancellation. Access, calendar and purchase mail follow from the event.
pub async fn restate(portal: &Portal, tx: &mut Tx, id: OrderId) -> Result<OrderStatus, db::Error> {
    restate_for(portal, tx, id, Cause::Decision).await
}

/// The same, with what caused it.
pub(super) async fn restate_for(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    cause: Cause,
) -> Result<OrderStatus, db::Error> {
    let before = store::order::lock(tx, id).await?;
    let Whose { producer, person, .. } = store::order::whose(tx, id).await?;
    let change = Change { cause, before: Some(before), producer, person, former: None, actor: Actor::System };
    settle(portal, tx, id, change).await
}

/// What changed an order, and whose it is.
pub(super) struct Change {
    pub cause: Cause,
    /// Its status so far, none for a new order.
    pub before: Option<OrderStatus>,
    pub producer: types::ProducerId,
    pub person: PersonId,
    /// Whose it was so far, when it goes to somebody else.
    pub former: Option<PersonId>,
    pub actor: Actor,
}

/// Works out status, payment time, currency, total, search text and subscription of a locked order, and writes them
/// down with the event.
pub(super) async fn settle(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    change: Change,
) -> Result<OrderStatus, db::Error> {
    let (OrderStanding { status, paid_at, .. }, is_ended_here) = write(portal, tx, id).await?;
    let Change { cause, before, producer, person, former, actor } = change;
    let is_paid_now = status == OrderStatus::Paid && !before.is_some_and(was_paid);
    // What was paid long ago is history that comes in: nobody waits for word of it.
    let is_of_today = paid_at.is_some_and(|at| portal.now().since(Instant::from_micros(at)) <= NEWS);
    let is_news = (is_paid_now && is_of_today) || (status == OrderStatus::Paid && former.is_some());
    let event = Order::Changed {
        cause,
        order: id,
        producer,
        person,
        former,
        before,
        status,
        is_paid_now,
        is_news,
        is_ended_here,
    };
    let record = Record {
        producer: Some(producer),
        order: Some(id),
        before: before.map(|status| json!({"status": status})),
        after: Some(json!({"status": status})),
        ..Record::new(actor, event)
    };
    event::record(portal, tx, record).await?;
    Ok(status)
}

/// Also says whether a subscription is over by what was decided here.
async fn write(portal: &Portal, tx: &mut Tx, id: OrderId) -> Result<(OrderStanding, bool), db::Error> {
    let mut items = store::item::of_order(tx, id).await?;
    items.retain(|kept| kept.counts);
    let total = items.iter().map(|kept| kept.item.amount).sum();
    let kept = store::charge::of_order(tx, id).await?;
    let charges: Vec<_> = kept.iter().filter(|charge| !charge.goes_back).map(store::charge::fact).collect();
    let subscription = store::subscription::of_order(tx, id).await?.map(|kept| store::subscription::fact(&kept));
    let (given_back, plan_given_back) = store::order::given_back(tx, id).await?;
    let wishes = store::wish::wishes(tx, id).await?;
    let subscription = subscription.as_ref();
    let standing = Facts { charges: &charges, subscription, given_back, plan_given_back, wishes }.standing();
    let names: Vec<&str> = items.iter().map(|kept| kept.item.name.as_str()).collect();
    let code = store::order::code(tx, id).await?;
    let search = search_form(&[&[code.as_str()], names.as_slice()].concat().join(" "));
    let now = portal.now().micros();
    store::order::settle(tx, id, &standing, total, &search, now).await?;
    if let Some(subscription) = standing.subscription {
        store::subscription::settle(tx, id, subscription, now).await?;
    }
    words::write(tx, id).await?;
    let is_over = |status| status == SubscriptionStatus::Ended;
    let is_ended_here = standing.subscription.is_some_and(|now| is_over(now.status))
        && !subscription.is_some_and(|reported| is_over(reported.status));
    Ok((standing, is_ended_here))
}
