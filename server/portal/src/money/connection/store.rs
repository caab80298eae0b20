use super::{Connection, Health, NewConnection, address_key};
use crate::db::{Conn, Error, Tx, parsed};
use crate::ports::Checked;
use crate::{Portal, on, row, statements};
use serde_json::{Value, json};
use types::{Code, ConnectionId, Instant, ProducerId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, producer_id, code, gateway, account, secrets_sealed, webhook_secret_sealed, bills, state,
            updated_at, is_live, checked_at, last_event_at, last_error, last_error_at, failing_since, rests_until
        from connections
        where producer_id = $1 and code = $2";
    OF_PRODUCER = "select id, producer_id, code, gateway, account, secrets_sealed, webhook_secret_sealed, bills, state,
            updated_at, is_live, checked_at, last_event_at, last_error, last_error_at, failing_since, rests_until
        from connections
        where producer_id = $1
        order by code";
    OWNERS = "select p.id, p.slug
        from producers p
        where exists (select 1 from connections c where c.producer_id = p.id and c.state = 'active')
        order by p.slug";
    ACCOUNT = "select account
        from connections
        where producer_id = $1 and code = $2";
    KIND = "select gateway || ' ' || bills || ' ' || state as kind
        from connections
        where producer_id = $1 and code = $2";
    BY_ADDRESS = "select id, producer_id, code, gateway, account, secrets_sealed, webhook_secret_sealed, bills, state,
            updated_at, is_live, checked_at, last_event_at, last_error, last_error_at, failing_since, rests_until
        from connections
        where address_hash = $1";
    SET_CHECKED = "update connections set is_live = $2, checked_at = $3, account = coalesce($4, account),
            last_error = $5, last_error_at = case when cast($5 as text) is not null then cast($3 as bigint) end,
            failures = 0, failing_since = null, rests_until = null
        where id = $1";
    SET_ERROR = "update connections set last_error = $2, last_error_at = $3 where id = $1";
    // The longer it has not answered, the longer it is left alone: a quarter of that, 15 seconds to 5 minutes.
    SET_FAILED = "update connections set failures = failures + 1, failing_since = coalesce(failing_since, $2),
            last_error = $3, last_error_at = $4,
            rests_until = case when failures + 1 < $5 then null
                when ($2 - failing_since) / 4 < 15000000 then cast($2 as bigint) + 15000000
                when ($2 - failing_since) / 4 > 300000000 then cast($2 as bigint) + 300000000
                else cast($2 as bigint) + ($2 - failing_since) / 4 end
        where id = $1";
    SET_WELL = "update connections set failures = 0, failing_since = null, rests_until = null, last_error = null,
            last_error_at = null
        where id = $1 and failures > 0";
    // Once a minute is enough to know that something comes.
    SET_HEARD = "update connections set last_event_at = $2
        where id = $1 and coalesce(last_event_at, 0) < $2 - 60000000";
    // What was seen with other secrets is not seen any more.
    UPSERT = "insert into connections (id, producer_id, code, gateway, account, secrets_sealed, webhook_secret_sealed,
                bills, state, created_at, updated_at, address_hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)
        on conflict (producer_id, code) do update set gateway = excluded.gateway, account = coalesce(excluded.account,
                case when connections.gateway = excluded.gateway then connections.account end),
            address_hash = excluded.address_hash,
            is_live = case when connections.secrets_sealed = excluded.secrets_sealed then connections.is_live end,
            checked_at = case when connections.secrets_sealed = excluded.secrets_sealed then connections.checked_at end,
            last_error = case when connections.secrets_sealed = excluded.secrets_sealed then connections.last_error end,
            last_error_at = case when connections.secrets_sealed = excluded.secrets_sealed
                then connections.last_error_at end,
            failures = case when connections.secrets_sealed = excluded.secrets_sealed
                then connections.failures else 0 end,
            failing_since = case when connections.secrets_sealed = excluded.secrets_sealed
                then connections.failing_since end,
            rests_until = case when connections.secrets_sealed = excluded.secrets_sealed
                then connections.rests_until end,
            secrets_sealed = excluded.secrets_sealed, webhook_secret_sealed = excluded.webhook_secret_sealed,
            bills = excluded.bills, state = excluded.state, updated_at = excluded.updated_at
        where connections.id = excluded.id";
}

row! {
    pub(super) struct ConnectionRow {
        id: Uuid, producer_id: Uuid, code: String, gateway: String, account: Option<String>, secrets_sealed: String,
        webhook_secret_sealed: Option<String>, bills: String, state: String, updated_at: i64, is_live: Option<bool>,
        checked_at: Option<i64>, last_event_at: Option<i64>, last_error: Option<String>, last_error_at: Option<i64>,
        failing_since: Option<i64>, rests_until: Option<i64>,
    }
    struct OwnerRow { id: Uuid, slug: String }
    struct AccountRow { account: Option<String> }
    struct KindRow { kind: String }
}

impl ConnectionRow {
    pub(super) fn id(&self) -> ConnectionId {
        ConnectionId(self.id)
    }

    pub(super) fn gateway(&self) -> &str {
        &self.gateway
    }

    pub(super) fn code(&self) -> &str {
        &self.code
    }

    pub(super) fn producer(&self) -> ProducerId {
        ProducerId(self.producer_id)
    }

    /// Since when its gateway does not answer.
    pub(super) fn failing_since(&self) -> Option<Instant> {
        self.failing_since.map(Instant::from_micros)
    }

    /// Until when nothing is asked of its gateway.
    pub(super) fn rests_until(&self) -> Option<Instant> {
        self.rests_until.map(Instant::from_micros)
    }

    pub(super) fn secrets(&self) -> &str {
        &self.secrets_sealed
    }

    pub(super) fn webhook_secret(&self) -> Option<&str> {
        self.webhook_secret_sealed.as_deref()
    }

    pub(super) fn to_json(&self) -> Value {
        let Self { code, gateway, account, bills, state, .. } = self;
        json!({"code": code, "gateway": gateway, "account": account, "bills": bills, "state": state})
    }
}

impl ConnectionRow {
    pub(super) fn read(self, portal: &Portal) -> Result<Connection, Error> {
        let at = |micros: Option<i64>| micros.map(Instant::from_micros);
        let id = ConnectionId(self.id);
        Ok(Connection {
            id,
            code: parsed("connections", self.id, Code::parse(&self.code))?,
            bills: parsed("connections", self.id, self.bills.parse())?,
            state: parsed("connections", self.id, self.state.parse())?,
            gateway: self.gateway,
            account: self.account,
            has_webhook_secret: self.webhook_secret_sealed.is_some(),
            address_key: address_key(portal, id),
            health: Health {
                is_live: self.is_live,
                checked_at: at(self.checked_at),
                last_event_at: at(self.last_event_at),
                last_error: self.last_error.zip(at(self.last_error_at)),
                failing_since: at(self.failing_since),
                rests_until: at(self.rests_until),
            },
            updated_at: Instant::from_micros(self.updated_at),
        })
    }
}

/// What is sealed of a connection to be written.
pub(super) struct Written<'a> {
    pub(super) id: ConnectionId,
    pub(super) address_hash: &'a str,
    pub(super) secrets: &'a str,
    pub(super) webhook_secret: Option<&'a str>,
}

pub(super) async fn by_code(conn: Conn<'_>, producer: ProducerId, code: &str) -> Result<Option<ConnectionRow>, Error> {
    Ok(on!(conn, c => {
        sqlx::query_as::<_, ConnectionRow>(BY_CODE).bind(producer.0).bind(code).fetch_optional(c).await?
    }))
}

pub(super) async fn of_producer(conn: Conn<'_>, producer: ProducerId) -> Result<Vec<ConnectionRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(OF_PRODUCER).bind(producer.0).fetch_all(c).await?))
}

/// Every producer with a connection in use: its id and its slug.
pub(super) async fn owners(conn: Conn<'_>) -> Result<Vec<(ProducerId, String)>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, OwnerRow>(OWNERS).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (ProducerId(row.id), row.slug)).collect())
}

pub(super) async fn by_address(conn: Conn<'_>, hash: &str) -> Result<Option<ConnectionRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(BY_ADDRESS).bind(hash).fetch_optional(c).await?))
}

/// What was seen of an account; an error in the gateway's words when it cannot do what is needed.
pub(super) async fn set_checked(
    tx: &mut Tx,
    id: ConnectionId,
    seen: &Checked,
    error: Option<&str>,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_CHECKED)
            .bind(id.0)
            .bind(seen.is_live)
            .bind(now.micros())
            .bind(seen.account.as_deref())
            .bind(error)
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn set_error(tx: &mut Tx, id: ConnectionId, error: &str, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_ERROR).bind(id.0).bind(error).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// A call got no answer, or none that says what became of it. After `most` of them in a row it is left alone.
pub(super) async fn set_failed(
    tx: &mut Tx,
    id: ConnectionId,
    (words, most): (&str, i64),
    now: Instant,
    wall: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let failed = sqlx::query(SET_FAILED).bind(id.0).bind(wall.micros()).bind(words);
        failed.bind(now.micros()).bind(most).execute(c).await?;
    });
    Ok(())
}

/// A call was answered.
pub(super) async fn set_well(tx: &mut Tx, id: ConnectionId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_WELL).bind(id.0).execute(c).await?; });
    Ok(())
}

pub(super) async fn set_heard(tx: &mut Tx, id: ConnectionId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_HEARD).bind(id.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

pub(super) async fn account(conn: Conn<'_>, producer: ProducerId, code: &str) -> Result<Option<String>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, AccountRow>(ACCOUNT).bind(producer.0).bind(code).fetch_optional(c).await?
    });
    Ok(row.and_then(|row| row.account))
}

/// Kind, calendar and state of a connection, as [`ground::ports::NamedGateway::read`] reads them.
pub(super) async fn kind(conn: Conn<'_>, producer: ProducerId, code: &str) -> Result<Option<String>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, KindRow>(KIND).bind(producer.0).bind(code).fetch_optional(c).await?
    });
    Ok(row.map(|row| row.kind))
}

/// Secrets are sealed for the row's id: should another request have made the row meanwhile, nothing is written and the
/// request fails.
pub(super) async fn upsert(
    tx: &mut Tx,
    producer: ProducerId,
    new: &NewConnection,
    sealed: &Written<'_>,
    now: Instant,
) -> Result<(), Error> {
    let written = on!(tx.conn(), c => {
        sqlx::query(UPSERT)
            .bind(sealed.id.0)
            .bind(producer.0)
            .bind(new.code.as_str())
            .bind(&new.gateway)
            .bind(new.account.as_deref())
            .bind(sealed.secrets)
            .bind(sealed.webhook_secret)
            .bind(new.bills.as_str())
            .bind(new.state.as_str())
            .bind(now.micros())
            .bind(sealed.address_hash)
            .execute(c)
            .await?
            .rows_affected()
    });
    if written == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound.into()) }
}
