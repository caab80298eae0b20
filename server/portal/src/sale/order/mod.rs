//! Orders on file: reading one whole, its lock, and the handle under which its buyer finds it.

mod lock;
mod record;

pub(crate) use lock::lock;
pub(crate) use record::{
    Charge, Found, Item as OrderItem, NextPlan, OrderRecord, Refund as OrderRefund, RefundPart, card, handle,
    next_charge, of_buyer, order, scheduled_plan, split_handle,
};

use crate::db::Statement;
use std::sync::LazyLock;

static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [lock::STATEMENTS, record::STATEMENTS].concat());

pub(crate) fn statements() -> &'static [Statement] {
    &ALL
}
