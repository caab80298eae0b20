//! The producer gives money back without being asked: the whole order, some of its items, or an amount (rule 8).
//!
//! No window closes for it, and what follows is what follows from a refund that a buyer asks for: the same parts, the
//! same job, and nothing twice. What is given whole, or for an item, ends what was paid for with it. An amount ends
//! nothing: it names no item. All that is left is the whole order, however it was asked for.

use super::job::Job;
use super::mail::{Mail, RefundMoment};
use super::pot::{Pot, Reach};
use super::request::{RefundError, new_refund, payback};
use super::state::State;
use super::store::{self, NewRefund};
use super::{advance, payee};
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::order::{self, OrderRecord};
use crate::{Portal, Producer, access, fingerprint, outbox};
use serde_json::json;
use types::view::{PaybackView, RefundOffer};
use types::{Code, ItemId, Line, Money, OrderId, OrderStatus, Protocol, RefundState, RequestId};

/// What is given back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gift {
    /// All that is left of the order.
    Everything,
    /// What was paid for these items.
    Items(Vec<ItemId>),
    /// So much, in minor units of the order's currency.
    Amount(i64),
}

/// Why it is given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reason {
    /// What the buyer reads.
    pub to_buyer: Line,
    /// What only the log keeps.
    pub inside: Option<Line>,
}

/// What may be given back of an order now.
#[derive(Clone, PartialEq, Debug)]
pub struct Givable {
    /// All that is left.
    pub left: Money,
    /// Items that no refund holds, each with what comes back for it alone.
    pub items: Vec<(ItemId, String, Money)>,
}

/// What giving would do.
#[derive(Clone, Debug)]
pub struct GiftPreview {
    /// How much goes back.
    pub amount: Money,
    /// By which charges, where to, and how long it takes.
    pub parts: Vec<PaybackView>,
    /// Names of the items that are given up with it; none for an amount.
    pub items: Vec<String>,
    /// Whether the subscription ends with it.
    pub ends_subscription: bool,
    /// Items whose access goes with it.
    pub access_lost: Vec<String>,
    /// Whether the producer pays it back, at a gateway that this installation does not reach.
    pub is_by_hand: bool,
    /// Whether the buyer is asked for an account first.
    pub needs_payee: bool,
}

/// What may be given back of this order now, or why nothing.
pub(crate) fn givable(order: &OrderRecord) -> Result<Givable, RefundError> {
    let pot = pot(order)?;
    let money = |amount| Money::new(amount, order.currency);
    let free = order.items.iter().filter(|item| item.refund.is_none());
    let items = free.map(|item| (item.id, item.name.clone(), money(pot.amount(&[item.id]))));
    Ok(Givable { left: money(pot.left()), items: items.filter(|(.., amount)| amount.amount > 0).collect() })
}

/// What giving this would do. Changes nothing.
pub async fn preview_gift(producer: &Producer, code: &Code, gift: &Gift) -> Result<GiftPreview, RefundError> {
    let portal = producer.portal();
    let order = find(portal, producer, code).await?;
    let Chosen { amount, items, parts, .. } = choose(&order, gift)?;
    let access = access::of_record(portal, &order).await?;
    let chosen = || order.items.iter().filter(|item| items.contains(&item.id));
    Ok(GiftPreview {
        amount: Money::new(amount, order.currency),
        items: chosen().map(|item| item.name.clone()).collect(),
        ends_subscription: order.subscription.is_some() && chosen().any(|item| !item.is_bump),
        access_lost: chosen()
            .filter(|item| item.is_managed && !access.is_kept(item.id, &items))
            .map(|item| item.name.clone())
            .collect(),
        is_by_hand: parts
            .iter()
            .any(|(id, _)| order.charge(*id).is_some_and(|charge| advance::is_by_hand(portal, &charge.gateway))),
        needs_payee: payee::is_needed(portal, &order, parts.iter()),
        parts: parts.iter().filter_map(|part| payback(&order, part)).collect(),
    })
}

/// Gives money back. The same form pressed again, at once or later, is the same refund and has the same number.
pub async fn give(
    producer: &Producer,
    code: &Code,
    request: RequestId,
    gift: &Gift,
    reason: &Reason,
) -> Result<Protocol, RefundError> {
    let portal = producer.portal();
    let id = order::of_producer(portal.db.read().await?.conn(), producer.id(), code).await?;
    let id = id.ok_or(RefundError::NotFound)?;
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, id).await?;
    let hash = hash(id, gift);
    if let Some(earlier) = store::by_request(&mut tx, request).await? {
        let is_same = earlier.request_hash == hash;
        return if is_same { Ok(Protocol::on_file(earlier.protocol)) } else { Err(RefundError::OtherRequest) };
    }
    let order = OrderRecord::by_id(tx.conn(), id).await?.ok_or(RefundError::NotFound)?;
    let chosen = choose(&order, gift)?;
    let pot = pot(&order)?;
    let mut new = new_refund(portal, &order, &pot, (chosen.amount, &chosen.items), (request, hash))?;
    (new.is_given, new.answer) = (true, Some(reason.to_buyer.to_string()));
    if !store::insert(&mut tx, &new).await? {
        return Err(RefundError::UnderWay);
    }
    write_along(producer, &mut tx, &new, reason).await?;
    portal.commit(tx).await?;
    Ok(new.protocol)
}

async fn find(portal: &Portal, producer: &Producer, code: &Code) -> Result<OrderRecord, RefundError> {
    let mut reader = portal.db.read().await?;
    let id = order::of_producer(reader.conn(), producer.id(), code).await?.ok_or(RefundError::NotFound)?;
    OrderRecord::by_id(reader.conn(), id).await?.ok_or(RefundError::NotFound)
}

/// The money that is there to be given, or why there is none.
fn pot(order: &OrderRecord) -> Result<Pot, RefundError> {
    let under_way = [RefundState::Requested, RefundState::Approved, RefundState::Reconciling];
    if order.refunds.iter().any(|refund| under_way.contains(&refund.state)) {
        return Err(RefundError::UnderWay);
    }
    let pot = Pot::of(order, Reach::Everything);
    if order.status == OrderStatus::Disputed || pot.is_disputed {
        return Err(RefundError::Disputed);
    }
    match pot.left() {
        left if left > 0 => Ok(pot),
        _ => Err(match super::offer::nothing_left(order) {
            RefundOffer::Free => RefundError::Free,
            RefundOffer::NotPaid => RefundError::NotPaid,
            RefundOffer::ChargeNotReported => RefundError::ChargeNotReported,
            _ => RefundError::NothingLeft,
        }),
    }
}

/// What is given back: how much, for which items, and of which charges.
struct Chosen {
    amount: i64,
    items: Vec<ItemId>,
    parts: Vec<(types::ChargeId, i64)>,
}

fn choose(order: &OrderRecord, gift: &Gift) -> Result<Chosen, RefundError> {
    let pot = pot(order)?;
    let free: Vec<ItemId> = order.items.iter().filter(|item| item.refund.is_none()).map(|item| item.id).collect();
    let (amount, items) = match gift {
        Gift::Items(chosen) if chosen.is_empty() || chosen.iter().any(|item| !free.contains(item)) => {
            return Err(RefundError::UnknownItem);
        }
        Gift::Items(chosen) => (pot.amount(chosen), chosen.clone()),
        Gift::Amount(amount) if *amount <= 0 || *amount > pot.left() => {
            return Err(RefundError::OutOfReach { left: pot.left() });
        }
        Gift::Amount(amount) if *amount < pot.left() => (*amount, Vec::new()),
        Gift::Amount(_) | Gift::Everything => (pot.left(), free),
    };
    if amount <= 0 {
        return Err(RefundError::NothingLeft);
    }
    Ok(Chosen { amount, items, parts: pot.spread(amount) })
}

/// What belongs to it: audit entry, the job that carries it on, the mail with its number.
async fn write_along(producer: &Producer, tx: &mut Tx, new: &NewRefund<'_>, reason: &Reason) -> Result<(), Error> {
    let (portal, order, refund) = (producer.portal(), new.order, new.id);
    let (what, state, amount) = (RefundEvent::Given, State::Approved.name(), new.amount.amount);
    let event = Refund { what, refund, order: order.id, state, amount };
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(order.person),
        order: Some(order.id),
        after: Some(json!({
            "protocol": new.protocol, "amount": new.amount, "items": new.items.len(), "told": reason.to_buyer.as_str(),
        })),
        reason: reason.inside.as_ref().map(Line::as_str),
        ..Record::new(producer.actor(), event)
    };
    event::record(portal, tx, entry).await?;
    outbox::put(portal, tx, Job::Advance { refund }).await?;
    if new.needs_payee {
        outbox::put(portal, tx, Mail::Buyer { refund, moment: RefundMoment::PayeeNeeded }).await?;
    }
    outbox::put(portal, tx, Mail::Buyer { refund, moment: RefundMoment::Given }).await
}

/// What the form asked for, whatever the order of its fields.
fn hash(order: OrderId, gift: &Gift) -> String {
    let words = match gift {
        Gift::Everything => "everything".to_owned(),
        Gift::Amount(amount) => format!("amount {amount}"),
        Gift::Items(items) => {
            let mut items: Vec<String> = items.iter().map(ToString::to_string).collect();
            items.sort();
            items.dedup();
            items.join(" ")
        }
    };
    fingerprint(format!("{order} given {words}").as_bytes())
}
