//! The only SQL that writes invoices. Everything an order owes is read and written under the lock of its order.

mod account;
mod charge;
mod invoice;
mod terms;

pub(super) use account::{BilledOrder, find, is_billed, lock};
pub(super) use charge::{
    KnownCharge, charge_id, charge_like, link_charge, pays_for, pending_as_failed, slip, unlink_charge,
};
pub(super) use invoice::{all, insert, insert_paid, invoice, order_of, paid_for, write};
pub(super) use terms::{
    bill_subscription, insert_plan, payer, set_discount, set_method, set_noticed, set_position, use_discount,
};

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [account::STATEMENTS, charge::STATEMENTS, invoice::STATEMENTS, terms::STATEMENTS].concat());
