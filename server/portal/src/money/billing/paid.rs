//! Money arrived: what it pays for, and who is told of what nothing was owed for.

use super::account::{Subscription, Terms};
use super::course;
use super::mail::{InvoiceMoment, Mail};
use super::record::{of_invoice, record_of};
use super::state::Invoice;
use super::store::{self, BilledOrder};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::event::{self, BillingEvent};
use crate::ledger::{self, NewCharge, NewSubscription};
use crate::outbox;
use crate::plan::ScheduledChange;
use serde_json::json;
use types::{InvoiceState, OrderId};

/// The money arrived: the period of the invoice is paid. If access was suspended until now, the period begins now.
pub(super) async fn paid(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    mut invoice: Invoice,
    charge: Option<NewCharge>,
) -> Result<(), Error> {
    let (now, order) = (portal.now(), billed.order);
    let (before, was_failing) = (invoice.state.name(), invoice.failing_since.is_some());
    let is_in_vain = invoice.amount.amount > 0 && (!invoice.is_owed() || billed.account.is_over());
    if is_in_vain {
        tracing::error!(%order, invoice = invoice.number, "money arrived for what is not owed any more");
        event::record(portal, tx, record_of(billed, BillingEvent::PaidInVain, Some(&invoice), of_invoice(&invoice)))
            .await?;
    }
    let renews = invoice.is_owed() && !billed.account.is_over();
    let subscription = if renews { renewed(portal, tx, billed, &mut invoice).await? } else { None };
    let id = invoice.id;
    let invoice = invoice.pay(now).map_err(|error| Error::inconsistent("invoices", id, error))?;
    store::write(tx, &invoice, now).await?;
    let reference = charge.as_ref().map(|charge| charge.reference.clone());
    ledger::report_of_calendar(portal, tx, order, charge, subscription).await?;
    if let Some(reference) = reference {
        store::link_charge(tx, order, id, billed.gateway.as_str(), &reference).await?;
        if is_in_vain {
            tell_of_surplus(portal, tx, billed, &reference).await?;
        }
    }
    event::record(portal, tx, record_of(billed, BillingEvent::Paid, Some(&invoice), of_invoice(&invoice))).await?;
    if was_failing && before != InvoiceState::Void {
        let moment = InvoiceMoment::Recovered;
        outbox::put(portal, tx, Mail::Invoice { invoice: id, moment, tries: invoice.tries }).await?;
    }
    Ok(())
}

/// The subscription in the period that this invoice pays for. None for a price in instalments.
async fn renewed(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    invoice: &mut Invoice,
) -> Result<Option<NewSubscription>, Error> {
    let Terms::Subscription(subscription) = &billed.account.terms else { return Ok(None) };
    let (now, order, zone) = (portal.now(), billed.order, &billed.account.zone);
    let is_late = invoice.state.name() == InvoiceState::Overdue;
    let change = begin_plan(portal, tx, order, invoice).await?;
    if let Some(change) = &change {
        let plan = Subscription { interval: change.interval, ..subscription.clone() };
        let start = if is_late { now } else { invoice.period_start };
        (invoice.period_start, invoice.period_end) = plan.period_from(zone, start);
        store::set_position(tx, order, (start, 1)).await?;
    } else if is_late {
        (invoice.period_start, invoice.period_end) = subscription.period_from(zone, now);
        store::set_position(tx, order, (now, 1)).await?;
    } else {
        store::set_position(tx, order, subscription.position(zone, invoice.period_end)).await?;
    }
    if invoice.discount > 0 {
        store::use_discount(tx, order).await?;
    }
    let renewed = course::of(tx, billed).await?.map(|course| course.renew(invoice, change, now)).transpose();
    renewed.map_err(|error| Error::inconsistent("subscriptions", order, error))
}

/// The next period was paid while nothing was owed, for example by a boleto after a cancellation, and the subscription
/// goes on all the same: the period has begun.
pub(super) async fn begin_paid(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    mut invoice: Invoice,
) -> Result<(), Error> {
    let subscription = renewed(portal, tx, billed, &mut invoice).await?;
    store::write(tx, &invoice, portal.now()).await?;
    ledger::report_of_calendar(portal, tx, billed.order, None, subscription).await?;
    event::record(portal, tx, record_of(billed, BillingEvent::Paid, Some(&invoice), of_invoice(&invoice))).await
}

/// The plan that begins with the period of this invoice, if the invoice was for it. A change that was undone meanwhile
/// does not begin.
async fn begin_plan(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    invoice: &Invoice,
) -> Result<Option<ScheduledChange>, Error> {
    let change = crate::plan::due_change(tx.conn(), order, invoice.period_start).await?;
    let Some(change) = change.filter(|change| change.amount.amount == invoice.amount.amount + invoice.discount) else {
        return Ok(None);
    };
    Ok(crate::plan::mark_applied(portal, tx, change.id).await?.then_some(change))
}

/// Money arrived for an invoice that another charge has paid: it is kept beside that charge, and people are told.
pub(super) async fn paid_twice(
    portal: &Portal,
    tx: &mut Tx,
    billed: &BilledOrder,
    number: i64,
    charge: NewCharge,
) -> Result<(), Error> {
    let reference = charge.reference.clone();
    ledger::report_of_calendar(portal, tx, billed.order, Some(charge), None).await?;
    store::unlink_charge(tx, billed.order, billed.gateway.as_str(), &reference).await?;
    tracing::error!(order = %billed.order, reference, "an invoice was paid twice");
    let twice = json!({"invoice": number, "reference": reference});
    event::record(portal, tx, record_of(billed, BillingEvent::PaidTwice, None, twice)).await?;
    tell_of_surplus(portal, tx, billed, &reference).await
}

/// Buyer and producer are told of money that nothing was owed for.
async fn tell_of_surplus(portal: &Portal, tx: &mut Tx, billed: &BilledOrder, reference: &str) -> Result<(), Error> {
    let order = billed.order;
    let charge = store::charge_id(tx, order, (billed.gateway.as_str(), reference)).await?;
    for to_producer in [false, true] {
        outbox::put(portal, tx, Mail::Surplus { order, charge, to_producer }).await?;
    }
    Ok(())
}
