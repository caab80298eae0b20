//! A subscription and the way out of it (rule 6): look, see what cancelling does, say why if one likes, have a receipt,
//! take it back.

pub(crate) mod cancel;
pub mod form;
pub mod page;
pub(crate) mod reason;
pub(crate) mod receipt;
pub(crate) mod refusal;
pub(crate) mod view;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::Subscription, page::show),
        get(Page::Cancel, page::cancel),
        post(Page::CancelBegin, form::begin),
        get(Page::CancelReason, page::reason),
        post(Page::Cancel, form::confirm),
        post(Page::CancelAbort, form::abort),
        post(Page::CancelAccept, form::accept),
        get(Page::CancelReceipt, page::receipt),
        post(Page::CancelUndo, form::undo),
    ]
}
