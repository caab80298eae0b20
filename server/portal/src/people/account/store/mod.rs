//! The only SQL that writes what people gave of themselves, their wishes for another address, and their requests to be
//! erased.

mod address;
mod email_change;
mod erasure;
mod person;

pub(super) use address::{Written, addresses, left_addresses, respell_left};
pub(super) use email_change::{NewChange, change, change_by_token, confirm_change, insert_change, withdraw_changes};
pub(super) use erasure::{
    erasure, erasure_by_request, erasure_of_moved, insert_erasure, move_erasure, open_matters, undo_erasure,
    waiting_erasure,
};
pub(super) use person::{
    Person, begin_erasing, document_tax_ids, forget, former, last_sale, lock, lock_present, move_person, payments,
    person, person_like, producers, still_told, write_profile,
};

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [address::STATEMENTS, email_change::STATEMENTS, erasure::STATEMENTS, person::STATEMENTS].concat());
