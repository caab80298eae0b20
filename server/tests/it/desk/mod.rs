//! What buyers look at and take with them.

mod document;
mod verify;
