//! What a person may do with their data: change particulars or the address, get a copy of everything, be erased.

mod change_email;
mod erase;
mod export;
mod job;
mod mail;
mod moving;
mod profile;
mod respell;
mod state;
mod store;
mod traces;

pub use change_email::{EmailChangeError, LinkGone, ask_email, confirm_email, look_email, withdraw_email};
pub(crate) use erase::undo_by_purchase;
pub use erase::{ErasureError, ask_erasure, erasure, undo_erasure};
pub use export::{Export, export};
pub use job::Job;
pub(crate) use job::run;
pub(crate) use mail::draft;
pub use mail::{Content, Mail, RequestedFrom};
pub use profile::{Profile, view, write_profile};
pub(crate) use traces::TRACES;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
