//! What the support staff sees.

mod area;
mod login;
mod order;
mod search;

use crate::route::{Route, get};
use types::place::staff::Page;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    [vec![get(Page::Search, search::page::show)], login::routes(), order::routes()].concat()
}
