//! What is on file of an order: a set of registers (buyer and payment, each item, each charge, the subscription), each
//! with the version that its source gave it.
//!
//! The greatest version wins. Status, payment time and what is left of a subscription are a pure function of the
//! registers, of our refunds and of what the buyer decided (`standing.rs`). So the end depends on what was reported,
//! and not on when it arrived. Beside the registers stands the sale as it was (`sale_items`, `sale_plans`): there the
//! smallest version wins, so that a change of plan or a renewal changes what an order is, and not what was sold.

mod dispute;
pub(crate) mod entry;
pub(crate) mod items;
mod merge;
mod method;
mod new_order;
mod person;
mod refusal;
mod replan;
mod settle;
mod standing;
mod store;
mod take;
mod tell;
mod traces;
mod wishes;

pub use dispute::dispute;
pub use method::{PaymentMethod, method_of};
pub use new_order::{Card, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, Sold, Version};
pub(crate) use person::person_of;
pub use refusal::{ItemFault, Refusal};
pub(crate) use replan::{MainItem, replan};
pub use settle::restate;
pub(crate) use tell::{set_payment, tell_back, tell_going_back, tell_of_calendar};
pub use tell::{tell, told};
pub(crate) use traces::TRACES;

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
