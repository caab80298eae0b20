//! Keys of the API.

use super::{Error, record, store};
use crate::Portal;
use crate::Producer;
use crate::event::Catalogue;
use crate::fingerprint;
use data_encoding::BASE64URL_NOPAD;
use serde_json::json;
use types::Line;

/// Makes a key: `ask_` and 192 random bits. This is the only time it is seen; what is kept is its SHA-256.
pub async fn create_api_key(portal: &Portal, producer: &Producer, name: &Line) -> Result<String, Error> {
    let key = format!("ask_{}", BASE64URL_NOPAD.encode(&portal.random::<24>()));
    let mut tx = portal.db.begin().await?;
    let (id, hash, now) = (portal.new_id(), fingerprint(key.as_bytes()), portal.now().micros());
    store::producer::insert_key(&mut tx, id, producer.id(), name, &hash, now).await?;
    record(portal, &mut tx, producer, Catalogue::ApiKeyCreated { key: id }, None, json!({"id": id, "name": name}))
        .await?;
    portal.commit(tx).await?;
    Ok(key)
}
