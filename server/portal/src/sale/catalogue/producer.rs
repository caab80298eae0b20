//! Sellers: how one comes to be, and the scope that everything of a seller is asked through.

use super::{Error, password, store};
use crate::db;
use crate::event::{self, Record};
use crate::fingerprint;
use crate::time::Zone;
use crate::{Actor, Portal};
use serde_json::json;
use types::{Email, Line, ProducerId, Slug};

/// A seller who asks for something: comes from a key of the API, or from the command line by slug. Everything of a
/// seller is reached through it.
#[derive(Clone, Debug)]
pub struct Producer {
    pub(crate) id: ProducerId,
    pub(crate) slug: Slug,
    pub(crate) name: String,
    pub(crate) time_zone: String,
    pub(crate) email: Email,
    pub(crate) actor: Actor,
}

impl Producer {
    /// Its id.
    pub fn id(&self) -> ProducerId {
        self.id
    }

    /// Its short name.
    pub fn slug(&self) -> &Slug {
        &self.slug
    }

    /// The name buyers see.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where buyers and the portal write to.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// The zone in which it counts days.
    pub fn zone(&self) -> Result<Zone, db::Error> {
        Zone::named(&self.time_zone).map_err(|error| db::Error::inconsistent("producers", self.id, error))
    }
}

/// A seller to be.
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

/// Makes a seller. `SlugTaken`, `UnknownZone`, `WeakPassword` when it cannot be.
pub async fn create_producer(portal: &Portal, new: NewProducer) -> Result<Producer, Error> {
    Zone::named(&new.time_zone).map_err(|_| Error::UnknownZone)?;
    let hash = password::hash(portal, &new.password).await?;
    let NewProducer { slug, name, email, time_zone, .. } = new;
    let id = ProducerId(portal.new_id());
    let producer = Producer { id, slug, name: name.into(), time_zone, email, actor: Actor::System };
    let mut tx = portal.db.begin().await?;
    if !store::producer::insert(&mut tx, &producer, &hash, portal.now().micros()).await? {
        return Err(Error::SlugTaken);
    }
    let after =
        json!({"slug": producer.slug, "name": producer.name, "email": producer.email, "time_zone": producer.time_zone});
    let entry = Record {
        producer: Some(id),
        after: Some(after),
        ..Record::new(Actor::System, event::Catalogue::ProducerCreated { producer: id })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(producer)
}

/// The seller whose key this is; none for a key that does not exist or was revoked.
pub async fn of_api_key(portal: &Portal, key: &str) -> Result<Option<Producer>, db::Error> {
    let found = store::producer::by_key_hash(portal, &fingerprint(key.as_bytes())).await?;
    Ok(found.map(|producer| Producer { actor: Actor::ApiKey(producer.id), ..producer }))
}

/// The seller with this slug: for the command line only, where the operator speaks.
pub async fn of_slug(portal: &Portal, slug: &Slug) -> Result<Option<Producer>, db::Error> {
    store::producer::by_slug(portal, slug).await
}
