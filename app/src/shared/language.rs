//! The language switch: remembered in the browser for a year, and with the person who is signed in.

use crate::fields::Fields;
use crate::page::PageError;
use crate::visitor::{OptionalBuyer, Visitor, language_header};
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use types::Language;
use types::place::returns_to;

/// Takes a language and comes back to where it was chosen.
pub async fn choose(
    visitor: Visitor,
    OptionalBuyer(buyer): OptionalBuyer,
    fields: Fields,
) -> Result<Response, PageError> {
    let language = Language::of_tag(fields.one("language")).ok_or(PageError::Unreadable)?;
    if let Some(buyer) = buyer {
        portal::session::set_language(&buyer, language).await?;
    }
    let mut response = Redirect::to(returns_to(fields.one("back"))).into_response();
    if let Some(header) = language_header(&visitor.portal, language) {
        response.headers_mut().append(SET_COOKIE, header);
    }
    Ok(response)
}
