//! Which person an order belongs to.
//!
//! A person is an address. A source that goes on naming the old address of an order whose buyer moved means the person
//! of the new one. A report whose address cannot be read changes nothing about whose the order is; a new order without
//! one belongs to somebody whom nobody can write to, until its address is put right. Whoever buys with the address of
//! somebody who is being erased is somebody new.

use super::new_order::NewOrder;
use super::store;
use crate::Portal;
use crate::Producer;
use crate::db::{self, Tx};
use crate::event::{self, Record};
use crate::fingerprint;
use types::{Email, PersonId};

/// The person of an order. An order on file stays with the person who left the address that the report names, or who is
/// being erased.
pub(crate) async fn person_of(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    order: &mut NewOrder,
) -> Result<PersonId, db::Error> {
    if order.buyer.email.is_unknown() {
        if let Some((person, email)) = store::order::holder(tx, producer.id(), &order.code).await? {
            order.buyer.email = email;
            return Ok(person);
        }
        order.buyer.email = Email::unknown(&fingerprint(format!("{} {}", producer.id(), order.code).as_bytes()));
    }
    loop {
        // Locked first: from here on nobody moves them, and whoever moved before is known to have.
        let person = store::order::person(portal, tx, &order.buyer.email).await?;
        let keeper = store::order::keeper(tx, producer.id(), &order.code, &order.buyer.email).await?;
        if let Some((person, email)) = keeper {
            order.buyer.email = email;
            return Ok(person);
        }
        if let Some(person) = person {
            return Ok(person);
        }
        let name = order.buyer.name.as_str();
        if let Some(erasure) = store::order::make_person(portal, tx, &order.buyer.email, name).await? {
            // What member areas still hold of the one before goes first: then theirs is given to the new one.
            let record = Record {
                producer: Some(producer.id()),
                ..Record::new(producer.actor(), event::Account::AddressTaken { erasure })
            };
            event::record(portal, tx, record).await?;
        }
    }
}
