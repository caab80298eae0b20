//! The payment gateways that this installation reaches.

pub mod sandbox;

use portal::ports::{Gateway, Gateways};
use sandbox::Sandbox;
use std::sync::Arc;

/// In development the sandbox plays every gateway that an order names: nothing real may ever be charged or paid back there.
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
        name == "sandbox"
    }
}

/// In production only gateways that were set up are reached. None is known yet: the producer pays back by hand and is told so.
#[derive(Debug)]
pub struct Configured;

impl Gateways for Configured {
    fn named(&self, _name: &str) -> Option<Arc<dyn Gateway>> {
        None
    }

    fn bills(&self, _name: &str) -> bool {
        false
    }
}
