//! What the buyer decided about a subscription (a cancellation, a pause): one more register, which no source writes.

use types::Instant;

/// What a buyer decided about a subscription, as far as it decides where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Wishes {
    /// The cancellation that counts.
    pub(crate) cancellation: Option<Wish>,
    /// The pause that was taken.
    pub(crate) pause: Option<Pause>,
}

/// A cancellation that was not taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Wish {
    pub(crate) asked_at: Instant,
    pub(crate) is_done: bool,
}

/// A pause, at any time of its life.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Pause {
    pub(crate) is_running: bool,
    /// When charging goes on.
    pub(crate) ends_at: Instant,
}
