//! What people do about themselves.

use serde::Serialize;
use types::{EmailChangeId, ErasureId, EventName, Language, LinkId, PersonId, SessionId};

/// What happened to a person's own account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Account {
    /// Somebody bought with the address of a person who is being erased: that person gives the address up.
    AddressTaken {
        /// The request to erase.
        erasure: ErasureId,
    },
    /// Another address was asked for.
    EmailAsked {
        /// The wish.
        change: EmailChangeId,
    },
    /// That was taken back.
    EmailWithdrawn {
        /// Whose wish.
        person: PersonId,
    },
    /// The person moved to another address.
    EmailChanged {
        /// The wish.
        change: EmailChangeId,
        /// The person of the address so far.
        from: PersonId,
        /// The person of the new one.
        to: PersonId,
    },
    /// The address is written otherwise than it was before, and so belongs to another person.
    AddressRespelled {
        /// The person of the old spelling.
        from: PersonId,
        /// The person of today's.
        to: PersonId,
    },
    /// The profile was written.
    ProfileChanged {
        /// Whose account it is.
        person: PersonId,
    },
    /// A language was chosen.
    LanguageChosen {
        /// The language that was chosen.
        language: Language,
    },
    /// The person asked to be erased.
    ErasureAsked {
        /// The request.
        erasure: ErasureId,
    },
    /// That was undone, by the person or by a purchase.
    ErasureUndone {
        /// The request.
        erasure: ErasureId,
    },
    /// The person was erased.
    Erased {
        /// The request.
        erasure: ErasureId,
    },
}

impl Account {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::AddressTaken { .. } => EventName::AccountAddressTaken,
            Self::EmailAsked { .. } => EventName::AccountEmailAsked,
            Self::EmailWithdrawn { .. } => EventName::AccountEmailWithdrawn,
            Self::EmailChanged { .. } => EventName::AccountEmailChanged,
            Self::AddressRespelled { .. } => EventName::AccountAddressRespelled,
            Self::ProfileChanged { .. } => EventName::AccountProfileChanged,
            Self::LanguageChosen { .. } => EventName::AccountLanguageChosen,
            Self::ErasureAsked { .. } => EventName::AccountErasureAsked,
            Self::ErasureUndone { .. } => EventName::AccountErasureUndone,
            Self::Erased { .. } => EventName::AccountErased,
        }
    }
}

/// Somebody came in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SignIn {
    /// By which link of a mail.
    pub link: LinkId,
    /// Whether its code was typed, instead of the link being opened.
    pub by_code: bool,
}

impl SignIn {
    pub(super) const fn name(&self) -> EventName {
        if self.by_code { EventName::SignInByCode } else { EventName::SignInByLink }
    }
}

/// What happened to sessions.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Session {
    /// Somebody signed out.
    SignedOut {
        /// The session.
        session: SessionId,
    },
    /// Somebody ended one of their sessions.
    Ended {
        /// The session.
        session: SessionId,
    },
    /// Somebody ended all of their sessions.
    AllEnded {
        /// How many there were.
        ended: u64,
    },
}

impl Session {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::SignedOut { .. } => EventName::SessionSignedOut,
            Self::Ended { .. } => EventName::SessionEnded,
            Self::AllEnded { .. } => EventName::SessionAllEnded,
        }
    }
}
