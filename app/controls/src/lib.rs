//! The pieces of the area of producers and staff that react in the browser, and the server functions that they ask.
//! They are in no bundle of buyers. What `islands` says of islands is true of them too: each is whole without
//! JavaScript, and renders from its props only.
//!
//! A function stands below the address of its audience, and who asks is known before it runs: see
//! `app/src/shared/function.rs`. This crate knows no rules and no screens: who answers is found in the context
//! ([`Answers`]).

#![expect(unreachable_pub, reason = "what the macros of an island and of a function write is public inside its module")]

mod ask;
mod search;
mod switch;

#[cfg(feature = "ssr")]
pub use ask::Answers;
pub use ask::Ask;
pub use search::{FindForStaff, FindOrders, Finding, LiveSearch, find_for_staff, find_orders};
pub use switch::{ChangeSwitch, LiveSwitch, Switched, change_switch};
