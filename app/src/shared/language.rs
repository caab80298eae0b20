//! The language switch: remembered in the browser for a year, and with the person who is signed in.

use crate::draft::Typed;
use crate::fields::{Fields, QueryFields};
use crate::page::PageError;
use crate::visitor::{OptionalBuyer, Visitor, set_cookie};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use types::Language;
use types::place::returns_to;

/// How long it is remembered, in seconds: a year.
const KEPT: i64 = 365 * 24 * 3600;
/// The fields of the switch itself.
const OWN: [&str; 2] = ["language", "back"];

/// Takes a language and comes back to where it was chosen.
pub async fn choose(
    visitor: Visitor,
    OptionalBuyer(buyer): OptionalBuyer,
    QueryFields(asked): QueryFields,
    fields: Fields,
) -> Result<Response, PageError> {
    let language = Language::of_tag(fields.one("language")).ok_or(PageError::Unreadable)?;
    let owner = buyer.as_ref().map(|buyer| buyer.email().to_string());
    if let Some(buyer) = buyer {
        portal::session::set_language(&buyer, language).await?;
    }
    let back = returns_to(fields.filled("back").unwrap_or(asked.one("back"))).to_owned();
    let mut response = Redirect::to(&back).into_response();
    if let Some(header) = set_cookie(&visitor.portal, "language", language.tag(), KEPT) {
        response.headers_mut().append(SET_COOKIE, header);
    }
    // The switch sends what is typed in the page's form along, so that it is there again in the other language.
    let typed: Vec<_> = fields.into_pairs().into_iter().filter(|(name, _)| !OWN.contains(&name.as_str())).collect();
    if owner.is_some() && typed.iter().any(|(_, value)| !value.trim().is_empty()) {
        response.extensions_mut().insert(Typed { page: back, fields: typed, owner });
    }
    Ok(response)
}
