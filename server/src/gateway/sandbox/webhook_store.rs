//! The sandbox's webhooks and settings on disk.

use super::clock::ClockStanding;
use super::payment_store::is_name;
use super::store::Books;
use super::webhook::{Fault, State, Webhook};
use portal::db::{Db, Error};
use portal::{on, row};
use types::Instant;

const INSERT: &str = "insert into sandbox_webhooks (id, kind, body, state, attempts, due_at, created_at)
    values ($1, $2, $3, 'waiting', 0, $4, $5)
    on conflict (id) do nothing";

// Only where it stands as it did before it was sent: what another process, or a person who wants it sent again, did
// meanwhile is what counts.
const WRITE: &str = "update sandbox_webhooks set state = $2, attempts = $3, due_at = $4, last_answer = $5
    where id = $1 and state = 'waiting' and attempts = $6 and due_at = $7";

const DUE: &str = "select id, kind, body, state, attempts, due_at, last_answer, created_at from sandbox_webhooks
    where state = 'waiting' and due_at <= $1
    order by due_at, created_at, id
    limit 50";

/// Whether anything in the books is due.
const ANY_DUE: &str = "select exists (select 1 from sandbox_webhooks where state = 'waiting' and due_at <= $1)
    or exists (select 1 from sandbox_refunds where state = 'pending' and changes_at <= $1)
    or exists (select 1 from sandbox_payments where state in ('confirming', 'waiting', 'paid') and until <= $1)
    or exists (select 1 from sandbox_payments where state = 'waiting' and settles_at <= $1)";

const NEWEST: &str = "select id, kind, body, state, attempts, due_at, last_answer, created_at from sandbox_webhooks
    order by created_at desc, id limit 100";

const SEND_AGAIN: &str = "update sandbox_webhooks set state = 'waiting', attempts = 0, due_at = $2 where id = $1";

const SETTINGS: &str = "select clock, clock_value, fail_next, webhook_fault from sandbox_settings where id = 1";

/// Changes nothing and locks the row.
const HOLD_SETTINGS: &str =
    "update sandbox_settings set clock = clock where id = 1 returning clock, clock_value, fail_next, webhook_fault";

const TAKE_FAILURE: &str = "update sandbox_settings set fail_next = fail_next - 1 where id = 1 and fail_next > 0";

const SET_FAILURES: &str = "update sandbox_settings set fail_next = $1 where id = 1";

const SET_FAULT: &str = "update sandbox_settings set webhook_fault = $1 where id = 1";

const SET_CLOCK: &str = "update sandbox_settings set clock = $1, clock_value = $2 where id = 1";

row! {
    struct Row {
        id: String, kind: String, body: String, state: String, attempts: i64, due_at: i64,
        last_answer: Option<String>, created_at: i64,
    }
    struct SettingsRow { clock: String, clock_value: i64, fail_next: i64, webhook_fault: String }
}

/// How the sandbox is set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Settings {
    pub(super) clock: ClockStanding,
    pub(super) fail_next: i64,
    pub(super) fault: Fault,
}

/// The settings as they are now.
pub(super) async fn settings(db: &Db) -> Result<Settings, Error> {
    read_settings(&on!(db.read().await?.conn(), c => sqlx::query_as(SETTINGS).fetch_one(c).await?))
}

fn read_settings(row: &SettingsRow) -> Result<Settings, Error> {
    let wrong = |what: &'static str| Error::inconsistent("sandbox_settings", 1, what);
    Ok(Settings {
        clock: ClockStanding::read(&row.clock, row.clock_value).ok_or_else(|| wrong("clock"))?,
        fail_next: row.fail_next,
        fault: Fault::of_word(&row.webhook_fault).ok_or_else(|| wrong("fault"))?,
    })
}

impl Books {
    /// The settings, which nobody else changes before these books are closed.
    pub(super) async fn settings(&mut self) -> Result<Settings, Error> {
        read_settings(&on!(self.0.conn(), c => sqlx::query_as(HOLD_SETTINGS).fetch_one(c).await?))
    }

    pub(super) async fn insert_webhook(&mut self, new: &Webhook) -> Result<(), Error> {
        on!(self.0.conn(), c => {
            let query = sqlx::query(INSERT).bind(&new.id).bind(&new.kind).bind(&new.body);
            query.bind(new.due_at.micros()).bind(new.created_at.micros()).execute(c).await?;
        });
        Ok(())
    }

    /// Writes what became of a webhook that was sent; false where somebody else changed it meanwhile.
    pub(super) async fn write_webhook(&mut self, before: &Webhook, after: &Webhook) -> Result<bool, Error> {
        let rows = on!(self.0.conn(), c => {
            let query = sqlx::query(WRITE).bind(&after.id).bind(after.state.as_str()).bind(after.attempts);
            let query = query.bind(after.due_at.micros()).bind(after.last_answer.as_deref());
            query.bind(before.attempts).bind(before.due_at.micros()).execute(c).await?.rows_affected()
        });
        Ok(rows == 1)
    }

    /// Whether there was such a webhook; it is sent as if for the first time.
    pub(super) async fn send_again(&mut self, id: &str, now: Instant) -> Result<bool, Error> {
        if !is_name(id) {
            return Ok(false);
        }
        Ok(on!(self.0.conn(), c => {
            sqlx::query(SEND_AGAIN).bind(id).bind(now.micros()).execute(c).await?.rows_affected() == 1
        }))
    }

    /// Whether the next charge was to fail; it counts as that one.
    pub(super) async fn take_failure(&mut self) -> Result<bool, Error> {
        Ok(on!(self.0.conn(), c => sqlx::query(TAKE_FAILURE).execute(c).await?.rows_affected() == 1))
    }

    pub(super) async fn set_failures(&mut self, count: i64) -> Result<(), Error> {
        on!(self.0.conn(), c => { sqlx::query(SET_FAILURES).bind(count).execute(c).await?; });
        Ok(())
    }

    pub(super) async fn set_fault(&mut self, fault: Fault) -> Result<(), Error> {
        on!(self.0.conn(), c => { sqlx::query(SET_FAULT).bind(fault.as_str()).execute(c).await?; });
        Ok(())
    }

    pub(super) async fn set_clock(&mut self, standing: ClockStanding) -> Result<(), Error> {
        let (word, value) = standing.columns();
        on!(self.0.conn(), c => { sqlx::query(SET_CLOCK).bind(word).bind(value).execute(c).await?; });
        Ok(())
    }
}

/// Webhooks that are to be sent by `now`, the oldest first.
pub(super) async fn due(db: &Db, now: Instant) -> Result<Vec<Webhook>, Error> {
    let rows: Vec<Row> = on!(db.read().await?.conn(), c => sqlx::query_as(DUE).bind(now.micros()).fetch_all(c).await?);
    rows.into_iter().map(read).collect()
}

/// Whether anything is to be done by `now`.
pub(super) async fn any_due(db: &Db, now: Instant) -> Result<bool, Error> {
    let (any,) = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, (bool,)>(ANY_DUE).bind(now.micros()).fetch_one(c).await?
    });
    Ok(any)
}

/// The newest webhooks first.
pub(super) async fn newest(db: &Db) -> Result<Vec<Webhook>, Error> {
    let rows: Vec<Row> = on!(db.read().await?.conn(), c => sqlx::query_as(NEWEST).fetch_all(c).await?);
    rows.into_iter().map(read).collect()
}

fn read(row: Row) -> Result<Webhook, Error> {
    let state = State::of_word(&row.state).ok_or_else(|| Error::inconsistent("sandbox_webhooks", &row.id, "state"))?;
    Ok(Webhook {
        id: row.id,
        kind: row.kind,
        body: row.body,
        state,
        attempts: row.attempts,
        due_at: Instant::from_micros(row.due_at),
        last_answer: row.last_answer,
        created_at: Instant::from_micros(row.created_at),
    })
}
