use super::{Connection, NewConnection};
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use serde_json::{Value, json};
use types::{Code, ConnectionId, Instant, ProducerId};
use uuid::Uuid;

statements! {
    BY_CODE = "select id, code, gateway, account, secrets_sealed, webhook_secret_sealed, bills, state, updated_at
        from connections
        where producer_id = $1 and code = $2";
    OF_PRODUCER = "select id, code, gateway, account, secrets_sealed, webhook_secret_sealed, bills, state, updated_at
        from connections
        where producer_id = $1
        order by code";
    ACCOUNT = "select account
        from connections
        where producer_id = $1 and code = $2";
    KIND = "select gateway || ' ' || bills as kind
        from connections
        where producer_id = $1 and code = $2 and state = 'active'";
    UPSERT = "insert into connections (id, producer_id, code, gateway, account, secrets_sealed, webhook_secret_sealed,
                bills, state, created_at, updated_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)
        on conflict (producer_id, code) do update set gateway = excluded.gateway, account = excluded.account,
            secrets_sealed = excluded.secrets_sealed, webhook_secret_sealed = excluded.webhook_secret_sealed,
            bills = excluded.bills, state = excluded.state, updated_at = excluded.updated_at
        where connections.id = excluded.id";
}

row! {
    pub(super) struct ConnectionRow {
        id: Uuid, code: String, gateway: String, account: Option<String>, secrets_sealed: String,
        webhook_secret_sealed: Option<String>, bills: String, state: String, updated_at: i64,
    }
    struct AccountRow { account: Option<String> }
    struct KindRow { kind: String }
}

impl ConnectionRow {
    pub(super) fn id(&self) -> ConnectionId {
        ConnectionId(self.id)
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

impl TryFrom<ConnectionRow> for Connection {
    type Error = Error;

    fn try_from(row: ConnectionRow) -> Result<Self, Error> {
        Ok(Self {
            id: ConnectionId(row.id),
            code: parsed("connections", row.id, Code::parse(&row.code))?,
            gateway: row.gateway,
            account: row.account,
            bills: parsed("connections", row.id, row.bills.parse())?,
            state: parsed("connections", row.id, row.state.parse())?,
            has_webhook_secret: row.webhook_secret_sealed.is_some(),
            updated_at: Instant::from_micros(row.updated_at),
        })
    }
}

/// What is sealed of a connection to be written.
pub(super) struct Written<'a> {
    pub(super) id: ConnectionId,
    pub(super) secrets: &'a str,
    pub(super) webhook_secret: Option<&'a str>,
}

pub(super) async fn by_code(conn: Conn<'_>, producer: ProducerId, code: &str) -> Result<Option<ConnectionRow>, Error> {
    Ok(on!(conn, c => {
        sqlx::query_as::<_, ConnectionRow>(BY_CODE).bind(producer.0).bind(code).fetch_optional(c).await?
    }))
}

pub(super) async fn of_producer(conn: Conn<'_>, producer: ProducerId) -> Result<Vec<Connection>, Error> {
    let rows = on!(conn, c => {
        sqlx::query_as::<_, ConnectionRow>(OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    rows.into_iter().map(TryInto::try_into).collect()
}

pub(super) async fn account(conn: Conn<'_>, producer: ProducerId, code: &str) -> Result<Option<String>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, AccountRow>(ACCOUNT).bind(producer.0).bind(code).fetch_optional(c).await?
    });
    Ok(row.and_then(|row| row.account))
}

/// Kind and calendar of a connection in use, as [`ground::ports::NamedGateway::read`] reads them.
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
            .execute(c)
            .await?
            .rows_affected()
    });
    if written == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound.into()) }
}
