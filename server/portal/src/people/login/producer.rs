//! How a producer comes to be, together with whoever owns it.

use super::{Door, Error, password, store};
use crate::catalogue::producer;
use crate::event::{self, Record};
use crate::time::Zone;
use crate::{Actor, COMMAND_LINE, CameBy, Portal, Producer};
use ground::ProducerProfile;
use serde_json::json;
use types::{Email, Language, Line, LoginId, MemberRole, ProducerId, Slug};

/// A producer to be.
#[derive(Clone, Debug)]
pub struct NewProducer {
    /// Short name, unique.
    pub slug: Slug,
    /// The name buyers see.
    pub name: Line,
    /// Where buyers and the portal write to, and what its first owner signs in with.
    pub email: Email,
    /// The language of the mails to it.
    pub language: Language,
    /// IANA name of the zone in which it counts days.
    pub time_zone: String,
    /// Password, 12 characters at least; of somebody who signs in already, theirs.
    pub password: String,
}

/// Makes a producer with an owner. `SlugTaken`, `UnknownZone`, `WeakPassword`, `OtherPassword`, `Disabled` when it
/// cannot be.
pub async fn create_producer(portal: &Portal, new: NewProducer) -> Result<Producer, Error> {
    Zone::named(&new.time_zone).map_err(|_| Error::UnknownZone)?;
    let known = store::login::of_email(&portal.db, Door::Producer, &new.email).await?;
    if known.as_ref().is_some_and(|login| login.is_disabled) {
        return Err(Error::Disabled);
    }
    let hash = match &known {
        Some(login) if password::is(&new.password, &login.password_hash).await => None,
        Some(_) => return Err(Error::OtherPassword),
        None => Some(password::hash(portal, &new.password).await?),
    };
    let NewProducer { slug, name, email, language, time_zone, .. } = new;
    let id = ProducerId(portal.new_id());
    let profile = ProducerProfile { id, slug, name: name.into(), email, time_zone };
    let login = known.map_or_else(|| LoginId(portal.new_id()), |login| login.id);
    let mut tx = portal.db.begin().await?;
    if !producer::insert(&mut tx, &profile, language, portal.now()).await? {
        return Err(Error::SlugTaken);
    }
    if let Some(hash) = &hash {
        let (email, name, now) = (&profile.email, profile.name.as_str(), portal.now());
        let new = store::login::NewLogin { id: login, door: Door::Producer, email, name, hash, now };
        if !store::login::insert(&mut tx, &new).await? {
            return Err(Error::EmailTaken);
        }
    }
    store::member::insert(&mut tx, id, login, MemberRole::Owner, portal.now()).await?;
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
