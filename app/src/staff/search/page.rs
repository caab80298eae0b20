//! What the box finds.

use super::view;
use crate::fields::QueryFields;
use crate::page::{Page, PageError};
use crate::staff::area;
use crate::visitor;
use axum::http::StatusCode;
use portal::search::{StaffRefusal, find_for_staff};

/// The box, and below it what is found by what stands in it.
pub(crate) async fn show(
    visitor::Staff(staff): visitor::Staff,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    let text = fields.one("q");
    let (found, is_too_long) = match fields.filled("q") {
        None => (None, false),
        Some(asked) => match find_for_staff(&staff, asked).await {
            Ok(found) => (Some(found), false),
            Err(StaffRefusal::TextTooLong) => (None, true),
            Err(StaffRefusal::Database(error)) => return Err(error.into()),
        },
    };
    let page = view::search(area::texts(&staff), text, found.as_ref(), is_too_long, staff.portal().now());
    let page = page.in_area(area::area(&staff, area::Part::Search));
    Ok(if is_too_long { page.with_status(StatusCode::UNPROCESSABLE_ENTITY) } else { page })
}
