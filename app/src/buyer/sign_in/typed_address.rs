//! The address that somebody typed to get a link, in the browser that typed it: there it is shown whole, so that a
//! mistake can be seen and mended. It is kept sealed in a cookie; nobody else is shown more than its mask.

use crate::page::PageError;
use crate::visitor::{cookie, host_name, set_cookie};
use axum::extract::FromRequestParts;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::Response;
use portal::Portal;
use types::LinkId;

/// How long it is kept, in seconds.
const KEPT: i64 = 30 * 60;
/// Where such a secret opens.
const PLACE: &[u8] = b"asked";

/// What the browser keeps: which request, and the address that was typed for it.
#[derive(Clone, Default)]
pub struct TypedAddress(Option<(String, String)>);

impl TypedAddress {
    /// The address, if it was typed for this request.
    pub(super) fn email_of(&self, request: LinkId) -> Option<&str> {
        let (known, email) = self.0.as_ref()?;
        (*known == request.to_string()).then_some(email)
    }

    /// The address that was typed last.
    pub(super) fn email(&self) -> &str {
        self.0.as_ref().map_or("", |(_, email)| email)
    }

    /// Keeps the address for this request in the browser that this answers.
    pub(super) fn keep(portal: &Portal, response: &mut Response, request: LinkId, email: &str) {
        let Ok(sealed) = portal.keys.seal(PLACE, portal.random(), &format!("{request} {email}")) else { return };
        if let Some(cookie) = set_cookie(portal, &name(portal), &sealed, KEPT) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
}

impl FromRequestParts<Portal> for TypedAddress {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let sealed = cookie(&parts.headers, &name(portal));
        let opened = sealed.and_then(|sealed| portal.keys.open(PLACE, sealed).ok());
        Ok(Self(opened.and_then(|text| text.split_once(' ').map(|(id, email)| (id.to_owned(), email.to_owned())))))
    }
}

fn name(portal: &Portal) -> String {
    host_name(portal, "asked")
}
