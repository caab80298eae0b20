//! The plan of the next period, at the gateway that charges the subscription by its own calendar.
//!
//! A plan that begins with the next period is told there at once, so that it begins although nobody here is awake then,
//! and so is that the plan stays after all. Each telling says how things are to be by what is on file when it is made:
//! it may come twice, late, and after a crash. What the gateway refuses the producer sees to by hand. That the plan has
//! begun is seen when the subscription is read.

use super::calendar::{ScheduledChange, mark_applied, scheduled};
use super::job::Job;
use super::mail::Mail;
use super::subject::Subject;
use super::{store, there};
use crate::db::{Conn, Error, Tx};
use crate::outbox::{self, Outcome, Run};
use crate::ports::{Gateway, GatewayError, NextPlan, SubscriptionRecord};
use crate::{Portal, order};
use ground::inquiry;
use std::time::Duration;
use types::{Instant, OrderId, SubscriptionStatus};

/// How far the gateway's calendar and ours may be apart about when a period begins.
const APART: Duration = Duration::from_secs(86_400);

/// Has the gateway told, where one charges the subscription by its own calendar.
pub(super) async fn tell_theirs(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    let subject = Subject::of_order(tx.conn(), order).await?;
    match subject.is_some_and(|subject| subject.record.is_theirs()) {
        true => outbox::put(portal, tx, Job::TellNext { order }).await,
        false => Ok(()),
    }
}

/// Has the gateway told, if a plan waits for the next period, or if it was not told because the subscription was to
/// end: what it was told before that is forgotten there.
pub(crate) async fn tell_again(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    let waits = scheduled(tx.conn(), order).await?.is_some();
    match waits || store::is_untold(tx.conn(), order).await? {
        true => outbox::put(portal, tx, Job::TellNext { order }).await,
        false => Ok(()),
    }
}

/// Tells it. What ends has no next period.
pub(super) async fn tell(portal: &Portal, order: OrderId, run: Run<'_>) -> Result<Outcome, Error> {
    let mut reader = portal.db.read().await?;
    let Some(subject) = Subject::of_order(reader.conn(), order).await? else { return Ok(Outcome::Done) };
    let Some(plan) = wanted(reader.conn(), &subject).await? else { return Ok(Outcome::Done) };
    drop(reader);
    let gateway = there::gateway(portal, &subject).await?;
    let Some(subscriptions) = gateway.as_deref().and_then(Gateway::subscriptions) else {
        return Ok(Outcome::At(inquiry::seldom(portal.now())));
    };
    // It is looked before each call what there is: a key that came before would bring back what was so then.
    let key = format!("{}:next:{}", subject.id, portal.wall().micros());
    let instruction = there::instruction(portal, &subject, key).await?;
    match subscriptions.plan_next(&instruction, &plan).await {
        Ok(()) => note(portal, order, &plan, None).await?,
        Err(GatewayError::Refused(refusal)) => note(portal, order, &plan, Some(&refusal.to_string())).await?,
        Err(error) => return Ok(inquiry::again(portal.now(), run, &error)),
    }
    Ok(Outcome::Done)
}

/// The plan that waits, or the one that is there; none of what ends, and where our calendar charges.
async fn wanted(mut conn: Conn<'_>, subject: &Subject) -> Result<Option<NextPlan>, Error> {
    let ends = matches!(subject.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    if ends || !subject.record.is_theirs() {
        return Ok(None);
    }
    let (offer, price, interval) = match scheduled(conn.again(), subject.record.id).await? {
        Some(change) => (Some(change.offer), change.amount, change.interval),
        None => (subject.offer, subject.money(subject.amount), subject.interval),
    };
    let Some(offer) = offer else { return Ok(None) };
    let row = store::offer(conn, offer).await?;
    Ok(row.map(|row| NextPlan { offer: row.code, price, interval }))
}

/// What it said; a no is the producer's to see to, once. Nothing is noted if another plan is wanted by now: whoever
/// wanted that has it told.
async fn note(portal: &Portal, order: OrderId, told: &NextPlan, words: Option<&str>) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    let Some(subject) = Subject::of_order(tx.conn(), order).await? else { return Ok(()) };
    let Some(change) = store::latest(tx.conn(), order).await? else { return Ok(()) };
    if wanted(tx.conn(), &subject).await?.as_ref() != Some(told) {
        return Ok(());
    }
    store::set_told(&mut tx, order, change, words, portal.now()).await?;
    if words.is_some() {
        outbox::put(portal, &mut tx, Mail::ProducerNext { change }).await?;
    }
    portal.commit(tx).await
}

/// When the gateway was last told. What it said of the plan before that does not count any more.
pub(crate) async fn told_at(conn: Conn<'_>, order: OrderId) -> Result<Option<Instant>, Error> {
    store::told_at(conn, order).await
}

/// What follows for the plan from what the gateway has on file of the subscription.
pub(crate) enum NextRead {
    /// No plan waits: what the gateway has is so.
    Nothing,
    /// One waits for a period that has not begun, or the gateway is still to be told: what the plan costs on file is
    /// what it costs.
    Waits,
    /// It has begun.
    Begun(ScheduledChange),
}

/// Sees whether the plan that waited has begun there, and puts it in place. The order is locked.
pub(crate) async fn read_next(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    record: &SubscriptionRecord,
) -> Result<NextRead, Error> {
    let Some(change) = scheduled(tx.conn(), order).await? else {
        let is_untold = store::is_untold(tx.conn(), order).await?;
        return Ok(if is_untold { NextRead::Waits } else { NextRead::Nothing });
    };
    if record.period_start < change.begins_at.minus(APART) {
        return Ok(NextRead::Waits);
    }
    let has_it = record.price == change.amount && record.interval == change.interval;
    Ok(match has_it && mark_applied(portal, tx, change.id).await? {
        true => NextRead::Begun(change),
        false => NextRead::Nothing,
    })
}
