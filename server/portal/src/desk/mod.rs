//! What people and programs look at: pages of buyers, the orders of sellers, documents, the state of the data.

pub mod document;
pub mod purchases;
pub mod sales;
pub mod verify;
