//! Sheets as PDF. A receipt is a page or a few of plain text: the fonts that every reader has, lines, and nothing else, so a writer of our own is smaller than
//! what a general one would be told.

mod file;
mod font;
mod layout;

pub use layout::pdf;
