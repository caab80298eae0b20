//! What buyers look at and take with them, and what producers and staff find.

mod document;
mod sale_details;
pub mod search;
pub mod staff_search;
mod stood_still;
mod verify;
