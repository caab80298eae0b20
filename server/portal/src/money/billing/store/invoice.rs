use super::account::BilledOrder;
use crate::billing::next::NewInvoice;
use crate::billing::state::{AttemptStanding, ChargeAttempt, Instrument, Invoice, State};
use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Currency, Instant, InvoiceId, InvoiceState, Money, OrderId, ProducerId};
use uuid::Uuid;

statements! {
    ALL = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at,
            attempt_key, attempt_at, waits_until, failing_since, failure, grace_until, paid_at, attempt_method,
            attempt_token, attempt_failed, attempt_is_once
        from invoices
        where order_id = $1
        order by number";
    BY_ID = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries, next_try_at,
            attempt_key, attempt_at, waits_until, failing_since, failure, grace_until, paid_at, attempt_method,
            attempt_token, attempt_failed, attempt_is_once
        from invoices
        where id = $1";
    // Whose money is still there.
    PAID_FOR = "select id, number, period_start, period_end, due_at, amount, discount, currency, state, tries,
            next_try_at, attempt_key, attempt_at, waits_until, failing_since, failure, grace_until, paid_at,
            attempt_method, attempt_token, attempt_failed, attempt_is_once
        from invoices
        where order_id = $1
            and period_start = $2
            and state = 'paid'
            and exists (select 1 from charges c where c.order_id = $1 and c.invoice_id = invoices.id
                and c.status = 'paid')";
    ORDER_OF = "select order_id as id from invoices where id = $1";
    // What was void, of the same number, is owed again.
    INSERT = "insert into invoices (id, producer_id, order_id, number, period_start, period_end, due_at, amount,
                discount, currency, state, tries, next_try_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', 0, $11, $12, $12)
        on conflict (order_id, number) do update set period_start = excluded.period_start,
            period_end = excluded.period_end, due_at = excluded.due_at, amount = excluded.amount,
            discount = excluded.discount, state = 'open', next_try_at = excluded.next_try_at, failing_since = null,
            failure = null, grace_until = null, updated_at = excluded.updated_at
        where invoices.state = 'void'";
    INSERT_PAID = "insert into invoices (id, producer_id, order_id, number, period_start, period_end, due_at, amount,
                discount, currency, state, tries, paid_at, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 'paid', 1, $10, $11, $11)";
    WRITE = "update invoices set period_start = $2, period_end = $3, state = $4, tries = $5, next_try_at = $6,
            attempt_key = $7, attempt_at = $8, waits_until = $9, failing_since = $10, failure = $11,
            grace_until = $12, paid_at = $13, updated_at = $14, attempt_method = $15, attempt_token = $16,
            attempt_failed = $17, attempt_is_once = $18
        where id = $1";
}

row! {
    pub(super) struct InvoiceRow {
        id: Uuid, number: i64, period_start: i64, period_end: i64, due_at: i64, amount: i64, discount: i64,
        currency: String, state: String, tries: i64, next_try_at: Option<i64>, attempt_key: Option<String>,
        attempt_at: Option<i64>, waits_until: Option<i64>, failing_since: Option<i64>, failure: Option<String>,
        grace_until: Option<i64>, paid_at: Option<i64>, attempt_method: Option<String>, attempt_token: Option<String>,
        attempt_failed: bool, attempt_is_once: bool,
    }
    struct IdRow { id: Uuid }
}

impl TryFrom<InvoiceRow> for Invoice {
    type Error = Error;

    fn try_from(row: InvoiceRow) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("invoices", row.id, what);
        let attempt = row.attempt()?;
        let next_try_at = row.next_try_at.map(Instant::from_micros);
        let state = match row.state.parse().map_err(|_| wrong("state"))? {
            InvoiceState::Open => {
                State::Open { next_try_at: next_try_at.ok_or_else(|| wrong("open and never tried"))?, attempt }
            }
            InvoiceState::Overdue => State::Overdue { next_try_at, attempt },
            InvoiceState::Paid => {
                State::Paid { at: Instant::from_micros(row.paid_at.ok_or_else(|| wrong("paid when?"))?), attempt }
            }
            InvoiceState::Void => State::Void { attempt },
        };
        Ok(Self {
            id: InvoiceId(row.id),
            number: row.number,
            period_start: Instant::from_micros(row.period_start),
            period_end: Instant::from_micros(row.period_end),
            due_at: Instant::from_micros(row.due_at),
            amount: Money::new(row.amount, Currency::parse(&row.currency).map_err(|_| wrong("currency"))?),
            discount: row.discount,
            tries: row.tries,
            failing_since: row.failing_since.map(Instant::from_micros),
            failure: row.failure.as_deref().map(str::parse).transpose().map_err(|_| wrong("failure"))?,
            grace_until: row.grace_until.map(Instant::from_micros),
            state,
        })
    }
}

impl InvoiceRow {
    fn attempt(&self) -> Result<Option<ChargeAttempt>, Error> {
        let wrong = |what: &str| Error::inconsistent("invoices", self.id, what);
        let Some((key, began)) = self.attempt_key.clone().zip(self.attempt_at) else { return Ok(None) };
        let method = self.attempt_method.as_deref().ok_or_else(|| wrong("a try with nothing"))?;
        let method = method.parse().map_err(|_| wrong("method"))?;
        Ok(Some(ChargeAttempt {
            key,
            at: Instant::from_micros(began),
            with: Instrument { method, token: self.attempt_token.clone() },
            is_once: self.attempt_is_once,
            standing: standing_of(self.waits_until.map(Instant::from_micros), self.attempt_failed),
        }))
    }
}

/// How a try of the checkout is written: as waited for until the end of the year 9999. Statements of other features ask
/// whether an invoice is waited for, and this one is.
const OF_CHECKOUT: Instant = Instant::from_seconds(253_402_300_799);

fn standing_of(waits_until: Option<Instant>, counts_as_failed: bool) -> AttemptStanding {
    match waits_until {
        None => AttemptStanding::Doubted { counts_as_failed },
        Some(OF_CHECKOUT) => AttemptStanding::OfCheckout,
        Some(until) => AttemptStanding::Waiting { until, counts_as_failed },
    }
}

fn waits_until(attempt: &ChargeAttempt) -> Option<Instant> {
    match attempt.standing {
        AttemptStanding::OfCheckout => Some(OF_CHECKOUT),
        AttemptStanding::Doubted { .. } | AttemptStanding::Waiting { .. } => attempt.waits_until(),
    }
}

pub(in crate::money::billing) async fn all(conn: Conn<'_>, order: OrderId) -> Result<Vec<Invoice>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, InvoiceRow>(ALL).bind(order.0).fetch_all(c).await?);
    rows.into_iter().map(Invoice::try_from).collect()
}

pub(in crate::money::billing) async fn invoice(conn: Conn<'_>, invoice: InvoiceId) -> Result<Option<Invoice>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, InvoiceRow>(BY_ID).bind(invoice.0).fetch_optional(c).await?);
    row.map(Invoice::try_from).transpose()
}

/// The invoice that paid for the period that begins then, if one did and the money is still there.
pub(in crate::money::billing) async fn paid_for(
    conn: Conn<'_>,
    order: OrderId,
    period_start: Instant,
) -> Result<Option<Invoice>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, InvoiceRow>(PAID_FOR).bind(order.0).bind(period_start.micros()).fetch_optional(c).await?
    });
    row.map(Invoice::try_from).transpose()
}

pub(in crate::money::billing) async fn order_of(conn: Conn<'_>, invoice: InvoiceId) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(ORDER_OF).bind(invoice.0).fetch_optional(c).await?);
    Ok(row.map(|row| OrderId(row.id)))
}

pub(in crate::money::billing) async fn insert(
    tx: &mut Tx,
    id: InvoiceId,
    billed: &BilledOrder,
    new: &NewInvoice,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(billed.producer.0)
            .bind(billed.order.0)
            .bind(new.number)
            .bind(new.period.0.micros())
            .bind(new.period.1.micros())
            .bind(new.due_at.micros())
            .bind(new.amount.amount)
            .bind(new.discount)
            .bind(new.amount.currency.as_str())
            .bind(new.opens_at.micros())
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

/// The first instalment of a price, paid with the order.
pub(in crate::money::billing) async fn insert_paid(
    tx: &mut Tx,
    id: InvoiceId,
    (producer, order): (ProducerId, OrderId),
    new: &NewInvoice,
    paid_at: Instant,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_PAID)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.0)
            .bind(new.number)
            .bind(new.period.0.micros())
            .bind(new.period.1.micros())
            .bind(new.due_at.micros())
            .bind(new.amount.amount)
            .bind(new.amount.currency.as_str())
            .bind(paid_at.micros())
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Writes where an invoice is now. The caller has locked its order ([`super::lock`]).
pub(in crate::money::billing) async fn write(tx: &mut Tx, invoice: &Invoice, now: Instant) -> Result<(), Error> {
    let attempt = invoice.attempt();
    let paid_at = match invoice.state {
        State::Paid { at, .. } => Some(at.micros()),
        _ => None,
    };
    on!(tx.conn(), c => {
        sqlx::query(WRITE)
            .bind(invoice.id.0)
            .bind(invoice.period_start.micros())
            .bind(invoice.period_end.micros())
            .bind(invoice.state.name().as_str())
            .bind(invoice.tries)
            .bind(invoice.next_try_at().map(Instant::micros))
            .bind(attempt.map(|attempt| attempt.key.as_str()))
            .bind(attempt.map(|attempt| attempt.at.micros()))
            .bind(attempt.and_then(waits_until).map(Instant::micros))
            .bind(invoice.failing_since.map(Instant::micros))
            .bind(invoice.failure.map(types::DeclineReason::as_str))
            .bind(invoice.grace_until.map(Instant::micros))
            .bind(paid_at)
            .bind(now.micros())
            .bind(attempt.map(|attempt| attempt.with.method.as_str()))
            .bind(attempt.and_then(|attempt| attempt.with.token.as_deref()))
            .bind(attempt.is_some_and(ChargeAttempt::counts_as_failed))
            .bind(attempt.is_some_and(|attempt| attempt.is_once))
            .execute(c)
            .await?;
    });
    Ok(())
}
