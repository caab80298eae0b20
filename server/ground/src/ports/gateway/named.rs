//! Which gateway an order names, and what can be done there.

use super::{CardPages, Gateway, SubscriptionAbilities, Subscriptions};
use std::fmt;
use types::{ConnectionBills, ConnectionState, Method};

/// The gateway that an order names, and what the producer's connection of that name is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NamedGateway {
    name: String,
    connection: Option<NamedConnection>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct NamedConnection {
    kind: String,
    bills: ConnectionBills,
    is_used: bool,
}

impl NamedGateway {
    /// A name that no producer connected anything under.
    pub fn unconnected(name: impl Into<String>) -> Self {
        Self { name: name.into(), connection: None }
    }

    /// As the database has it: the name, and of its connection kind, calendar and state in three words, or nothing. What
    /// cannot be read is no absent connection: somebody else would answer to the name.
    pub fn read(name: String, connection: Option<&str>) -> Result<Self, UnreadableConnection> {
        let connection = connection.map(NamedConnection::read).transpose()?;
        Ok(Self { name, connection })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.name
    }

    /// Whether the producer connected an account under the name. Then nobody else answers to it, also when the account
    /// is out of use.
    pub fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    /// Which gateway is in use under the name, if the producer connected one.
    pub fn kind(&self) -> Option<&str> {
        self.used().map(|connection| connection.kind.as_str())
    }

    /// Whose calendar takes renewals at the producer's connection, if one is in use.
    pub fn bills(&self) -> Option<ConnectionBills> {
        self.used().map(|connection| connection.bills)
    }

    fn used(&self) -> Option<&NamedConnection> {
        self.connection.as_ref().filter(|connection| connection.is_used)
    }
}

impl NamedConnection {
    fn read(text: &str) -> Result<Self, UnreadableConnection> {
        let [kind, bills, state] = *text.split(' ').collect::<Vec<_>>() else { return Err(UnreadableConnection) };
        let state: ConnectionState = state.parse().map_err(|_| UnreadableConnection)?;
        let bills = bills.parse().map_err(|_| UnreadableConnection)?;
        Ok(Self { kind: kind.to_owned(), bills, is_used: state == ConnectionState::Active })
    }
}

/// What is on file of a connection is none of the words that it may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("kind, calendar or state of a connection cannot be read")]
pub struct UnreadableConnection;

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
    /// What its page for a card asks of the buyer.
    pub cards: CardPages,
    /// Subscriptions live there, and this can be done with them from here beside ending them.
    pub subscriptions: Option<SubscriptionAbilities>,
    /// Money paid by these methods goes back only to an account that the buyer names to us.
    pub asks_payee_for: &'static [Method],
}

impl Abilities {
    /// What this gateway says of itself.
    pub fn of(gateway: &dyn Gateway) -> Self {
        Self {
            refunds: gateway.refunds().is_some(),
            charges: gateway.charges().is_some(),
            cards: CardPages::of(gateway.cards()),
            subscriptions: gateway.subscriptions().map(Subscriptions::can),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_no_absent_connection() {
        let read = |text| NamedGateway::read("shop".to_owned(), text);
        let none = read(None).unwrap();
        assert!(!none.is_connected() && none.kind().is_none() && none.bills().is_none());
        let used = read(Some("stripe calendar active")).unwrap();
        assert_eq!((used.kind(), used.bills()), (Some("stripe"), Some(ConnectionBills::Calendar)));
        let unused = read(Some("stripe gateway disabled")).unwrap();
        assert!(unused.is_connected() && unused.kind().is_none() && unused.bills().is_none());
        for text in ["", "stripe", "stripe calendar", "stripe never active", "stripe calendar asleep", "a b c d"] {
            assert_eq!(read(Some(text)), Err(UnreadableConnection), "{text:?}");
        }
    }
}
