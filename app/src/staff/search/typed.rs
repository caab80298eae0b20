//! What the box finds while one types.

use super::view;
use crate::fields::QueryFields;
use crate::found::asked as address;
use crate::page::{PageError, markup};
use crate::staff::area;
use crate::text::Texts;
use controls::{FindForStaff, Finding};
use portal::Staff;
use portal::search::{StaffFound, StaffRefusal, find_for_staff};
use types::place::staff::Place;

/// What the page shows below the box for what stands in it; none for what the page would refuse.
pub(in crate::staff) async fn find(
    staff: Staff,
    FindForStaff { asked }: FindForStaff,
) -> Result<Option<Finding>, PageError> {
    let QueryFields(fields) = QueryFields::of(&asked)?;
    let Some(text) = fields.filled("q") else { return Ok(Some(nothing_asked())) };
    let found = match find_for_staff(&staff, text).await {
        Ok(found) => found,
        Err(StaffRefusal::TextTooLong) => return Ok(None),
        Err(StaffRefusal::Database(error)) => return Err(error.into()),
    };
    let texts = area::texts(&staff);
    let html = markup(view::results(texts, text, &found, staff.portal().now()));
    Ok(Some(Finding { html, said: said(texts, &found), address: address(&Place::Search.path(), &[("q", text)]) }))
}

/// Below an empty box there is nothing.
fn nothing_asked() -> Finding {
    Finding { html: String::new(), said: String::new(), address: Place::Search.path() }
}

/// How much was found, as far as was looked.
fn said(texts: Texts, found: &StaffFound) -> String {
    let count = [("count", (found.orders.len() as i64).into())];
    texts.with(if found.has_more { "found-said-more" } else { "found-said" }, &count)
}
