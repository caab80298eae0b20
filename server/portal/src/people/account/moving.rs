//! Moving a person to another address.
//!
//! A person is an address, so whoever changes the address becomes another person: the orders go to the person of the
//! new address, who may be new or known already. What member areas were told stays with the old person, from whom
//! access is taken away as from anybody without orders, and is given to the new one in the same way.

use super::store;
use crate::Portal;
use crate::access;
use crate::db::{Error, Tx};
use crate::session;
use crate::sign_in;
use types::{Email, PersonId};

/// Moves a person, who is locked and present, away from the address `old`: everything of theirs, or nothing. Whoever is
/// signed in as either person is out. Returns the person of the new address; none when that one is being erased.
pub(super) async fn move_to(
    portal: &Portal,
    tx: &mut Tx,
    (from, old): (PersonId, &str),
    new: &Email,
) -> Result<Option<PersonId>, Error> {
    let to = store::person_like(tx, portal.new_id(), new.as_str(), from, portal.now()).await?;
    let producers = store::producers(tx, from).await?;
    for producer in &producers {
        // Before the orders go: every area that they name is looked at for the old address too.
        access::look_again(portal, tx, *producer, from).await?;
    }
    if !store::move_person(tx, from, to, portal.now()).await? {
        return Ok(None);
    }
    for traces in portal.dispatcher.traces() {
        traces.hand_over(tx, from, to).await?;
    }
    // The old address signs nobody in any more.
    sign_in::spend_links(tx, from, old, portal.now()).await?;
    for person in [from, to] {
        session::end_of_person(portal, tx, person).await?;
    }
    for producer in producers {
        access::look_again(portal, tx, producer, to).await?;
    }
    Ok(Some(to))
}
