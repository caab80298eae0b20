//! The ledger: what is on file of an order. An order is a set of *registers* (buyer and payment, each item, each
//! charge, the subscription), each with the version that its source gave it.
//!
//! For each register the report with the greatest version wins. The *standing* of an order (status, payment time, what
//! is left of a subscription) is a pure function of the registers, of our refunds and of what the buyer decided
//! (`standing.rs`). So it depends on what was reported, and not on when the reports arrived.
//!
//! An order may also come whole, again and again, under versions of its own (`whole.rs`): then the greatest version
//! replaces all registers at once.
//!
//! Beside the registers stands the sale as it was (`sale_items`, `sale_plans`): there the smallest version wins, so
//! that a change of plan or a renewal changes what an order is, and not what was sold.
//!
//! Features above use [`report()`] to report a charge or a subscription, and [`restate`] after they changed something
//! else that the standing depends on.

mod correct;
mod dispute;
pub(crate) mod entry;
pub(crate) mod items;
mod job;
mod merge;
mod method;
mod new_order;
mod person;
mod refusal;
mod replan;
mod report;
mod settle;
mod standing;
mod store;
mod take;
mod traces;
pub(crate) mod whole;
mod wishes;
pub(crate) mod words;

pub use correct::{CorrectError, correct_address};
pub use dispute::dispute;
pub use job::Job;
pub(crate) use job::run;
pub use method::{PaymentMethod, method_of};
pub use new_order::{Card, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, Sold, Told, Version};
pub(crate) use person::person_of;
pub use refusal::{ItemFault, OrderRefusal};
pub(crate) use replan::{MainItem, replan};
pub(crate) use report::{
    name_charge, report_of_calendar, report_paid_back, report_read, report_returned, report_returning, set_payment,
};
pub use report::{report, reported_subscription};
pub use settle::restate;
pub(crate) use traces::TRACES;
pub(crate) use whole::set_given_back;
pub use whole::{ReportedRefund, WholeOrder};

use crate::db::Statement;

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
