//! Orders on file: reading one whole, its lock, and the handle under which its buyer finds it.
//!
//! A handle is the order's code. Two producers may use the same code: a buyer of both finds the orders at
//! `/orders/{code}~{producer}`.

mod record;
mod store;

pub(crate) use record::{
    Charge, Found, Item as OrderItem, NextPlan, OrderRecord, Refund as OrderRefund, RefundPart, card, handle,
    next_charge, of_buyer, of_subscriber, order, scheduled_plan, sender, split_handle,
};
pub(crate) use store::{lock, of_producer};

use crate::db::Statement;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [store::STATEMENTS, record::STATEMENTS].concat());

pub(crate) fn statements() -> &'static [Statement] {
    &ALL
}
