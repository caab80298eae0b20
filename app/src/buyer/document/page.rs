//! The addresses of documents.

use super::pdf::pdf;
use super::sheet::{self, Sheet};
use super::view::{self, TypedBilling};
use super::zip::Zip;
use crate::download::download;
use crate::format;
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::visitor::Buyer;
use axum::body::Body;
use axum::extract::Path;
use axum::response::Response;
use futures::stream::try_unfold;
use jiff::civil::Date;
use portal::document::Year;
use portal::text::search_form;
use std::collections::HashMap;
use types::ChargeId;
use types::place::buyer::Place;
use types::view::{DocumentKind, DocumentView};

/// The receipt of a charge, as a page.
pub async fn receipt(buyer: Buyer, Path((handle, charge)): Path<(String, String)>) -> Result<Page, PageError> {
    let charge = named(&charge)?;
    let document = receipt_of(&buyer, &handle, charge).await?;
    let pdf = Place::ReceiptPdf { handle: &document.handle, charge }.path();
    Ok(page(&buyer, &document, &pdf))
}

/// The same as PDF.
pub async fn receipt_pdf(buyer: Buyer, Path((handle, charge)): Path<(String, String)>) -> Result<Response, PageError> {
    let document = receipt_of(&buyer, &handle, named(&charge)?).await?;
    file(&buyer, &document)
}

/// The credit note of a refund, as a page.
pub async fn credit(buyer: Buyer, Path((handle, protocol)): Path<(String, String)>) -> Result<Page, PageError> {
    let document = credit_of(&buyer, &handle, &protocol).await?;
    let pdf = Place::CreditPdf { handle: &document.handle, protocol: &protocol }.path();
    Ok(page(&buyer, &document, &pdf))
}

/// The same as PDF.
pub async fn credit_pdf(buyer: Buyer, Path((handle, protocol)): Path<(String, String)>) -> Result<Response, PageError> {
    let document = credit_of(&buyer, &handle, &protocol).await?;
    file(&buyer, &document)
}

/// Every receipt and credit note of a year, in one file. Each is made when the one before it has gone out: however many
/// there are, one is held.
pub async fn year(buyer: Buyer, Path(year): Path<String>) -> Result<Response, PageError> {
    let year: i64 = year.parse().ok().filter(|year| (1980..=2107).contains(year)).ok_or(PageError::NotFound)?;
    let papers = portal::document::of_year(&buyer, year).await?;
    if papers.is_empty() {
        return Err(PageError::NotFound);
    }
    let file = format!("{}-{year}.zip", buyer.texts().text("papers-file"));
    let made = Archive { names: HashMap::new(), buyer, papers };
    let body = Body::from_stream(try_unfold(Some((made, Zip::new())), next_chunk));
    Ok(download("application/zip", &file, body))
}

/// Where the file of a year is.
struct Archive {
    buyer: Buyer,
    papers: Year,
    /// How often each name was wanted: two receipts of a day are two files.
    names: HashMap<String, usize>,
}

type Rest = Option<(Archive, Zip)>;

/// The next file, or what stands at the end. A download that cannot go on breaks off: nobody takes half a year for the
/// whole.
async fn next_chunk(rest: Rest) -> Result<Option<(Vec<u8>, Rest)>, axum::BoxError> {
    let Some((archive, zip)) = rest else { return Ok(None) };
    let next = next_file(archive, zip).await;
    next.map(Some).inspect_err(|error| tracing::error!(%error, "the papers of a year broke off"))
}

async fn next_file(mut archive: Archive, mut zip: Zip) -> Result<(Vec<u8>, Rest), axum::BoxError> {
    let Some(document) = archive.papers.next().await? else { return Ok((zip.end()?, None)) };
    let texts = archive.buyer.texts();
    let name = file_name(texts, &document);
    let wanted = archive.names.entry(name.clone()).or_default();
    *wanted += 1;
    let name = if *wanted == 1 { format!("{name}.pdf") } else { format!("{name}-{wanted}.pdf") };
    let bytes = pdf(&words(&archive.buyer, &document), texts.language().tag())?;
    let bytes = zip.file(&name, day(&document), &bytes)?;
    Ok((bytes, Some((archive, zip))))
}

/// The sale as it was.
pub async fn terms(buyer: Buyer, Path(handle): Path<String>) -> Result<Page, PageError> {
    let terms = portal::document::terms(&buyer, &handle).await?.ok_or(PageError::NotFound)?;
    Ok(view::terms(buyer.texts(), &terms, buyer.portal().now()).of_buyer(&buyer))
}

/// Whom the documents of an order are made out to.
pub async fn billing(buyer: Buyer, Path(handle): Path<String>) -> Result<Page, PageError> {
    let (data, order) = portal::document::billing(&buyer, &handle).await?.ok_or(PageError::NotFound)?;
    Ok(view::billing(buyer.texts(), &order, &data, &TypedBilling::of(&data)).of_buyer(&buyer))
}

fn named(charge: &str) -> Result<ChargeId, PageError> {
    charge.parse().map_err(|_| PageError::NotFound)
}

async fn receipt_of(buyer: &Buyer, handle: &str, charge: ChargeId) -> Result<DocumentView, PageError> {
    portal::document::receipt(buyer, handle, charge).await?.ok_or(PageError::NotFound)
}

async fn credit_of(buyer: &Buyer, handle: &str, protocol: &str) -> Result<DocumentView, PageError> {
    portal::document::credit_note(buyer, handle, protocol).await?.ok_or(PageError::NotFound)
}

fn words(buyer: &Buyer, document: &DocumentView) -> Sheet {
    sheet::sheet(buyer.texts(), document, buyer.portal().now())
}

fn page(buyer: &Buyer, document: &DocumentView, pdf: &str) -> Page {
    let page = view::sheet(buyer.texts(), &words(buyer, document), &document.handle, pdf);
    page.of_seller(&document.producer).of_buyer(buyer)
}

fn file(buyer: &Buyer, document: &DocumentView) -> Result<Response, PageError> {
    let bytes = pdf(&words(buyer, document), buyer.texts().language().tag());
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "a document could not be written");
        PageError::Internal
    })?;
    Ok(download("application/pdf", &format!("{}.pdf", file_name(buyer.texts(), document)), bytes))
}

/// The day that a document is about, where it was sold.
fn day(document: &DocumentView) -> Date {
    format::day(&document.producer.time_zone, document.at)
}

/// Day, kind, product and code, as people look for it; `2026-11-30-recibo-clube-luz-LUZ-1003`. Files sort as they are
/// dated.
fn file_name(texts: Texts, document: &DocumentView) -> String {
    let kind = match &document.kind {
        DocumentKind::Receipt { .. } => "document-file-receipt",
        DocumentKind::CreditNote { .. } | DocumentKind::SourceCreditNote { .. } => "document-file-credit",
    };
    let product = document.items.first().map(|(name, _)| plain(name)).unwrap_or_default();
    let parts = [day(document).to_string(), texts.text(kind), product, document.code.to_string()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// The words of a name that every system takes in a file's name, 40 letters of them.
fn plain(name: &str) -> String {
    let words: String =
        search_form(name).chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { ' ' }).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join("-");
    words.chars().take(40).collect::<String>().trim_end_matches('-').to_owned()
}
