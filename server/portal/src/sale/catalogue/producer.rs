//! Producers: how one comes to be, and for whom the operator speaks on the command line.

use super::{Error, password, record, store};
use crate::db::{self, Tx};
use crate::event::{self, Record};
use crate::time::Zone;
use crate::{Actor, COMMAND_LINE, CameBy, Portal, Producer};
use ground::ProducerProfile;
use serde::{Deserialize, Serialize};
use serde_json::json;
use types::{Email, Language, Line, Particulars, ProducerId, Slug};

/// A producer to be.
#[derive(Clone, Debug)]
pub struct NewProducer {
    /// Short name, unique.
    pub slug: Slug,
    /// The name buyers see.
    pub name: Line,
    /// Where buyers and the portal write to.
    pub email: Email,
    /// The language of the mails to it.
    pub language: Language,
    /// IANA name of the zone in which it counts days.
    pub time_zone: String,
    /// Password, 12 characters at least.
    pub password: String,
}

/// Makes a producer. `SlugTaken`, `UnknownZone`, `WeakPassword` when it cannot be.
pub async fn create_producer(portal: &Portal, new: NewProducer) -> Result<Producer, Error> {
    Zone::named(&new.time_zone).map_err(|_| Error::UnknownZone)?;
    let hash = password::hash(portal, &new.password).await?;
    let NewProducer { slug, name, email, language, time_zone, .. } = new;
    let id = ProducerId(portal.new_id());
    let profile = ProducerProfile { id, slug, name: name.into(), email, time_zone };
    let mut tx = portal.db.begin().await?;
    if !store::producer::insert(&mut tx, &profile, language, &hash, portal.now().micros()).await? {
        return Err(Error::SlugTaken);
    }
    let after = json!({
        "slug": profile.slug, "name": profile.name, "email": profile.email, "language": language,
        "time_zone": profile.time_zone,
    });
    let entry = Record {
        origin: COMMAND_LINE,
        producer: Some(id),
        after: Some(after),
        ..Record::new(Actor::System, event::Catalogue::ProducerCreated { producer: id })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(Producer::new(portal.clone(), profile, CameBy::Operator))
}

/// What a producer may write about itself, beside its slug, its address and its password.
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
