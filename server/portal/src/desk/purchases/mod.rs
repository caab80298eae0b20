//! What buyers see of their purchases: the home list, one order whole, the purchase mail.

mod alert;
mod content;
mod home;
mod job;
mod mail;
mod store;
mod timeline;
mod view;

pub use content::Content;
pub use home::{HomeQuery, home};
pub use job::Mail;
pub(crate) use job::draft;
pub(crate) use view::view_of;
pub use view::{for_buyer, without_log};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
