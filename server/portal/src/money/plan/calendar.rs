//! What the calendar of renewals asks about plans: whether another plan begins with the next period.
//!
//! Such a plan is what that renewal charges, and it begins when the renewal is paid. Until then, and when the charge is
//! declined, the old plan stays.

use super::apply;
use super::mail::{Mail, PlanMoment};
use super::state::State;
use super::store;
use crate::Portal;
use crate::db::{Conn, Error, Tx};
use crate::order;
use crate::outbox;

use types::{Instant, IntervalUnit, Line, Money, OfferId, OrderId, QuoteId};

/// A plan that begins with a period.
#[derive(Clone, PartialEq, Debug)]
pub struct ScheduledChange {
    /// Its id.
    pub id: QuoteId,
    /// The offer.
    pub offer: OfferId,
    /// Name of the plan.
    pub name: Line,
    /// Price of a cycle.
    pub amount: Money,
    /// Length of a cycle.
    pub interval: (IntervalUnit, i64),
    /// When the period begins that it waits for.
    pub begins_at: Instant,
}

/// The plan that waits for the next period of an order's subscription.
pub(super) async fn scheduled(mut conn: Conn<'_>, order: OrderId) -> Result<Option<ScheduledChange>, Error> {
    let Some(subscription) = store::subscription_of(conn.again(), order).await? else { return Ok(None) };
    let Some(change) = store::scheduled(conn.again(), subscription).await? else { return Ok(None) };
    let quote = store::quote_by_id(conn, change).await?;
    Ok(quote.map(|quote| ScheduledChange {
        id: quote.id,
        offer: quote.offer,
        amount: Money::new(quote.amount, quote.currency),
        interval: quote.interval,
        begins_at: quote.period_start,
        name: quote.plan,
    }))
}

/// The plan that begins with the period that starts at `period_start`, if another one does: the invoice of that period
/// is for it.
pub async fn due_change(
    conn: Conn<'_>,
    order: OrderId,
    period_start: Instant,
) -> Result<Option<ScheduledChange>, Error> {
    let change = scheduled(conn, order).await?;
    Ok(change.filter(|change| change.begins_at <= period_start))
}

/// The period of the new plan has begun: the calendar calls this in the transaction in which it tells the new period
/// and its price. The order's main item, and with it access, follows; the buyer is told. False when the change was
/// undone or replaced meanwhile: then the old plan goes on.
pub async fn mark_applied(portal: &Portal, tx: &mut Tx, change: QuoteId) -> Result<bool, Error> {
    let Some(quote) = store::quote_by_id(tx.conn(), change).await? else { return Ok(false) };
    order::lock(tx, quote.order).await?;
    let Some(row) = store::change(tx.conn(), change).await? else { return Ok(false) };
    let state = State::try_from(&row)?;
    if state != State::Scheduled {
        return Ok(matches!(state, State::Applied { .. }));
    }
    let Ok(applied) = state.apply(None, portal.now()) else { return Ok(false) };
    store::write(tx, &row, &applied).await?;
    apply::follow_product(portal, tx, &quote).await?;
    apply::record(portal, tx, &quote, &applied).await?;
    outbox::put(portal, tx, Mail::Buyer { change, moment: PlanMoment::Changed }).await?;
    Ok(true)
}
