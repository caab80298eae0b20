//! Links that a producer makes: to an order's page, its card, its end, its refund or its plan; for one buyer, or for
//! many at once.
//!
//! A made link is no bearer credential (rule 5): its page shows what an order link shows, and its button mails the
//! address on file. It has a reference of its own, so that the producer sees whether it was sent, opened and acted on,
//! and may revoke it. Looking at it changes nothing: it counts as opened when its button is pressed (rule 2). Whether
//! the buyer then did what it is about is read from the events of the order, within a week.

mod audience;
mod campaign;
mod job;
mod list;
mod mail;
mod make;
mod open;
mod store;
mod traces;

pub use audience::{Audience, AudienceCount, Reached, Step, audience, count};
pub use campaign::{Campaign, CampaignError, CampaignState, campaigns, start, stop};
pub use job::Job;
pub(crate) use job::run;
pub use list::{ListedLink, ProductChoice, links, products};
pub(crate) use mail::draft;
pub use mail::{Content, Mail};
pub(crate) use make::make_within;
pub use make::{LinkError, MadeLink, make, revoke, send};
pub use open::{Behind, behind, press};
pub(crate) use traces::TRACES;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
