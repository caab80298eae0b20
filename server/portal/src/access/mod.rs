//! What a person should have in each member area, and carrying it there.
//!
//! Desired access is computed from state: all orders of the person. Events only say "look again". What the area should have is compared with what
//! it was last told, and the difference is delivered; so repeated, lost and disordered events end in the same place (rule 13).

mod content;
mod entitlement;
mod job;
mod mail;
mod notice;
mod plan;
mod store;
mod sync;
mod view;

pub use content::{AccessLetter, Content};
pub(crate) use entitlement::{Entitlement, entitlements};
pub use job::{Job, Mail};
pub(crate) use job::{draft, run};
pub(crate) use view::{AccessOfOrder, of_order, of_record};

use crate::Portal;
use crate::db::{Error, Statement, Tx};
use crate::outbox;
use types::{MemberAreaId, PersonId, ProducerId, ProductId};

/// Something about this person's orders with this producer changed: every member area concerned is looked at again.
pub async fn look_again(portal: &Portal, tx: &mut Tx, producer: ProducerId, person: PersonId) -> Result<(), Error> {
    for area in store::areas_of_person(tx, producer, person).await? {
        outbox::put(portal, tx, Job::Sync { area, person }).await?;
    }
    Ok(())
}

/// The rules of this product changed: everybody who bought it is looked at again.
pub async fn look_again_product(portal: &Portal, tx: &mut Tx, product: ProductId) -> Result<(), Error> {
    for (area, person) in store::pairs_of_product(tx, product).await? {
        outbox::put_afresh(portal, tx, Job::Sync { area, person }).await?;
    }
    Ok(())
}

/// The member area's address or key changed: whatever failed there is tried again at once.
pub async fn wake_area(portal: &Portal, tx: &mut Tx, area: MemberAreaId) -> Result<(), Error> {
    for person in store::people_of_area(tx, area).await? {
        outbox::put_afresh(portal, tx, Job::Sync { area, person }).await?;
    }
    Ok(())
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
