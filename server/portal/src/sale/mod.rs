//! What is sold, what buyers may do, and what is on file of each order.

pub mod catalogue;
pub mod ledger;
pub mod order;
pub mod policy;
