//! What buyers see of their purchases: the home list, one order whole, the purchase mail.

mod alert;
mod home;
mod mail;
mod store;
mod view;

pub use home::{HomeQuery, home};
pub use mail::mail_purchase;
pub(crate) use view::view_of;
pub use view::{for_buyer, without_log};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
