//! Writing down where an order stands after one of its registers changed.

use super::standing::{Facts, Standing, was_paid};
use super::store;
use crate::audit::{self, Entry};
use crate::catalogue::producer::Producer;
use crate::db::{self, Tx};
use crate::outbox;
use crate::text::search_form;
use crate::{Actor, Portal};
use serde_json::json;
use types::{OrderId, OrderStatus};

/// Works out status, payment time, currency, total, search text and subscription of a locked order, and writes them down.
/// `before` is its status so far, none for a new order.
pub(super) async fn settle(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    id: OrderId,
    before: Option<OrderStatus>,
) -> Result<(), db::Error> {
    let status = write(portal, tx, id).await?;
    if before != Some(status) {
        let entry = Entry {
            producer: Some(producer.id),
            order: Some(id),
            before: before.map(|status| json!({"status": status})),
            after: Some(json!({"status": status})),
            ..Entry::new(producer.actor.clone(), if before.is_none() { "order.create" } else { "order.report" })
        };
        audit::record(portal, tx, entry).await?;
    }
    if status == OrderStatus::Paid && !before.is_some_and(was_paid) {
        outbox::put(portal, tx, crate::purchases::Mail::Purchase { order: id }).await?;
    }
    Ok(())
}

/// Works an order out again from what is on file: after a refund of ours was taken by the gateway, or failed later.
pub async fn restate(portal: &Portal, tx: &mut Tx, id: OrderId) -> Result<OrderStatus, db::Error> {
    let before = store::order::lock(tx, id).await?;
    let after = write(portal, tx, id).await?;
    if before != after {
        let change = (json!({"status": before}), json!({"status": after}));
        let entry = Entry {
            order: Some(id),
            before: Some(change.0),
            after: Some(change.1),
            ..Entry::new(Actor::System, "order.restate")
        };
        audit::record(portal, tx, entry).await?;
    }
    Ok(after)
}

async fn write(portal: &Portal, tx: &mut Tx, id: OrderId) -> Result<OrderStatus, db::Error> {
    let items = store::item::of_order(tx, id).await?;
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
    let Standing { status, .. } = standing;
    let now = portal.now().micros();
    store::order::settle(tx, id, &standing, total, &search, now).await?;
    if let Some(subscription) = standing.subscription {
        store::subscription::settle(tx, id, subscription, now).await?;
    }
    Ok(status)
}
