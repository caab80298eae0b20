use super::{Actor, COMMAND_LINE, Origin};
use crate::db::{Error, parsed};
use crate::portal::Portal;
use crate::time::Zone;
use std::fmt::{self, Debug, Formatter};
use types::{Email, Instant, Language, LoginId, MemberRole, Particulars, ProducerId, SessionId, Slug, SourceId};
use uuid::Uuid;

/// A producer who asks for something: everything of a producer is reached through it.
#[derive(Clone)]
pub struct Producer {
    portal: Portal,
    profile: ProducerProfile,
    by: CameBy,
}

/// What every rule may know of a producer.
#[derive(Clone, Debug)]
pub struct ProducerProfile {
    /// Its id.
    pub id: ProducerId,
    /// Its short name, unique.
    pub slug: Slug,
    /// The name buyers see.
    pub name: String,
    /// Where buyers and the portal write to.
    pub email: Email,
    /// The IANA name of the zone in which it counts days.
    pub time_zone: String,
}

impl ProducerProfile {
    /// From the columns of `producers`; inconsistent when they cannot be.
    pub fn read(id: Uuid, slug: &str, name: String, email: &str, time_zone: String) -> Result<Self, Error> {
        let slug = parsed("producers", id, Slug::parse(slug))?;
        let email = parsed("producers", id, Email::parse(email))?;
        Ok(Self { id: ProducerId(id), slug, name, email, time_zone })
    }
}

/// What a producer says of itself, as its column holds it; nothing, for most.
pub fn particulars(id: Uuid, content: Option<&str>) -> Result<Particulars, Error> {
    content.map_or(Ok(Particulars::default()), |content| parsed("producers", id, serde_json::from_str(content)))
}

/// How a producer came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CameBy {
    /// The operator speaks for it, on the command line.
    Operator,
    /// A program of its own, with a key of the API.
    ApiKey,
    /// A source of its orders, which has proved to be itself.
    Source(SourceId),
    /// A person, with their own address and password.
    Person(Box<Member>),
}

/// Somebody who works for a producer, signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub login: LoginId,
    /// The address that they sign in with.
    pub email: Email,
    /// What they may do for this producer.
    pub role: MemberRole,
    /// This browser's session.
    pub session: SessionId,
    /// When the session began: with the password.
    pub since: Instant,
    /// From where they ask.
    pub origin: Origin,
}

impl Producer {
    /// The producer who came in like this. Only what has checked a key, a token or a session makes one.
    pub fn new(portal: Portal, profile: ProducerProfile, by: CameBy) -> Self {
        Self { portal, profile, by }
    }

    /// The portal.
    pub fn portal(&self) -> &Portal {
        &self.portal
    }

    /// Its id.
    pub fn id(&self) -> ProducerId {
        self.profile.id
    }

    /// Its short name.
    pub fn slug(&self) -> &Slug {
        &self.profile.slug
    }

    /// The name buyers see.
    pub fn name(&self) -> &str {
        &self.profile.name
    }

    /// Where buyers and the portal write to.
    pub fn email(&self) -> &Email {
        &self.profile.email
    }

    /// Whether whoever came in is a person who may do everything for it.
    pub fn is_owner(&self) -> bool {
        self.member().is_some_and(|member| member.role == MemberRole::Owner)
    }

    /// The address of the person who acts for it; its own, where a program or the operator does.
    pub fn who(&self) -> &Email {
        self.member().map_or(&self.profile.email, |member| &member.email)
    }

    /// The IANA name of the zone in which it counts days.
    pub fn time_zone(&self) -> &str {
        &self.profile.time_zone
    }

    /// The zone in which it counts days.
    pub fn zone(&self) -> Result<Zone, Error> {
        Zone::named(&self.profile.time_zone).map_err(|error| Error::inconsistent("producers", self.id(), error))
    }

    /// Who acts, for the audit log.
    pub fn actor(&self) -> Actor {
        match self.by {
            CameBy::Operator => Actor::System,
            CameBy::ApiKey => Actor::ApiKey(self.id()),
            CameBy::Source(source) => Actor::Source(source),
            CameBy::Person(ref member) => Actor::Member(member.login),
        }
    }

    /// The person who asks; none for a program.
    pub fn member(&self) -> Option<&Member> {
        match &self.by {
            CameBy::Person(member) => Some(member),
            CameBy::Operator | CameBy::ApiKey | CameBy::Source(_) => None,
        }
    }

    /// This browser's session; none for a program.
    pub fn session(&self) -> Option<SessionId> {
        self.member().map(|member| member.session)
    }

    /// The language of the pages of a person; Portuguese for a program, which reads none.
    pub fn language(&self) -> Language {
        self.member().map(|member| member.origin.language).unwrap_or_default()
    }

    /// The network address a person asks from, or the command line; empty for a program, which its key or source names.
    pub fn address(&self) -> &str {
        match &self.by {
            CameBy::Person(member) => &member.origin.address,
            CameBy::Operator => COMMAND_LINE,
            CameBy::ApiKey | CameBy::Source(_) => "",
        }
    }
}

/// Without the handle, which holds everything.
impl Debug for Producer {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Producer").field(&self.profile.slug).field(&self.by).finish()
    }
}
