//! Time and randomness: the only ways by which a rule learns them.

use types::Instant;

/// Tells the time. The only way by which a rule learns it.
pub trait Clock: Send + Sync + 'static {
    /// Now, as the calendar counts.
    fn now(&self) -> Instant;

    /// What the clock on the wall shows: sessions and links live by it, also where somebody has moved the calendar.
    fn wall(&self) -> Instant {
        self.now()
    }
}

/// Makes randomness. The only way by which a rule gets it.
pub trait Random: Send + Sync + 'static {
    /// Fills `bytes` with unpredictable bytes.
    fn fill(&self, bytes: &mut [u8]);
}
