//! What people and programs look at: pages of buyers, orders of producers, what they and the staff find, documents, and
//! the soundness of the data.

pub mod document;
pub mod drawer;
pub mod portal_link;
pub mod purchases;
pub mod report;
pub mod sales;
pub mod search;
pub mod verify;
