//! The calendar of a new order: whether we charge its renewals or instalments from now on.
//!
//! A history that is sent in late begins its calendar when it came in, so that nobody is charged for several months at
//! once.

use super::account::{self, Subscription};
use super::job::Job;
use super::next::NewInvoice;
use super::state::{AttemptStanding, ChargeAttempt, Instrument, State};
use super::store;
use crate::Portal;
use crate::Producer;
use crate::connection;
use crate::db::{Error, Tx};
use crate::ledger::PaymentMethod;
use crate::ledger::{NewCharge, NewOrder, NewSubscription};
use crate::outbox;
use crate::time::Zone;
use types::{ChargeStatus, Instant, IntervalUnit, InvoiceId, Method, Money, OrderId, OrderKind, ProducerId};

/// What of a new order is charged by our calendar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Calendar {
    /// Each cycle of its plan.
    Renewals,
    /// So many monthly instalments of its price; the charge the order came with is the first.
    Installments(i64),
}

/// Whether our calendar charges a new order, and how. The charge of an order in instalments becomes that of the first
/// one. Where a gateway does the charging itself, the charge says in how many instalments.
pub(crate) async fn begin(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    order: &mut NewOrder,
    installments_max: i64,
) -> Result<Option<Calendar>, Error> {
    let gateway = connection::named(tx.conn(), producer.id(), order.gateway.as_str()).await?;
    let is_ours = portal.ports.gateways.bills(&gateway) && order.payment.method != Method::Other;
    Ok(calendar(is_ours, order, installments_max))
}

fn calendar(is_ours: bool, order: &mut NewOrder, installments_max: i64) -> Option<Calendar> {
    match order.kind {
        OrderKind::OneOff => None,
        OrderKind::Subscription => (is_ours && order.subscription.is_some()).then_some(Calendar::Renewals),
        OrderKind::SmartInstallments | OrderKind::SlipInstallments => {
            let count = order.installments.unwrap_or(installments_max).max(1);
            let total = order.items.iter().map(|item| item.amount).sum();
            if let Some(charge) = &mut order.charge {
                if is_ours {
                    (charge.amount, charge.installments) = (account::installment(total, count, 1), 1);
                } else {
                    charge.installments = charge.installments.max(order.installments.unwrap_or(1));
                }
            }
            is_ours.then_some(Calendar::Installments(count))
        }
    }
}

impl Calendar {
    /// Writes what the calendar needs, for an order that was just written.
    pub(crate) async fn write(
        self,
        portal: &Portal,
        tx: &mut Tx,
        producer: &Producer,
        id: OrderId,
        order: &NewOrder,
    ) -> Result<(), Error> {
        let (zone, now) = (producer.zone()?, portal.now());
        store::set_method(tx, id, &PaymentMethod::of_order(&order.payment), now).await?;
        match (self, &order.subscription) {
            (Self::Renewals, Some(new)) => store::bill_subscription(tx, id, first_position(new, &zone)).await?,
            (Self::Renewals, None) => {}
            (Self::Installments(count), _) => {
                let anchor = first_due(order.ordered_at, &zone, now);
                store::insert_plan(tx, (producer.id(), id), count, anchor, now).await?;
                if let Some(charge) = &order.charge {
                    first_part(portal, tx, (producer.id(), id), order, charge, (anchor, &zone)).await?;
                }
            }
        }
        outbox::put(portal, tx, Job::Bill { order: id }).await
    }
}

/// Where the period that came with an order stands in its calendar.
fn first_position(new: &NewSubscription, zone: &Zone) -> (Instant, i64) {
    let subscription = Subscription {
        status: new.status,
        price: new.amount,
        interval: new.interval,
        period_end: new.period_end,
        next_charge_at: new.next_charge_at,
        anchor: new.period_start,
        cycle: 1,
        discount_percent: 0,
        discount_cycles: 0,
        noticed: None,
        ends_by_wish: false,
    };
    subscription.position(zone, new.period_end)
}

/// From when the instalments are counted. An order that comes in when its second instalment is due already begins when
/// it came in, so that nobody is charged for several months at once because of history.
fn first_due(ordered_at: Instant, zone: &Zone, now: Instant) -> Instant {
    let is_old = zone.intervals_after(ordered_at, IntervalUnit::Month, 1) <= now;
    if is_old { now } else { ordered_at }
}

/// The first instalment: paid with the order, or open like the charge of the order.
async fn first_part(
    portal: &Portal,
    tx: &mut Tx,
    owner: (ProducerId, OrderId),
    order: &NewOrder,
    charge: &NewCharge,
    (anchor, zone): (Instant, &Zone),
) -> Result<(), Error> {
    let (id, now) = (InvoiceId(portal.new_id()), portal.now());
    let new = NewInvoice {
        number: 1,
        period: (anchor, zone.intervals_after(anchor, IntervalUnit::Month, 1)),
        due_at: order.ordered_at,
        opens_at: order.ordered_at,
        amount: Money::new(charge.amount, order.currency),
        discount: 0,
    };
    if charge.status == ChargeStatus::Paid {
        store::insert_paid(tx, id, owner, &new, charge.paid_at.unwrap_or(order.ordered_at), now).await?;
    } else if let Some(billed) = store::lock(tx, owner.1).await? {
        store::insert(tx, id, &billed, &new, now).await?;
        if let Some(mut invoice) = store::invoice(tx.conn(), id).await? {
            // The checkout's own charge: whoever made it says what becomes of it.
            let attempt = ChargeAttempt {
                key: format!("{id}-1"),
                at: order.ordered_at,
                with: Instrument { method: charge.method, token: None },
                is_once: false,
                standing: AttemptStanding::OfCheckout,
            };
            (invoice.tries, invoice.state) = (1, State::Open { next_try_at: now, attempt: Some(attempt) });
            store::write(tx, &invoice, now).await?;
        }
    }
    store::link_charge(tx, owner.1, id, order.gateway.as_str(), &charge.reference).await
}
