//! What the support staff sees.

mod area;
mod login;
mod order;

use crate::route::Route;

/// What answers at the addresses of this wing.
pub(crate) fn routes() -> Vec<Route> {
    [login::routes(), order::routes()].concat()
}
