//! What a producer sets up: products, offers, member areas, access rules, sources and keys.
//!
//! Every write is one transaction with its event. Secrets are written and never read back: keys and tokens as
//! fingerprints, the key of a member area sealed. None of them reaches the audit log.

pub mod access_rule;
pub mod api_key;
pub mod member_area;
pub mod offer;
pub mod picture;
pub mod producer;
pub mod product;
pub mod source;
mod store;
mod traces;

pub(crate) use traces::TRACES;

use crate::db::{self, Statement, Tx};
use crate::event::{self, Catalogue, Record};
use crate::ports::NotATarget;
use crate::{Portal, Producer};
use serde_json::Value;

/// Why something could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The zone is not known.
    #[error("not the IANA name of a time zone, such as America/Sao_Paulo")]
    UnknownZone,
    /// The producer has no product with this code.
    #[error("there is no product with this code")]
    UnknownProduct,
    /// The producer has no offer with this code.
    #[error("there is no offer with this code")]
    UnknownOffer,
    /// Money comes back in fewer days than the law gives, or in very many.
    #[error("must be between 7 and 365")]
    WindowOutOfBounds,
    /// The producer has no member area with this code.
    #[error("there is no member area with this code")]
    UnknownMemberArea,
    /// This installation has no connector for member areas of the kind.
    #[error("this installation knows no member areas of this kind")]
    UnknownKind,
    /// This installation has no connector for a member area that is on file.
    #[error("this installation knows no member areas of the kind that this one is of")]
    AreaOfUnknownKind,
    /// A rule gives something that its member area does not have.
    #[error(transparent)]
    NotATarget(#[from] NotATarget),
    /// A member area needs its key when it is first set up.
    #[error("a new member area needs its API key")]
    ApiKeyMissing,
    /// A secret could not be sealed.
    #[error("the secret could not be protected")]
    Unprotected,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Writes the line of the audit log that goes with a change to `producer`'s catalogue.
async fn record(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    event: Catalogue,
    before: Option<Value>,
    after: Value,
) -> Result<(), db::Error> {
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        before,
        after: Some(after),
        ..Record::new(producer.actor(), event)
    };
    event::record(portal, tx, entry).await
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
