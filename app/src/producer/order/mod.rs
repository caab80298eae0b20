//! One order with everything that may be done about it.

mod acts;
mod form;
mod links;
mod page;
mod refund;
mod view;

use crate::route::{Route, get, post};
use types::place::producer::Page;

/// What answers at the addresses of this feature.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(Page::Order, page::show),
        post(Page::OrderEmail, form::correct),
        post(Page::OrderMail, form::mail),
        post(Page::OrderLink, form::link),
        post(Page::OrderAccess, form::access),
        post(Page::OrderNote, form::note),
        post(Page::OrderCancel, form::cancel),
        post(Page::OrderUndo, form::undo),
        get(Page::OrderRefund, refund::show),
        post(Page::OrderRefund, refund::give),
        post(Page::OrderAnswer, form::answer),
        post(Page::OrderDone, form::done),
    ]
}
