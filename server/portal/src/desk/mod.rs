//! What people and programs look at: pages of buyers, orders of producers, documents, and the soundness of the data.

pub mod document;
pub mod drawer;
pub mod purchases;
pub mod sales;
pub mod verify;
