//! Papers: receipts, credit notes, the sale as it was, and whom documents are made out to. Each sheet is a page made
//! for print, and a PDF.

pub mod form;
pub mod page;
mod pdf;
pub(crate) mod sheet;
pub(crate) mod view;
mod zip;
