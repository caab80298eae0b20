//! Keys of the API: made, seen to be used, listed, checked and revoked. A key that is revoked is refused from the next
//! call on, because every call asks the database.

use super::{Error, record, store};
use crate::event::{self, Catalogue, Record};
use crate::{Actor, COMMAND_LINE, CameBy, Portal, Producer, db, fingerprint};
use data_encoding::BASE64URL_NOPAD;
use serde_json::json;
use std::time::Duration;
use types::{ApiKeyId, Instant, Line, ProducerId, Slug};
use uuid::Uuid;

/// That a key is used is written once in so long: a call that only reads stays one that only reads.
const SEEN_EVERY: Duration = Duration::from_secs(3600);

/// A key, as people know it: never the key itself, of which only the SHA-256 is kept.
#[derive(Clone, Debug)]
pub struct ApiKey {
    /// Its id.
    pub id: Uuid,
    /// Whose it is.
    pub producer: ProducerId,
    /// The producer's short name.
    pub slug: Slug,
    /// What it is for.
    pub name: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last used, to the hour; none for one that nobody has used.
    pub last_used_at: Option<Instant>,
    /// Since when it is refused.
    pub revoked_at: Option<Instant>,
}

/// Makes a key: `ask_` and 192 random bits. This is the only time it is seen; what is kept is its SHA-256.
pub async fn create_api_key(portal: &Portal, producer: &Producer, name: &Line) -> Result<String, Error> {
    let key = format!("ask_{}", BASE64URL_NOPAD.encode(&portal.random::<24>()));
    let mut tx = portal.db.begin().await?;
    let (id, hash, now) = (portal.new_id(), fingerprint(key.as_bytes()), portal.now().micros());
    store::api_key::insert(&mut tx, id, producer.id(), name, &hash, now).await?;
    record(portal, &mut tx, producer, Catalogue::ApiKeyCreated { key: id }, None, json!({"id": id, "name": name}))
        .await?;
    portal.commit(tx).await?;
    Ok(key)
}

/// The producer whose key this is; none for a key that does not exist or was revoked.
pub async fn producer_of(portal: &Portal, key: &str) -> Result<Option<Producer>, db::Error> {
    let Some(caller) = store::api_key::caller(portal, &fingerprint(key.as_bytes())).await? else { return Ok(None) };
    let now = portal.wall();
    if caller.last_used_at.is_none_or(|at| now.since(at) >= SEEN_EVERY) {
        seen(portal, caller.key, now).await;
    }
    Ok(Some(Producer::new(portal.clone(), caller.profile, CameBy::ApiKey)))
}

/// Writes down that a key is used. A database that takes nothing for now still answers what is only asked.
async fn seen(portal: &Portal, key: Uuid, now: Instant) {
    let write = async {
        let mut tx = portal.db.begin().await?;
        store::api_key::touch(&mut tx, key, now).await?;
        portal.commit(tx).await
    };
    if let Err(error) = write.await {
        tracing::warn!(%error, "that an API key is used could not be written down");
    }
}

/// Every key, those that were revoked too: by producer, the oldest first.
pub async fn list(portal: &Portal) -> Result<Vec<ApiKey>, db::Error> {
    store::api_key::all(portal).await
}

/// The keys of this producer, those that were revoked too: the newest first, 200 at most.
pub async fn of_producer(portal: &Portal, producer: &Producer) -> Result<Vec<ApiKey>, db::Error> {
    store::api_key::of_producer(portal, producer.id()).await
}

/// Revokes a key of this producer's own. Returns whether there is one with this id; one that was revoked before stays
/// as it is.
pub async fn revoke_own(portal: &Portal, producer: &Producer, id: ApiKeyId) -> Result<bool, db::Error> {
    let found = store::api_key::of_id(portal, id.0).await?.filter(|key| key.producer == producer.id());
    let Some(key) = found else { return Ok(false) };
    let mut tx = portal.db.begin().await?;
    if store::api_key::revoke(&mut tx, id.0, portal.now()).await? {
        let before = json!({"id": id, "name": key.name});
        let after = json!({"id": id, "name": key.name, "revoked": true});
        record(portal, &mut tx, producer, Catalogue::ApiKeyRevoked { key: id.0 }, Some(before), after).await?;
        portal.commit(tx).await?;
    }
    Ok(true)
}

/// What is on file of a key, also of one that was revoked; none for what never was one.
pub async fn find(portal: &Portal, key: &str) -> Result<Option<ApiKey>, db::Error> {
    store::api_key::of_hash(portal, &fingerprint(key.as_bytes())).await
}

/// Revokes a key, for the operator; returns it as it was before. None when there is no key with this id. One that was
/// revoked before stays as it is.
pub async fn revoke(portal: &Portal, id: Uuid) -> Result<Option<ApiKey>, db::Error> {
    let Some(key) = store::api_key::of_id(portal, id).await? else { return Ok(None) };
    let (now, mut tx) = (portal.now(), portal.db.begin().await?);
    if store::api_key::revoke(&mut tx, id, now).await? {
        let entry = Record {
            origin: COMMAND_LINE,
            producer: Some(key.producer),
            before: Some(json!({"id": id, "name": key.name})),
            after: Some(json!({"id": id, "revoked": true})),
            ..Record::new(Actor::System, Catalogue::ApiKeyRevoked { key: id })
        };
        event::record(portal, &mut tx, entry).await?;
        portal.commit(tx).await?;
    }
    Ok(Some(key))
}
