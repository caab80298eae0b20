//! Everything about one order, for those who work with it: its producer, with what may be done now, and the support
//! staff, who look only and read what is masked by asking for it.
//!
//! What is offered is what its rule would take at this moment. Every act is a form with a number of its own: pressed
//! twice, it is done once.

mod form;
mod mail;
mod mask;
mod note;
mod read;
mod resend;
mod reveal;
mod store;
mod traces;
mod view;

pub(crate) use mail::draft;
pub use mail::{Content, Mail};
pub use note::{NoteError, add_note};
pub use read::{for_producer, for_staff};
pub use resend::{ResendError, send_access, send_link, send_mail, send_mail_on_file};
pub use reveal::{Field, reveal};
pub(crate) use traces::TRACES;
pub use view::{Acts, Attempt, Buyer, Drawer, Happening, Link, MailOnFile, Note, Printed, Profile};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
