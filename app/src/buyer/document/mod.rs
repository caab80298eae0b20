//! Papers: receipts, credit notes, the sale as it was, and whom documents are made out to. Each sheet is a page made
//! for print, and a PDF.

pub mod form;
pub mod page;
mod pdf;
pub(crate) mod sheet;
pub(crate) mod view;
mod zip;

use crate::route::{Route, get, post};
use types::place::buyer::Page;

/// What answers at its addresses.
pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(Page::Receipt, page::receipt),
        get(Page::ReceiptPdf, page::receipt_pdf),
        get(Page::Credit, page::credit),
        get(Page::CreditPdf, page::credit_pdf),
        get(Page::Terms, page::terms),
        get(Page::Billing, page::billing),
        post(Page::Billing, form::billing),
        get(Page::YearReceipts, page::year),
    ]
}
