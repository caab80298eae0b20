//! Orders: taken, listed, looked at, linked to.

mod details;
pub(super) mod link;
pub(super) mod list;
mod parts;
mod pay;
pub(super) mod place;
pub(super) mod refund;
pub(super) mod show;
mod subscription;
pub(super) mod whole;
