//! The sandbox's books of payments.

use super::payment::{Payment, State};
use super::store::{Books, read_currency};
use portal::db::Error;
use portal::{on, row};
use types::{Instant, Money};

const COLUMNS: &str = "reference, page, idempotency_key, request_hash, account, amount, currency, method, card_token,
    card_last4, email, description, return_url, state, decline, code, until, created_at";

const INSERT: &str = "insert into sandbox_payments (reference, page, idempotency_key, request_hash, account, amount,
    currency, method, card_token, card_last4, email, description, state, decline, code, until, created_at, changed_at,
    return_url, settles_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19)";

// Whoever changes a payment locks its row until the transaction ends; on SQLite the transaction has the only write lock
// already.
const LOCK: &str =
    "update sandbox_payments set changed_at = changed_at where idempotency_key = $1 or page = $1 or reference = $1";

const WRITE: &str =
    "update sandbox_payments set state = $2, decline = $3, code = $4, until = $5, changed_at = $6 where reference = $1";

const DUE: &str = "select reference from sandbox_payments
    where state in ('confirming', 'waiting', 'paid')
        and (until <= $1 or (state = 'waiting' and settles_at <= $1))
    order by case when state = 'waiting' and settles_at < until then settles_at else until end, reference
    limit 50";

row! {
    struct Row {
        reference: String, page: String, idempotency_key: String, request_hash: String, account: String, amount: i64,
        currency: String, method: String, card_token: Option<String>, card_last4: Option<String>, email: String,
        description: String, return_url: String, state: String, decline: Option<String>, code: Option<String>,
        until: Option<i64>, created_at: i64,
    }
}

/// What a payment is looked for by. Keys and pages are unguessable, references are the gateway's own.
#[derive(Clone, Copy)]
pub(super) enum By<'a> {
    Key(&'a str),
    Page(&'a str),
    Reference(&'a str),
}

/// What a name of ours is made of; PostgreSQL does not even take some texts.
pub(super) fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_graphic())
}

impl Books {
    /// The payment, locked until the books are closed.
    pub(super) async fn payment(&mut self, by: By<'_>) -> Result<Option<Payment>, Error> {
        let (column, value) = match by {
            By::Key(key) => ("idempotency_key", key),
            By::Page(page) => ("page", page),
            By::Reference(reference) => ("reference", reference),
        };
        if !is_name(value) {
            return Ok(None);
        }
        let sql = format!("select {COLUMNS} from sandbox_payments where {column} = $1");
        let found: Option<Row> = on!(self.0.conn(), c => {
            sqlx::query(LOCK).bind(value).execute(&mut *c).await?;
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(value).fetch_optional(c).await?
        });
        found.map(read).transpose()
    }

    /// The newest payments first.
    pub(super) async fn payments(&mut self, most: i64) -> Result<Vec<Payment>, Error> {
        let sql = format!("select {COLUMNS} from sandbox_payments order by created_at desc, reference limit $1");
        let rows: Vec<Row> =
            on!(self.0.conn(), c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(most).fetch_all(c).await?);
        rows.into_iter().map(read).collect()
    }

    pub(super) async fn insert_payment(&mut self, new: &Payment) -> Result<(), Error> {
        let (state, decline, code, until) = columns(&new.state);
        on!(self.0.conn(), c => {
            sqlx::query(INSERT)
                .bind(&new.reference)
                .bind(&new.page)
                .bind(&new.key)
                .bind(&new.request_hash)
                .bind(&new.account)
                .bind(new.amount.amount)
                .bind(new.amount.currency.as_str())
                .bind(new.method.as_str())
                .bind(new.card_token.as_deref())
                .bind(new.card_last4.as_deref())
                .bind(&new.email)
                .bind(&new.description)
                .bind(state)
                .bind(decline)
                .bind(code)
                .bind(until)
                .bind(new.created_at.micros())
                .bind(&new.return_url)
                .bind(new.settles_at().map(Instant::micros))
                .execute(c)
                .await?;
        });
        Ok(())
    }

    pub(super) async fn write_payment(&mut self, reference: &str, to: &State, now: Instant) -> Result<(), Error> {
        let (state, decline, code, until) = columns(to);
        on!(self.0.conn(), c => {
            let query = sqlx::query(WRITE).bind(reference).bind(state).bind(decline).bind(code).bind(until);
            query.bind(now.micros()).execute(c).await?;
        });
        Ok(())
    }

    /// Payments that something happens to by itself by `now`: the earliest first.
    pub(super) async fn due_payments(&mut self, now: Instant) -> Result<Vec<String>, Error> {
        let rows: Vec<(String,)> = on!(self.0.conn(), c => sqlx::query_as(DUE).bind(now.micros()).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(reference,)| reference).collect())
    }
}

type Columns<'a> = (&'static str, Option<&'static str>, Option<&'a str>, Option<i64>);

fn columns(state: &State) -> Columns<'_> {
    match state {
        State::Unheard => ("unheard", None, None, None),
        State::Confirming { until } => ("confirming", None, None, Some(until.micros())),
        State::Waiting { code, until } => ("waiting", None, Some(code), Some(until.micros())),
        State::Paid { disputed_at } => ("paid", None, None, disputed_at.map(Instant::micros)),
        State::Declined(reason) => ("declined", Some(reason.as_str()), None, None),
        State::Disputed => ("disputed", None, None, None),
    }
}

fn read(row: Row) -> Result<Payment, Error> {
    let wrong = |what: &'static str| Error::inconsistent("sandbox_payments", &row.reference, what);
    let until = row.until.map(Instant::from_micros);
    let state = match (row.state.as_str(), &row.decline, &row.code, until) {
        ("unheard", None, None, None) => State::Unheard,
        ("confirming", None, None, Some(until)) => State::Confirming { until },
        ("waiting", None, Some(code), Some(until)) => State::Waiting { code: code.clone(), until },
        ("paid", None, None, disputed_at) => State::Paid { disputed_at },
        ("declined", Some(reason), None, None) => State::Declined(reason.parse().map_err(|_| wrong("decline"))?),
        ("disputed", None, None, None) => State::Disputed,
        _ => return Err(wrong("state, reason, code and time do not go together")),
    };
    Ok(Payment {
        amount: Money::new(row.amount, read_currency(&row.currency, &row.reference)?),
        method: row.method.parse().map_err(|_| wrong("method"))?,
        state,
        created_at: Instant::from_micros(row.created_at),
        reference: row.reference,
        page: row.page,
        key: row.idempotency_key,
        request_hash: row.request_hash,
        account: row.account,
        card_token: row.card_token,
        card_last4: row.card_last4,
        email: row.email,
        description: row.description,
        return_url: row.return_url,
    })
}
