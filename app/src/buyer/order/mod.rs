//! One order, whole: what was bought, where its access stands, how it was paid, and what can be done about it.

pub mod page;
pub(crate) mod section;
pub(crate) mod timeline;
pub(crate) mod view;

pub(crate) use view::refund_words;

use crate::route::{Route, get};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![get(Page::Order, page::show)]
}
