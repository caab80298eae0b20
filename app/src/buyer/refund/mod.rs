//! Money back (rules 7 and 8): choose items, see what happens, confirm, follow. Nothing is done before the last button
//! says the amount.

pub(crate) mod ask;
pub(crate) mod choose;
pub mod form;
pub mod page;
pub mod payee;
pub(crate) mod preview;
pub(crate) mod receipt;
pub(crate) mod refusal;
