//! Everything one person bought, from every producer (rule 4).

pub mod page;
pub(crate) mod view;

use crate::route::{Route, get};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![get(Page::Home, page::show)]
}
