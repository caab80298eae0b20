use super::{Actor, Origin};
use crate::portal::Portal;
use types::{Email, Instant, SessionId, StaffId, StaffRole};

/// Somebody of the support staff of this installation, signed in. Comes from a session only; every rule about what the
/// staff does takes it.
#[derive(Clone)]
pub struct Staff {
    portal: Portal,
    id: StaffId,
    email: Email,
    role: StaffRole,
    session: SessionId,
    since: Instant,
    origin: Origin,
}

impl Staff {
    /// Whose session this is. Only what reads a session makes one.
    pub fn new(
        portal: Portal,
        (id, email, role): (StaffId, Email, StaffRole),
        (session, since): (SessionId, Instant),
        origin: Origin,
    ) -> Self {
        Self { portal, id, email, role, session, since, origin }
    }

    /// The portal.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Who.
    pub fn id(&self) -> StaffId {
        self.id
    }

    /// The address to sign in with.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// What the person may do.
    pub fn role(&self) -> StaffRole {
        self.role
    }

    /// This browser's session.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// When the session began: with the password and the second step.
    pub fn since(&self) -> Instant {
        self.since
    }

    /// From where the person asks.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Who acts, for the audit log.
    pub fn actor(&self) -> Actor {
        Actor::Staff(self.id)
    }
}
