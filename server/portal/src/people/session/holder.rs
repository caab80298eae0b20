//! Whose a session is, and what it opens.

use crate::{Actor, Buyer, Portal, Producer, Staff};
use std::time::Duration;
use types::{LoginId, PersonId, ProducerId, SessionId, StaffId};
use uuid::Uuid;

/// What a session opens: one of a kind opens nothing of another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionKind {
    /// The buyer's pages.
    Buyer,
    /// The producer's area.
    Producer,
    /// The support desk.
    Staff,
}

impl SessionKind {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Buyer => "buyer",
            Self::Producer => "producer",
            Self::Staff => "staff",
        }
    }

    /// How long a session lives in any case: the shorter, the more it opens.
    pub const fn absolute(self) -> Duration {
        let hours = match self {
            Self::Buyer => 12,
            Self::Producer => 8,
            Self::Staff => 4,
        };
        Duration::from_secs(hours * 3600)
    }
}

/// Whose a session is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holder {
    /// A person who buys.
    Buyer(PersonId),
    /// Somebody who works for a producer: who, and for which of theirs.
    Producer(LoginId, ProducerId),
    /// Somebody of the staff.
    Staff(StaffId),
}

impl Holder {
    pub(super) fn kind(self) -> SessionKind {
        match self {
            Self::Buyer(_) => SessionKind::Buyer,
            Self::Producer(..) => SessionKind::Producer,
            Self::Staff(_) => SessionKind::Staff,
        }
    }

    /// The person, or the login: whose sessions are listed and ended together.
    pub(super) fn id(self) -> Uuid {
        match self {
            Self::Buyer(PersonId(id)) | Self::Producer(LoginId(id), _) | Self::Staff(StaffId(id)) => id,
        }
    }

    pub(super) fn person(self) -> Option<PersonId> {
        if let Self::Buyer(person) = self { Some(person) } else { None }
    }

    pub(super) fn login(self) -> Option<Uuid> {
        if let Self::Buyer(_) = self { None } else { Some(self.id()) }
    }

    pub(super) fn producer(self) -> Option<ProducerId> {
        if let Self::Producer(_, producer) = self { Some(producer) } else { None }
    }

    pub(super) fn actor(self) -> Actor {
        match self {
            Self::Buyer(id) => Actor::Buyer(id),
            Self::Producer(id, _) => Actor::Member(id),
            Self::Staff(id) => Actor::Staff(id),
        }
    }
}

/// A scope that has sessions: what it may see and end of its own.
pub trait Scope {
    /// The portal.
    fn portal(&self) -> &Portal;
    /// Whose sessions are its own; none for a producer's program, which has none.
    fn holder(&self) -> Option<Holder>;
    /// The session that asks; none for a producer's program.
    fn session(&self) -> Option<SessionId>;
    /// The network address that it asks from; empty for a producer's program.
    fn address(&self) -> &str;
}

impl Scope for Buyer {
    fn portal(&self) -> &Portal {
        self.portal()
    }

    fn holder(&self) -> Option<Holder> {
        Some(Holder::Buyer(self.person()))
    }

    fn session(&self) -> Option<SessionId> {
        Some(self.session())
    }

    fn address(&self) -> &str {
        &self.origin().address
    }
}

impl Scope for Producer {
    fn portal(&self) -> &Portal {
        self.portal()
    }

    fn holder(&self) -> Option<Holder> {
        self.member().map(|member| Holder::Producer(member.login, self.id()))
    }

    fn session(&self) -> Option<SessionId> {
        self.session()
    }

    fn address(&self) -> &str {
        self.address()
    }
}

impl Scope for Staff {
    fn portal(&self) -> &Portal {
        self.portal()
    }

    fn holder(&self) -> Option<Holder> {
        Some(Holder::Staff(self.id()))
    }

    fn session(&self) -> Option<SessionId> {
        Some(self.session())
    }

    fn address(&self) -> &str {
        &self.origin().address
    }
}
