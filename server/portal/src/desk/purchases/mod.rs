//! What buyers see of their purchases: the home list, one order whole, the purchase mail.

mod alert;
mod home;
mod mail;
mod store;
mod timeline;
mod view;

pub use home::{HomeQuery, home};
pub(crate) use mail::draft;
pub use mail::{Content, Mail};
pub use view::{for_buyer, newest_of, refund_preview, subscription_page, subscription_under, without_log};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
