//! Whether an order can be refunded, until when and how much: pure functions of an order and an instant.

use super::pot::{Pot, Reach};
use super::window;
use crate::order::OrderRecord;
use types::view::RefundOffer;
use types::{Instant, ItemId, Money, OrderStatus, RefundState, SubscriptionStatus};

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

/// Why there is no money to give back: it went back, it was never paid, or the source said that the order was paid but
/// never reported the charge. A trial has no payment.
fn nothing_left(order: &OrderRecord) -> RefundOffer {
    let is_trial = order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Trialing);
    match order.paid() {
        0 if order.total.amount > 0 && order.charges.is_empty() && !is_trial => RefundOffer::ChargeUntold,
        0 => RefundOffer::NotPaid,
        _ => RefundOffer::NothingLeft,
    }
}

/// What the seller is asked for after the window: what is left. Lines beside a plan were paid for at the sale and stay
/// when that was long ago.
pub(super) fn late_items(order: &OrderRecord, pot: &Pot) -> Vec<ItemId> {
    let free = order.items.iter().enumerate().filter(|(_, item)| item.refund.is_none());
    free.filter(|(position, _)| pot.has_sale || *position == 0).map(|(_, item)| item.id).collect()
}

/// Items that no refund holds, with the days of their window.
fn free_items(order: &OrderRecord) -> impl Iterator<Item = (ItemId, i64)> {
    order.items.iter().filter(|item| item.refund.is_none()).map(|item| (item.id, item.window_days))
}

/// Items that may be asked for now; none while the order as a whole allows no refund.
pub(crate) fn open_items(order: &OrderRecord, now: Instant) -> Vec<ItemId> {
    let ends = match (order.paid_at, offer(order, now)) {
        (Some(paid_at), RefundOffer::Open { .. }) => ends(order, paid_at),
        _ => Vec::new(),
    };
    ends.into_iter().filter(|(_, until)| window::is_open(*until, now)).map(|(id, _)| id).collect()
}

/// The window of every item that no refund holds.
fn ends(order: &OrderRecord, paid_at: Instant) -> Vec<(ItemId, Instant)> {
    let end = |days| window::last_second(paid_at, order.released_at, days, &order.zone);
    free_items(order).map(|(id, days)| (id, end(days))).collect()
}
