//! What a gateway reports by itself about a charge. A report may come twice, late, or in any order: money that arrived
//! stays, whatever else is reported.

use super::fail;
use super::paid;
use super::record;
use super::store::{self, BilledOrder, KnownCharge};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::{self, NewCharge};
use crate::plan::{self, Reporter};
use crate::ports::ChargeProgress;
use types::{ChargeStatus, Instant, InvoiceState};

/// Takes a report of the gateway about the charge with this reference. Returns whether it changed anything: a report
/// about a charge that is not on file changes nothing (the try that made the charge asks for it), and neither does a
/// known one.
pub async fn take_report(
    portal: &Portal,
    tx: &mut Tx,
    by: Reporter<'_>,
    reference: &str,
    progress: ChargeProgress,
) -> Result<bool, Error> {
    let Some(known) = store::charge_like(tx, by, reference).await? else {
        // The charge of a change of plan is on file once it is paid.
        return plan::take_report(portal, tx, by, reference).await;
    };
    let billed = store::lock(tx, known.order).await?;
    // Read again now that nobody else changes it.
    let Some(known) = store::charge_like(tx, by, reference).await? else { return Ok(false) };
    let changed = match (known.charge.status, progress) {
        (ChargeStatus::Paid | ChargeStatus::Refunded | ChargeStatus::Disputed, _) => false,
        (_, ChargeProgress::Paid) => {
            arrived(portal, tx, billed.as_ref(), known.clone()).await?;
            true
        }
        (ChargeStatus::Pending, ChargeProgress::Declined(reason)) => {
            let failed = now_at(portal, &known.charge, ChargeStatus::Failed);
            match (&billed, under_way(tx, billed.as_ref(), &known).await?) {
                (Some(billed), Some(invoice)) => {
                    fail::failed(portal, tx, billed, invoice, reason, Some(failed)).await?;
                }
                _ => {
                    ledger::report_of_calendar(portal, tx, known.order, Some(failed), None).await?;
                }
            }
            true
        }
        (ChargeStatus::Pending, ChargeProgress::Waiting { code, url, until }) => {
            let charge = NewCharge {
                payment_code: Some(code),
                payment_url: Some(url),
                ..now_at(portal, &known.charge, ChargeStatus::Pending)
            };
            wait(portal, tx, billed.as_ref(), &known, charge, until).await?
        }
        _ => false,
    };
    if changed {
        super::look_again(portal, tx, known.order).await?;
    }
    Ok(changed)
}

fn now_at(portal: &Portal, charge: &NewCharge, status: ChargeStatus) -> NewCharge {
    NewCharge { status, changed_at: portal.now(), ..charge.clone() }
}

/// The invoice whose current try made this charge.
async fn under_way(
    tx: &mut Tx,
    billed: Option<&BilledOrder>,
    known: &KnownCharge,
) -> Result<Option<super::Invoice>, Error> {
    let (Some(_), Some(id)) = (billed, known.invoice) else { return Ok(None) };
    let invoice = store::invoice(tx.conn(), id).await?;
    let waits =
        |invoice: &super::Invoice| invoice.is_owed() && invoice.attempt().is_some_and(|attempt| !attempt.is_doubted());
    Ok(invoice.filter(waits))
}

/// The money of a charge arrived. If another charge has paid the invoice already, the money arrived twice.
async fn arrived(portal: &Portal, tx: &mut Tx, billed: Option<&BilledOrder>, known: KnownCharge) -> Result<(), Error> {
    let now = portal.now();
    let charge = NewCharge { paid_at: Some(now), ..now_at(portal, &known.charge, ChargeStatus::Paid) };
    let invoice = match known.invoice {
        Some(id) => store::invoice(tx.conn(), id).await?,
        None => None,
    };
    match (billed, invoice) {
        (Some(billed), Some(invoice)) if invoice.state.name() != InvoiceState::Paid => {
            let others = invoice.is_owed().then_some(invoice.id);
            // What was waited for is there: there is nothing left to ask. Another try beside an older charge is asked
            // about.
            let is_awaited = known.charge.status == ChargeStatus::Pending
                && invoice.attempt().is_some_and(|attempt| !attempt.is_doubted());
            let invoice = if is_awaited { invoice.forget() } else { invoice };
            paid::paid(portal, tx, billed, invoice, Some(charge)).await?;
            match others {
                Some(id) => record::give_up_charges(portal, tx, known.order, id).await,
                None => Ok(()),
            }
        }
        (Some(billed), Some(invoice)) => paid::paid_twice(portal, tx, billed, invoice.number, charge).await,
        _ => ledger::report_of_calendar(portal, tx, known.order, Some(charge), None).await.map(drop),
    }
}

/// Returns whether the code, page or last day of the open boleto or Pix is new.
async fn wait(
    portal: &Portal,
    tx: &mut Tx,
    billed: Option<&BilledOrder>,
    known: &KnownCharge,
    charge: NewCharge,
    until: Instant,
) -> Result<bool, Error> {
    let is_new = (&charge.payment_code, &charge.payment_url) != (&known.charge.payment_code, &known.charge.payment_url);
    if let Some(invoice) = under_way(tx, billed, known).await?
        && until > portal.now()
    {
        store::write(tx, &invoice.wait(until), portal.now()).await?;
    }
    if is_new {
        ledger::report_of_calendar(portal, tx, known.order, Some(charge), None).await?;
    }
    Ok(is_new)
}
