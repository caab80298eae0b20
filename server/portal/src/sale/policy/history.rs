//! What was changed of a producer's settings, by whom, and taking a change back.
//!
//! The rows are those of the log. Nothing else reads what stood before and after a change; here they are read for
//! people, and to write what stood before anew. That is one more change: what others wrote meanwhile stays, unless the
//! change that is taken back touched it.

use super::put::{PolicyError, change};
use super::{Policy, store};
use crate::catalogue::producer::{Details, put_details};
use crate::db::Error;
use crate::{Portal, Producer, catalogue};
use serde::Deserialize;
use serde_json::Value;
use types::{Code, EventId, EventName, Instant};

/// How many changes a page lists.
pub const CHANGES_A_PAGE: usize = 30;

/// One change.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its id.
    pub id: EventId,
    /// When.
    pub at: Instant,
    /// Who: `producer`, `api_key`, `source`, `system`, `staff`.
    pub actor: String,
    /// What.
    pub name: EventName,
    /// How it was before, as far as it is on file.
    pub before: Value,
    /// How it was afterwards.
    pub after: Value,
}

/// Why a change was not taken back.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// There is no such change of this producer's, or it is one that is not taken back here.
    #[error("there is no such change")]
    NotFound,
    /// What it would write cannot be any more: a plan that was offered is gone.
    #[error("what stood before cannot be written any more")]
    Outdated,
    /// The database.
    #[error(transparent)]
    Database(#[from] Error),
}

impl Change {
    /// Whether it can be taken back: the first writing of something cannot.
    pub fn is_undoable(&self) -> bool {
        matches!(self.name, EventName::PolicyWritten | EventName::ProducerWritten) && !self.before.is_null()
    }
}

/// What was changed, the newest first: [`CHANGES_A_PAGE`] changes and one more if there are more, those behind `after`.
pub async fn changes(portal: &Portal, producer: &Producer, after: Option<EventId>) -> Result<Vec<Change>, Error> {
    let mut reader = portal.db.read().await?;
    let from = match after {
        Some(id) => store::change(reader.conn(), producer.id(), id).await?.map(|change| (change.at, change.id)),
        None => None,
    };
    store::changes(reader.conn(), producer.id(), from, CHANGES_A_PAGE + 1).await
}

/// Takes a change back.
pub async fn undo(portal: &Portal, producer: &Producer, id: EventId) -> Result<(), UndoError> {
    let found = store::change(portal.db.read().await?.conn(), producer.id(), id).await?;
    let found = found.filter(Change::is_undoable).ok_or(UndoError::NotFound)?;
    match found.name {
        EventName::PolicyWritten => undo_policy(portal, producer, found).await,
        _ => undo_details(portal, producer, found).await,
    }
}

#[derive(Deserialize)]
struct Written {
    product: Option<Code>,
    policy: Policy,
}

async fn undo_policy(portal: &Portal, producer: &Producer, found: Change) -> Result<(), UndoError> {
    let (was, became): (Written, Written) = read(found)?;
    let edit = |policy: &mut Policy| {
        macro_rules! back {
            ($($part:ident)*) => {$(
                if was.policy.$part != became.policy.$part {
                    policy.$part.clone_from(&was.policy.$part);
                }
            )*};
        }
        back! { cancel refund payment plan dunning notice sign_in }
    };
    change(portal, producer, was.product.as_ref(), edit).await.map_err(|error| match error {
        PolicyError::UnknownProduct | PolicyError::Faults(_) => UndoError::Outdated,
        PolicyError::Database(error) => error.into(),
    })
}

async fn undo_details(portal: &Portal, producer: &Producer, found: Change) -> Result<(), UndoError> {
    let (was, became): (Details, Details) = read(found)?;
    let edit = |mut now: Details| {
        macro_rules! back {
            ($($($part:ident).+;)*) => {$(
                if was.$($part).+ != became.$($part).+ {
                    now.$($part).+ = was.$($part).+.clone();
                }
            )*};
        }
        back! {
            name; language; time_zone; particulars.legal; particulars.contacts; particulars.look.accent;
            particulars.look.logo; particulars.sending;
        }
        now
    };
    match put_details(portal, producer, edit).await {
        Ok(_) => Ok(()),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(UndoError::Outdated),
    }
}

fn read<T: for<'de> Deserialize<'de>>(found: Change) -> Result<(T, T), UndoError> {
    let read = |value| serde_json::from_value(value).map_err(|_| UndoError::Outdated);
    Ok((read(found.before)?, read(found.after)?))
}
