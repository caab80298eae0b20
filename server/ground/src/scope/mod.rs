//! Scopes: who asks, as the type of a parameter. Each is the portal's handle plus who it is, from where, and how they
//! came in. A rule about the things of an audience takes its scope, so that nobody can ask it for somebody else.

mod buyer;
mod producer;
mod staff;

pub use buyer::Buyer;
pub use producer::{CameBy, Member, Producer, ProducerProfile, particulars};
pub use staff::Staff;

use types::{Language, LoginId, PersonId, ProducerId, SourceId, StaffId};

/// From where the operator acts, for the audit log: in the place of a network address.
pub const COMMAND_LINE: &str = "command line";

/// From where somebody asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Network address, as text.
    pub address: String,
    /// The browser's own name, shortened to 200 characters.
    pub browser: String,
    /// The language of the page.
    pub language: Language,
}

/// Who did something, for the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in buyer.
    Buyer(PersonId),
    /// A producer, by a link that only the producer's mailbox got.
    Producer(ProducerId),
    /// Somebody who works for a producer, signed in.
    Member(LoginId),
    /// Somebody of the support staff.
    Staff(StaffId),
    /// A key of the API.
    ApiKey(ProducerId),
    /// A source's webhook.
    Source(SourceId),
    /// The portal itself: a job, or the operator on the [`COMMAND_LINE`].
    System,
}
