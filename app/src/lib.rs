//! What people see.
pub mod fields;
pub mod format;
pub mod frame;
pub mod home;
pub mod language;
pub mod order;
pub mod page;
pub mod phrase;
pub mod place;
pub mod sign_in;
pub mod status;
pub mod text;
pub mod ui;
pub mod visitor;
