//! What a person may do with what is known about them: particulars, another address, a copy of everything, erasure.

mod change_email;
mod erase;
mod export;
mod mail;
mod profile;
mod store;

pub use change_email::{EmailChangeError, LinkGone, ask_email, confirm_email, look_email, withdraw_email};
pub use erase::{ErasureError, ask_erasure, erasure, undo_erasure};
pub(crate) use erase::{advance as advance_erasure, undo_by_purchase};
pub use export::{Export, export};
pub(crate) use mail::{mail_email_change, mail_email_changed, mail_email_notice, mail_erasure};
pub use profile::{Profile, view, write_profile};

use crate::db::Statement;

pub(crate) fn statements() -> Vec<Statement> {
    [store::STATEMENTS, export::statements()].concat()
}
