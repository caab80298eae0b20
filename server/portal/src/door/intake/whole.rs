//! An order that its source sends whole, again and again: made if it is new, replaced if the version is greater.
//!
//! There is one master of the money of an order. What a hook reports is the hook's, and refused here. What our own
//! calendar charges is ours: such an order takes another buyer or contact, and whatever else is said of it must not
//! contradict what was charged, so that nobody is charged twice. Everything else is what the greatest version says.

use super::OrderRefusal;
use crate::db::Tx;
use crate::ledger::entry::{self, Entry};
use crate::ledger::items::{self, Item};
use crate::ledger::whole::{self, OnFile, Replaced};
use crate::ledger::{WholeOrder, person_of};
use crate::{Portal, Producer, access, account, again, billing, refund};
use types::OrderId;

/// The word for orders that come by the API.
const SOURCE: &str = "api";

/// Takes the whole order as its source sees it now. Returns whether anything changed: an older version, and one that
/// says nothing new, change nothing.
pub async fn put(portal: &Portal, producer: &Producer, whole: WholeOrder) -> Result<bool, OrderRefusal> {
    again!(take(portal, producer, whole.clone()).await)
}

async fn take(portal: &Portal, producer: &Producer, mut whole: WholeOrder) -> Result<bool, OrderRefusal> {
    let mut tx = portal.db.begin().await?;
    whole.order.version = whole::version_of(&whole.order, &whole.charges, &whole.refunds);
    let found = whole::find(&mut tx, producer.id(), &whole.order.code).await?;
    let items = items::resolve(portal, &mut tx, producer.id(), &whole.order).await?;
    entry::name_plan(&mut whole.order, &items);
    if found.is_some_and(|known| known.has(whole.version)) {
        older(&mut tx, producer, &whole, &items).await?;
        portal.commit(tx).await?;
        return Ok(false);
    }
    let person = person_of(portal, &mut tx, producer, &mut whole.order).await?;
    let id = OrderId(portal.new_id());
    let entry = Entry { producer, order: &whole.order, items: &items, person, has_address: true };
    let has_changed = if entry::insert(portal, &mut tx, id, &entry, SOURCE).await? {
        if whole.order.subscription.is_none() && whole.order.kind == types::OrderKind::Subscription {
            return Err(OrderRefusal::SubscriptionMissing);
        }
        let replaced = whole::replace(portal, &mut tx, id, None, &entry, &whole).await?;
        finish(portal, &mut tx, id, None, &entry, (&whole, replaced)).await?;
        account::undo_by_purchase(portal, &mut tx, producer, (person, id), whole.order.ordered_at).await?;
        entry::finish(portal, &mut tx, id, None, &entry, person).await?;
        true
    } else {
        change(portal, &mut tx, &entry, &whole).await?
    };
    portal.commit(tx).await?;
    Ok(has_changed)
}

/// Of an older version only counts what was sold.
async fn older(tx: &mut Tx, producer: &Producer, whole: &WholeOrder, items: &[Item]) -> Result<(), OrderRefusal> {
    let kept = entry::lock(tx, producer.id(), &whole.order.code).await?;
    if billing::is_billed(tx, kept.id).await? {
        return Ok(());
    }
    let found = whole::find(tx, producer.id(), &whole.order.code).await?;
    let first = whole::keep_version(tx, kept.id, found.as_ref(), whole, items).await?;
    Ok(whole::write_sale(tx, (producer.id(), kept.id), &first).await?)
}

async fn change(portal: &Portal, tx: &mut Tx, entry: &Entry<'_>, whole: &WholeOrder) -> Result<bool, OrderRefusal> {
    let producer = entry.producer;
    let kept = entry::lock(tx, producer.id(), &whole.order.code).await?;
    // Read again now that nobody else changes it.
    let known = whole::find(tx, producer.id(), &whole.order.code).await?;
    let known = known.ok_or_else(|| crate::db::Error::from(sqlx::Error::RowNotFound))?;
    if known.source != SOURCE {
        return Err(OrderRefusal::OfAnotherSource(known.source));
    }
    if known.kind != whole.order.kind {
        return Err(OrderRefusal::OtherKind);
    }
    if known.has(whole.version) {
        older(tx, producer, whole, entry.items).await?;
        return Ok(false);
    }
    let has_changed = if billing::is_billed(tx, kept.id).await? {
        whole::agree(tx, kept.id, &known, entry, whole).await?;
        whole::keep_version(tx, kept.id, Some(&known), whole, entry.items).await?;
        whole::replace_buyer(tx, &kept, entry).await?
    } else {
        let replaced = whole::replace(portal, tx, kept.id, Some(&kept), entry, whole).await?;
        finish(portal, tx, kept.id, Some(&known), entry, (whole, replaced)).await?
    };
    if has_changed {
        entry::finish(portal, tx, kept.id, Some(&kept), entry, entry.person).await?;
    }
    Ok(has_changed)
}

/// What follows from a report in other features, before it is worked out where the order stands. Returns whether
/// anything was news.
async fn finish(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    before: Option<&OnFile>,
    entry: &Entry<'_>,
    (whole, replaced): (&WholeOrder, Replaced),
) -> Result<bool, OrderRefusal> {
    let gateway = entry.order.gateway.as_str();
    let mut has_changed = replaced.anything;
    access::let_go(tx, &replaced.gone).await?;
    whole::drop_items(tx, &replaced.gone).await?;
    let first = whole::keep_version(tx, id, before, whole, entry.items).await?;
    whole::write_sale(tx, (entry.producer.id(), id), &first).await?;
    for reference in &replaced.paid_back {
        refund::settled_by_source(portal, tx, id, gateway, reference).await?;
    }
    for charge in &whole.charges {
        let reference = charge.reference.as_str();
        let back = refund::reported_by_source(portal, tx, id, (gateway, reference), &whole.refunds, false).await?;
        has_changed |= whole::set_given_back(tx, id, (gateway, reference), back).await?;
    }
    Ok(has_changed)
}
