//! The preview of a refund, and the buyer's request for one.

use super::job::Job;
use super::mail::{Mail, RefundMoment};
use super::offer::RefundStanding;
use super::pot::{Pot, Reach};
use super::state::State;
use super::store::{self, NewRefund};
use super::{advance, payee};
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::order::{self, OrderRecord};
use crate::{Actor, Buyer, Portal, access, fingerprint, outbox};

use serde_json::json;
use types::view::{LateRefundView, PaybackView, RefundOffer, RefundPreview};
use types::{ChargeId, Instant, ItemId, Method, Money, OrderKind, Payee, Protocol, RefundId, RefundPartId, RequestId};

/// Characters of a message to the producer.
const LONGEST_MESSAGE: usize = 2_000;

/// Why money cannot be asked back.
#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    /// No such order of this buyer.
    #[error("no such order")]
    NotFound,
    /// The window is open: there is nothing to ask the producer for.
    #[error("the window is open")]
    WindowOpen,
    /// A request to the producer says something, in 2,000 characters at most.
    #[error("a message of 1 to 2,000 characters is needed")]
    NoMessage,
    /// The window closed (rule 7).
    #[error("the window closed")]
    WindowClosed {
        /// Its last second.
        until: Instant,
    },
    /// The bank decides (rule 8).
    #[error("the charge is disputed")]
    Disputed,
    /// Everything went back or is going back.
    #[error("nothing is left to refund")]
    NothingLeft,
    /// Nothing was paid.
    #[error("nothing was paid")]
    NotPaid,
    /// It cost nothing.
    #[error("the order cost nothing")]
    Free,
    /// The source never reported the charge that could be paid back.
    #[error("the charge was not told")]
    ChargeNotReported,
    /// More, or less, than there is to give.
    #[error("between 1 and {left} can be given back")]
    OutOfReach {
        /// All that is left, minor units.
        left: i64,
    },
    /// A refund of this order is under way.
    #[error("a refund is under way")]
    UnderWay,
    /// No item was chosen, or one that is not of this order, or one that went back already.
    #[error("no such item to refund")]
    UnknownItem,
    /// The form's number was used for something else.
    #[error("this form was used for another request")]
    OtherRequest,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// A new number for a form.
pub fn new_request_id(portal: &Portal) -> RequestId {
    RequestId(portal.new_id())
}

/// What a refund of these items would do. Changes nothing. No items: all that may be asked for.
pub(crate) async fn preview(
    buyer: &Buyer,
    handle: &str,
    items: &[ItemId],
) -> Result<RefundPreview<OrderRecord>, RefundError> {
    let portal = buyer.portal();
    let order = OrderRecord::of_buyer(portal.db.read().await?.conn(), buyer.person(), handle).await?;
    let order = order.ok_or(RefundError::NotFound)?;
    let (chosen, until) = choose(&order, items, portal.now())?;
    let pot = Pot::of(&order, Reach::Everything);
    let amount = pot.amount(&chosen);
    let parts = pot.spread(amount);
    let has_main = order.items.iter().any(|item| !item.is_bump && chosen.contains(&item.id));
    let is_in_installments = matches!(order.kind, OrderKind::SmartInstallments | OrderKind::SlipInstallments);
    let access = access::of_record(portal, &order).await?;
    let names = |kept: bool| {
        let is_kept = |item: &ItemId| access.is_kept(*item, &chosen) == kept;
        order
            .items
            .iter()
            .filter(|item| chosen.contains(&item.id) && is_kept(&item.id))
            .map(|item| item.name.clone())
            .collect()
    };
    Ok(RefundPreview {
        amount: Money::new(amount, order.currency),
        until,
        needs_payee: payee::is_needed(portal, &order, parts.iter()),
        is_by_hand: parts
            .iter()
            .any(|(id, _)| order.charge(*id).is_some_and(|charge| advance::is_by_hand(portal, &charge.gateway))),
        parts: parts.iter().filter_map(|part| payback(&order, part)).collect(),
        cancels_subscription: order.subscription.is_some() && has_main,
        stops_installments: is_in_installments && has_main,
        access_kept: names(true),
        access_lost: names(false),
        chosen,
        order,
    })
}

/// Asks for money back. The same form pressed again, at once or later, is the same request and has the same answer.
pub async fn request(
    buyer: &Buyer,
    handle: &str,
    request: RequestId,
    items: &[ItemId],
) -> Result<Protocol, RefundError> {
    submit(buyer, handle, request, items, None, None).await
}

/// The same, with the account that the money of a boleto goes to.
pub async fn request_to(
    buyer: &Buyer,
    handle: &str,
    request: RequestId,
    items: &[ItemId],
    payee: &Payee,
) -> Result<Protocol, RefundError> {
    submit(buyer, handle, request, items, None, Some(payee)).await
}

/// What the producer may be asked for after the window. Changes nothing.
pub async fn late_offer(buyer: &Buyer, handle: &str) -> Result<LateRefundView, RefundError> {
    let portal = buyer.portal();
    let order = OrderRecord::of_buyer(portal.db.read().await?.conn(), buyer.person(), handle).await?;
    let order = order.ok_or(RefundError::NotFound)?;
    let (pot, askable) = choose_late(&order, &[], portal.now())?;
    let money = |items: &[ItemId]| Money::new(pot.amount(items), order.currency);
    let items = order.items.iter().filter(|item| askable.contains(&item.id));
    Ok(LateRefundView {
        items: items.map(|item| (item.id, item.name.clone(), money(&[item.id]))).collect(),
        amount: money(&askable),
        answer_by: answer_by(portal, &order)?,
    })
}

/// Asks the producer for the money after the window (rule 7): all that is left, with a word why. Who decides, and until
/// when, is on the receipt.
pub async fn ask(buyer: &Buyer, handle: &str, request: RequestId, message: &str) -> Result<Protocol, RefundError> {
    ask_for(buyer, handle, request, &[], message).await
}

/// The same for some of the items that are left.
pub async fn ask_for(
    buyer: &Buyer,
    handle: &str,
    request: RequestId,
    items: &[ItemId],
    message: &str,
) -> Result<Protocol, RefundError> {
    let message = message.trim();
    if message.is_empty() || message.chars().count() > LONGEST_MESSAGE {
        return Err(RefundError::NoMessage);
    }
    submit(buyer, handle, request, items, Some(message), None).await
}

async fn submit(
    buyer: &Buyer,
    handle: &str,
    request: RequestId,
    items: &[ItemId],
    message: Option<&str>,
    payee: Option<&Payee>,
) -> Result<Protocol, RefundError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = OrderRecord::of_buyer(tx.conn(), buyer.person(), handle).await?.ok_or(RefundError::NotFound)?;
    // From here on nobody else changes this order; what was read before is read again.
    order::lock(&mut tx, order.id).await?;
    let hash = request_hash(&order, items, message);
    if let Some(earlier) = store::by_request(&mut tx, request).await? {
        return if earlier.request_hash == hash {
            Ok(Protocol::on_file(earlier.protocol))
        } else {
            Err(RefundError::OtherRequest)
        };
    }
    let order = OrderRecord::by_id(tx.conn(), order.id).await?.ok_or(RefundError::NotFound)?;
    let (pot, chosen) = match message {
        None => (Pot::of(&order, Reach::Everything), choose(&order, items, portal.now())?.0),
        Some(_) => choose_late(&order, items, portal.now())?,
    };
    let mut new = new_refund(portal, &order, &pot, (pot.amount(&chosen), &chosen), (request, hash))?;
    if let Some(payee) = payee.filter(|_| new.needs_payee) {
        new.payee = Some(payee::seal(portal, new.id, payee)?);
    }
    if let Some(message) = message {
        new.state = State::Requested { answer_by: answer_by(portal, &order)? };
        new.message = Some(message.to_owned());
    }
    if !store::insert(&mut tx, &new).await? {
        return Err(RefundError::UnderWay);
    }
    write_along(buyer, &mut tx, &order, &new).await?;
    portal.commit(tx).await?;
    Ok(new.protocol)
}

/// What belongs to a request: audit entry, the job that carries it on, the mail with its number.
async fn write_along(buyer: &Buyer, tx: &mut Tx, order: &OrderRecord, new: &NewRefund<'_>) -> Result<(), Error> {
    let portal = buyer.portal();
    let event = Refund {
        what: RefundEvent::Requested,
        refund: new.id,
        order: order.id,
        state: new.state.name(),
        amount: new.amount.amount,
    };
    let entry = Record {
        origin: &buyer.origin().address,
        producer: Some(order.producer_id),
        person: Some(order.person),
        order: Some(order.id),
        after: Some(json!({
            "protocol": new.protocol, "amount": new.amount, "state": new.state.name(),
            "payee": new.payee.as_ref().map(|(_, masked)| masked),
        })),
        reason: new.message.as_deref(),
        ..Record::new(Actor::Buyer(buyer.person()), event)
    };
    event::record(portal, tx, entry).await?;
    if let State::Requested { answer_by } = new.state {
        outbox::put(portal, tx, Mail::Buyer { refund: new.id, moment: RefundMoment::Asked }).await?;
        outbox::put(portal, tx, Mail::ProducerAsked { refund: new.id }).await?;
        return outbox::put_at(portal, tx, Mail::ProducerReminder { refund: new.id }, answer_by).await;
    }
    outbox::put(portal, tx, Job::Advance { refund: new.id }).await?;
    if new.needs_payee && new.payee.is_none() {
        outbox::put(portal, tx, Mail::Buyer { refund: new.id, moment: RefundMoment::PayeeNeeded }).await?;
    }
    outbox::put(portal, tx, Mail::Buyer { refund: new.id, moment: RefundMoment::Requested }).await
}

/// The last second of the day by which the producer answers, in the producer's zone.
fn answer_by(portal: &Portal, order: &OrderRecord) -> Result<Instant, Error> {
    let days = order.policy()?.refund.answer_days;
    let last = order.zone.day_after(portal.now(), days).and_then(|day| order.zone.last_second(day));
    last.ok_or_else(|| Error::inconsistent("policies", order.producer_id, "answer_days"))
}

/// What of `items` is left once its window has closed, all of it where none is named, and the money it was paid with.
/// Another item's window may still be open: that one is not the producer's to decide on.
fn choose_late(order: &OrderRecord, items: &[ItemId], now: Instant) -> Result<(Pot, Vec<ItemId>), RefundError> {
    let RefundStanding { offer, mut askable, .. } = RefundStanding::of(order, now);
    match offer {
        RefundOffer::Open { .. } if !askable.is_empty() => {}
        RefundOffer::Closed { .. } => {}
        offer => return Err(refusal(offer)),
    }
    if items.iter().any(|item| !askable.contains(item)) {
        return Err(RefundError::UnknownItem);
    }
    askable.retain(|item| items.is_empty() || items.contains(item));
    Ok((Pot::of(order, Reach::Running), askable))
}

/// Why an order offers no refund at the press of a button.
fn refusal(offer: RefundOffer) -> RefundError {
    match offer {
        RefundOffer::Open { .. } => RefundError::WindowOpen,
        RefundOffer::Closed { until } => RefundError::WindowClosed { until },
        RefundOffer::Free => RefundError::Free,
        RefundOffer::NotPaid => RefundError::NotPaid,
        RefundOffer::ChargeNotReported => RefundError::ChargeNotReported,
        RefundOffer::NothingLeft => RefundError::NothingLeft,
        RefundOffer::UnderWay => RefundError::UnderWay,
        RefundOffer::Disputed => RefundError::Disputed,
    }
}

/// The items meant, and the window's end; or why not.
fn choose(order: &OrderRecord, items: &[ItemId], now: Instant) -> Result<(Vec<ItemId>, Instant), RefundError> {
    let RefundStanding { offer, open, .. } = RefundStanding::of(order, now);
    let until = match offer {
        RefundOffer::Open { until, .. } => until,
        other => return Err(refusal(other)),
    };
    let chosen: Vec<ItemId> = open.iter().copied().filter(|id| items.is_empty() || items.contains(id)).collect();
    let all_known = items.iter().all(|id| open.contains(id));
    if !all_known || chosen.is_empty() || Pot::of(order, Reach::Everything).amount(&chosen) <= 0 {
        return Err(RefundError::UnknownItem);
    }
    Ok((chosen, until))
}

/// A refund of so much money for these items.
pub(super) fn new_refund<'a>(
    portal: &Portal,
    order: &'a OrderRecord,
    pot: &Pot,
    (amount, chosen): (i64, &[ItemId]),
    (request, request_hash): (RequestId, String),
) -> Result<NewRefund<'a>, RefundError> {
    if amount <= 0 {
        return Err(RefundError::NothingLeft);
    }
    let price = |id: &ItemId| order.items.iter().find(|item| item.id == *id).map_or(0, |item| item.amount);
    let parts = pot.spread(amount);
    Ok(NewRefund {
        id: RefundId(portal.new_id()),
        order,
        protocol: Protocol::from_random('R', portal.random()),
        request,
        request_hash,
        amount: Money::new(amount, order.currency),
        needs_payee: payee::is_needed(portal, order, parts.iter()),
        parts: parts.into_iter().map(|(charge, amount)| (RefundPartId(portal.new_id()), charge, amount)).collect(),
        items: chosen.iter().map(|id| (*id, price(id))).collect(),
        state: State::Approved,
        message: None,
        answer: None,
        is_given: false,
        payee: None,
        now: portal.now(),
    })
}

/// What of it goes back by a charge, where to, and how long that takes.
pub(super) fn payback(order: &OrderRecord, (id, amount): &(ChargeId, i64)) -> Option<PaybackView> {
    let charge = order.charge(*id)?;
    let is_card = charge.method == Method::Card && charge.has_same_card;
    Some(PaybackView {
        amount: Money::new(*amount, order.currency),
        paid_at: charge.paid_at,
        method: charge.method,
        card: order.payment.card.clone().filter(|_| is_card),
        bank_days: bank_days(charge.method),
    })
}

/// What the form asked for, whatever the order of its fields.
fn request_hash(order: &OrderRecord, items: &[ItemId], message: Option<&str>) -> String {
    let mut items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.sort();
    items.dedup();
    fingerprint(format!("{} {} {}", order.id, items.join(" "), message.unwrap_or_default()).as_bytes())
}

/// How many days the money takes: the next card statement or two, a working day for Pix, a bank transfer for the rest.
fn bank_days(method: Method) -> (i64, i64) {
    match method {
        Method::Card => (5, 60),
        Method::Pix => (0, 1),
        Method::Boleto | Method::Other => (3, 10),
    }
}
