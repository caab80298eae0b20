//! The picture above a producer's pages and mails: a PNG, JPEG or WebP of 200 kB at most, told by its first bytes and
//! not by what somebody calls it. Its name is the SHA-256 of its bytes, so that a browser may keep it for ever.

use super::{producer, record, store};
use crate::db::{self, Tx};
use crate::event::Catalogue;
use crate::{Portal, Producer, fingerprint};
use serde_json::json;
use types::LogoName;

/// The largest picture, in bytes.
pub const MOST_BYTES: usize = 200 * 1000;

/// Earlier pictures that are kept, because mails that were sent show them.
const KEPT: i64 = 20;

/// A picture as it is handed out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Logo {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub kind: &'static str,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// Why a picture was not taken.
#[derive(Debug, thiserror::Error)]
pub enum LogoError {
    /// It is larger than [`MOST_BYTES`].
    #[error("must have 200 kB at most")]
    TooLarge,
    /// It is none of the three kinds.
    #[error("must be a PNG, JPEG or WebP")]
    NoPicture,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// What of a picture's kind its first bytes say; none for what is no picture of ours. SVG is none: it may hold scripts.
pub fn kind_of(bytes: &[u8]) -> Option<&'static str> {
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") && bytes.get(12..16) == Some(b"IHDR") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else {
        is_webp.then_some("image/webp")
    }
}

/// Takes a picture, which is shown from now on.
pub async fn put_logo(portal: &Portal, producer: &Producer, bytes: &[u8]) -> Result<LogoName, LogoError> {
    if bytes.len() > MOST_BYTES {
        return Err(LogoError::TooLarge);
    }
    let kind = kind_of(bytes).ok_or(LogoError::NoPicture)?;
    let name = fingerprint(bytes);
    let name = db::parsed("logos", producer.id(), LogoName::parse(&name))?;
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    store::logo::insert(&mut tx, producer.id(), &name, kind, bytes, portal.now()).await?;
    store::logo::forget_old(&mut tx, producer.id(), KEPT).await?;
    show(portal, tx, producer, Some(name.clone())).await?;
    Ok(name)
}

/// No picture is shown from now on.
pub async fn remove_logo(portal: &Portal, producer: &Producer) -> Result<(), db::Error> {
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    show(portal, tx, producer, None).await
}

async fn show(portal: &Portal, mut tx: Tx, producer: &Producer, logo: Option<LogoName>) -> Result<(), db::Error> {
    let before = store::producer::details(tx.conn(), producer.id()).await?;
    let mut after = before.clone();
    after.particulars.look.logo = logo;
    store::producer::write_details(&mut tx, producer.id(), &after).await?;
    let event = Catalogue::ProducerWritten { producer: producer.id() };
    record(portal, &mut tx, producer, event, Some(json!(before)), json!(after)).await?;
    portal.commit(tx).await
}

/// The picture of this name, whoever's it is: pictures are for everybody who is shown them.
pub async fn logo(portal: &Portal, name: &LogoName) -> Result<Option<Logo>, db::Error> {
    store::logo::find(portal.db.read().await?.conn(), name).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_known_by_its_first_bytes() {
        assert_eq!(kind_of(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0"), Some("image/png"));
        assert_eq!(kind_of(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some("image/jpeg"));
        assert_eq!(kind_of(b"RIFF\x10\0\0\0WEBPVP8 "), Some("image/webp"));
        for other in [&b"<svg xmlns='http://www.w3.org/2000/svg'/>"[..], b"GIF89a", b"\x89PNG", b"RIFF", b""] {
            assert_eq!(kind_of(other), None);
        }
    }
}
