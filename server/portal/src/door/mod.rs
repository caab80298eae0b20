//! How orders and reports of outside systems come in.

pub mod gateway_inbox;
pub mod intake;
