//! The calendar of money: renewals, instalments and the repetition of failed charges, for orders whose gateway leaves
//! charging to us.
//!
//! - An *invoice* is what one cycle or one instalment owes; an order owes one invoice at a time.
//! - A *try* is one attempt to charge an invoice. It is written on the invoice before the gateway is called, with an
//!   idempotency key of its own.
//! - The *account* is everything of an order that decides what comes next (`next.rs`, a pure function of account, clock
//!   and policy).
//!
//! The job [`Job::Bill`] walks the calendar of one order, in a lane of its own. What the gateway answers is one
//! transaction: charge, invoice, subscription, event, mail. Whatever is not known is asked for before anything is
//! charged again, so that each period is charged once, after a crash at any line or weeks of standing still.

mod account;
mod advance;
mod begin;
mod collect;
mod course;
mod fail;
mod job;
mod mail;
mod method;
mod next;
mod paid;
mod record;
mod retry;
mod state;
mod store;
mod take_report;
mod traces;

pub use advance::advance;
pub(crate) use begin::begin;
pub use collect::{Collected, ask_now, collect_by, collect_now, collect_once};
pub use job::Job;
pub(crate) use job::run;
pub(crate) use mail::draft;
pub use mail::{ChargeLetter, Content, InvoiceMoment, Mail, Outlook};
pub use method::set_method;
pub use record::void_open;
pub use state::{AttemptStanding, ChargeAttempt, Instrument, InvalidTransition, Invoice, State};
pub use take_report::take_report;
pub(crate) use traces::TRACES;

use crate::Portal;
use crate::db::{Conn, Error, Statement, Tx};
use crate::outbox;
use crate::plan;
use crate::policy;
use crate::time::Zone;
use types::view::{InstallmentView, InstallmentsView, OverdueView};
use types::{Currency, Instant, InvoiceId, InvoiceState, Money, OrderId, QuoteId};
use uuid::Uuid;

/// Everything an order owes or owed, oldest first.
pub async fn invoices_of(conn: Conn<'_>, order: OrderId) -> Result<Vec<Invoice>, Error> {
    store::all(conn, order).await
}

/// Whether an order has a calendar of ours.
pub(crate) async fn is_billed(tx: &mut Tx, order: OrderId) -> Result<bool, Error> {
    store::is_billed(tx, order).await
}

/// Makes the calendar of an order look again, if the order has one.
pub async fn look_again(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    if is_billed(tx, order).await? {
        outbox::put(portal, tx, Job::Bill { order }).await?;
    }
    Ok(())
}

/// Something happened to the charge that was asked for with this key, of an invoice or of a change of plan: its gateway
/// is asked about it. Whether the key is one of ours.
pub(crate) async fn look_at_try(portal: &Portal, tx: &mut Tx, key: &str) -> Result<bool, Error> {
    let Some(id) = key.get(..36).and_then(|id| id.parse::<Uuid>().ok()) else { return Ok(false) };
    if let Some(order) = store::order_of(tx.conn(), InvoiceId(id)).await? {
        outbox::put_afresh(portal, tx, Job::Ask { order }).await?;
        return Ok(true);
    }
    plan::look_at_change(portal, tx, QuoteId(id)).await
}

/// Every instalment of an order's price, first to last: what was asked for and what is ahead. Empty for other
/// orders.
pub async fn installments_of(mut conn: Conn<'_>, order: OrderId) -> Result<Vec<InstallmentView>, Error> {
    let known = store::all(conn.again(), order).await?;
    let Some(billed) = store::find(conn, order).await? else { return Ok(Vec::new()) };
    let account::Terms::Installments(terms) = &billed.account.terms else { return Ok(Vec::new()) };
    let installment = |number| match known.iter().find(|invoice| invoice.number == number) {
        Some(invoice) => {
            InstallmentView { number, due_at: invoice.due_at, amount: invoice.amount, state: Some(invoice.seen_as()) }
        }
        None => {
            let amount = Money::new(terms.amount(number), billed.account.currency);
            // The price went back: nothing is left to be charged.
            let state = (amount.amount == 0).then_some(InvoiceState::Void);
            InstallmentView { number, due_at: terms.due_at(&billed.account.zone, number), amount, state }
        }
    };
    Ok((1..=terms.count).map(installment).collect())
}

/// What the list of somebody's orders knows of a price in instalments.
pub(crate) struct Parts {
    /// Of what was not given back.
    pub total: i64,
    /// How many there are.
    pub count: i64,
    /// When the first was due.
    pub anchor: Instant,
    /// How many are paid.
    pub paid: i64,
    /// When the one is due that is owed, and what it asks for.
    pub owed: Option<(Instant, i64)>,
}

impl Parts {
    /// How far the price is paid: what the order's own page says.
    pub(crate) fn view(&self, zone: &Zone, currency: Currency) -> InstallmentsView {
        let terms = account::Installments { total: self.total, count: self.count, anchor: self.anchor };
        let number = self.paid + 1;
        let ahead = || (terms.due_at(zone, number), terms.amount(number));
        let is_left = number <= self.count && self.total > 0;
        let next = is_left.then(|| self.owed.unwrap_or_else(ahead));
        let later: i64 = (number + 1..=self.count).map(|later| terms.amount(later)).sum();
        let left = next.map_or(0, |(_, amount)| amount + later);
        InstallmentsView {
            paid: self.paid,
            count: self.count,
            left: Money::new(left, currency),
            next: next.map(|(at, amount)| (at, Money::new(amount, currency))),
        }
    }
}

/// The invoice of an order that failed and is still owed. None where our calendar does not charge the order.
pub async fn overdue_of(mut conn: Conn<'_>, order: OrderId) -> Result<Option<OverdueView>, Error> {
    let Some(billed) = store::find(conn.again(), order).await? else { return Ok(None) };
    let policy = policy::of_product(conn, billed.producer, billed.product.as_ref()).await?;
    Ok(retry::overdue(&billed.account, &policy.dunning))
}

/// Takes so many per cent off the price of the next cycles.
pub async fn set_discount(tx: &mut Tx, order: OrderId, percent: i64, cycles: i64) -> Result<(), Error> {
    store::set_discount(tx, order, percent.clamp(0, 100), cycles.max(0)).await
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
