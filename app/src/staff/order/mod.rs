//! One order, for looking at: what is about its buyer as a person is masked, and shown one by one to whoever asks.

mod page;
mod view;

use crate::route::{Route, get, post};
use types::place::staff::Page;

/// What answers at the addresses of this feature.
pub(super) fn routes() -> Vec<Route> {
    vec![get(Page::Order, page::show), post(Page::OrderField, page::reveal)]
}
