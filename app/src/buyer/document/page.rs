//! The addresses of documents.

use super::pdf::pdf;
use super::sheet::{self, Sheet};
use super::view::{self, TypedBilling};
use super::zip::Zip;
use crate::page::{Page, PageError};
use crate::visitor::Buyer;
use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::try_unfold;
use portal::document::Year;
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
    let file = format!("{year}.zip");
    let zip = Zip::new(u16::try_from(year).map_err(|_| PageError::NotFound)?);
    let made = Archive { digits: papers.len().to_string().len().max(3), made: 0, buyer, papers };
    let body = Body::from_stream(try_unfold(Some((made, zip)), next_chunk));
    Ok(download("application/zip", &file, body))
}

/// Where the file of a year is.
struct Archive {
    buyer: Buyer,
    papers: Year,
    made: usize,
    /// Numbers are as long as the last one, so that files sort as they are dated.
    digits: usize,
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
    archive.made += 1;
    let name = format!("{:0digits$}-{}", archive.made, name(&document), digits = archive.digits);
    let bytes = pdf(&words(&archive.buyer, &document), archive.buyer.texts().language().tag())?;
    let bytes = zip.file(&name, &bytes)?;
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
    page.in_zone(&document.producer.time_zone).of_buyer(buyer)
}

fn file(buyer: &Buyer, document: &DocumentView) -> Result<Response, PageError> {
    let bytes = pdf(&words(buyer, document), buyer.texts().language().tag());
    let bytes = bytes.map_err(|error| {
        tracing::error!(%error, "a document could not be written");
        PageError::Internal
    })?;
    Ok(download("application/pdf", &name(document), bytes))
}

/// Codes and numbers are letters, digits and `.`, `_`, `-`: fit for a file's name.
fn name(document: &DocumentView) -> String {
    match &document.kind {
        DocumentKind::Receipt { charge, .. } => format!("receipt-{}-{}.pdf", document.code, short(charge)),
        DocumentKind::SourceCreditNote { charge } => format!("credit-{}-{}.pdf", document.code, short(charge)),
        DocumentKind::CreditNote { protocol, .. } => format!("credit-{}-{protocol}.pdf", document.code),
    }
}

fn short(charge: &ChargeId) -> String {
    let id = charge.to_string();
    id.get(id.len().saturating_sub(8)..).unwrap_or_default().to_owned()
}

/// A file to keep, and no copy of it on the way.
pub(crate) fn download(kind: &'static str, name: &str, bytes: impl Into<Body>) -> Response {
    let headers = [
        (CONTENT_TYPE, kind.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, bytes.into()).into_response()
}
