//! Orders as their buyers see them: the home list and one order whole.

mod alert;
mod home;
mod mail;
mod record;
mod store;
mod view;

pub use home::{HomeQuery, home};
pub use mail::mail_purchase;
pub(crate) use record::{
    Charge, Found, Item as OrderItem, OrderRecord, Refund as OrderRefund, handle, of_buyer, order, split_handle,
};
pub(crate) use store::lock;
pub(crate) use view::view_of;
pub use view::{for_buyer, without_log};

use crate::db::Statement;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [store::STATEMENTS, record::STATEMENTS].concat());

pub(crate) fn statements() -> &'static [Statement] {
    &ALL
}
