//! Until when money is given back on request, and how much.

use crate::calendar::Calendar;
use jiff::Timestamp;

/// What an order says about asking for money back.
pub(crate) enum Offer {
    Open { until: i64, amount: i64 },
    Closed { until: i64 },
}

/// What the window is counted from, and what is left of the money.
pub(crate) struct Sale {
    pub paid_at: i64,
    pub released_at: Option<i64>,
    pub total: i64,
    pub paid: i64,
    pub left: i64,
}

/// An item that no refund holds: its price, and the days of its window.
pub(crate) struct Free {
    pub amount: i64,
    pub window_days: i64,
}

/// What is offered for these items; none when there are none.
pub(crate) fn offer(calendar: &Calendar, sale: &Sale, free: &[Free], now: Timestamp) -> anyhow::Result<Option<Offer>> {
    let start = sale.released_at.unwrap_or(sale.paid_at).max(sale.paid_at);
    let ends: Vec<i64> =
        free.iter().map(|item| calendar.last_second(start, item.window_days)).collect::<anyhow::Result<_>>()?;
    let is_open = |until: &i64| now.as_second() <= until / 1_000_000;
    let Some(until) = ends.iter().copied().filter(is_open).min() else {
        return Ok(ends.into_iter().max().map(|until| Offer::Closed { until }));
    };
    let open: Vec<&Free> = free.iter().zip(&ends).filter(|(_, end)| is_open(end)).map(|(item, _)| item).collect();
    let amount =
        if open.len() == free.len() { sale.left } else { share(sale, open.iter().map(|item| item.amount).sum()) };
    Ok(Some(Offer::Open { until, amount }))
}

/// The share that items of this price have in what was paid, rounded half up.
fn share(sale: &Sale, price: i64) -> i64 {
    let (price, paid, total) =
        (i128::from(price), i128::from(sale.paid.min(sale.total)), i128::from(sale.total.max(1)));
    i64::try_from((2 * price * paid + total) / (2 * total)).unwrap_or(i64::MAX).min(sale.left)
}
