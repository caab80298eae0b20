//! Whether, until when and how much: pure functions of an order and an instant.

use super::window;
use crate::order::OrderRecord;
use types::view::RefundOffer;
use types::{Instant, ItemId, Money, OrderStatus, RefundState};

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
    if order.left() <= 0 {
        return RefundOffer::NotPaid;
    }
    let ends = || free_items(order).map(|(_, days)| window::last_second(paid_at, order.released_at, days, &order.zone));
    let open: Vec<ItemId> = open_items(order, paid_at, now);
    match ends().filter(|until| window::is_open(*until, now)).min() {
        Some(until) => RefundOffer::Open { until, amount: Money::new(amount(order, &open), order.currency) },
        None => RefundOffer::Closed { until: ends().max().unwrap_or(paid_at) },
    }
}

/// Items that no refund holds, with the days of their window.
fn free_items(order: &OrderRecord) -> impl Iterator<Item = (ItemId, i64)> {
    order.items.iter().filter(|item| item.refund.is_none()).map(|item| (item.id, item.window_days))
}

/// Items that may be asked for now.
pub(super) fn open_items(order: &OrderRecord, paid_at: Instant, now: Instant) -> Vec<ItemId> {
    let is_open = |days| window::is_open(window::last_second(paid_at, order.released_at, days, &order.zone), now);
    free_items(order).filter(|(_, days)| is_open(*days)).map(|(id, _)| id).collect()
}

/// What comes back for these items: their share of what was paid. All that is left gets all that is left, to the last cent.
pub(super) fn amount(order: &OrderRecord, chosen: &[ItemId]) -> i64 {
    let left = order.left();
    let takes_the_rest = free_items(order).all(|(id, _)| chosen.contains(&id));
    if takes_the_rest {
        return left;
    }
    let price: i64 = order.items.iter().filter(|item| chosen.contains(&item.id)).map(|item| item.amount).sum();
    share(price, order.paid(), order.total.amount).min(left)
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
