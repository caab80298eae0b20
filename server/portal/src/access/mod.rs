//! What a person should have in each member area, and carrying it there.
//!
//! Desired access is computed from state: all orders of the person. Events only say "look again". What the area should
//! have is compared with what it was last told, and the difference is delivered; so repeated, lost and disordered
//! events end in the same place (rule 13).

mod content;
mod entitlement;
mod job;
mod look;
mod mail;
mod notice;
mod plan;
mod store;
mod sync;
mod traces;
mod view;

pub use content::{AccessLetter, Content};
pub(crate) use entitlement::{Entitlement, entitlements};
pub use job::{Job, Mail};
pub(crate) use job::{draft, run};
pub(crate) use look::look_again;
pub(crate) use traces::TRACES;
pub(crate) use view::{AccessOfOrder, of_order, of_record};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
