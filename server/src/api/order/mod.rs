//! Orders: taken, listed, looked at, linked to.

pub(super) mod link;
pub(super) mod list;
pub(super) mod place;
pub(super) mod refund;
pub(super) mod show;
mod subscription;
