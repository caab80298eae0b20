//! A producer writes a connection.

use super::kind::{Kind, kind};
use super::store::{self, ConnectionRow, Written};
use super::{Connection, Error, SECRETS, WEBHOOK, address_key, open, place};
use crate::event::{self, Record};
use crate::{Portal, Producer, fingerprint};
use serde_json::json;
use std::collections::BTreeMap;
use types::{Code, ConnectionBills, ConnectionId, ConnectionState};

/// What a producer says of a connection.
#[derive(Clone)]
pub struct NewConnection {
    /// The producer's code.
    pub code: Code,
    /// Which gateway it is, in the word of its adapter.
    pub gateway: String,
    /// The gateway's name of the account, where its secret alone does not say it; absent leaves what is on file.
    pub account: Option<String>,
    /// Whose calendar takes renewals.
    pub bills: ConnectionBills,
    /// Whether it is used.
    pub state: ConnectionState,
    /// Parts of what its adapter comes in with, by their names ([`super::Part`]); those that are absent stay as they
    /// are on file.
    pub secrets: BTreeMap<String, String>,
    /// What the gateway's webhooks are signed with; absent leaves what is on file. The one before it goes on being
    /// taken, until there is a third.
    pub webhook_secret: Option<String>,
}

impl From<Connection> for NewConnection {
    /// As it stands: its secrets stay.
    fn from(connection: Connection) -> Self {
        let Connection { code, gateway, account, bills, state, .. } = connection;
        Self { code, gateway, account, bills, state, secrets: BTreeMap::new(), webhook_secret: None }
    }
}

/// Writes a connection as the producer wants it, new or not.
pub async fn put(portal: &Portal, producer: &Producer, new: &NewConnection) -> Result<ConnectionId, Error> {
    let kind = kind(&new.gateway).ok_or(Error::UnknownKind)?;
    if !kind.bills.contains(&new.bills) {
        return Err(Error::OtherCalendar);
    }
    let mut tx = portal.db.begin().await?;
    let before = store::by_code(tx.conn(), producer.id(), new.code.as_str()).await?;
    let id = before.as_ref().map_or_else(|| ConnectionId(portal.new_id()), ConnectionRow::id);
    // What is on file of another gateway says nothing about this one.
    let same = before.as_ref().filter(|row| row.gateway() == new.gateway);
    let secrets = secrets(portal, id, kind, (new, same))?;
    let webhook_secret = match (&new.webhook_secret, same.and_then(ConnectionRow::webhook_secret)) {
        (Some(secret), before) => Some(seal(portal, id, WEBHOOK, &rotated(portal, id, secret, before)?)?),
        (None, before) => before.map(str::to_owned),
    };
    let address_hash = fingerprint(address_key(portal, id).as_bytes());
    let sealed =
        Written { id, address_hash: &address_hash, secrets: &secrets, webhook_secret: webhook_secret.as_deref() };
    store::upsert(&mut tx, producer.id(), new, &sealed, portal.now()).await?;
    let after = json!({
        "code": new.code, "gateway": new.gateway, "account": new.account, "bills": new.bills, "state": new.state,
        "new_secrets": new.secrets.keys().collect::<Vec<_>>(),
        "has_new_webhook_secret": new.webhook_secret.is_some(),
    });
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before: before.as_ref().map(ConnectionRow::to_json),
        after: Some(after),
        ..Record::new(producer.actor(), event::Connection::Written { connection: id })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(id)
}

/// What is on file with what is new, sealed. What says nothing new stays as it is: what was seen with it still holds.
fn secrets(
    portal: &Portal,
    id: ConnectionId,
    kind: &Kind,
    (new, before): (&NewConnection, Option<&ConnectionRow>),
) -> Result<String, Error> {
    let kept =
        before.map(|row| open(portal, id, SECRETS, row.secrets())).transpose().map_err(|_| Error::Unprotected)?;
    let mut parts: BTreeMap<String, String> = match &kept {
        Some(kept) => serde_json::from_str(kept).map_err(|_| Error::Unprotected)?,
        None => BTreeMap::new(),
    };
    parts.extend(new.secrets.clone());
    if let Some(part) = kind.parts.iter().find(|part| part.is_needed && !parts.contains_key(part.name)) {
        return Err(Error::SecretMissing(part.name));
    }
    let merged = serde_json::to_string(&parts).map_err(|_| Error::Unprotected)?;
    match before {
        Some(row) if kept.as_ref() == Some(&merged) => Ok(row.secrets().to_owned()),
        _ => seal(portal, id, SECRETS, &merged),
    }
}

/// The new secret first, and the one before it.
fn rotated(portal: &Portal, id: ConnectionId, new: &str, before: Option<&str>) -> Result<String, Error> {
    let kept = before.map(|sealed| open(portal, id, WEBHOOK, sealed)).transpose().map_err(|_| Error::Unprotected)?;
    let last = kept.as_deref().and_then(|kept| kept.lines().find(|secret| *secret != new));
    Ok([Some(new), last].into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

/// Each secret opens in its own row and use only.
fn seal(portal: &Portal, id: ConnectionId, what: &str, secret: &str) -> Result<String, Error> {
    portal.keys.seal(&place(id, what), portal.random(), secret).map_err(|_| Error::Unprotected)
}
