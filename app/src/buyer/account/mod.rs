//! The buyer's account: who they are here, their address, language, browsers, papers, and what is known about them.

pub(crate) mod data;
pub(crate) mod email;
pub mod form;
pub mod page;
pub(crate) mod view;
