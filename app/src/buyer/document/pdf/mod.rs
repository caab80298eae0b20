//! Sheets as PDF: we say where everything stands, and libraries set the text and write the file.
//!
//! A PDF embeds the letters it uses of a face that comes with a crate. The fonts that every reader has know Western
//! Europe only, and a name is written in its own letters or, where the face has none (Chinese, for example), as a box.

mod face;
mod file;
mod layout;

pub(super) use layout::pdf;
