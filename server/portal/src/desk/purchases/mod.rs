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
pub use view::{for_buyer, refund_preview, subscription_page, without_log};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
