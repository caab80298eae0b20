//! Reads what the gateway that charges a subscription by its own calendar has on file of it: what was charged, until
//! when it is paid, whether it ends. A webhook is only a reason to read; so what comes twice, late or in disorder, or
//! never, ends in the same place.

use super::case::{SubscriptionCase, There};
use super::job::Job;
use super::store;
use crate::connection;
use crate::db::{Error, Tx};
use crate::ledger::{self, NewCharge, NewSubscription, Told};
use crate::outbox::{self, Outcome, Run};
use crate::plan::{self, NextRead, Reporter};
use crate::ports::{Gateway, RecordedCharge, SubscriptionRecord};
use crate::{Portal, order};
use ground::inquiry;
use std::time::Duration;
use types::{Instant, OrderId, SubscriptionStatus};

/// How long after a period the gateway has charged the next one.
const AFTER_PERIOD: Duration = Duration::from_secs(3600);

/// Has the subscription read that the gateway calls so; false where there is none.
pub(crate) async fn look_again(portal: &Portal, tx: &mut Tx, by: Reporter<'_>, reference: &str) -> Result<bool, Error> {
    let Some(producer) = by.producer else { return Ok(false) };
    let Some(order) = store::order_there(tx.conn(), producer, by.gateway, reference).await? else { return Ok(false) };
    outbox::put(portal, tx, Job::Read { order }).await?;
    Ok(true)
}

/// An order came in whose subscription the gateway may charge: what it has on file is read.
pub(crate) async fn begin(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    outbox::put(portal, tx, Job::Read { order }).await
}

/// Something was changed there: what it has on file now is read.
pub(crate) async fn look(portal: &Portal, order: OrderId) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    begin(portal, &mut tx, order).await?;
    portal.commit(tx).await
}

pub(super) async fn read(portal: &Portal, order: OrderId, run: Run<'_>) -> Result<Outcome, Error> {
    let case = SubscriptionCase::by_order(portal, portal.db.read().await?.conn(), order).await?;
    let Some(case) = case else { return Ok(Outcome::Done) };
    let Some(there) = &case.there else { return Ok(Outcome::Done) };
    let gateway = connection::gateway(portal, case.order.producer_id, &case.order.gateway).await?;
    let Some(subscriptions) = gateway.as_deref().and_then(Gateway::subscriptions) else {
        return Ok(Outcome::At(inquiry::seldom(portal.now())));
    };
    let told_at = plan::told_at(portal.db.read().await?.conn(), order).await?;
    match subscriptions.read(&there.reference).await {
        // It was told of another plan meanwhile.
        Ok(Some(_)) if plan::told_at(portal.db.read().await?.conn(), order).await? != told_at => {
            Ok(Outcome::At(portal.now()))
        }
        Ok(Some(record)) => {
            keep(portal, &case, there, &record).await?;
            Ok(next_look(&record, portal.now()))
        }
        Ok(None) => {
            tracing::warn!(%order, reference = there.reference, "the gateway knows no such subscription");
            Ok(Outcome::Done)
        }
        Err(error) => Ok(inquiry::again(portal.now(), run, &error)),
    }
}

/// A webhook may be lost: what goes on is looked at after each period, and what is overdue more often.
fn next_look(record: &SubscriptionRecord, now: Instant) -> Outcome {
    match record.status {
        SubscriptionStatus::Ended => Outcome::Done,
        _ => Outcome::At(record.period_end.plus(AFTER_PERIOD).max(inquiry::seldom(now))),
    }
}

/// Puts it on file, if it says anything new.
async fn keep(
    portal: &Portal,
    case: &SubscriptionCase,
    there: &There,
    record: &SubscriptionRecord,
) -> Result<(), Error> {
    let (order, currency) = (case.order.id, case.plan.price.currency);
    if record.price.currency != currency {
        tracing::warn!(%order, ours = %currency, theirs = %record.price.currency, "a subscription of another currency");
        return Ok(());
    }
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    if let (true, Some(first)) = (record.has_all_charges, record.charges.first()) {
        ledger::name_charge(&mut tx, order, &there.reference, &first.reference).await?;
    }
    let Some(kept) = ledger::reported_subscription(&mut tx, order).await? else { return Ok(()) };
    let reported = seen(portal, &mut tx, (case, there), record, &kept).await?;
    let subscription = (reported != kept).then_some(reported);
    let charges = record.charges.iter().filter(|charge| charge.amount.currency == currency).map(charge).collect();
    ledger::report_read(portal, &mut tx, order, charges, subscription).await?;
    portal.commit(tx).await
}

/// What is on file of it from now on.
async fn seen(
    portal: &Portal,
    tx: &mut Tx,
    (case, there): (&SubscriptionCase, &There),
    record: &SubscriptionRecord,
    kept: &NewSubscription,
) -> Result<NewSubscription, Error> {
    let order = case.order.id;
    let mut seen = reported(record, kept);
    if record.status != SubscriptionStatus::Ended && !there.is_settled(tx.conn(), case.plan.id).await? {
        // It was told something since it was asked, or just now. Once it has that, it is read again.
        (seen.status, seen.canceled_at) = (kept.status, kept.canceled_at);
    }
    if kept.status == SubscriptionStatus::Ending && seen.status == SubscriptionStatus::Active {
        plan::tell_again(portal, tx, order).await?;
    }
    match plan::read_next(portal, tx, order, record).await? {
        NextRead::Nothing => {}
        NextRead::Waits => (seen.amount, seen.interval) = (kept.amount, kept.interval),
        NextRead::Begun(change) => seen.plan = Some(change.name),
    }
    Ok(seen)
}

/// The name of the plan is ours; everything else is as the gateway has it.
fn reported(record: &SubscriptionRecord, kept: &NewSubscription) -> NewSubscription {
    let first_paid_at = record.charges.iter().filter_map(|charge| charge.paid_at).min();
    NewSubscription {
        status: record.status,
        plan: kept.plan.clone(),
        amount: record.price.amount,
        interval: record.interval,
        period_start: record.period_start,
        period_end: record.period_end,
        next_charge_at: record.next_charge_at,
        canceled_at: record.canceled_at,
        paid_at: kept.paid_at.or(first_paid_at),
        reference: kept.reference.clone(),
    }
}

fn charge(recorded: &RecordedCharge) -> NewCharge {
    let changed_at: Instant = recorded.paid_at.unwrap_or(recorded.created_at);
    NewCharge {
        reference: recorded.reference.clone(),
        amount: recorded.amount.amount,
        status: recorded.status,
        method: recorded.method,
        installments: 1,
        created_at: recorded.created_at,
        paid_at: recorded.paid_at,
        payment_code: recorded.payment_code.clone(),
        payment_url: recorded.payment_url.clone(),
        due_on: None,
        changed_at,
        told: Told::default(),
    }
}
