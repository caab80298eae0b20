//! Addresses that were written down before a domain had one form: once, each is brought to the spelling by which it is
//! found today. `ana@xn--mnchen-3ya.de` and `ana@münchen.de` were two people then, and are one home now.
//!
//! What member areas know is the old spelling, so that whoever is spelled otherwise moves like anybody with another
//! address: access is taken away under the old one and given under the new one.

use super::moving::move_to;
use super::store::{self, Written};
use crate::db::Error;
use crate::event::{self, Record};
use crate::outbox::Outcome;
use crate::{Actor, Portal};
use serde_json::json;
use types::{Email, PersonId};
use uuid::Uuid;

/// Goes through all addresses on file. Safe to run twice, and after a crash at any point: what is done is not found
/// again.
pub(super) async fn respell(portal: &Portal) -> Result<Outcome, Error> {
    let mut behind = Uuid::nil();
    loop {
        let changes = store::left_addresses(&portal.db, behind).await?;
        let Some(last) = changes.last() else { break };
        behind = last.id;
        for (id, address) in changes.iter().filter_map(otherwise) {
            store::respell_left(&portal.db, id, &address).await?;
        }
    }
    let mut behind = Uuid::nil();
    loop {
        let people = store::addresses(&portal.db, behind).await?;
        let Some(last) = people.last() else { return Ok(Outcome::Done) };
        behind = last.id;
        for written in &people {
            if let Some((id, address)) = otherwise(written) {
                respell_person(portal, (PersonId(id), &written.email), &address).await?;
            }
        }
    }
}

/// Today's spelling, where it is another one. What is no address today stays as it is.
fn otherwise(written: &Written) -> Option<(Uuid, Email)> {
    let today = Email::parse(&written.email).ok()?;
    (today.as_str() != written.email).then_some((written.id, today))
}

async fn respell_person(portal: &Portal, (from, old): (PersonId, &str), new: &Email) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if !store::lock_present(&mut tx, from).await? {
        return Ok(());
    }
    let Some(to) = move_to(portal, &mut tx, (from, old), new).await? else { return Ok(()) };
    let entry = Record {
        person: Some(to),
        before: Some(json!({ "email": old, "person": from })),
        after: Some(json!({ "email": new, "person": to })),
        ..Record::new(Actor::System, event::Account::AddressRespelled { from, to })
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await
}
