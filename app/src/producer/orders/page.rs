//! The list of orders.

use super::view::{self, Shown};
use super::{question, views};
use crate::fields::QueryFields;
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part};
use crate::visitor;
use axum::http::StatusCode;
use portal::search::{self, Found, Question};

/// A page of the orders that are asked for.
pub(crate) async fn show(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    page(&producer, &question(&fields), fields.filled("cursor"), None).await
}

/// The same, with what is wrong with the name of a view that was to be saved.
pub(super) async fn page(
    producer: &portal::Producer,
    question: &Question,
    cursor: Option<&str>,
    refused: Option<views::Refused>,
) -> Result<Page, PageError> {
    let products = search::products(producer, &question.product).await?;
    let saved = search::views(producer).await?;
    let (found, wrong) = match question.filter() {
        Ok(filter) => (search::list(producer, &filter, cursor).await?, None),
        Err(wrong) => (Found { has_any: true, ..Found::default() }, Some(wrong)),
    };
    let is_wrong = wrong.is_some() || refused.is_some();
    let shown = Shown { question, found: &found, products: &products, saved: &saved, wrong, refused, cursor };
    let page = view::list(producer, &shown).in_area(area::area(producer, Part::Orders));
    Ok(if is_wrong { page.with_status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
