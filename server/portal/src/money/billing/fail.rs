//! What follows from a try that failed: it is repeated, or access is suspended, or the subscription ends.
//!
//! The days of repetition count from the first try, not from the due day: after a month of standing still, the buyer
//! has every one of them.

use super::collect::Collected;
use super::course;
use super::mail::{InvoiceMoment, Mail};
use super::record::{of_invoice, record_of, report_charge};
use super::retry;
use super::state::{AttemptStanding, ChargeAttempt, Invoice, Next};
use super::store::{self, BilledOrder};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::event::{self, BillingEvent};
use crate::ledger::{self, NewCharge};
use crate::outbox;
use crate::policy;

use std::time::Duration;
use types::{ChargeStatus, DeclineReason, Instant};

/// How long a buyer may confirm at the bank when the calendar makes no further try.
const CONFIRMATION: Duration = Duration::from_secs(86_400);

/// Records a failed try. If the try counted as failed already, it is over now, and the calendar goes on as it was
/// decided then.
pub(super) async fn failed(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    reason: DeclineReason,
    charge: Option<NewCharge>,
) -> Result<Collected, Error> {
    let (now, id) = (portal.now(), invoice.id);
    let (invoice, next) = match invoice.attempt() {
        // What was chosen for once came to nothing: what is on file is tried on the day that it had.
        Some(attempt) if attempt.is_once => (invoice.forget(), None),
        // A boleto or Pix is over before what it pays for is due: nothing failed, and another one takes its place.
        Some(_) if reason == DeclineReason::Expired && now < invoice.due_at => {
            let at = retry::replaced_at(&invoice, now).min(invoice.due_at);
            (invoice.end_failed_try(reason).hurry(at), None)
        }
        Some(attempt) if attempt.counts_as_failed() => (invoice.end_failed_try(reason), None),
        _ => {
            let (invoice, next) = fail(tx, billed, invoice, reason, now).await?;
            (invoice, Some(next))
        }
    };
    store::write(tx, &invoice, now).await?;
    if let Some(charge) = charge {
        report_charge(portal, tx, billed, id, charge).await?;
    }
    if let Some(next) = next {
        follow(portal, tx, billed, &invoice, next).await?;
    }
    Ok(Collected::Declined(reason))
}

async fn fail(
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    reason: DeclineReason,
    now: Instant,
) -> Result<(Invoice, Next), Error> {
    let policy = policy::of_product(tx.conn(), billed.producer, billed.product.as_ref()).await?;
    let next = retry::after_failure(&billed.account, &invoice, reason, now, &policy.dunning);
    let since = retry::failing_since(&invoice, now);
    Ok((invoice.fail(reason, since, next), next))
}

/// Applies a failed try to the subscription and tells the buyer. A subscription that is paused or over by now is not
/// past due.
async fn follow(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: &Invoice,
    next: Next,
) -> Result<(), Error> {
    let now = portal.now();
    let subscription = match (course::of(tx, billed).await?, next) {
        (Some(course), Next::End) => course.end_unpaid(now).ok(),
        (Some(course), _) if invoice.due_at <= now => course.fall_behind().ok(),
        _ => None,
    };
    ledger::report_of_calendar(portal, tx, billed.order, None, subscription).await?;
    event::record(portal, tx, record_of(billed, BillingEvent::Failed, Some(invoice), of_invoice(invoice))).await?;
    if is_replaced(invoice, next) {
        // The mail with the new code says so.
        return Ok(());
    }
    let job = Mail::Invoice { invoice: invoice.id, moment: InvoiceMoment::Failed, tries: invoice.tries };
    outbox::put(portal, tx, job).await
}

/// Returns whether a boleto or Pix that is over is followed by another one.
fn is_replaced(invoice: &Invoice, next: Next) -> bool {
    invoice.failure == Some(DeclineReason::Expired) && matches!(next, Next::Again { .. })
}

/// The bank asks the buyer to confirm the charge, on the page at `url`.
pub(super) async fn unconfirmed(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    charge: NewCharge,
    url: &str,
) -> Result<Collected, Error> {
    let now = portal.now();
    let Some(attempt) = invoice.attempt().cloned() else { return Ok(Collected::Unknown) };
    let action = Collected::ActionRequired { url: url.to_owned() };
    match attempt.standing {
        AttemptStanding::OfCheckout => Ok(action),
        // It was known, and there is time left.
        AttemptStanding::Waiting { until, .. } if until > now => Ok(action),
        // The buyer did not go there in time: the day on which it is tried again has come.
        AttemptStanding::Waiting { counts_as_failed: true, .. } => {
            let charge = NewCharge { status: ChargeStatus::Failed, ..charge };
            failed(portal, tx, billed, invoice, DeclineReason::AuthenticationFailed, Some(charge)).await
        }
        AttemptStanding::Waiting { .. } | AttemptStanding::Doubted { .. } => {
            wait_for_word(portal, tx, billed, (invoice, attempt), charge).await.map(|()| action)
        }
    }
}

/// Counts the try as failed for the calendar, and waits for its charge all the same: until the next try, or else for a
/// while.
async fn wait_for_word(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    (invoice, attempt): (Invoice, ChargeAttempt),
    charge: NewCharge,
) -> Result<(), Error> {
    let (now, id) = (portal.now(), invoice.id);
    let (invoice, next) = fail(tx, billed, invoice, DeclineReason::AuthenticationFailed, now).await?;
    let until = match next {
        Next::Again { at, .. } => Some(at),
        Next::Suspended { next_try_at } => {
            let longest = now.plus(CONFIRMATION);
            Some(next_try_at.map_or(longest, |at| at.min(longest)))
        }
        Next::End => None,
    };
    let (invoice, charge) = match until {
        Some(until) => (invoice.wait_as_failed(attempt, until), charge),
        None => (invoice, NewCharge { status: ChargeStatus::Failed, ..charge }),
    };
    store::write(tx, &invoice, now).await?;
    report_charge(portal, tx, billed, id, charge).await?;
    follow(portal, tx, billed, &invoice, next).await
}
