//! What a gateway sends to the address of a connection.

use super::store;
use super::{WEBHOOK, open};
use crate::db::{Error, Tx};
use crate::{Portal, fingerprint};
use subtle::ConstantTimeEq;
use types::{ConnectionId, ProducerId};

/// The connection whose address something was sent to. That it was sent by its gateway is for the caller to see.
#[derive(Clone)]
pub struct Hooked {
    /// The connection.
    pub id: ConnectionId,
    /// Whose it is.
    pub producer: ProducerId,
    /// What its orders call the gateway.
    pub code: String,
    /// Which gateway it is.
    pub gateway: String,
    /// What its webhooks are signed with or carry: two while one takes the place of the other, none before there is one.
    pub secrets: Vec<String>,
}

impl Hooked {
    /// Whether this is one of its secrets, where webhooks carry one as it is. The time that it takes says nothing.
    pub fn is_secret(&self, sent: &[u8]) -> bool {
        let fits = |secret: &String| !secret.is_empty() && bool::from(secret.as_bytes().ct_eq(sent));
        self.secrets.iter().any(fits)
    }
}

/// The connection with this address, used or not: what happened before it was put out of use still counts.
pub async fn of_address(portal: &Portal, address_key: &str) -> Result<Option<Hooked>, Error> {
    let hash = fingerprint(address_key.as_bytes());
    let Some(row) = store::by_address(portal.db.read().await?.conn(), &hash).await? else { return Ok(None) };
    let sealed = row.webhook_secret();
    let secrets = sealed.map(|sealed| open(portal, row.id(), WEBHOOK, sealed)).transpose();
    let secrets = secrets.map_err(|error| Error::inconsistent("connections", row.id(), error))?.unwrap_or_default();
    Ok(Some(Hooked {
        id: row.id(),
        producer: row.producer(),
        code: row.code().to_owned(),
        gateway: row.gateway().to_owned(),
        secrets: secrets.lines().map(str::to_owned).collect(),
    }))
}

/// Its gateway sent something.
pub async fn heard(portal: &Portal, tx: &mut Tx, id: ConnectionId) -> Result<(), Error> {
    store::set_heard(tx, id, portal.now()).await
}
