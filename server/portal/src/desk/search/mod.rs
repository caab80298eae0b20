//! Finding orders: the producer's list with its search, filters, saved views and file, and the one box of the staff.
//!
//! What is typed is looked at once (`shape`): its form says what it may be, and each thing that it may be is a
//! *stream* of its own, read newest first from an index that carries the order of the list. The program merges them
//! (`merge`). No statement asks "this or that" across tables, and none looks through all orders: where a filter is
//! not the one that an index serves, the rows of the stream are checked one by one, and a page looks at so many at the
//! most.

mod charged;
mod checks;
mod export;
mod filter;
mod found;
mod list;
mod merge;
mod plan;
mod products;
mod shape;
mod staff;
mod store;
mod stream;
mod traces;
mod views;

pub use export::Export;
pub use filter::{Filter, LONGEST_TEXT, Question, Wrong};
pub use found::{FoundOrder, OrderSeller};
pub use list::{Found, list};
pub use products::products;
pub use staff::{StaffFound, StaffRefusal, find_for_staff, producers_of};
pub(crate) use traces::TRACES;
pub use views::{MOST_VIEWS, SaveRefusal, SavedView, remove_view, save_view, views};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
