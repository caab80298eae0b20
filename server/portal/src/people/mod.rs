//! Who comes in, and what they may change about themselves.

pub mod account;
pub mod login;
pub mod session;
pub mod sign_in;
