//! Events: what happened, as rows that are written in the transaction of the change.
//!
//! The same row is the audit log (who, in which role, from where, what was before, what is after, why: rule 18) and the
//! history of an order. An event has a public name that never changes, a version, and ids and figures as its body;
//! `before` and `after` are for people to read, and nothing parses them but the
//! history of a producer's settings, which shows them and writes earlier ones anew. What follows from an event in other
//! features is decided by the dispatcher ([`crate::outbox::Dispatcher::follow`]): whoever changes something wakes
//! nobody by name.

mod desk;
mod login;
mod money;
mod people;
mod sale;
mod store;
mod traces;

pub use desk::{Document, OrderView, PortalLink};
pub use login::Login;
pub use money::{Billing, BillingEvent, Card, Connection, Plan, PlanEvent, Refund, RefundEvent, Subscription};
pub use people::{Account, Session, SignIn};
pub use sale::{Catalogue, Cause, Order};
pub use traces::TRACES;

use crate::db::{Error, Statement, Tx};
use crate::outbox;
use crate::portal::Portal;
use crate::scope::Actor;
use serde::Serialize;
use serde_json::Value;
use types::{EventName, OrderId, PersonId, ProducerId};
use uuid::Uuid;

/// What happened, by feature.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Event {
    /// To a person's own account.
    Account(Account),
    /// To what an order owes.
    Billing(Billing),
    /// To the way an order is paid.
    Card(Card),
    /// To what a producer has set up.
    Catalogue(Catalogue),
    /// To a producer's own account at a gateway.
    Connection(Connection),
    /// To documents.
    Document(Document),
    /// To those who sign in with a password.
    Login(Login),
    /// To an order.
    Order(Order),
    /// To a view of the list of orders.
    OrderView(OrderView),
    /// To a change of plan.
    Plan(Plan),
    /// To links that a producer makes.
    PortalLink(PortalLink),
    /// To a refund.
    Refund(Refund),
    /// To a session.
    Session(Session),
    /// Somebody came in.
    SignIn(SignIn),
    /// To a subscription.
    Subscription(Subscription),
}

impl Event {
    /// Its public name.
    pub const fn name(&self) -> EventName {
        match self {
            Self::Account(event) => event.name(),
            Self::Billing(event) => event.name(),
            Self::Card(event) => event.name(),
            Self::Catalogue(event) => event.name(),
            Self::Connection(event) => event.name(),
            Self::Document(event) => event.name(),
            Self::Login(event) => event.name(),
            Self::Order(event) => event.name(),
            Self::OrderView(event) => event.name(),
            Self::Plan(event) => event.name(),
            Self::PortalLink(event) => event.name(),
            Self::Refund(event) => event.name(),
            Self::Session(event) => event.name(),
            Self::SignIn(event) => event.name(),
            Self::Subscription(event) => event.name(),
        }
    }

    /// The version of its body: greater when a field was taken away or means something else.
    pub const fn version(&self) -> i64 {
        1
    }
}

macro_rules! from {
    ($($feature:ident,)*) => {$(
        impl From<$feature> for Event {
            fn from(event: $feature) -> Self {
                Self::$feature(event)
            }
        }
    )*};
}

from! {
    Account, Billing, Card, Catalogue, Connection, Document, Login, Order, OrderView, Plan, PortalLink, Refund,
    Session, SignIn, Subscription,
}

/// One event, and what the log keeps beside it.
#[derive(Debug)]
pub struct Record<'a> {
    /// Who did it.
    pub actor: Actor,
    /// From which network address; empty for the portal itself.
    pub origin: &'a str,
    /// Whose business it is.
    pub producer: Option<ProducerId>,
    /// Whom it is about.
    pub person: Option<PersonId>,
    /// Which order it is about.
    pub order: Option<OrderId>,
    /// What happened.
    pub event: Event,
    /// How it was before, for people to read.
    pub before: Option<Value>,
    /// How it is now, for people to read.
    pub after: Option<Value>,
    /// Why, in the words of who did it.
    pub reason: Option<&'a str>,
}

impl Record<'_> {
    /// A record with only actor and event.
    pub fn new(actor: Actor, event: impl Into<Event>) -> Self {
        Self {
            actor,
            origin: "",
            producer: None,
            person: None,
            order: None,
            event: event.into(),
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
            // A login's id is never a producer's but where the producer was made before there were logins.
            Self::Member(id) => ("producer", Some(id.0)),
            Self::Staff(id) => ("staff", Some(id.0)),
            Self::ApiKey(id) => ("api_key", Some(id.0)),
            Self::Source(id) => ("source", Some(id.0)),
            Self::System => ("system", None),
        }
    }
}

/// Writes an event, true together with the rest of `tx`, and asks for what follows from it.
pub async fn record(portal: &Portal, tx: &mut Tx, record: Record<'_>) -> Result<(), Error> {
    store::insert(tx, portal.new_id(), portal.now().micros(), &record).await?;
    for job in portal.dispatcher.follow(&record.event) {
        outbox::put(portal, tx, job).await?;
    }
    Ok(())
}

/// The statements of this store.
pub fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
