//! Time and randomness as the machine has them: the only home of both.

use portal::ports::{Clock, Random};
use types::Instant;

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

/// The system's randomness.
#[derive(Clone, Copy, Debug)]
pub struct SystemRandom;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one home of the time")]
    fn now(&self) -> Instant {
        Instant::from_micros(jiff::Timestamp::now().as_microsecond())
    }
}

impl Random for SystemRandom {
    // A machine without randomness must not go on: tokens would be guessable.
    #[expect(clippy::disallowed_methods, clippy::expect_used, reason = "the one home of chance")]
    fn fill(&self, bytes: &mut [u8]) {
        getrandom::fill(bytes).expect("the system gives randomness");
    }
}
