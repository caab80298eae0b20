//! The orders of a producer, as the producer's program sees them.

mod store;
mod view;

pub use view::*;
pub(crate) use view::{Found, read};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
