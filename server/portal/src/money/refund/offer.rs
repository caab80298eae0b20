//! Whether an order can be refunded, until when and how much: pure functions of an order and an instant.

use super::pot::{Pot, Reach};
use super::window;
use crate::order::OrderRecord;
use types::view::RefundOffer;
use types::{Instant, ItemId, Money, OrderStatus, RefundState, SubscriptionStatus};

/// What may be given back of an order at an instant, computed once for all who show it.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct RefundStanding {
    /// What the order page offers.
    pub(crate) offer: RefundOffer,
    /// Items that may be asked for at the press of a button; none while the order as a whole allows no refund.
    pub(crate) open: Vec<ItemId>,
    /// Items that the producer may be asked for. Another item's window may still be open: that one is not the
    /// producer's to decide on.
    pub(crate) askable: Vec<ItemId>,
}

impl RefundStanding {
    /// What may be given back of this order.
    pub(crate) fn of(order: &OrderRecord, now: Instant) -> Self {
        let offer = offer(order, now);
        let open = match (&offer, order.paid_at) {
            (RefundOffer::Open { .. }, Some(paid_at)) => open_items(order, paid_at, now),
            _ => Vec::new(),
        };
        let askable = match offer {
            RefundOffer::Open { .. } | RefundOffer::Closed { .. } => late_items(order, &open),
            _ => Vec::new(),
        };
        Self { offer, open, askable }
    }
}

/// What the order page offers.
pub(crate) fn offer(order: &OrderRecord, now: Instant) -> RefundOffer {
    let Some(paid_at) = order.paid_at else { return RefundOffer::NotPaid };
    let under_way = [RefundState::Requested, RefundState::Approved, RefundState::Reconciling];
    if order.refunds.iter().any(|refund| under_way.contains(&refund.state)) && order.status != OrderStatus::Disputed {
        return RefundOffer::UnderWay;
    }
    let ends = ends(order, paid_at);
    let open = || ends.iter().filter(|(_, until)| window::is_open(*until, now));
    let until = open().map(|(_, until)| *until).min();
    let pot = Pot::of(order, if until.is_some() { Reach::Everything } else { Reach::Running });
    if order.status == OrderStatus::Disputed || pot.is_disputed {
        return RefundOffer::Disputed;
    }
    if ends.is_empty() || pot.left() <= 0 {
        return nothing_left(order);
    }
    match until {
        Some(until) => {
            let items: Vec<ItemId> = open().map(|(id, _)| *id).collect();
            RefundOffer::Open { until, amount: Money::new(pot.amount(&items), order.currency) }
        }
        None => RefundOffer::Closed { until: ends.iter().map(|(_, until)| *until).max().unwrap_or(paid_at) },
    }
}

/// Why there is no money to give back: it went back, it cost nothing, it was never paid, or the source reported that
/// the order was paid but never reported the charge. A trial has no payment.
pub(super) fn nothing_left(order: &OrderRecord) -> RefundOffer {
    let is_trial = order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Trialing);
    match order.paid() {
        0 if order.total.amount == 0 => RefundOffer::Free,
        0 if order.total.amount > 0 && order.charges.is_empty() && !is_trial => RefundOffer::ChargeNotReported,
        0 => RefundOffer::NotPaid,
        _ => RefundOffer::NothingLeft,
    }
}

/// What the producer is asked for after the window: what is left. Lines beside a plan were paid for at the sale and
/// stay when that was long ago.
fn late_items(order: &OrderRecord, open: &[ItemId]) -> Vec<ItemId> {
    let free = order.items.iter().enumerate().filter(|(_, item)| item.refund.is_none() && !open.contains(&item.id));
    let mut free = free.peekable();
    // Where every item's window is open, as on most pages, the money is not counted once more.
    let has_sale = free.peek().is_some() && Pot::of(order, Reach::Running).has_sale;
    free.filter(|(position, _)| has_sale || *position == 0).map(|(_, item)| item.id).collect()
}

/// Items that no refund holds, with the days of their window.
fn free_items(order: &OrderRecord) -> impl Iterator<Item = (ItemId, i64)> {
    order.items.iter().filter(|item| item.refund.is_none()).map(|item| (item.id, item.window_days))
}

/// Items whose window is open.
fn open_items(order: &OrderRecord, paid_at: Instant, now: Instant) -> Vec<ItemId> {
    let ends = ends(order, paid_at).into_iter();
    ends.filter(|(_, until)| window::is_open(*until, now)).map(|(id, _)| id).collect()
}

/// The window of every item that no refund holds.
fn ends(order: &OrderRecord, paid_at: Instant) -> Vec<(ItemId, Instant)> {
    let end = |days| window::last_second(paid_at, order.released_at, days, &order.zone);
    free_items(order).map(|(id, days)| (id, end(days))).collect()
}
