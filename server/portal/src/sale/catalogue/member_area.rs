//! Member areas: outside systems that give access.

use super::{Error, record, store};
use crate::Portal;
use crate::Producer;
use crate::event::Catalogue;
use serde_json::json;
use types::{Code, MemberAreaId};

/// Where Memberkit's API is, unless the seller says otherwise.
pub const MEMBERKIT_URL: &str = "https://memberkit.com.br/api/v1";

/// What a seller says of a member area of the kind `memberkit`.
#[derive(Clone)]
pub struct MemberArea {
    /// The seller's code.
    pub code: Code,
    /// Address of its API; Memberkit's own when absent.
    pub base_url: Option<String>,
    /// Where buyers find the content.
    pub content_url: Option<String>,
    /// Its key; absent leaves the one on file.
    pub api_key: Option<String>,
}

/// Writes a member area as the seller wants it, new or not, and wakes what waits for it. `ApiKeyMissing` when it is new
/// and comes without one.
pub async fn put_member_area(portal: &Portal, producer: &Producer, area: &MemberArea) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let before = store::area::by_code(&mut tx, producer.id(), &area.code).await?;
    let id = before.as_ref().map_or_else(|| MemberAreaId(portal.new_id()), store::area::AreaRow::id);
    let sealed = match (&area.api_key, &before) {
        (Some(key), _) => portal.keys.seal(id.0.as_bytes(), portal.random(), key).map_err(|_| Error::Unprotected)?,
        (None, Some(row)) => row.sealed().to_owned(),
        (None, None) => return Err(Error::ApiKeyMissing),
    };
    let base_url = area.base_url.as_deref().unwrap_or(MEMBERKIT_URL).trim_end_matches('/');
    store::area::upsert(&mut tx, id, producer.id(), area, base_url, &sealed, portal.now().micros()).await?;
    let after = json!({"code": area.code, "base_url": base_url, "content_url": area.content_url, "has_new_api_key": area.api_key.is_some()});
    record(
        portal,
        &mut tx,
        producer,
        Catalogue::MemberAreaWritten { area: id },
        before.as_ref().map(store::area::AreaRow::to_json),
        after,
    )
    .await?;
    portal.commit(tx).await?;
    Ok(())
}
