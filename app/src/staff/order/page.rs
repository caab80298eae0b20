//! The order's page, with one thing unmasked where somebody asked for it.

use super::view;
use crate::drawer::{Look, calendar};
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::staff::area::{Part, area, texts};
use crate::visitor;
use axum::extract::Path;
use portal::drawer::{self, Field};
use portal::{Staff, search};
use types::OrderId;

/// The order, masked.
pub(super) async fn show(visitor::Staff(staff): visitor::Staff, Path(id): Path<String>) -> Result<Page, PageError> {
    page(&staff, named(&id)?, None).await
}

/// The order with one thing unmasked, once. That it was read is in the log.
pub(super) async fn reveal(
    visitor::Staff(staff): visitor::Staff,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Page, PageError> {
    let id = named(&id)?;
    let field: Field = fields.one("field").parse().map_err(|()| PageError::Unreadable)?;
    let reach = search::producers_of(&staff).await?;
    let read = drawer::reveal(&staff, reach.as_deref(), id, field).await?.ok_or(PageError::NotFound)?;
    page(&staff, id, Some((field, read))).await
}

fn named(id: &str) -> Result<OrderId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

async fn page(staff: &Staff, id: OrderId, revealed: Option<(Field, String)>) -> Result<Page, PageError> {
    let reach = search::producers_of(staff).await?;
    let drawer = drawer::for_staff(staff, reach.as_deref(), id).await?.ok_or(PageError::NotFound)?;
    let texts = texts(staff);
    let calendar = calendar(texts, &drawer, staff.portal().now());
    let look = Look { texts, calendar: &calendar, drawer: &drawer, is_staff: true };
    let title = texts.with("order-title", &[("code", drawer.order.order.code.as_str().into())]);
    let body = view::page(look, title.clone(), revealed);
    Ok(Page::new(title, body).in_zone(&drawer.producer.time_zone).in_area(area(staff, Part::Search)))
}
