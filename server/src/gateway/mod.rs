//! The payment gateways that this installation reaches: the embedded sandbox, and the accounts that producers connected.

pub mod asaas;
pub mod connected;
mod failure;
pub mod guru;
pub mod sandbox;
pub mod stripe;

use connected::Connected;
use portal::ports::{Abilities, ConnectedAccount, Gateway, Gateways, NamedGateway, UnreadableSecrets};
use sandbox::Sandbox;
use std::sync::Arc;
use types::ConnectionBills;

/// Which names the sandbox answers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Plays {
    /// Every name that nobody connected: in development nothing real may ever be charged or paid back.
    All,
    /// Its own.
    Itself,
}

/// The gateways of this installation. What nobody reaches is done by the producer, who is told so.
pub struct Configured {
    sandbox: Option<Arc<Sandbox>>,
    plays: Plays,
    connected: Connected,
}

impl Configured {
    /// Those of development, where the sandbox plays every gateway that an order names.
    pub fn of_development(sandbox: Sandbox, connected: Connected) -> Self {
        Self { sandbox: Some(Arc::new(sandbox)), plays: Plays::All, connected }
    }

    /// Those of production; the sandbox only under its own name, where the operator allows it.
    pub fn new(sandbox: Option<Sandbox>, connected: Connected) -> Self {
        Self { sandbox: sandbox.map(Arc::new), plays: Plays::Itself, connected }
    }
}

impl Gateways for Configured {
    fn abilities(&self, gateway: &NamedGateway) -> Abilities {
        match gateway.kind() {
            Some(kind) => Connected::abilities(kind),
            None if gateway.is_connected() => Abilities::default(),
            None => self.own(gateway.as_str()).map_or(Abilities::default(), |own| Abilities::of(own.as_ref())),
        }
    }

    fn own(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        let sandbox = self.sandbox.clone().filter(|_| self.plays == Plays::All || name == sandbox::NAME)?;
        Some(sandbox)
    }

    fn connect(&self, account: ConnectedAccount) -> Option<Result<Arc<dyn Gateway>, UnreadableSecrets>> {
        self.connected.open(&account)
    }

    fn bills(&self, gateway: &NamedGateway) -> bool {
        match gateway.bills() {
            Some(bills) => bills == ConnectionBills::Calendar && self.abilities(gateway).charges,
            None => !gateway.is_connected() && self.sandbox.is_some() && gateway.as_str() == sandbox::NAME,
        }
    }
}
