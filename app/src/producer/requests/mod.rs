//! Refunds that wait for the producer: requests to answer, money to pay back by hand, what the bank sent back.

mod form;
mod list;
mod page;
mod view;

use crate::route::{Route, get, post};
use types::place::producer::Page;

/// What answers at the addresses of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(Page::Requests, list::show),
        get(Page::Request, page::show),
        post(Page::Request, form::answer),
        post(Page::RequestDone, form::done),
    ]
}
