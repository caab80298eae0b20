//! Time and chance, as a test wants them.

use crate::ports::{Clock, Random};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::Duration;
use types::Instant;

/// A clock that stands still until it is moved. Its calendar goes with the wall, unless it is turned.
pub struct TestClock {
    wall: AtomicI64,
    ahead: AtomicI64,
    /// Microseconds that pass with each look at it.
    step: AtomicI64,
}

impl TestClock {
    /// Stands at `at`.
    pub fn at(at: Instant) -> Arc<Self> {
        Arc::new(Self { wall: AtomicI64::new(at.micros()), ahead: AtomicI64::new(0), step: AtomicI64::new(0) })
    }

    /// From now on a microsecond passes with each look at it: as outside, no two things happen at the same instant.
    pub fn run(&self) {
        self.step.store(1, Ordering::SeqCst);
    }

    fn look(&self) -> i64 {
        self.wall.fetch_add(self.step.load(Ordering::SeqCst), Ordering::SeqCst)
    }

    /// Moves on by `by`.
    pub fn forward(&self, by: Duration) {
        self.wall.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Jumps to `at`.
    pub fn jump(&self, at: Instant) {
        self.wall.store(at.micros() - self.ahead.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Turns the calendar on by `by`, as in development; the wall stands.
    pub fn turn_calendar(&self, by: Duration) {
        self.ahead.fetch_add(by.as_micros() as i64, Ordering::SeqCst);
    }

    /// Moves the wall on by `by`; the calendar stands.
    pub fn forward_wall(&self, by: Duration) {
        self.ahead.fetch_sub(by.as_micros() as i64, Ordering::SeqCst);
        self.forward(by);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.look() + self.ahead.load(Ordering::SeqCst))
    }

    fn wall(&self) -> Instant {
        Instant::from_micros(self.look())
    }
}

/// Repeatable "randomness": never the same bytes twice in one portal.
#[derive(Default)]
pub struct TestRandom(AtomicU64);

impl Random for TestRandom {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let number = self.0.fetch_add(1, Ordering::SeqCst);
            let block = crate::keys::mac(b"test randomness", &[&number.to_be_bytes()]);
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
