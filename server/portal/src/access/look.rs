//! The jobs that find out which member areas have to be looked at, after an event said that orders or access rules
//! changed.

use super::job::Job;
use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::outbox::{self, Outcome};
use types::{MemberAreaId, PersonId, ProducerId, ProductId};

/// Every member area that concerns this person with this producer is looked at again, in the transaction of the caller.
pub(crate) async fn look_again(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    person: PersonId,
) -> Result<(), Error> {
    for area in store::areas_of_person(tx, producer, person).await? {
        outbox::put(portal, tx, Job::Sync { area, person }).await?;
    }
    Ok(())
}

pub(super) async fn look(portal: &Portal, producer: ProducerId, person: PersonId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    look_again(portal, &mut tx, producer, person).await?;
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

pub(super) async fn look_at_product(portal: &Portal, product: ProductId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    for (area, person) in store::pairs_of_product(&mut tx, product).await? {
        outbox::put_afresh(portal, &mut tx, Job::Sync { area, person }).await?;
    }
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

pub(super) async fn wake(portal: &Portal, area: MemberAreaId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    for person in store::people_of_area(&mut tx, area).await? {
        outbox::put_afresh(portal, &mut tx, Job::Sync { area, person }).await?;
    }
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}
