//! A producer writes a connection.

use super::store::{self, ConnectionRow, Written};
use super::{Error, SECRETS, WEBHOOK, place};
use crate::Portal;
use crate::Producer;
use crate::event::{self, Connection, Record};
use serde_json::json;
use types::{Code, ConnectionBills, ConnectionId, ConnectionState};

/// What a producer says of a connection.
#[derive(Clone)]
pub struct NewConnection {
    /// The producer's code.
    pub code: Code,
    /// Which gateway it is, in the word of its adapter.
    pub gateway: String,
    /// The gateway's name of the account, where its secret alone does not say it.
    pub account: Option<String>,
    /// Whose calendar takes renewals.
    pub bills: ConnectionBills,
    /// Whether it is used.
    pub state: ConnectionState,
    /// What its adapter comes in with, as the adapter reads it; absent leaves what is on file.
    pub secrets: Option<String>,
    /// What the gateway's webhooks are signed with; absent leaves what is on file.
    pub webhook_secret: Option<String>,
}

/// Writes a connection as the producer wants it, new or not. `SecretsMissing` when it is new and comes without any.
pub async fn put(portal: &Portal, producer: &Producer, new: &NewConnection) -> Result<ConnectionId, Error> {
    let mut tx = portal.db.begin().await?;
    let before = store::by_code(tx.conn(), producer.id(), new.code.as_str()).await?;
    let id = before.as_ref().map_or_else(|| ConnectionId(portal.new_id()), ConnectionRow::id);
    let secrets = match (&new.secrets, &before) {
        (Some(secrets), _) => seal(portal, id, SECRETS, secrets)?,
        (None, Some(row)) => row.secrets().to_owned(),
        (None, None) => return Err(Error::SecretsMissing),
    };
    let webhook_secret = match &new.webhook_secret {
        Some(secret) => Some(seal(portal, id, WEBHOOK, secret)?),
        None => before.as_ref().and_then(ConnectionRow::webhook_secret).map(str::to_owned),
    };
    let sealed = Written { id, secrets: &secrets, webhook_secret: webhook_secret.as_deref() };
    store::upsert(&mut tx, producer.id(), new, &sealed, portal.now()).await?;
    let after = json!({
        "code": new.code, "gateway": new.gateway, "account": new.account, "bills": new.bills, "state": new.state,
        "has_new_secrets": new.secrets.is_some(), "has_new_webhook_secret": new.webhook_secret.is_some(),
    });
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before: before.as_ref().map(ConnectionRow::to_json),
        after: Some(after),
        ..Record::new(producer.actor(), Connection::Written { connection: id })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(id)
}

/// Each secret opens in its own row and use only.
fn seal(portal: &Portal, id: ConnectionId, what: &str, secret: &str) -> Result<String, Error> {
    portal.keys.seal(&place(id, what), portal.random(), secret).map_err(|_| Error::Unprotected)
}
