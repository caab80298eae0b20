//! A pause of a subscription. It begins when the paid period ends, so that nobody loses days that are paid, and ends by
//! itself. While a pause is agreed, no plan is changed, which could move that day. Runs as a job, safe to run twice and
//! after a crash at any line.
//!
//! The next charge is due when the pause ends. Where the calendar is ours, the pause is over when the next period has
//! begun, however late we look.

use super::cancel::follow;
use super::case::SubscriptionCase;
use super::store::{self, RetentionRow};
use crate::Portal;
use crate::billing;
use crate::db::Error;
use crate::order;
use crate::outbox::Outcome;
use std::time::Duration;
use types::{Instant, OrderId, RetentionId, SubscriptionStatus};

/// How long the calendar has to begin the period after a pause.
const CALENDAR_LOOK: Duration = Duration::from_secs(300);

/// Brings a pause to where it is now, and says when to look again.
pub async fn carry_on(portal: &Portal, retention: RetentionId) -> Result<Outcome, Error> {
    let Some(row) = store::find_retention(portal.db.read().await?.conn(), retention).await? else {
        return Ok(Outcome::Done);
    };
    let order = OrderId(row.order_id);
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    let Some(row) = store::find_retention(tx.conn(), retention).await? else { return Ok(Outcome::Done) };
    let Some(case) = SubscriptionCase::by_order(portal, tx.conn(), order).await? else { return Ok(Outcome::Done) };
    let is_ours = goes_on(case.plan.status) && billing::is_billed(&mut tx, order).await?;
    let (state, next) = at(&row, case.plan.period_end, is_ours, portal.now())?;
    if state != row.state {
        store::write_retention(&mut tx, &row, state).await?;
    }
    follow(portal, &mut tx, &case).await?;
    portal.commit(tx).await?;
    Ok(next.map_or(Outcome::Done, Outcome::At))
}

fn goes_on(status: SubscriptionStatus) -> bool {
    use SubscriptionStatus::{Active, Paused, Trialing};
    matches!(status, Trialing | Active | Paused)
}

/// Where a pause is at an instant, and when that changes. Whoever keeps the calendar begins the next period when the
/// pause ends. Where nobody does, it is over all the same; where we do, never before: however late we come, the time of
/// the pause would be charged as a period.
fn at(
    row: &RetentionRow,
    period_end: Instant,
    is_ours: bool,
    now: Instant,
) -> Result<(&'static str, Option<Instant>), Error> {
    let instants = row.starts_at.zip(row.ends_at);
    let (from, until) = instants.ok_or_else(|| Error::inconsistent("retention_offers", row.id, "no pause"))?;
    let (from, until) = (Instant::from_micros(from), Instant::from_micros(until));
    Ok(match () {
        () if now < from => ("accepted", Some(from)),
        () if now < until => ("running", Some(until)),
        () if period_end < until && now < until.plus(CALENDAR_LOOK) => ("running", Some(until.plus(CALENDAR_LOOK))),
        () if period_end < until && is_ours => ("running", Some(now.plus(CALENDAR_LOOK))),
        () => ("over", None),
    })
}
