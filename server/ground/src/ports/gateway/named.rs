//! Which gateway an order names, and what can be done there.

use super::Gateway;
use std::fmt;
use types::{ConnectionBills, Method};

/// The gateway that an order names, and what the producer's connection of that name is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedGateway {
    name: String,
    connection: Option<(String, ConnectionBills)>,
}

impl NamedGateway {
    /// The name in an order, and the kind and calendar of the producer's connection that is in use under it.
    pub fn new(name: impl Into<String>, connection: Option<(String, ConnectionBills)>) -> Self {
        Self { name: name.into(), connection }
    }

    /// The same as the database has it: `stripe calendar`, or nothing.
    pub fn read(name: String, connection: Option<&str>) -> Self {
        let connection = connection.and_then(|text| text.split_once(' '));
        let connection = connection.and_then(|(kind, bills)| Some((kind.to_owned(), bills.parse().ok()?)));
        Self { name, connection }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Which gateway the producer connected under the name, if any.
    pub fn kind(&self) -> Option<&str> {
        self.connection.as_ref().map(|(kind, _)| kind.as_str())
    }

    /// Whose calendar takes renewals at the producer's connection, if there is one.
    pub fn bills(&self) -> Option<ConnectionBills> {
        self.connection.as_ref().map(|(_, bills)| *bills)
    }
}

impl fmt::Display for NamedGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// What a gateway can do when it is asked to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Abilities {
    /// It pays money back.
    pub refunds: bool,
    /// It takes money.
    pub charges: bool,
    /// It has a page on which a buyer enters a card.
    pub cards: bool,
    /// Subscriptions live there, and can be changed from here.
    pub subscriptions: bool,
    /// Money paid by these methods goes back only to an account that the buyer names to us.
    pub asks_payee_for: &'static [Method],
}

impl Abilities {
    /// What this gateway says of itself.
    pub fn of(gateway: &dyn Gateway) -> Self {
        Self {
            refunds: gateway.refunds().is_some(),
            charges: gateway.charges().is_some(),
            cards: gateway.cards().is_some(),
            subscriptions: gateway.subscriptions().is_some(),
            asks_payee_for: gateway.refunds().map_or(&[], super::Refunds::asks_payee_for),
        }
    }
}

/// An account at a gateway that a producer connected, with what opens it. Never logged.
#[derive(Clone)]
pub struct ConnectedAccount {
    /// Which gateway it is, in the word of its adapter.
    pub kind: String,
    /// Its secrets, as the adapter reads them.
    pub secrets: String,
}
