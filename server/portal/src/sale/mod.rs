//! What is sold, what a producer lets buyers do, and what is on file of each order.

pub mod catalogue;
pub mod ledger;
pub mod order;
pub mod policy;
