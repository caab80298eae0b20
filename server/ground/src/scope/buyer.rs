use super::Origin;
use crate::portal::Portal;
use types::{Email, Language, PersonId, SessionId};

/// A signed-in buyer: the portal's handle plus who asks. Comes from a session only; every rule about a buyer's things
/// takes it.
#[derive(Clone)]
pub struct Buyer {
    portal: Portal,
    person: PersonId,
    email: Email,
    session: SessionId,
    language: Option<Language>,
    origin: Origin,
}

impl Buyer {
    /// The buyer whose session this is. Only what reads a session makes one.
    pub fn new(
        portal: Portal,
        (person, email): (PersonId, Email),
        session: SessionId,
        language: Option<Language>,
        origin: Origin,
    ) -> Self {
        Self { portal, person, email, session, language, origin }
    }

    /// Who.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The address in use.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// The portal.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// The language the buyer chose earlier.
    pub fn language(&self) -> Option<Language> {
        self.language
    }

    /// This browser's session.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// From where the buyer asks.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }
}
