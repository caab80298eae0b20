//! The order's page, as it is and as it was met by a form that was not taken.

use super::view;
use crate::drawer::{Look, calendar};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::producer::area::{self, Part, area};
use crate::producer::orders::beside::Beside;
use crate::refill::Met;
use crate::visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::{Producer, drawer};
use types::Code;

/// The order, whole.
pub(super) async fn show(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    page(&producer, &named(&handle)?, &fields, &Met::default()).await
}

/// The order's page again, where a form was not taken: why stands beside it.
pub(super) async fn again(
    producer: &Producer,
    code: &Code,
    status: StatusCode,
    met: Met<'_>,
) -> Result<Response, PageError> {
    Ok(page(producer, code, &Fields::default(), &met).await?.with_status(status).into_response())
}

/// The code in an address; what no order is called is nowhere.
pub(super) fn named(handle: &str) -> Result<Code, PageError> {
    Code::parse(handle).map_err(|_| PageError::NotFound)
}

async fn page(producer: &Producer, code: &Code, fields: &Fields, met: &Met<'_>) -> Result<Page, PageError> {
    let drawer = drawer::for_producer(producer, code).await?.ok_or(PageError::NotFound)?;
    let beside = Beside::of(producer, fields).await?;
    let portal = producer.portal();
    let texts = area::texts(producer);
    let calendar = calendar(texts, &drawer, portal.now());
    let look = Look { texts, calendar: &calendar, drawer: &drawer, is_staff: false };
    let title = texts.with("order-title", &[("code", code.as_str().into())]);
    let number = || portal.new_id().to_string();
    let order = view::page(look, title.clone(), met, &number, beside.address());
    let body = view! { <div class="with-list">{beside.view(producer, code)}<div>{order}</div></div> };
    Ok(Page::new(title, body).in_zone(&drawer.producer.time_zone).in_area(area(producer, Part::Orders)))
}
