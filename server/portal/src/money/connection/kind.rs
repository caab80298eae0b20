//! The gateways at which a producer can connect an account, and what of it each needs.

use types::ConnectionBills;

/// A gateway that can be connected.
#[derive(Debug)]
pub struct Kind {
    /// Its word in the API and on file.
    pub name: &'static str,
    /// What it calls itself.
    pub label: &'static str,
    /// What is needed of an account.
    pub parts: &'static [Part],
    /// Whose calendar may take renewals there, the usual one first.
    pub bills: &'static [ConnectionBills],
    /// Whether its webhooks come to an address of the connection, with a secret of the connection.
    /// Elsewhere they come to a source of orders of the same kind.
    pub has_hook: bool,
}

/// Something of an account.
#[derive(Debug)]
pub struct Part {
    /// Its name in the API.
    pub name: &'static str,
    /// Nothing works without it.
    pub is_needed: bool,
}

/// Every kind.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "stripe",
        label: "Stripe",
        parts: &[Part { name: "secret_key", is_needed: true }, Part { name: "base_url", is_needed: false }],
        bills: &[ConnectionBills::Calendar, ConnectionBills::Gateway],
        has_hook: true,
    },
    Kind {
        name: "asaas",
        label: "Asaas",
        parts: &[Part { name: "access_token", is_needed: true }, Part { name: "base_url", is_needed: false }],
        bills: &[ConnectionBills::Calendar, ConnectionBills::Gateway],
        has_hook: true,
    },
    Kind {
        name: "guru",
        label: "Digital Manager Guru",
        parts: &[Part { name: "user_token", is_needed: true }, Part { name: "base_url", is_needed: false }],
        bills: &[ConnectionBills::Gateway],
        has_hook: false,
    },
];

impl Kind {
    /// Its secret: what nothing works without.
    pub fn secret(&self) -> Option<&'static str> {
        self.parts.iter().find(|part| part.is_needed).map(|part| part.name)
    }
}

/// The kind with this word.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
