//! The orders of a producer, as the producer's program sees them.

mod store;
mod view;

pub use view::*;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
