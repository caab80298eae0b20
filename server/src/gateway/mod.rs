//! The payment gateways that this installation reaches.

pub mod sandbox;
pub mod stripe;

use portal::ports::{Gateway, Gateways};
use sandbox::Sandbox;
use std::sync::Arc;

/// In development the sandbox plays every gateway that an order names: nothing real may ever be charged or paid back
/// there.
pub struct SandboxOnly(Arc<Sandbox>);

impl SandboxOnly {
    /// The gateways of development.
    pub fn new(sandbox: Sandbox) -> Self {
        Self(Arc::new(sandbox))
    }
}

impl Gateways for SandboxOnly {
    fn named(&self, _name: &str) -> Option<Arc<dyn Gateway>> {
        Some(self.0.clone())
    }

    fn bills(&self, name: &str) -> bool {
        name == sandbox::NAME
    }
}

/// In production only gateways that were set up are reached; of those known so far, the sandbox where the operator
/// allows it. Elsewhere the producer pays back by hand and is told so.
pub struct Configured {
    sandbox: Option<Arc<Sandbox>>,
}

impl Configured {
    /// The gateways of production; the sandbox only under its own name.
    pub fn new(sandbox: Option<Sandbox>) -> Self {
        Self { sandbox: sandbox.map(Arc::new) }
    }
}

impl Gateways for Configured {
    fn named(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        let sandbox = self.sandbox.clone().filter(|_| name == sandbox::NAME)?;
        Some(sandbox)
    }

    fn bills(&self, name: &str) -> bool {
        self.sandbox.is_some() && name == sandbox::NAME
    }
}
