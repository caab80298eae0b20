//! Where everything is: the address of each page and form of the portal, one line an address, a table a wing
//! ([`buyer`], [`producer`], [`staff`], [`shared`]). Routes, links, redirects, mails, the places that one may come back
//! to and what the log leaves out are all derived from these tables; no address of a page is written anywhere else.
//!
//! A table has two enums: `Page` is a page or form by its name, such as "an order's page", and knows what is true of
//! its address; `Place` is the page of one thing, such as "the page of the order A-1", and knows its path.

mod back;
pub mod buyer;
pub mod producer;
mod segment;
pub mod shared;
pub mod staff;
mod table;
mod tail;
#[cfg(test)]
mod tests;

pub use back::{next, next_in_area, of_request, returns_to};
pub use segment::{Function, Handle, Segment, Token};
pub use tail::without_tail;

use table::places;

/// Stands behind the `?` of the address that a gateway leads a buyer back to: the page asks the gateway what came of
/// it, some times, and counts them there: `back=2`.
pub const BACK: &str = "back";

/// How often such a page asks: within a minute most answers are there, and whoever did not confirm goes on otherwise.
const LOOKS: u32 = 10;

/// Which look at such a page it is, by what stands behind the `?`; none when it is no such page, or was looked at often
/// enough.
pub fn look_of(query: Option<&str>) -> Option<u32> {
    let counted = query?.strip_prefix(BACK)?;
    let look = if counted.is_empty() { 1 } else { counted.strip_prefix('=')?.parse().ok()? };
    (1..=LOOKS).contains(&look).then_some(look)
}

/// Who may call an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// A signed-in buyer, for their own things.
    Buyer,
    /// Somebody who works for a producer, signed in, for the producer's own things.
    Producer,
    /// The same, if they may do everything for it.
    Owner,
    /// Somebody of the support staff, signed in.
    Staff,
}

/// Where a language switch on a page leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Return {
    /// To the same page.
    Here,
    /// To the home page: the address is a form's, a file's or no page of its own.
    Home,
}

/// What is true of an address, whatever stands in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Address {
    /// Its path as the router reads it; what stands in braces varies: `/orders/{handle}/refund`.
    pub pattern: &'static str,
    /// Who may call it.
    pub who: Who,
    /// Where a language switch leads.
    pub after_language: Return,
    /// What varies, in order: its name, and whether knowing it opens something.
    varied: &'static [(&'static str, bool)],
}

impl Address {
    /// What stands before a segment that opens something by itself and must not be read in a log: `/l/`. None when the
    /// address has no such segment.
    pub fn before_secret(&self) -> Option<&'static str> {
        let (name, _) = self.varied.iter().find(|(_, is_secret)| *is_secret)?;
        let (before, _) = self.pattern.split_once(&format!("{{{name}}}"))?;
        Some(before)
    }
}

/// Every address of every wing.
pub fn addresses() -> impl Iterator<Item = Address> {
    let buyer = buyer::Page::ALL.iter().map(|page| page.address());
    let producer = producer::Page::ALL.iter().map(|page| page.address());
    let shared = shared::Page::ALL.iter().map(|page| page.address());
    let staff = staff::Page::ALL.iter().map(|page| page.address());
    buyer.chain(producer).chain(shared).chain(staff)
}
