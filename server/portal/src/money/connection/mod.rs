//! Connections: a producer's own account at a gateway, under a code of the producer's. An order names the code as the
//! gateway that it is charged at.
//!
//! Secrets are written and never read back: they are sealed with the key of the installation for the row that they
//! belong to, and neither a connection as others see it nor the log holds them.

mod breaker;
mod examine;
mod hook;
mod kind;
mod put;
mod store;
mod test;
mod traces;

pub use examine::{Examined, examine};
pub use hook::{Hooked, heard, of_address};
pub use kind::{KINDS, Kind, Part, kind};
pub use put::{NewConnection, put};
pub use test::{TestError, Tested, test};

pub(crate) use traces::TRACES;

use crate::Portal;
use crate::Producer;
use crate::db::{self, Conn, Statement};
use crate::ports::{ConnectedAccount, Gateway, NamedGateway};
use ground::CannotOpen;
use std::fmt::Display;
use std::sync::Arc;
use store::ConnectionRow;
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
    /// The key of the address of its webhooks.
    pub address_key: String,
    /// How it does.
    pub health: Health,
    /// When it was written last.
    pub updated_at: Instant,
}

/// How a connection does.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// Whether it moves real money; none before it was tested.
    pub is_live: Option<bool>,
    /// When it was tested last.
    pub checked_at: Option<Instant>,
    /// When its gateway last sent something.
    pub last_event_at: Option<Instant>,
    /// What went wrong last, and when; none when nothing did since.
    pub last_error: Option<(String, Instant)>,
    /// Since when its gateway does not answer, by the clock on the wall; none while it does.
    pub failing_since: Option<Instant>,
    /// Until when nothing is asked of it, because it did not answer.
    pub rests_until: Option<Instant>,
}

impl Connection {
    /// Where its gateway is to send what happens; none where that comes to a source of orders.
    pub fn webhook_url(&self, portal: &Portal) -> Option<String> {
        let has_hook = kind(&self.gateway).is_none_or(|kind| kind.has_hook);
        has_hook.then(|| portal.url(format!("/hooks/{}/{}", self.gateway, self.address_key)))
    }
}

/// The key of a connection's address, which follows from its id.
fn address_key(portal: &Portal, id: ConnectionId) -> String {
    portal.keys.name("connection", id.0.as_bytes())
}

/// Why a connection was not written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// This program has no adapter for the gateway.
    #[error("must be a gateway that can be connected")]
    UnknownKind,
    /// Nobody's calendar can be that one at the gateway.
    #[error("must be a calendar that the gateway can go by")]
    OtherCalendar,
    /// A connection needs this part of its secrets when it is first set up.
    #[error("is needed for a new connection")]
    SecretMissing(&'static str),
    /// A secret could not be sealed.
    #[error("the secret could not be protected")]
    Unprotected,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The producer's connections, by their codes.
pub async fn of_producer(portal: &Portal, producer: &Producer) -> Result<Vec<Connection>, db::Error> {
    let rows = store::of_producer(portal.db.read().await?.conn(), producer.id()).await?;
    rows.into_iter().map(|row| row.read(portal)).collect()
}

/// The producer's connection with this code.
pub async fn find(portal: &Portal, producer: &Producer, code: &Code) -> Result<Option<Connection>, db::Error> {
    let row = store::by_code(portal.db.read().await?.conn(), producer.id(), code.as_str()).await?;
    row.map(|row| row.read(portal)).transpose()
}

/// The gateway that takes the money of a producer's orders; none when this installation does not reach it. An error when
/// the secrets of its connection cannot be opened: that is not the same as no connection. One that does not answer is
/// left alone for a while ([`breaker`]).
pub(crate) async fn gateway(
    portal: &Portal,
    producer: ProducerId,
    named: &NamedGateway,
) -> Result<Option<Arc<dyn Gateway>>, db::Error> {
    match named.kind() {
        Some(_) => breaker::watched(portal, producer, named.as_str()).await,
        None if named.is_connected() => Ok(None),
        None => Ok(portal.ports.gateways.own(named.as_str())),
    }
}

/// The gateway of a connection, used or not.
async fn of_row(portal: &Portal, producer: ProducerId, code: &str) -> Result<Option<Arc<dyn Gateway>>, db::Error> {
    let row = store::by_code(portal.db.read().await?.conn(), producer, code).await?;
    row.map_or(Ok(None), |row| opened(portal, &row))
}

fn opened(portal: &Portal, row: &ConnectionRow) -> Result<Option<Arc<dyn Gateway>>, db::Error> {
    let unreadable = |error: &dyn Display| db::Error::inconsistent("connections", row.id(), error);
    let secrets = open(portal, row.id(), SECRETS, row.secrets()).map_err(|error| unreadable(&error))?;
    let account = ConnectedAccount { kind: row.gateway().to_owned(), secrets };
    portal.ports.gateways.connect(account).transpose().map_err(|error| unreadable(&error))
}

/// What the database has of the gateway that an order names.
pub(crate) async fn named(conn: Conn<'_>, producer: ProducerId, name: &str) -> Result<NamedGateway, db::Error> {
    let connection = store::kind(conn, producer, name).await?;
    db::parsed("connections", name, NamedGateway::read(name.to_owned(), connection.as_deref()))
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
