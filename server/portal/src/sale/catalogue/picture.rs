//! Pictures: the one above a producer's pages and mails, and those of its products. A PNG, JPEG or WebP of 200 kB at
//! most, told by its first bytes and not by what somebody calls it. Its name is the SHA-256 of its bytes, so that a
//! browser may keep it for ever.

use super::{producer, record, store};
use crate::db::{self, Tx};
use crate::event::Catalogue;
use crate::{Portal, Producer, fingerprint};
use serde_json::json;
use types::{Code, Line, PictureName};

/// The largest picture, in bytes.
pub const MOST_BYTES: usize = 200 * 1000;

/// Earlier pictures that are kept, because mails that were sent show them.
const KEPT: i64 = 20;

/// A picture as it is handed out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    /// `image/png`, `image/jpeg` or `image/webp`.
    pub kind: &'static str,
    /// The picture.
    pub bytes: Vec<u8>,
}

/// Why a picture was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It is larger than [`MOST_BYTES`].
    #[error("must have 200 kB at most")]
    TooLarge,
    /// It is none of the three kinds.
    #[error("must be a PNG, JPEG or WebP")]
    NoPicture,
    /// The producer has no such product.
    #[error("there is no product with this code")]
    UnknownProduct,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// A product and its picture.
#[derive(Clone, Debug)]
pub struct Pictured {
    /// The product's code.
    pub code: Code,
    /// Its name.
    pub name: Line,
    /// What is shown of it, if anything.
    pub picture: Option<PictureName>,
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

/// Takes a picture, which is shown above pages and mails from now on.
pub async fn put_logo(portal: &Portal, producer: &Producer, bytes: &[u8]) -> Result<PictureName, PictureError> {
    let (name, kind) = read(producer, bytes)?;
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    store::picture::insert(&mut tx, producer.id(), &name, kind, bytes, portal.now()).await?;
    store::picture::forget_old(&mut tx, producer.id(), Some(&name), KEPT).await?;
    show_logo(portal, tx, producer, Some(name.clone())).await?;
    Ok(name)
}

/// No picture is shown above pages and mails from now on.
pub async fn remove_logo(portal: &Portal, producer: &Producer) -> Result<(), db::Error> {
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    show_logo(portal, tx, producer, None).await
}

async fn show_logo(
    portal: &Portal,
    mut tx: Tx,
    producer: &Producer,
    logo: Option<PictureName>,
) -> Result<(), db::Error> {
    let before = store::producer::details(tx.conn(), producer.id()).await?;
    let mut after = before.clone();
    after.particulars.look.logo = logo;
    store::producer::write_details(&mut tx, producer.id(), &after).await?;
    let event = Catalogue::ProducerWritten { producer: producer.id() };
    record(portal, &mut tx, producer, event, Some(json!(before)), json!(after)).await?;
    portal.commit(tx).await
}

/// The producer's products with their pictures, by their names, [`super::product::MOST_LISTED`] at most.
pub async fn of_products(portal: &Portal, producer: &Producer) -> Result<Vec<Pictured>, db::Error> {
    store::product::pictured(portal.db.read().await?.conn(), producer.id(), super::product::MOST_LISTED).await
}

/// Takes a picture, which is shown with a product from now on.
pub async fn put_of_product(
    portal: &Portal,
    producer: &Producer,
    code: &Code,
    bytes: &[u8],
) -> Result<(), PictureError> {
    let (name, kind) = read(producer, bytes)?;
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    store::picture::insert(&mut tx, producer.id(), &name, kind, bytes, portal.now()).await?;
    let tx = show_with_product(portal, tx, producer, code, Some(&name)).await?;
    Ok(portal.commit(tx).await?)
}

/// No picture is shown with a product from now on.
pub async fn remove_of_product(portal: &Portal, producer: &Producer, code: &Code) -> Result<(), PictureError> {
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    let tx = show_with_product(portal, tx, producer, code, None).await?;
    Ok(portal.commit(tx).await?)
}

async fn show_with_product(
    portal: &Portal,
    mut tx: Tx,
    producer: &Producer,
    code: &Code,
    picture: Option<&PictureName>,
) -> Result<Tx, PictureError> {
    let row = store::product::by_code(&mut tx, producer.id(), code).await?.ok_or(PictureError::UnknownProduct)?;
    let named = picture.map(PictureName::as_str);
    if row.picture() == named {
        return Ok(tx);
    }
    store::product::set_picture(&mut tx, row.id(), picture, portal.now().micros()).await?;
    let logo = store::producer::details(tx.conn(), producer.id()).await?.particulars.look.logo;
    store::picture::forget_old(&mut tx, producer.id(), logo.as_ref(), KEPT).await?;
    let event = Catalogue::ProductWritten { product: row.id(), gives_otherwise: false };
    let shown = |picture: Option<&str>| json!({"code": code, "name": row.name(), "picture": picture});
    record(portal, &mut tx, producer, event, Some(shown(row.picture())), shown(named)).await?;
    Ok(tx)
}

/// What a picture is called, and what kind it is of.
fn read(producer: &Producer, bytes: &[u8]) -> Result<(PictureName, &'static str), PictureError> {
    if bytes.len() > MOST_BYTES {
        return Err(PictureError::TooLarge);
    }
    let kind = kind_of(bytes).ok_or(PictureError::NoPicture)?;
    let name = db::parsed("pictures", producer.id(), PictureName::parse(&fingerprint(bytes)))?;
    Ok((name, kind))
}

/// The picture of this name, whoever's it is: pictures are for everybody who is shown them.
pub async fn find(portal: &Portal, name: &PictureName) -> Result<Option<Picture>, db::Error> {
    store::picture::find(portal.db.read().await?.conn(), name).await
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
