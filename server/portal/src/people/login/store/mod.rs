//! The only SQL about logins. One file a table family.

pub(super) mod assignment;
pub(super) mod invitation;
pub(super) mod login;
pub(super) mod member;
pub(super) mod reset;
pub(super) mod second_step;

use crate::db::Statement;
use std::sync::LazyLock;

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        assignment::STATEMENTS,
        invitation::STATEMENTS,
        login::STATEMENTS,
        member::STATEMENTS,
        reset::STATEMENTS,
        second_step::STATEMENTS,
    ]
    .concat()
});
