//! How orders and reports of other systems come in.

pub mod gateway_inbox;
pub mod intake;
