//! One order, whole, as its buyer sees it.

use super::store::{self, EventRow};
use crate::access::{self, AccessOfOrder};
use crate::billing;
use crate::db::Error;
use crate::order::{Charge, Found, OrderItem as Item, OrderRecord, OrderRefund as Refund, RefundPart};
use crate::refund;
use crate::{Buyer, Portal};
use serde_json::Value;
use types::view::{AccessView, ChargeView, ItemView, OrderView, OverdueView, RefundView, TimelineEntry, TimelineEvent};
use types::{ChargeStatus, Instant, ItemId, Money, OrderKind, RefundPartState, RefundState};

/// The buyer's own order by what stands in its address. Absent and somebody else's are the same `None`.
pub async fn for_buyer(buyer: &Buyer, handle: &str) -> Result<Option<OrderView>, Error> {
    let found = store::with_events(buyer.portal().db.read().await?.conn(), buyer.person(), handle).await?;
    let Some(Found { order: record, also: events, .. }) = found else { return Ok(None) };
    let mut view = view_of(buyer.portal(), &record).await?;
    add_events(&mut view.timeline, events);
    Ok(Some(view))
}

/// The same without what the log tells, for pages that show no history.
pub async fn without_log(buyer: &Buyer, handle: &str) -> Result<Option<OrderView>, Error> {
    let record = OrderRecord::of_buyer(buyer.portal().db.read().await?.conn(), buyer.person(), handle).await?;
    match record {
        Some(record) => view_of(buyer.portal(), &record).await.map(Some),
        None => Ok(None),
    }
}

/// A record with its access, as a view.
pub(crate) async fn view_of(portal: &Portal, record: &OrderRecord) -> Result<OrderView, Error> {
    let access = access::of_record(portal, record).await?;
    let parts = match record.kind {
        OrderKind::SmartInstallments | OrderKind::SlipInstallments => {
            billing::parts_of(portal.db.read().await?.conn(), record.id).await?
        }
        OrderKind::OneOff | OrderKind::Subscription => Vec::new(),
    };
    let overdue = overdue(portal, record).await?;
    let refundable = refund::open_items(record, portal.now());
    let is_closed = |item: &Item| item.refund.is_none() && !refundable.contains(&item.id);
    let askable = match record.items.iter().any(is_closed) {
        true => refund::askable_items(record, portal.now()),
        false => Vec::new(),
    };
    let item = |item| view_item(record, item, &access, (&refundable, &askable));
    let items: Vec<ItemView> = record.items.iter().map(item).collect();
    Ok(OrderView {
        handle: record.handle(),
        code: record.code.clone(),
        seller: record.seller.clone(),
        kind: record.kind,
        status: record.status,
        buyer_name: record.buyer_name.clone(),
        email: record.email.clone(),
        ordered_at: record.ordered_at,
        paid_at: record.paid_at,
        total: record.total,
        refunded: Money::new(record.refunded(), record.currency),
        payment: record.payment.clone(),
        timeline: timeline(record, &items),
        items,
        charges: record.charges.iter().map(|charge| view_charge(record, charge)).collect(),
        subscription: record.subscription.clone(),
        parts,
        overdue,
        refund_offer: refund::offer(record, portal.now()),
        refunds: record.refunds.iter().map(Refund::view).collect(),
    })
}

/// What was tried in vain is owed: where nothing is, the calendar is not asked.
async fn overdue(portal: &Portal, record: &OrderRecord) -> Result<Option<OverdueView>, Error> {
    if !record.has_owed {
        return Ok(None);
    }
    billing::overdue_of(portal.db.read().await?.conn(), record.id).await
}

fn view_item(
    record: &OrderRecord,
    item: &Item,
    access: &AccessOfOrder,
    (refundable, askable): (&[ItemId], &[ItemId]),
) -> ItemView {
    ItemView {
        id: item.id,
        name: item.name.clone(),
        offer: item.offer.clone(),
        amount: Money::new(item.amount, record.currency),
        is_bump: item.is_bump,
        refund: item.refund,
        refundable: refundable.contains(&item.id),
        askable: askable.contains(&item.id),
        access: access.of_item(item.id),
    }
}

fn view_charge(record: &OrderRecord, charge: &Charge) -> ChargeView {
    let is_back = charge.status == ChargeStatus::Paid
        && !charge.goes_back
        && charge.amount.amount > 0
        && record.back_of(charge) >= charge.amount.amount;
    ChargeView {
        id: charge.id,
        amount: charge.amount,
        status: if is_back { ChargeStatus::Refunded } else { charge.status },
        method: charge.method,
        installments: charge.installments,
        created_at: charge.created_at,
        paid_at: charge.paid_at,
        payment_code: charge.payment_code.clone(),
        payment_url: charge.payment_url.clone(),
        due_on: charge.due_on.clone(),
        back_by_source: record.back_by_source(charge).map(|amount| (charge.changed_at, amount)),
        period: charge.period,
    }
}

impl Refund {
    /// Whether nobody outside has heard of it yet.
    fn may_be_withdrawn(&self) -> bool {
        let is_open = matches!(self.state, RefundState::Requested | RefundState::Approved);
        let is_told = |part: &RefundPart| part.state == RefundPartState::ByHand;
        is_open && !self.parts.iter().any(is_told)
    }

    /// Whether it is agreed to, and an account is missing that the money can go to.
    fn waits_for_payee(&self) -> bool {
        let is_agreed = matches!(self.state, RefundState::Approved | RefundState::Reconciling);
        let is_waiting = |part: &RefundPart| part.state == RefundPartState::Waiting;
        is_agreed && self.payee_asked_at.is_some() && self.payee.is_none() && self.parts.iter().any(is_waiting)
    }

    /// As its tracker shows it.
    pub(crate) fn view(&self) -> RefundView {
        RefundView {
            protocol: self.protocol.clone(),
            state: self.state,
            amount: self.amount,
            back: Money::new(self.back(), self.amount.currency),
            items: self.items.clone(),
            requested_at: self.requested_at,
            sent_at: self.sent_at,
            ended_at: self.ended_at,
            answer_by: self.answer_by,
            answer: self.answer.clone(),
            may_be_withdrawn: self.may_be_withdrawn(),
            is_by_hand: self.parts.iter().any(|part| part.state == RefundPartState::ByHand),
            waits_for_payee: self.waits_for_payee(),
            payee: self.payee.clone(),
        }
    }
}

fn timeline(record: &OrderRecord, items: &[ItemView]) -> Vec<TimelineEntry> {
    let entry = |at: Option<Instant>, event| at.map(|at| TimelineEntry { at, event });
    let canceled_at = record.subscription.as_ref().and_then(|subscription| subscription.canceled_at);
    let removed_at = items
        .iter()
        .filter_map(|item| if let AccessView::Removed { at } = item.access { Some(at) } else { None })
        .max();
    let mut entries: Vec<TimelineEntry> = [
        entry(Some(record.ordered_at), TimelineEvent::Ordered),
        entry(record.paid_at, TimelineEvent::Paid),
        entry(record.released_at, TimelineEvent::AccessConfirmed),
        entry(canceled_at, TimelineEvent::SubscriptionCanceled),
        entry(removed_at, TimelineEvent::AccessRemoved),
    ]
    .into_iter()
    .flatten()
    .chain(record.refunds.iter().flat_map(refund_entries))
    .collect();
    entries.sort_by_key(|entry| entry.at);
    entries
}

/// What the log tells beside the order's own state: who did what, and which mails went out.
fn add_events(timeline: &mut Vec<TimelineEntry>, events: Vec<EventRow>) {
    if events.iter().any(|event| !event.is_mail && event.word == "subscription.cancel") {
        // Said once: by the one who did it.
        timeline.retain(|entry| entry.event != TimelineEvent::SubscriptionCanceled);
    }
    let has_ended = events.iter().any(|event| event.word == "subscription.end");
    let events = events.into_iter().filter(|event| !(has_ended && event.word == "billing.end"));
    let entry = |event: EventRow| TimelineEntry { at: Instant::from_micros(event.at), event: event_of(event) };
    timeline.extend(events.map(entry));
    timeline.sort_by_key(|entry| entry.at);
}

/// A change of plan is told by where it went: `plan.applied`, `plan.declined`.
fn event_of(event: EventRow) -> TimelineEvent {
    if event.is_mail {
        return TimelineEvent::MailSent(event.word);
    }
    let after = event.after.filter(|_| event.word == "plan.follow");
    let after: Option<Value> = after.and_then(|after| serde_json::from_str(&after).ok());
    let state = after.as_ref().and_then(|after| after.get("state")).and_then(Value::as_str);
    TimelineEvent::Recorded(state.map_or(event.word, |state| format!("plan.{state}")))
}

fn refund_entries(refund: &Refund) -> Vec<TimelineEntry> {
    let protocol = || refund.protocol.clone();
    let mut entries =
        vec![TimelineEntry { at: refund.requested_at, event: TimelineEvent::RefundRequested(protocol()) }];
    entries.extend(refund.sent_at.map(|at| TimelineEntry { at, event: TimelineEvent::RefundSent(protocol()) }));
    let end = match refund.state {
        types::RefundState::Settled => Some(TimelineEvent::RefundSettled(protocol())),
        types::RefundState::Failed => Some(TimelineEvent::RefundFailed(protocol())),
        types::RefundState::Declined => Some(TimelineEvent::RefundDeclined(protocol())),
        types::RefundState::Withdrawn => Some(TimelineEvent::RefundWithdrawn(protocol())),
        _ => None,
    };
    entries.extend(refund.ended_at.zip(end).map(|(at, event)| TimelineEntry { at, event }));
    entries
}
