//! The only SQL of this feature: lists, what the staff look for, and saved views.

mod found;
pub(super) mod list;
pub(super) mod staff;
pub(super) mod view;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> =
    LazyLock::new(|| [list::STATEMENTS, staff::STATEMENTS, view::STATEMENTS].concat());
