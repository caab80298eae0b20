//! The audit log: who, in which role, from where, what before, what after, why (rule 18). Written in the transaction of what it tells.

mod store;

use crate::db::{Error, Statement, Tx};
use crate::portal::{Actor, Portal};
use serde_json::Value;
use types::{OrderId, PersonId, ProducerId};
use uuid::Uuid;

/// One line of the audit log.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Who.
    pub actor: Actor,
    /// From which network address; empty for the portal itself.
    pub origin: &'a str,
    /// Whose business it is.
    pub producer: Option<ProducerId>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Which order it is about.
    pub order: Option<OrderId>,
    /// What: feature and verb, `refund.request`.
    pub action: &'a str,
    /// State before.
    pub before: Option<Value>,
    /// State after.
    pub after: Option<Value>,
    /// Why, in the words of who did it.
    pub reason: Option<&'a str>,
}

impl<'a> Entry<'a> {
    /// An entry with only actor and action.
    pub fn new(actor: Actor, action: &'a str) -> Self {
        Self {
            actor,
            origin: "",
            producer: None,
            person: None,
            order: None,
            action,
            before: None,
            after: None,
            reason: None,
        }
    }
}

impl Actor {
    fn columns(&self) -> (&'static str, Option<Uuid>) {
        match self {
            Self::Buyer(id) => ("buyer", Some(id.0)),
            Self::Producer(id) => ("producer", Some(id.0)),
            Self::ApiKey(id) => ("api_key", Some(id.0)),
            Self::Source(id) => ("source", Some(id.0)),
            Self::System => ("system", None),
        }
    }
}

/// Writes one line, true together with the rest of `tx`.
pub async fn record(portal: &Portal, tx: &mut Tx, entry: Entry<'_>) -> Result<(), Error> {
    store::insert(tx, portal.new_id(), portal.now().micros(), &entry).await
}

/// The statements of this store.
pub fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
