//! Writing an order into the ledger: a new one, or a report about one that is on file.

use super::items::{self, Item};
use super::merge::{Header, Kept};
use super::new_order::NewOrder;
use super::settle::{Change, settle};
use super::store::charge::Books;
use super::take::{Taken, take_charge, take_subscription};
use super::{OrderRefusal, store};
use crate::Portal;
use crate::Producer;
use crate::db::{self, Tx};
use crate::event::Cause;
use types::{Code, Line, OrderId, OrderRef, PersonId, ProducerId};

/// An order that has just come in, with everything that its codes name.
pub(crate) struct Entry<'a> {
    /// The producer, and who speaks for him.
    pub(crate) producer: &'a Producer,
    /// The order as it came.
    pub(crate) order: &'a NewOrder,
    /// Its items, looked up.
    pub(crate) items: &'a [Item],
    /// Whose it is.
    pub(crate) person: PersonId,
    /// Whether its address could be read.
    pub(crate) has_address: bool,
}

/// What a report changed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Changed {
    /// Whether it reported anything that was not known.
    pub(crate) anything: bool,
    /// Whether it reported that the money of its charge went back.
    pub(crate) is_paid_back: bool,
}

/// A subscription without a name bears that of its offer.
pub(crate) fn name_plan(order: &mut NewOrder, items: &[Item]) {
    if let (Some(subscription), Some(main)) = (&mut order.subscription, items.first()) {
        let name = main.offer_name.as_deref().unwrap_or(&main.name);
        subscription.plan = subscription.plan.take().or_else(|| Line::cut(name));
    }
}

/// Writes the row of an order; false when there is one with this code, which is left as it is.
pub(crate) async fn insert(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    source: &str,
) -> Result<bool, db::Error> {
    let Entry { producer, order, person, .. } = entry;
    let order_ref = portal.keys.name("order", id.0.as_bytes());
    let now = portal.now().micros();
    store::order::insert(tx, id, producer.id(), *person, order, &order_ref, source, now).await
}

/// The public half of the order link.
pub(crate) fn order_ref(portal: &Portal, id: OrderId) -> Result<OrderRef, db::Error> {
    let text = portal.keys.name("order", id.0.as_bytes());
    OrderRef::parse(&text).map_err(|error| db::Error::inconsistent("orders", id, error))
}

/// The order on file with this code, locked.
pub(crate) async fn lock(tx: &mut Tx, producer: ProducerId, code: &Code) -> Result<Kept, db::Error> {
    let kept = store::order::lock_by_code(tx, producer, code).await?;
    kept.ok_or_else(|| db::Error::from(sqlx::Error::RowNotFound))
}

/// Writes everything that hangs on an order whose row was just made. `is_whole`: it came with all its items.
pub(crate) async fn fill(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    is_whole: bool,
) -> Result<Changed, OrderRefusal> {
    let Entry { producer, order, items, .. } = entry;
    if is_whole {
        items::insert_all(portal, tx, producer.id(), id, order.currency, items).await?;
    } else {
        items::merge(portal, tx, producer.id(), id, order.currency, items).await?;
    }
    let charge = charge(portal, tx, id, entry).await?;
    if let Some(subscription) = &order.subscription {
        take_subscription(portal, tx, producer.id(), id, subscription, order.version).await?;
        store::sale::keep_plan(tx, (producer.id(), id), subscription, order.currency, order.version).await?;
    }
    Ok(Changed { anything: true, is_paid_back: charge == Taken::PaidBack })
}

/// Lets each register of an order on file take what is newer.
pub(crate) async fn change(
    portal: &Portal,
    tx: &mut Tx,
    kept: &Kept,
    entry: &Entry<'_>,
) -> Result<Changed, OrderRefusal> {
    let Entry { producer, order, items, .. } = entry;
    let has_header = change_header(tx, kept, entry).await?;
    let has_items = items::merge(portal, tx, producer.id(), kept.id, order.currency, items).await?;
    let charge = charge(portal, tx, kept.id, entry).await?;
    let has_subscription = match &order.subscription {
        Some(subscription) => {
            store::sale::keep_plan(tx, (producer.id(), kept.id), subscription, order.currency, order.version).await?;
            take_subscription(portal, tx, producer.id(), kept.id, subscription, order.version).await?
        }
        None => false,
    };
    let anything = has_header || has_items || charge != Taken::Older || has_subscription;
    Ok(Changed { anything, is_paid_back: charge == Taken::PaidBack })
}

/// Takes a newer word about buyer and payment, and an earlier start. Returns whether there was one.
async fn change_header(tx: &mut Tx, kept: &Kept, entry: &Entry<'_>) -> Result<bool, db::Error> {
    let has_earlier_start = entry.order.ordered_at < kept.ordered_at;
    if entry.has_newer_header(kept) {
        store::order::update_header(tx, kept.id, entry.person, &Header::of(entry.order)).await?;
    }
    if has_earlier_start {
        store::order::set_ordered_at(tx, kept.id, entry.order.ordered_at).await?;
    }
    Ok(entry.has_newer_header(kept) || has_earlier_start)
}

async fn charge(portal: &Portal, tx: &mut Tx, id: OrderId, entry: &Entry<'_>) -> Result<Taken, OrderRefusal> {
    let Entry { producer, order, items, .. } = entry;
    match &order.charge {
        Some(charge) => take_charge(portal, tx, (producer.id(), id), &Books::of(order), charge, Some(items)).await,
        None => Ok(Taken::Older),
    }
}

impl Entry<'_> {
    /// Whether its word about buyer and payment counts from now on: the newest that has an address, and while there is
    /// none, the newest. So the end does not depend on what comes first.
    fn has_newer_header(&self, kept: &Kept) -> bool {
        match (kept.header.email.is_unknown(), self.has_address) {
            (true, true) => true,
            (false, false) => false,
            _ => Header::of(self.order) > kept.header,
        }
    }

    /// Whose the order is from now on, if only the newest word about it counts.
    pub(crate) fn person_after(&self, kept: &Kept) -> PersonId {
        if self.has_newer_header(kept) { self.person } else { kept.person }
    }
}

/// What follows from a change: where the order stands, who has access, who is told. `person`: whose it is from now on.
pub(crate) async fn finish(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    before: Option<&Kept>,
    entry: &Entry<'_>,
    person: PersonId,
) -> Result<(), OrderRefusal> {
    let producer = entry.producer;
    let change = Change {
        cause: if before.is_none() { Cause::Created } else { Cause::Reported },
        before: before.map(|kept| kept.status),
        producer: producer.id(),
        person,
        former: before.map(|kept| kept.person).filter(|former| *former != person),
        actor: producer.actor(),
    };
    settle(portal, tx, id, change).await?;
    Ok(())
}
