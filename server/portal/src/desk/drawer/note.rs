//! Notes about an order, for those who work with it and for nobody else.

use super::{form, store};
use crate::db::Error;
use crate::event::{self, Order, Record};
use crate::{Producer, order};
use types::{Code, RequestId};

/// Characters of a note.
const LONGEST: usize = 2_000;

/// Why a note is not kept.
#[derive(Debug, thiserror::Error)]
pub enum NoteError {
    /// No such order of this producer.
    #[error("no such order")]
    NotFound,
    /// It says something, in 2,000 characters at most.
    #[error("a note of 1 to 2,000 characters is needed")]
    NoText,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Keeps a note. The same form pressed again keeps it once.
pub async fn add_note(producer: &Producer, code: &Code, form: RequestId, text: &str) -> Result<(), NoteError> {
    let text = text.replace("\r\n", "\n");
    let text: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(NoteError::NoText);
    }
    let portal = producer.portal();
    let record = form::find(producer, code).await?.ok_or(NoteError::NotFound)?;
    let (order, by) = (record.id, producer.who().as_str());
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    if store::add_note(&mut tx, (producer.id(), order), form, (text, by), portal.now()).await? {
        let entry = Record {
            origin: producer.address(),
            producer: Some(producer.id()),
            person: Some(record.person),
            order: Some(order),
            ..Record::new(producer.actor(), Order::Noted { order, note: form.0 })
        };
        event::record(portal, &mut tx, entry).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}
