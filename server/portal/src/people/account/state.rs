//! A change of address and a request to be erased, and where each stands.

use crate::db::Error;
use types::{Email, EmailChangeId, ErasureId, Instant, Language, PersonId, Protocol};

/// A wish for another address.
pub(super) struct EmailChange {
    pub(super) id: EmailChangeId,
    pub(super) person: PersonId,
    pub(super) old: Email,
    pub(super) new: Email,
    pub(super) language: Language,
    pub(super) asked_from: String,
    pub(super) browser: String,
    pub(super) asked_at: Instant,
    pub(super) expires_at: Instant,
    /// Whether it was confirmed or taken back.
    pub(super) is_over: bool,
}

impl EmailChange {
    /// Returns whether it can still be confirmed.
    pub(super) fn waits(&self, now: Instant) -> bool {
        !self.is_over && now < self.expires_at
    }
}

/// A request to be erased.
pub(super) struct Erasure {
    pub(super) id: ErasureId,
    pub(super) person: PersonId,
    pub(super) protocol: Protocol,
    pub(super) state: ErasureState,
    pub(super) requested_at: Instant,
    pub(super) due_at: Instant,
    /// When somebody new came with the address, if somebody did.
    pub(super) given_at: Option<Instant>,
    /// The person's address; the one that was given up, if it was.
    pub(super) email: String,
    pub(super) language: Option<Language>,
}

/// Where a request to be erased stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ErasureState {
    /// It can be undone, until its day has come and nothing is open.
    Waiting,
    /// Member areas are told that nothing is due any more.
    Begun,
    /// Name, address and traces are gone.
    Done,
    /// It was taken back.
    Undone(UndoneBy),
}

/// What took a request to be erased back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum UndoneBy {
    /// The person.
    Buyer,
    /// A purchase: whoever buys wants to be there.
    Purchase,
    /// The person moved to an address for which another request waits.
    Merged,
}

impl ErasureState {
    /// What is on file of the state: its word, and that of what took the request back.
    pub(super) fn columns(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Waiting => ("waiting", None),
            Self::Begun => ("begun", None),
            Self::Done => ("done", None),
            Self::Undone(UndoneBy::Buyer) => ("undone", Some("buyer")),
            Self::Undone(UndoneBy::Purchase) => ("undone", Some("purchase")),
            Self::Undone(UndoneBy::Merged) => ("undone", Some("merged")),
        }
    }

    /// The state that these words mean.
    pub(super) fn read(erasure: ErasureId, state: &str, undone_by: Option<&str>) -> Result<Self, Error> {
        let undone = [UndoneBy::Buyer, UndoneBy::Purchase, UndoneBy::Merged].map(Self::Undone);
        let mut all = [Self::Waiting, Self::Begun, Self::Done].into_iter().chain(undone);
        let found = all.find(|one| one.columns() == (state, undone_by));
        found.ok_or_else(|| Error::inconsistent("erasures", erasure, "state and reason do not go together"))
    }
}
