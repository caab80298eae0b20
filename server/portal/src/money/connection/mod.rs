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
use crate::ports::{ConnectedAccount, Gateway, NamedGateway};
use ground::CannotOpen;
use std::fmt::Display;
use std::sync::Arc;
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

/// The gateway that takes the money of a producer's orders; none when this installation does not reach it. An error when
/// the secrets of its connection cannot be opened: that is not the same as no connection.
pub(crate) async fn gateway(
    portal: &Portal,
    producer: ProducerId,
    named: &NamedGateway,
) -> Result<Option<Arc<dyn Gateway>>, db::Error> {
    let Some(kind) = named.kind() else { return Ok(portal.ports.gateways.own(named.as_str())) };
    let row = store::by_code(portal.db.read().await?.conn(), producer, named.as_str()).await?;
    let Some(row) = row else { return Ok(None) };
    let unreadable = |error: &dyn Display| db::Error::inconsistent("connections", row.id(), error);
    let secrets = open(portal, row.id(), SECRETS, row.secrets()).map_err(|error| unreadable(&error))?;
    let account = ConnectedAccount { kind: kind.to_owned(), secrets };
    portal.ports.gateways.connect(account).transpose().map_err(|error| unreadable(&error))
}

/// What the database has of the gateway that an order names.
pub(crate) async fn named(conn: Conn<'_>, producer: ProducerId, name: &str) -> Result<NamedGateway, db::Error> {
    let connection = store::kind(conn, producer, name).await?;
    Ok(NamedGateway::read(name.to_owned(), connection.as_deref()))
}

/// Where a secret is sealed: in its own row and use only.
fn place(id: ConnectionId, what: &str) -> Vec<u8> {
    [id.0.as_bytes().as_slice(), b":", what.as_bytes()].concat()
}

fn open(portal: &Portal, id: ConnectionId, what: &str, sealed: &str) -> Result<String, CannotOpen> {
    portal.keys.open(&place(id, what), sealed)
}

/// The use of what an adapter comes in with.
const SECRETS: &str = "secrets";
/// The use of what webhooks are signed with.
const WEBHOOK: &str = "webhook";

/// Whose account an instruction to the gateway of an order names: what the producer's connection of that name says.
/// Orders at a gateway without a connection name the producer's id.
pub(crate) async fn account_of(conn: Conn<'_>, producer: ProducerId, gateway: &str) -> Result<String, db::Error> {
    let account = store::account(conn, producer, gateway).await?;
    Ok(account.unwrap_or_else(|| producer.to_string()))
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
