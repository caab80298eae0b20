//! Producers: what one says of itself, and for whom the operator speaks on the command line.

use super::{Error, record, store};
use crate::db::{self, Tx};
use crate::time::Zone;
use crate::{CameBy, Portal, Producer, event};
use ground::ProducerProfile;
use serde::{Deserialize, Serialize};
use serde_json::json;
use types::{Instant, Language, Line, Particulars, ProducerId, Slug};

/// Writes a new producer; false when another one has its slug. Whoever is to own it is written in the same transaction.
pub(crate) async fn insert(
    tx: &mut Tx,
    profile: &ProducerProfile,
    language: Language,
    now: Instant,
) -> Result<bool, db::Error> {
    store::producer::insert(tx, profile, language, now.micros()).await
}

/// What a producer may write about itself, beside its slug and its address.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Details {
    /// The name buyers see.
    pub name: Line,
    /// The language of the mails to it.
    pub language: Language,
    /// IANA name of the zone in which it counts days.
    pub time_zone: String,
    /// What it says of itself to buyers.
    pub particulars: Particulars,
}

/// What a producer wrote about itself.
pub async fn details(portal: &Portal, producer: &Producer) -> Result<Details, db::Error> {
    store::producer::details(portal.db.read().await?.conn(), producer.id()).await
}

/// Writes what a producer says of itself: `change` makes it of what was there. `UnknownZone` when its zone is none.
pub async fn put_details(
    portal: &Portal,
    producer: &Producer,
    change: impl FnOnce(Details) -> Details,
) -> Result<Details, Error> {
    let mut tx = portal.db.begin().await?;
    lock(&mut tx, producer.id()).await?;
    let before = store::producer::details(tx.conn(), producer.id()).await?;
    let was = json!(before);
    let after = change(before);
    Zone::named(&after.time_zone).map_err(|_| Error::UnknownZone)?;
    store::producer::write_details(&mut tx, producer.id(), &after).await?;
    let event = event::Catalogue::ProducerWritten { producer: producer.id() };
    record(portal, &mut tx, producer, event, Some(was), json!(after)).await?;
    portal.commit(tx).await?;
    Ok(after)
}

/// Makes everybody wait who changes the settings of this producer at the same time: what is read after it is what is
/// changed.
pub(crate) async fn lock(tx: &mut Tx, producer: ProducerId) -> Result<(), db::Error> {
    store::producer::lock(tx, producer).await
}

/// The producer with this slug: for the command line only, where the operator speaks.
pub async fn of_slug(portal: &Portal, slug: &Slug) -> Result<Option<Producer>, db::Error> {
    let found = store::producer::by_slug(portal, slug).await?;
    Ok(found.map(|profile| Producer::new(portal.clone(), profile, CameBy::Operator)))
}
