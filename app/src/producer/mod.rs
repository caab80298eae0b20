//! What sellers see.

pub(crate) mod answer;

use crate::route::Who::Anyone;
use crate::route::{Address, get, post};

/// Every address of this wing.
pub(crate) fn addresses() -> Vec<Address> {
    vec![get("/refund-requests/{token}", Anyone, answer::show), post("/refund-requests/{token}", Anyone, answer::take)]
}
