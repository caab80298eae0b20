//! What buyers look at and take with them.

mod document;
mod stood_still;
mod verify;
