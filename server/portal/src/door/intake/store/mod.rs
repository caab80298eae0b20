//! The SQL of the inbox and of the kept answers.

pub(super) mod inbox;
pub(super) mod key;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [inbox::STATEMENTS, key::STATEMENTS].concat());
