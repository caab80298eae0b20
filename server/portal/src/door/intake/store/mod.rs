//! What came in, and the answers that were given.

pub(super) mod inbox;
pub(super) mod key;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| [inbox::STATEMENTS, key::STATEMENTS].concat());
