//! Stateful fakes of the ports, and databases to test on. A test looks into what a fake keeps.

mod area;
mod clock;
mod database;
mod gateway;
mod mail;

pub use area::{Gates, NOTHING, PersonAccess, TestArea, TestAreas};
pub use clock::{TestClock, TestRandom};
pub use database::{databases, databases_on, postgres_url, sqlite_url, sqlite_url_in_memory};
pub use gateway::{GatewayFault, TestGateway, TestGateways};
pub use mail::TestMail;

use crate::ports::Ports;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use types::Instant;

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A fake of each port.
pub struct Fakes {
    /// A clock: 2026-11-20 12:00 UTC at first.
    pub clock: Arc<TestClock>,
    /// A mail server.
    pub mail: Arc<TestMail>,
    /// A gateway, named `test`.
    pub gateway: Arc<TestGateway>,
    /// A member area, of every kind that a story names.
    pub area: Arc<TestArea>,
}

impl Default for Fakes {
    fn default() -> Self {
        Self {
            clock: TestClock::at(Instant::from_seconds(1_795_176_000)),
            mail: Arc::default(),
            gateway: Arc::default(),
            area: Arc::default(),
        }
    }
}

impl Fakes {
    /// The ports that these fakes play.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: self.clock.clone(),
            random: Arc::new(TestRandom::default()),
            mail: self.mail.clone(),
            gateways: Arc::new(TestGateways(self.gateway.clone())),
            member_areas: Arc::new(TestAreas(self.area.clone())),
        }
    }
}
