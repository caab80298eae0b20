//! What follows from the gateway's answer to a try: charge, invoice, event and mail in one transaction. What money that
//! arrived pays for is `paid.rs`.

use super::collect::Collected;
use super::fail;
use super::mail::{InvoiceMoment, Mail};
use super::paid::{paid, paid_twice};
use super::state::{ChargeAttempt, Instrument, Invoice, State};
use super::store::{self, BilledOrder};
use crate::db::{Error, Tx};
use crate::event::{self, Billing, BillingEvent, Record};
use crate::ledger::{self, NewCharge, Told};
use crate::outbox;
use crate::ports::{ChargeProgress, ChargeReport};
use crate::{Actor, Portal};

use serde_json::{Value, json};
use std::time::Duration;
use types::{ChargeStatus, DeclineReason, Instant, InvoiceId, InvoiceState, Method, OrderId};

/// How long after its last day a boleto is still believed to be on its way, and how often it is asked about then.
const BOLETO_GRACE: Duration = Duration::from_secs(3 * 86_400);
const BOLETO_LOOK: Duration = Duration::from_secs(6 * 3600);
/// A Pix is paid at once or not at all; only word of it may be late.
const PIX_GRACE: Duration = Duration::from_secs(600);

/// The gateway's answer to a try.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    Report(ChargeReport),
    /// The gateway refused, and has nothing in its books.
    Refused,
    /// The gateway does not know this try, and no call is on its way any more.
    NeverArrived,
}

/// Records the gateway's answer to the try with this key. Writes nothing when the answer was recorded already. Returns
/// none when the try is given up because its payment method is not on file any more: then the next try may begin.
pub(super) async fn take(
    portal: &Portal,
    order: OrderId,
    invoice: InvoiceId,
    key: &str,
    answer: Answer,
) -> Result<Option<Collected>, Error> {
    let mut tx = portal.db.begin().await?;
    let billed = store::lock(&mut tx, order).await?;
    let invoice = store::invoice(tx.conn(), invoice).await?;
    let (Some(billed), Some(invoice)) = (billed, invoice) else { return Ok(Some(Collected::NothingOpen)) };
    let is_this_try = invoice.attempt().is_some_and(|attempt| attempt.key == key);
    let collected = match answer {
        _ if !is_this_try => Some(of_known(&invoice)),
        Answer::Report(report) => reported(portal, &mut tx, &billed, invoice, &report).await?,
        Answer::Refused if invoice.is_owed() => {
            Some(fail::failed(portal, &mut tx, &billed, invoice, DeclineReason::Generic, None).await?)
        }
        Answer::Refused | Answer::NeverArrived => {
            let is_owed = invoice.is_owed();
            store::write(&mut tx, &invoice.forget(), portal.now()).await?;
            (!is_owed).then_some(Collected::NothingOpen)
        }
    };
    portal.commit(tx).await?;
    Ok(collected)
}

fn of_known(invoice: &Invoice) -> Collected {
    match (&invoice.state, invoice.failure) {
        (State::Paid { .. }, _) => Collected::Paid { amount: invoice.amount },
        (_, Some(reason)) if invoice.attempt().is_none() => Collected::Declined(reason),
        _ => Collected::Unknown,
    }
}

async fn reported(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    report: &ChargeReport,
) -> Result<Option<Collected>, Error> {
    if report.state == ChargeProgress::Paid {
        return reported_paid(portal, tx, billed, invoice, report).await.map(Some);
    }
    let on_file = ledger::method_of(tx.conn(), billed.order).await?.map(|method| Instrument::of(&method));
    let is_wanted = match (invoice.attempt(), &on_file) {
        (Some(attempt), Some(on_file)) => attempt.is_wanted(on_file),
        (attempt, _) => attempt.is_none(),
    };
    let is_owed = invoice.is_owed();
    let charge = charge_of(portal, billed, &invoice, report);
    if !is_owed || !is_wanted {
        // Kept in the books, so that whatever comes of it is known.
        let (id, failed) = (invoice.id, NewCharge { status: ChargeStatus::Failed, ..charge });
        store::write(tx, &invoice.forget(), portal.now()).await?;
        report_charge(portal, tx, billed, id, failed).await?;
        return Ok((!is_owed).then_some(Collected::NothingOpen));
    }
    let collected = match &report.state {
        ChargeProgress::Declined(reason) => fail::failed(portal, tx, billed, invoice, *reason, Some(charge)).await?,
        ChargeProgress::Waiting { until, .. } => waiting(portal, tx, billed, invoice, charge, *until).await?,
        ChargeProgress::ActionRequired { url } => fail::unconfirmed(portal, tx, billed, invoice, charge, url).await?,
        ChargeProgress::Paid => Collected::Paid { amount: invoice.amount },
    };
    Ok(Some(collected))
}

async fn reported_paid(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    report: &ChargeReport,
) -> Result<Collected, Error> {
    let (id, number, amount) = (invoice.id, invoice.number, invoice.amount);
    let charge = charge_of(portal, billed, &invoice, report);
    if invoice.state.name() != InvoiceState::Paid {
        paid(portal, tx, billed, invoice.forget(), Some(charge)).await?;
        return Ok(Collected::Paid { amount });
    }
    store::write(tx, &invoice.forget(), portal.now()).await?;
    // The gateway may have reported this very charge before it was asked.
    if !store::pays_for(tx, id, (billed.gateway.as_str(), &report.reference)).await? {
        paid_twice(portal, tx, billed, number, charge).await?;
    }
    Ok(Collected::NothingOpen)
}

fn charge_of(portal: &Portal, billed: &BilledOrder, invoice: &Invoice, report: &ChargeReport) -> NewCharge {
    let now = portal.now();
    let (status, code, url, until) = match &report.state {
        ChargeProgress::Paid => (ChargeStatus::Paid, None, None, None),
        ChargeProgress::Declined(_) => (ChargeStatus::Failed, None, None, None),
        ChargeProgress::ActionRequired { url } => (ChargeStatus::Pending, None, Some(url.clone()), None),
        ChargeProgress::Waiting { code, url, until } => {
            (ChargeStatus::Pending, Some(code.clone()), Some(url.clone()), Some(*until))
        }
    };
    NewCharge {
        reference: report.reference.clone(),
        amount: invoice.amount.amount,
        status,
        method: invoice.attempt().map_or(billed.account.method, |attempt| attempt.with.method),
        installments: 1,
        created_at: invoice.attempt().map_or(now, |attempt| attempt.at),
        paid_at: (status == ChargeStatus::Paid).then_some(now),
        payment_code: code,
        payment_url: url,
        due_on: until.map(|until| billed.account.zone.day_of(until).to_string()),
        changed_at: now,
        told: Told::default(),
    }
}

/// Reports a charge of an invoice.
pub(super) async fn report_charge(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: InvoiceId,
    charge: NewCharge,
) -> Result<(), Error> {
    let reference = charge.reference.clone();
    ledger::report_of_calendar(portal, tx, billed.order, Some(charge), None).await?;
    store::link_charge(tx, billed.order, invoice, billed.gateway.as_str(), &reference).await
}

/// A boleto or Pix waits to be paid. After its last day it may still be on its way for a while.
async fn waiting(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: Invoice,
    charge: NewCharge,
    until: Instant,
) -> Result<Collected, Error> {
    let (now, id) = (portal.now(), invoice.id);
    let is_pix = charge.method == Method::Pix;
    let (grace, again) = if is_pix { (PIX_GRACE, PIX_GRACE) } else { (BOLETO_GRACE, BOLETO_LOOK) };
    if until.plus(grace) <= now {
        let expired = NewCharge { status: ChargeStatus::Failed, ..charge };
        return fail::failed(portal, tx, billed, invoice, DeclineReason::Expired, Some(expired)).await;
    }
    let is_new = invoice.attempt().is_some_and(ChargeAttempt::is_doubted);
    let look = if until > now { until } else { now.plus(again) };
    let invoice = invoice.wait(look);
    store::write(tx, &invoice, now).await?;
    report_charge(portal, tx, billed, id, charge).await?;
    if is_new {
        event::record(portal, tx, record_of(billed, BillingEvent::Waits, Some(&invoice), of_invoice(&invoice))).await?;
        let moment = InvoiceMoment::Slip;
        outbox::put(portal, tx, Mail::Invoice { invoice: id, moment, tries: invoice.tries }).await?;
    }
    Ok(Collected::Waiting)
}

/// Voids every open invoice of an order that is cancelled, paid back or over.
pub async fn void_open(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    let Some(billed) = store::lock(tx, order).await? else { return Ok(()) };
    let Some(invoice) = billed.account.owed.clone() else { return Ok(()) };
    let (now, id) = (portal.now(), invoice.id);
    let invoice = invoice.void().map_err(|error| Error::inconsistent("invoices", id, error))?;
    store::write(tx, &invoice, now).await?;
    give_up_charges(portal, tx, order, id).await?;
    event::record(portal, tx, record_of(&billed, BillingEvent::Voided, Some(&invoice), of_invoice(&invoice))).await?;
    super::look_again(portal, tx, order).await
}

/// Stops waiting for an open boleto or Pix of an invoice. If it is paid all the same, the gateway reports it.
pub(super) async fn give_up_charges(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    invoice: InvoiceId,
) -> Result<(), Error> {
    for charge in store::pending_as_failed(tx, invoice, portal.now()).await? {
        ledger::report_of_calendar(portal, tx, order, Some(charge), None).await?;
    }
    Ok(())
}

pub(super) fn of_invoice(invoice: &Invoice) -> Value {
    json!({
        "invoice": invoice.number, "state": invoice.state.name(), "amount": invoice.amount, "tries": invoice.tries,
        "failure": invoice.failure, "next_try_at": invoice.next_try_at(),
    })
}

/// A record of what happened to what an order owes; with the invoice that it is about.
pub(super) fn record_of(
    billed: &BilledOrder,
    what: BillingEvent,
    invoice: Option<&Invoice>,
    after: Value,
) -> Record<'static> {
    let event = Billing {
        what,
        order: billed.order,
        invoice: invoice.map(|invoice| invoice.id),
        amount: invoice.map(|invoice| invoice.amount.amount),
    };
    Record {
        producer: Some(billed.producer),
        person: Some(billed.person),
        order: Some(billed.order),
        after: Some(after),
        ..Record::new(Actor::System, event)
    }
}
