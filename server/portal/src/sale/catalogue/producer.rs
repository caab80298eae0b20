//! Producers: how one comes to be, and for whom the operator speaks on the command line.

use super::{Error, password, store};
use crate::db;
use crate::event::{self, Record};
use crate::time::Zone;
use crate::{Actor, COMMAND_LINE, CameBy, Portal, Producer};
use ground::ProducerProfile;
use serde_json::json;
use types::{Email, Line, ProducerId, Slug};

/// A producer to be.
#[derive(Clone, Debug)]
pub struct NewProducer {
    /// Short name, unique.
    pub slug: Slug,
    /// The name buyers see.
    pub name: Line,
    /// Where buyers and the portal write to.
    pub email: Email,
    /// IANA name of the zone in which it counts days.
    pub time_zone: String,
    /// Password, 12 characters at least.
    pub password: String,
}

/// Makes a producer. `SlugTaken`, `UnknownZone`, `WeakPassword` when it cannot be.
pub async fn create_producer(portal: &Portal, new: NewProducer) -> Result<Producer, Error> {
    Zone::named(&new.time_zone).map_err(|_| Error::UnknownZone)?;
    let hash = password::hash(portal, &new.password).await?;
    let NewProducer { slug, name, email, time_zone, .. } = new;
    let id = ProducerId(portal.new_id());
    let profile = ProducerProfile { id, slug, name: name.into(), email, time_zone };
    let mut tx = portal.db.begin().await?;
    if !store::producer::insert(&mut tx, &profile, &hash, portal.now().micros()).await? {
        return Err(Error::SlugTaken);
    }
    let after =
        json!({"slug": profile.slug, "name": profile.name, "email": profile.email, "time_zone": profile.time_zone});
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

/// The producer with this slug: for the command line only, where the operator speaks.
pub async fn of_slug(portal: &Portal, slug: &Slug) -> Result<Option<Producer>, db::Error> {
    let found = store::producer::by_slug(portal, slug).await?;
    Ok(found.map(|profile| Producer::new(portal.clone(), profile, CameBy::Operator)))
}
