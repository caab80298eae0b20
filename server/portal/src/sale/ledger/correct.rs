//! The address of one order put right by its producer: the order goes to the person of the new address, and to nobody
//! else. Access and the purchase mail follow it, as they do when a source sends the order with another address.
//!
//! A source goes on naming the address that was wrong. From then on it means the buyer of the right one.

use super::settle::{Change, settle};
use super::store;
use crate::db::{Error, Tx};
use crate::event::{self, Cause, Order, Record};
use crate::{Portal, Producer, fingerprint};
use serde_json::json;
use types::{Code, Email, PersonId};

/// Why an address stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum CorrectError {
    /// No such order of this producer.
    #[error("no such order")]
    NotFound,
    /// It is the one on file.
    #[error("this is the address on file")]
    Same,
    /// Its buyer has been erased.
    #[error("the buyer has been erased")]
    Erased,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Gives an order to whoever has this address. The same again finds it done, and says so.
pub async fn correct_address(
    producer: &Producer,
    code: &Code,
    email: &Email,
    reason: Option<&str>,
) -> Result<(), CorrectError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let name = store::order::buyer_name(&mut tx, producer.id(), code).await?.ok_or(CorrectError::NotFound)?;
    // The person before the order, as whoever places one does.
    let person = person(portal, &mut tx, producer, email, &name).await?;
    let kept = store::order::lock_by_code(&mut tx, producer.id(), code).await?.ok_or(CorrectError::NotFound)?;
    if kept.person == person {
        return Err(CorrectError::Same);
    }
    if store::order::is_erased(&mut tx, kept.person).await? {
        return Err(CorrectError::Erased);
    }
    let former = &kept.header.email;
    store::order::set_person(&mut tx, kept.id, person).await?;
    store::order::leave_address(&mut tx, (producer.id(), kept.id), former, email, portal.now()).await?;
    let change = Change {
        cause: Cause::Decision,
        before: Some(kept.status),
        producer: producer.id(),
        person,
        former: Some(kept.person),
        actor: producer.actor(),
    };
    settle(portal, &mut tx, kept.id, change).await?;
    let event = Order::AddressCorrected { order: kept.id, person, former: kept.person };
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(person),
        order: Some(kept.id),
        before: Some(json!({ "email": former.hinted(), "person": kept.person })),
        after: Some(json!({ "email": email.hinted(), "person": person })),
        reason,
        ..Record::new(producer.actor(), event)
    };
    event::record(portal, &mut tx, entry).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// Who has this address now, or from now on.
async fn person(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    email: &Email,
    name: &str,
) -> Result<PersonId, Error> {
    loop {
        if let Some(person) = store::order::person(portal, tx, email).await? {
            return Ok(person);
        }
        if let Some(erasure) = store::order::make_person(portal, tx, email, name).await? {
            let record = Record {
                producer: Some(producer.id()),
                ..Record::new(producer.actor(), event::Account::AddressTaken { erasure })
            };
            event::record(portal, tx, record).await?;
        }
    }
}

/// What is kept of an address that was wrong: enough to know it again.
pub(super) fn hash(email: &Email) -> String {
    fingerprint(email.as_str().as_bytes())
}
