//! The only SQL by which orders are written. Everything of an order is read and written under the lock of its row.

pub(super) mod charge;
pub(super) mod item;
pub(super) mod method;
pub(super) mod order;
pub(super) mod sale;
pub(super) mod subscription;
pub(super) mod whole;
pub(super) mod wish;
pub(super) mod words;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        charge::STATEMENTS,
        item::STATEMENTS,
        method::STATEMENTS,
        order::STATEMENTS,
        sale::STATEMENTS,
        subscription::STATEMENTS,
        whole::STATEMENTS,
        wish::STATEMENTS,
        words::STATEMENTS,
    ]
    .concat()
});
