//! The adapters to gateways, each against a stand-in of its gateway, over HTTP.

mod asaas;
mod clients;
mod guru;
mod stripe;

use portal::ports::{Clock, GatewayError};
use server::guard::{Guard, Times};
use standin::fault::Fault;
use std::sync::Arc;
use std::time::Duration;
use types::Instant;

/// The time of a stand-in.
struct ItsClock(standin::clock::Clock);

impl Clock for ItsClock {
    fn now(&self) -> Instant {
        Instant::from_seconds(self.0.now())
    }
}

/// Calls stand-ins, and waits long enough for an answer.
fn guard() -> Arc<Guard> {
    guard_of(Duration::from_secs(20))
}

/// The same, but waits for so many seconds only where there will be no answer.
fn guard_facing(fault: Fault, seconds: u64) -> Arc<Guard> {
    let does_hang = matches!(fault, Fault::Hang | Fault::HangAfter);
    guard_of(Duration::from_secs(if does_hang { seconds } else { 20 }))
}

fn guard_of(total: Duration) -> Arc<Guard> {
    let times = Times { connect: Duration::from_secs(1), total };
    Arc::new(Guard::new(&["127.0.0.0/8".parse().unwrap()], times))
}

/// The kind of an error: what a rule looks at.
fn kind<T: std::fmt::Debug>(outcome: &Result<T, GatewayError>) -> &'static str {
    match outcome {
        Ok(_) => "done",
        Err(GatewayError::Refused(_)) => "refused",
        Err(GatewayError::Unavailable(_)) => "unavailable",
        Err(GatewayError::OutcomeUnknown(_)) => "unknown",
    }
}
