//! Links for many orders as a file: read and written a step at a time, however many there are.

use super::chosen::Chosen;
use crate::fields::QueryFields;
use crate::format::Calendar;
use crate::page::PageError;
use crate::producer::area;
use crate::{sheet, visitor};
use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use futures::stream::{self, StreamExt};
use portal::Producer;
use portal::db::Error;
use portal::portal_link::{Reached, Step, audience};

/// The file. It holds the orders' own links: they need not be made, and are always the same.
pub(super) async fn download(
    visitor::Producer(producer): visitor::Producer,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let chosen = Chosen::read(&producer, &fields)?;
    let texts = area::texts(&producer);
    let names = [
        "links-file-order",
        "links-file-name",
        "links-file-email",
        "links-file-phone",
        "links-file-product",
        "links-file-ordered",
        "links-file-link",
    ];
    let head = sheet::head(texts, &names.map(|key| texts.text(key)));
    let steps = stream::try_unfold(Some(None), move |place: Option<Option<Step>>| {
        next(producer.clone(), Chosen { typed: Vec::new(), audience: chosen.audience.clone(), ..chosen }, place)
    });
    let body = stream::once(async move { Ok::<_, Error>(head) }).chain(steps);
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"links.csv\""),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, Body::from_stream(body)).into_response())
}

/// The rows of the next step, and where the one after it begins; none at the end.
async fn next(
    producer: Producer,
    chosen: Chosen,
    place: Option<Option<Step>>,
) -> Result<Option<(Vec<u8>, Option<Option<Step>>)>, Error> {
    let Some(after) = place else { return Ok(None) };
    let (orders, next) = audience(&producer, &chosen.audience, chosen.target, after).await?;
    let texts = area::texts(&producer);
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let rows = sheet::rows(texts, orders.iter().map(|order| cells(&calendar, order)));
    Ok(Some((rows, next.map(Some))))
}

fn cells(calendar: &Calendar, order: &Reached) -> Vec<String> {
    vec![
        order.code.to_string(),
        order.buyer_name.clone(),
        order.email.to_string(),
        order.phone.as_deref().map(sheet::phone).unwrap_or_default(),
        order.product.clone(),
        calendar.date(order.ordered_at),
        order.url.clone(),
    ]
}
