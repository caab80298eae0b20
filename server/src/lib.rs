//! Server.

pub mod api;
pub mod hooks;
