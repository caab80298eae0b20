//! The only SQL by which orders are written. Everything of an order is read and written under the lock of its row.

pub(super) mod charge;
pub(super) mod inbox;
pub(super) mod item;
pub(super) mod key;
pub(super) mod order;
pub(super) mod sale;
pub(super) mod subscription;
pub(super) mod view;

use crate::db::{Error, Statement};
use std::fmt::Display;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        charge::STATEMENTS,
        inbox::STATEMENTS,
        item::STATEMENTS,
        key::STATEMENTS,
        order::STATEMENTS,
        sale::STATEMENTS,
        subscription::STATEMENTS,
        view::STATEMENTS,
    ]
    .concat()
});

/// A value of a column, parsed; one that cannot be is named with its table and row.
fn parsed<T, E: Display>(table: &'static str, id: impl ToString, value: Result<T, E>) -> Result<T, Error> {
    value.map_err(|error| Error::inconsistent(table, id, error))
}
