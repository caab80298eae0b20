//! Connections: a producer's own account at a gateway, under a code of the producer's. An order names the code as the
//! gateway that it is charged at.
//!
//! Secrets are written and never read back: they are sealed with the key of the installation for the row that they
//! belong to, and neither a connection as others see it nor the log holds them.

mod put;
mod store;
mod traces;

pub use put::{NewConnection, put};

pub(crate) use traces::TRACES;

use crate::Portal;
use crate::Producer;
use crate::db::{self, Conn, Statement};
use types::{Code, ConnectionBills, ConnectionId, ConnectionState, Instant, ProducerId};

/// A connection, without its secrets.
#[derive(Clone, PartialEq, Debug)]
pub struct Connection {
    /// Its id.
    pub id: ConnectionId,
    /// The producer's code.
    pub code: Code,
    /// Which gateway it is.
    pub gateway: String,
    /// The gateway's name of the account, where its secret alone does not say it.
    pub account: Option<String>,
    /// Whose calendar takes renewals.
    pub bills: ConnectionBills,
    /// Whether it is used.
    pub state: ConnectionState,
    /// Whether the gateway's webhooks come with a secret.
    pub has_webhook_secret: bool,
    /// When it was written last.
    pub updated_at: Instant,
}

/// Why a connection was not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A connection needs its secrets when it is first set up.
    #[error("a new connection needs its secrets")]
    SecretsMissing,
    /// A secret could not be sealed.
    #[error("the secret could not be protected")]
    Unprotected,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The producer's connections, by their codes.
pub async fn of_producer(portal: &Portal, producer: &Producer) -> Result<Vec<Connection>, db::Error> {
    store::of_producer(portal.db.read().await?.conn(), producer.id()).await
}

/// The producer's connection with this code.
pub async fn find(portal: &Portal, producer: &Producer, code: &Code) -> Result<Option<Connection>, db::Error> {
    let row = store::by_code(portal.db.read().await?.conn(), producer.id(), code.as_str()).await?;
    row.map(TryInto::try_into).transpose()
}

/// Whose account an instruction to the gateway of an order names: what the producer's connection of that name says.
/// Orders at a gateway without a connection name the producer's id.
pub(crate) async fn account_of(conn: Conn<'_>, producer: ProducerId, gateway: &str) -> Result<String, db::Error> {
    let account = store::account(conn, producer, gateway).await?;
    Ok(account.unwrap_or_else(|| producer.to_string()))
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
