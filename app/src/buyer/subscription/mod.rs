//! A subscription and the way out of it (rule 6): look, see what cancelling does, say why if one likes, have a receipt,
//! take it back.

pub(crate) mod cancel;
pub mod form;
pub mod page;
pub(crate) mod reason;
pub(crate) mod receipt;
pub(crate) mod refusal;
pub(crate) mod view;
