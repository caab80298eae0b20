//! How an order gets in: one door for the API, for hooks and for imports.
//!
//! [`create()`] takes an order that must be new, with its idempotency key; [`report`] takes what a source reports about
//! an order, in any order and any number of times. Both go through [`place()`], which writes the order's registers
//! ([`crate::ledger`]). [`put`] takes the whole order as its source sees it now, and replaces them all at once.

mod create;
mod idempotency;
mod inbox;
mod place;
mod store;
mod traces;
mod whole;

pub use crate::ledger::{
    Card, ItemFault, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, OrderRefusal, ReportedRefund,
    Sold, Told, Version, WholeOrder,
};
pub use create::{Receipt, create};
pub use inbox::{Event, Outcome, Report, report};
pub use place::{Placed, Way, place};
pub(crate) use traces::TRACES;
pub use whole::put;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
