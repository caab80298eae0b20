//! Walks the calendar of one order: does what is due and says when to look again. Runs as a job, one runner at a time,
//! safe to run twice and after a crash at any line.

use super::account::Terms;
use super::collect::{self, Trigger};
use super::course;
use super::mail::Mail;
use super::next::{NewInvoice, Step, next_step};
use super::paid;
use super::record::{self, record_of};
use super::store::{self, BilledOrder};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::event::{self, BillingEvent};
use crate::ledger;
use crate::outbox::{self, Outcome, Run};
use crate::policy::{self, Policy};
use ground::inquiry;
use serde_json::json;
use std::time::Duration;
use types::{Instant, InvoiceId, OrderId};

/// How many steps one run takes at most; the next run goes on.
const STEPS: usize = 60;

/// Does what the calendar of an order says is due, and says when to look again.
pub async fn advance(portal: &Portal, order: OrderId, run: Run<'_>) -> Result<Outcome, Error> {
    for _ in 0..STEPS {
        let Some((billed, policy)) = read(portal, order).await? else { return Ok(Outcome::Done) };
        let step = next_step(&billed.account, portal.now(), &policy);
        match step {
            Step::Rest => return Ok(Outcome::Done),
            Step::Wait(at) => return Ok(Outcome::At(at)),
            Step::Try | Step::Ask => {
                if let Err(error) = collect::push(portal, order, Trigger::Calendar).await? {
                    // Money is owed until it is known to be there.
                    return Ok(inquiry::again(portal.now(), run, &error));
                }
            }
            step => take(portal, order, &step, &policy).await?,
        }
    }
    Ok(Outcome::At(portal.now().plus(Duration::from_secs(60))))
}

/// An order's account, and what its producer wants.
pub(super) async fn read(portal: &Portal, order: OrderId) -> Result<Option<(BilledOrder, Policy)>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(billed) = store::find(reader.conn(), order).await? else { return Ok(None) };
    let policy = policy::of_product(reader.conn(), billed.producer, billed.product.as_ref()).await?;
    Ok(Some((billed, policy)))
}

/// Takes a step that calls nobody outside, if it is still the next step once the order is locked.
async fn take(portal: &Portal, order: OrderId, step: &Step, policy: &Policy) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let Some(billed) = store::lock(&mut tx, order).await? else { return Ok(()) };
    if next_step(&billed.account, portal.now(), policy) != *step {
        return Ok(());
    }
    match step {
        Step::Open(new) => open(portal, &mut tx, &billed, new).await?,
        Step::Void => record::void_open(portal, &mut tx, order).await?,
        Step::Notice(charge_at) => {
            store::set_noticed(&mut tx, order, *charge_at).await?;
            outbox::put(portal, &mut tx, Mail::Renewal { order, charge_at: *charge_at }).await?;
        }
        Step::Resume(at) => resume(portal, &mut tx, &billed, *at).await?,
        Step::End => end(portal, &mut tx, &billed).await?,
        Step::Rest | Step::Wait(_) | Step::Try | Step::Ask => {}
    }
    portal.commit(tx).await
}

async fn open(portal: &Portal, tx: &mut Tx, billed: &BilledOrder, new: &NewInvoice) -> Result<(), Error> {
    let now = portal.now();
    if let Some(paid) = store::paid_for(tx.conn(), billed.order, new.period.0).await? {
        return paid::begin_paid(portal, tx, billed, paid).await;
    }
    // Another plan may begin with this period: then it is what is owed (rule 11).
    let change = crate::plan::due_change(tx.conn(), billed.order, new.period.0).await?;
    let changed = change.map(|change| billed.account.invoice_of_plan(new, change.amount.amount, change.interval));
    let new = changed.as_ref().unwrap_or(new);
    store::insert(tx, InvoiceId(portal.new_id()), billed, new, now).await?;
    if new.amount.amount > 0 {
        return Ok(());
    }
    // What costs nothing is paid without a charge.
    let Some(billed) = store::lock(tx, billed.order).await? else { return Ok(()) };
    let Some(invoice) = billed.account.owed.clone() else { return Ok(()) };
    paid::paid(portal, tx, &billed, invoice, None).await
}

/// The pause is over.
async fn resume(portal: &Portal, tx: &mut Tx, billed: &BilledOrder, at: Instant) -> Result<(), Error> {
    let Some(course) = course::of(tx, billed).await? else { return Ok(()) };
    let resumed = course.resume(at).map_err(|error| Error::inconsistent("subscriptions", billed.order, error))?;
    ledger::report_of_calendar(portal, tx, billed.order, None, Some(resumed)).await?;
    event::record(portal, tx, record_of(billed, BillingEvent::Resumed, None, json!({"at": at.micros()}))).await
}

/// A cancelled subscription is over with its paid period.
async fn end(portal: &Portal, tx: &mut Tx, billed: &BilledOrder) -> Result<(), Error> {
    let Some(course) = course::of(tx, billed).await? else { return Ok(()) };
    let Terms::Subscription(subscription) = &billed.account.terms else { return Ok(()) };
    let ended = course.end(subscription.period_end);
    let ended = ended.map_err(|error| Error::inconsistent("subscriptions", billed.order, error))?;
    let status = ended.status;
    ledger::report_of_calendar(portal, tx, billed.order, None, Some(ended)).await?;
    event::record(portal, tx, record_of(billed, BillingEvent::Ended, None, json!({"status": status}))).await
}
