//! Money back (rules 7 and 8): choose items, see what happens, confirm, follow. Nothing is done before the last button
//! says the amount.

pub(crate) mod ask;
pub(crate) mod choose;
pub mod form;
pub mod page;
pub mod payee;
pub(crate) mod payee_page;
pub(crate) mod preview;
pub(crate) mod receipt;
pub(crate) mod refusal;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::Refund, page::start),
        get(Page::RefundPreview, page::preview),
        post(Page::Refund, form::confirm),
        get(Page::RefundAsk, page::ask),
        post(Page::RefundAsk, form::ask),
        get(Page::RefundReceipt, page::receipt),
        post(Page::RefundWithdraw, form::withdraw),
        post(Page::RefundPayee, payee::save),
    ]
}
