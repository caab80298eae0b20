//! The payment gateways that this installation reaches: the embedded sandbox, and the accounts that producers connected.

pub mod sandbox;

use portal::ports::{Abilities, ConnectedAccount, Gateway, Gateways, NamedGateway, UnreadableSecrets};
use sandbox::Sandbox;
use std::sync::Arc;

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
}

impl Configured {
    /// Those of development, where the sandbox plays every gateway that an order names.
    pub fn of_development(sandbox: Sandbox) -> Self {
        Self { sandbox: Some(Arc::new(sandbox)), plays: Plays::All }
    }

    /// Those of production; the sandbox only under its own name, where the operator allows it.
    pub fn new(sandbox: Option<Sandbox>) -> Self {
        Self { sandbox: sandbox.map(Arc::new), plays: Plays::Itself }
    }
}

impl Gateways for Configured {
    fn abilities(&self, gateway: &NamedGateway) -> Abilities {
        match gateway.kind() {
            Some(_) => Abilities::default(),
            None => self.own(gateway.as_str()).map_or(Abilities::default(), |own| Abilities::of(own.as_ref())),
        }
    }

    fn own(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        let sandbox = self.sandbox.clone().filter(|_| self.plays == Plays::All || name == sandbox::NAME)?;
        Some(sandbox)
    }

    fn connect(&self, _account: ConnectedAccount) -> Option<Result<Arc<dyn Gateway>, UnreadableSecrets>> {
        None
    }

    fn bills(&self, gateway: &NamedGateway) -> bool {
        gateway.kind().is_none() && self.sandbox.is_some() && gateway.as_str() == sandbox::NAME
    }
}
