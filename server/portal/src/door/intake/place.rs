//! The one door: a new order, or a report about one that is on file.

use crate::Producer;
use crate::db::Tx;
use crate::ledger::entry::{self, Changed, Entry};
use crate::ledger::{NewOrder, OrderRefusal, items, person_of};
use crate::{Portal, account, billing, refund, subscription};
use types::{OrderId, OrderRef};

/// The way in which an order comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way<'a> {
    /// It must be new; what it names must be on file. With the word kept as its source: `api`, `import`.
    Create(&'a str),
    /// It may be a report about an order on file, of any age. With the word kept as its source.
    Report(&'a str),
}

/// What became of it.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The order.
    pub id: OrderId,
    /// The public half of its order link.
    pub order_ref: OrderRef,
    /// Whether it was new.
    pub is_new: bool,
    /// Whether it reported anything that was not known: an older report and a repeated one do not.
    pub has_changed: bool,
}

/// Takes an order or a report in `tx`. Afterwards the buyer's access is looked at again, and the purchase mail is due
/// when the order is paid for the first time.
pub async fn place(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    mut order: NewOrder,
    way: Way<'_>,
) -> Result<Placed, OrderRefusal> {
    let items = items::resolve(portal, tx, producer.id(), &order).await?;
    entry::name_plan(&mut order, &items);
    let has_address = !order.buyer.email.is_unknown();
    let person = person_of(portal, tx, producer, &mut order).await?;
    let id = OrderId(portal.new_id());
    let installments_max = items.first().map_or(1, |item| item.installments_max);
    let is_created = matches!(way, Way::Create(_));
    let calendar = match is_created {
        true => billing::begin(portal, tx, producer, &mut order, installments_max).await?,
        false => None,
    };
    let (Way::Create(source) | Way::Report(source)) = way;
    let entry = Entry { producer, order: &order, items: &items, person, has_address };
    if entry::insert(portal, tx, id, &entry, source).await? {
        let changed = entry::fill(portal, tx, id, &entry, is_created).await?;
        follow(portal, tx, id, &entry, changed).await?;
        if let Some(calendar) = calendar {
            calendar.write(portal, tx, producer, id, &order).await?;
        } else if is_created && order.subscription.as_ref().is_some_and(|plan| plan.reference.is_some()) {
            subscription::begin(portal, tx, id).await?;
        }
        account::undo_by_purchase(portal, tx, producer, (person, id), order.ordered_at).await?;
        entry::finish(portal, tx, id, None, &entry, person).await?;
        return Ok(Placed { id, order_ref: entry::order_ref(portal, id)?, is_new: true, has_changed: true });
    }
    if is_created {
        return Err(OrderRefusal::OrderExists);
    }
    let kept = entry::lock(tx, producer.id(), &order.code).await?;
    let changed = entry::change(portal, tx, &kept, &entry).await?;
    follow(portal, tx, kept.id, &entry, changed).await?;
    if changed.anything {
        entry::finish(portal, tx, kept.id, Some(&kept), &entry, entry.person_after(&kept)).await?;
    }
    let order_ref = entry::order_ref(portal, kept.id)?;
    Ok(Placed { id: kept.id, order_ref, is_new: false, has_changed: changed.anything })
}

/// A source paid the charge back: a refund of ours that waits for it is settled.
async fn follow(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    changed: Changed,
) -> Result<(), OrderRefusal> {
    if let (true, Some(charge)) = (changed.is_paid_back, &entry.order.charge) {
        refund::settled_by_source(portal, tx, id, entry.order.gateway.as_str(), &charge.reference).await?;
    }
    Ok(())
}
