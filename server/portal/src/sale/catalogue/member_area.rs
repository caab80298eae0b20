//! Member areas: outside systems that give access.

use super::{Error, record, store};
use crate::Portal;
use crate::Producer;
use crate::event::Catalogue;
use serde_json::json;
use types::{Code, MemberAreaId};

/// What a producer says of a member area.
#[derive(Clone)]
pub struct MemberArea {
    /// The producer's code.
    pub code: Code,
    /// What kind it is of: a kind for which this installation has a connector.
    pub kind: String,
    /// Address of its API.
    pub base_url: String,
    /// Where buyers find the content.
    pub content_url: Option<String>,
    /// Its key; absent leaves the one on file.
    pub api_key: Option<String>,
}

/// Writes a member area as the producer wants it, new or not, and wakes what waits for it. `UnknownKind` when this
/// installation has no connector for it, `ApiKeyMissing` when it is new and comes without a key.
pub async fn put_member_area(portal: &Portal, producer: &Producer, area: &MemberArea) -> Result<(), Error> {
    if portal.ports.member_areas.of_kind(&area.kind).is_none() {
        return Err(Error::UnknownKind);
    }
    let mut tx = portal.db.begin().await?;
    let before = store::area::by_code(&mut tx, producer.id(), &area.code).await?;
    let id = before.as_ref().map_or_else(|| MemberAreaId(portal.new_id()), store::area::AreaRow::id);
    let sealed = match (&area.api_key, &before) {
        (Some(key), _) => portal.keys.seal(id.0.as_bytes(), portal.random(), key).map_err(|_| Error::Unprotected)?,
        (None, Some(row)) => row.sealed().to_owned(),
        (None, None) => return Err(Error::ApiKeyMissing),
    };
    store::area::upsert(&mut tx, id, producer.id(), area, &sealed, portal.now().micros()).await?;
    let event = Catalogue::MemberAreaWritten { area: id };
    let after = json!({
        "code": area.code, "kind": area.kind, "base_url": area.base_url, "content_url": area.content_url,
        "has_new_api_key": area.api_key.is_some(),
    });
    record(portal, &mut tx, producer, event, before.as_ref().map(store::area::AreaRow::to_json), after).await?;
    portal.commit(tx).await?;
    Ok(())
}
