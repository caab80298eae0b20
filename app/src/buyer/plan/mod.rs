//! Another plan (rules 11 and 12): choose, see the figures, confirm, and see what became of it. No money moves before
//! the last button says how much.

pub(crate) mod choose;
pub mod form;
pub mod page;
pub(crate) mod quote;
pub(crate) mod refusal;
pub(crate) mod result;
pub(crate) mod words;

pub(crate) use words::scheduled;
