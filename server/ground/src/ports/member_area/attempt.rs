//! How telling a member area went.

use std::time::Duration;

/// How one call to the outside went.
#[derive(Clone, PartialEq, Debug)]
pub struct DeliveryAttempt {
    /// The request, secrets masked: method, address, body.
    pub request: String,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// First 20 kB of the answer.
    pub answer: String,
    /// What went wrong on the way, if there was no answer.
    pub error: Option<String>,
    /// How long it took.
    pub duration: Duration,
    /// What follows from it.
    pub verdict: Verdict,
}

/// What follows from an attempt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// The other side has it.
    Confirmed,
    /// Comes again; not before this long, when the other side said so.
    Again(Option<Duration>),
    /// It will not be taken like this, and the producer must look: the other side said so (401, 422), or nothing could
    /// be sent.
    Refused,
}

impl DeliveryAttempt {
    /// An attempt that ended before a call: nothing was sent, and nothing will be until somebody mends the reason.
    pub fn not_made(reason: impl ToString) -> Self {
        Self {
            request: String::new(),
            status: None,
            answer: String::new(),
            error: Some(reason.to_string()),
            duration: Duration::ZERO,
            verdict: Verdict::Refused,
        }
    }
}
