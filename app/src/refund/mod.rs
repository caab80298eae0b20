//! Money back (rules 7 and 8): choose items, see what happens, confirm, follow. Nothing is done before the last button says the amount.

mod choose;
pub mod form;
pub mod page;
mod preview;
mod receipt;
mod refusal;
