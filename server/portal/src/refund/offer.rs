//! Whether, until when and how much: pure functions of an order and an instant.

use super::window;
use crate::order::OrderRecord;
use types::view::RefundOffer;
use types::{ChargeStatus, Instant, ItemId, Money, OrderStatus, RefundState};

/// What the order page offers.
pub(crate) fn offer(order: &OrderRecord, now: Instant) -> RefundOffer {
    let Some(paid_at) = order.paid_at else { return RefundOffer::NotPaid };
    let under_way = [RefundState::Requested, RefundState::Approved, RefundState::Reconciling];
    if order.status == OrderStatus::Disputed {
        return RefundOffer::Disputed;
    }
    if order.refunds.iter().any(|refund| under_way.contains(&refund.state)) {
        return RefundOffer::UnderWay;
    }
    if order.status == OrderStatus::Refunded || free_items(order).next().is_none() {
        return RefundOffer::NothingLeft;
    }
    if order.total.amount > 0 && order.richest_charge().is_none_or(|charge| charge.status != ChargeStatus::Paid) {
        return RefundOffer::ChargeUntold;
    }
    if order.left() <= 0 {
        return RefundOffer::NotPaid;
    }
    let ends = ends(order, paid_at);
    let open = || ends.iter().filter(|(_, until)| window::is_open(*until, now));
    let items: Vec<ItemId> = open().map(|(id, _)| *id).collect();
    match open().map(|(_, until)| *until).min() {
        Some(until) => RefundOffer::Open { until, amount: Money::new(amount(order, &items), order.currency) },
        None => RefundOffer::Closed { until: ends.iter().map(|(_, until)| *until).max().unwrap_or(paid_at) },
    }
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

/// What comes back for these items: their share of what was paid. All that is left gets all that is left, to the last cent.
pub(super) fn amount(order: &OrderRecord, chosen: &[ItemId]) -> i64 {
    let left = order.left();
    let takes_the_rest = free_items(order).all(|(id, _)| chosen.contains(&id));
    if takes_the_rest {
        return left;
    }
    let price: i64 = order.items.iter().filter(|item| chosen.contains(&item.id)).map(|item| item.amount).sum();
    // Of a plan that was charged more than once, no more than one cycle counts against the total of one.
    share(price, order.paid().min(order.total.amount), order.total.amount).min(left)
}

/// `price` scaled by `paid / total`, rounded half up (rule 12).
fn share(price: i64, paid: i64, total: i64) -> i64 {
    let (price, paid, total) = (i128::from(price), i128::from(paid), i128::from(total));
    if total == 0 {
        return 0;
    }
    i64::try_from((2 * price * paid + total) / (2 * total)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_of_what_was_paid_is_rounded_half_up() {
        assert_eq!(share(1990, 31_690, 31_690), 1990);
        assert_eq!(share(5000, 1000, 10_000), 500);
        assert_eq!(share(1, 5, 10), 1);
        assert_eq!(share(i64::MAX / 4, 1 << 40, 1 << 40), i64::MAX / 4);
        assert_eq!(share(5, 5, 0), 0);
    }
}
