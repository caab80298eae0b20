//! The one door: a new order, or a word about one that is on file.

use super::items::{self, Item};
use super::merge::{Header, Kept, charge_weight, subscription_weight};
use super::new_order::{NewCharge, NewOrder, NewSubscription, Version};
use super::settle::settle;
use super::store::charge::Books;
use super::{Refusal, dispute, store};
use crate::catalogue::producer::Producer;
use crate::db::{self, Tx};
use crate::outbox::{self, Job};
use crate::portal::Portal;
use crate::{access, account, billing, refund};
use types::{ChargeId, ChargeStatus, Line, OrderId, OrderRef, PersonId, ProducerId, SubscriptionId};

/// How an order comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way<'a> {
    /// It must be new; what it names must be on file. With the word kept as its source: `api`, `import`.
    Create(&'a str),
    /// It may be a word about an order on file, of any age. With the word kept as its source.
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
    /// Whether it said anything that was not known: an older word and a repeated one do not.
    pub has_changed: bool,
}

/// Takes an order or a report in `tx`. Afterwards the buyer's access is looked at again, and the purchase mail is due when the order is paid for
/// the first time.
pub async fn place(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    mut order: NewOrder,
    way: Way<'_>,
) -> Result<Placed, Refusal> {
    let items = items::resolve(portal, tx, producer.id, &order).await?;
    name_plan(&mut order, &items);
    let person = person_of(portal, tx, producer, &mut order).await?;
    let id = OrderId(portal.new_id());
    let installments_max = items.first().map_or(1, |item| item.installments_max);
    let calendar =
        matches!(way, Way::Create(_)).then(|| billing::begin(portal, &mut order, installments_max)).flatten();
    let order_ref = portal.keys.name("order", id.0.as_bytes());
    let (Way::Create(source) | Way::Report(source)) = way;
    if store::order::insert(tx, id, producer.id, person, &order, &order_ref, source, portal.now().micros()).await? {
        fill(portal, tx, producer, id, &order, &items, way).await?;
        if let Some(calendar) = calendar {
            calendar.write(portal, tx, producer, id, &order).await?;
        }
        account::undo_by_purchase(portal, tx, producer, (person, id), order.ordered_at).await?;
        finish(portal, tx, producer, id, None, person).await?;
        return Ok(Placed { id, order_ref: parse_ref(id, &order_ref)?, is_new: true, has_changed: true });
    }
    if let Way::Create(_) = way {
        return Err(Refusal::OrderExists);
    }
    let kept = store::order::lock_by_code(tx, producer.id, &order.code)
        .await?
        .ok_or_else(|| db::Error::from(sqlx::Error::RowNotFound))?;
    let has_changed = change(portal, tx, producer, &kept, &order, &items, person).await?;
    let order_ref = portal.keys.name("order", kept.id.0.as_bytes());
    Ok(Placed { id: kept.id, order_ref: parse_ref(kept.id, &order_ref)?, is_new: false, has_changed })
}

/// A subscription without a name bears that of its offer.
fn name_plan(order: &mut NewOrder, items: &[Item]) {
    if let (Some(subscription), Some(main)) = (&mut order.subscription, items.first()) {
        let name = main.offer_name.as_deref().unwrap_or(&main.name);
        subscription.plan = subscription.plan.take().or_else(|| Line::clean(name));
    }
}

fn parse_ref(id: OrderId, text: &str) -> Result<OrderRef, db::Error> {
    OrderRef::parse(text).map_err(|error| db::Error::inconsistent("orders", id, error))
}

/// Whose the order is. One on file stays with somebody who left the address that is named, and with somebody who is being erased.
async fn person_of(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    order: &mut NewOrder,
) -> Result<PersonId, db::Error> {
    loop {
        // Held first: from here on nobody moves them, and whoever moved before is known to have.
        let person = store::order::person(portal, tx, &order.buyer.email).await?;
        let keeper = store::order::keeper(tx, producer.id, &order.code, &order.buyer.email).await?;
        if let Some((person, email)) = keeper {
            order.buyer.email = email;
            return Ok(person);
        }
        if let Some(person) = person {
            return Ok(person);
        }
        let name = order.buyer.name.as_str();
        if let Some(erasure) = store::order::make_person(portal, tx, &order.buyer.email, name).await? {
            // What member areas still hold of the one before goes first: then theirs is given to the new one.
            outbox::put(portal, tx, Job::AdvanceErasure { erasure }).await?;
        }
    }
}

/// Everything that hangs on an order that was just made.
async fn fill(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    id: OrderId,
    order: &NewOrder,
    items: &[Item],
    way: Way<'_>,
) -> Result<(), Refusal> {
    match way {
        Way::Create(_) => items::insert_all(portal, tx, producer.id, id, order.currency, items).await?,
        Way::Report(_) => items::merge(portal, tx, producer.id, id, order.currency, items).await.map(drop)?,
    }
    if let Some(charge) = &order.charge {
        take_charge(portal, tx, (producer.id, id), &Books::of(order), charge, Some(items)).await?;
    }
    if let Some(subscription) = &order.subscription {
        take_subscription(portal, tx, producer.id, id, subscription, order.version).await?;
        store::sale::keep_plan(tx, (producer.id, id), subscription, order.currency, order.version).await?;
    }
    Ok(())
}

/// Lets each register of an order on file take what is newer. Returns whether any did.
async fn change(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    kept: &Kept,
    order: &NewOrder,
    items: &[Item],
    person: PersonId,
) -> Result<bool, Refusal> {
    let header = Header::of(order);
    let has_header = header > kept.header;
    let has_earlier_start = order.ordered_at < kept.ordered_at;
    if has_header {
        store::order::update_header(tx, kept.id, person, &header).await?;
    }
    if has_earlier_start {
        store::order::set_ordered_at(tx, kept.id, order.ordered_at).await?;
    }
    let has_items = items::merge(portal, tx, producer.id, kept.id, order.currency, items).await?;
    let has_charge = match &order.charge {
        Some(charge) => take_charge(portal, tx, (producer.id, kept.id), &Books::of(order), charge, Some(items)).await?,
        None => false,
    };
    let has_subscription = match &order.subscription {
        Some(subscription) => {
            store::sale::keep_plan(tx, (producer.id, kept.id), subscription, order.currency, order.version).await?;
            take_subscription(portal, tx, producer.id, kept.id, subscription, order.version).await?
        }
        None => false,
    };
    let has_changed = has_header || has_earlier_start || has_items || has_charge || has_subscription;
    if has_changed {
        finish(portal, tx, producer, kept.id, Some(kept), if has_header { person } else { kept.person }).await?;
    }
    Ok(has_changed)
}

impl Books {
    fn of(order: &NewOrder) -> Self {
        Self { gateway: order.gateway.to_string(), currency: order.currency }
    }
}

/// Takes what is said of a charge, if it is newer. `told`: the lines that came with it. Without them it is for what its order sells when it is paid:
/// another plan may begin before that, and none begins for it afterwards.
pub(super) async fn take_charge(
    portal: &Portal,
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    books: &Books,
    charge: &NewCharge,
    told: Option<&[Item]>,
) -> Result<bool, Refusal> {
    let kept = store::charge::of_order(tx, order).await?;
    let known = kept.iter().find(|kept| kept.gateway == books.gateway && kept.charge.reference == charge.reference);
    let took_money = known.is_some_and(|known| took_money(known.charge.status));
    let was_back = known.is_some_and(|known| known.charge.status == ChargeStatus::Refunded);
    match known {
        // That it was paid is no news of what the bank took back or was paid back since: we look late, and the gateway says only that.
        Some(known) if told.is_none() && charge.status == ChargeStatus::Paid && is_gone(known.charge.status) => {
            return Ok(false);
        }
        Some(known) if charge_weight(charge) <= charge_weight(&known.charge) => return Ok(false),
        Some(_) => store::charge::update(tx, producer, books, charge).await?,
        None => {
            let id = ChargeId(portal.new_id());
            if !store::charge::insert(tx, id, producer, order, books, charge).await? {
                return Err(Refusal::ChargeTaken);
            }
        }
    }
    if charge.status == ChargeStatus::Paid {
        dispute::heard_before(tx, producer, books, &charge.reference).await?;
    }
    if told.is_some() || !took_money {
        store::sale::keep_lines(tx, producer, books, &charge.reference, told).await?;
    }
    if charge.status == ChargeStatus::Refunded && !was_back {
        refund::settled_by_source(portal, tx, order, &books.gateway, &charge.reference).await?;
    }
    Ok(true)
}

fn took_money(status: ChargeStatus) -> bool {
    status == ChargeStatus::Paid || is_gone(status)
}

/// Whether money that was taken is not ours any more.
fn is_gone(status: ChargeStatus) -> bool {
    matches!(status, ChargeStatus::Refunded | ChargeStatus::Disputed)
}

pub(super) async fn take_subscription(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    order: OrderId,
    new: &NewSubscription,
    version: Version,
) -> Result<bool, Refusal> {
    let now = portal.now().micros();
    match store::subscription::of_order(tx, order).await? {
        Some(kept) if subscription_weight(new, version) <= subscription_weight(&kept.subscription, kept.version) => {
            return Ok(false);
        }
        Some(_) => store::subscription::update(tx, order, new, version, now).await?,
        None => {
            store::subscription::insert(tx, SubscriptionId(portal.new_id()), producer, order, new, version, now).await?
        }
    }
    Ok(true)
}

/// What follows from a change: where the order stands, who has access, who is told.
pub(super) async fn finish(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    id: OrderId,
    before: Option<&Kept>,
    person: PersonId,
) -> Result<(), Refusal> {
    settle(portal, tx, producer, id, before.map(|kept| kept.status)).await?;
    access::look_again(portal, tx, producer.id, person).await?;
    if let Some(former) = before.map(|kept| kept.person).filter(|former| *former != person) {
        access::look_again(portal, tx, producer.id, former).await?;
    }
    Ok(())
}
