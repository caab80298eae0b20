//! The one box of the staff, and what it finds.

pub(super) mod page;
pub(super) mod typed;
mod view;
