//! Member areas: the outside systems that give access, by kind.
//!
//! A *kind* is one product of a vendor, and its *connector* is the code that calls it. A producer's member area has a
//! kind, an address and a key. A *target* is something that can be given there, as a word of the connector: a class, a
//! space, an offer. The rules store targets, compare them and hand them back; only the connector reads them. No rule
//! asks for a kind by its name. Which vendor needs what is written beside the connectors.
//!
//! What every connector promises:
//!
//! - *Telling again changes nothing.* The rules tell until they have a clear answer. A target that the person has
//!   already, or has no more, is therefore a success, however the vendor words it.
//! - *A call touches its targets and no other.* What else the person has there stays.
//! - *An end is a day.* A vendor that keeps an end is told it, and one that knows none is told nothing of it: the rules
//!   take access away on that day in any case.
//! - *How something is taken away is the connector's business*: by a status, by a call of its own, or by an end that is
//!   now.
//!
//! Two abilities are decided, and have no method before a rule calls them. Each will be an `Option` of a trait of its
//! own, as with a [gateway](super::Gateway), so that a connector without it says so and a rule takes the other road:
//!
//! - *Reading back* (`read_back`): which targets the area holds for an e-mail address, each with its end. A kind that
//!   only takes calls cannot be asked: there, what it was last told counts.
//! - *A link that signs in* (`login_link`): an address by which the buyer enters the area without a password. It is
//!   asked for when the buyer wants to go there, and never stored or mailed, because it lives for an hour or less.
//!   Elsewhere the buyer is led to the area's page.

mod attempt;
mod target;
mod telling;

pub use attempt::{DeliveryAttempt, Verdict};
pub use target::{AccessTarget, NotATarget};
pub use telling::{AreaAddress, Telling, TellingPerson};

use futures::future::BoxFuture;
use std::sync::Arc;

/// The connector of member areas of one kind.
pub trait MemberArea: Send + Sync + 'static {
    /// Reads what a producer's rule names. The target is spelled as it is to be kept: two words for the same thing
    /// become one.
    fn read_target(&self, word: &str) -> Result<AccessTarget, NotATarget>;

    /// The group of a target. Targets of one group that agree in everything else are told in one call; a target without
    /// a group is told alone.
    fn group(&self, target: &AccessTarget) -> Option<&'static str>;

    /// Makes one call. Every outcome is reported, none is an `Err`: the attempt is kept either way.
    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, DeliveryAttempt>;
}

/// Finds the connector of a kind.
pub trait MemberAreas: Send + Sync + 'static {
    /// The connector, if this installation knows the kind.
    fn of_kind(&self, kind: &str) -> Option<Arc<dyn MemberArea>>;
}
