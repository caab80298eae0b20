//! What sellers see.

pub(crate) mod answer;

use crate::route::{Route, get, post};
use types::place::producer::Page;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    vec![get(Page::RefundRequest, answer::show), post(Page::RefundRequest, answer::take)]
}
