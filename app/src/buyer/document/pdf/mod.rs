//! Sheets as PDF: where everything stands is ours, how it is set and written is a library's.

mod face;
mod file;
mod layout;

pub(super) use layout::pdf;
