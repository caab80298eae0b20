//! The address that somebody typed to get a link, in the browser that typed it: there it is shown whole, so that a
//! mistake can be seen and mended. It is kept sealed in a cookie; nobody else is shown more than its mask.

use crate::page::PageError;
use crate::visitor::{cookie, is_secure};
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::response::Response;
use portal::Portal;
use types::LinkId;

/// How long it is kept, in seconds.
const KEPT: u32 = 30 * 60;
/// Where such a secret opens.
const PLACE: &[u8] = b"asked";

/// What the browser keeps: which request, and the address that was typed for it.
#[derive(Clone, Default)]
pub struct Asked(Option<(String, String)>);

impl Asked {
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
        let (name, secure) = (name(portal), if is_secure(portal) { "; Secure" } else { "" });
        let cookie = format!("{name}={sealed}; Path=/; Max-Age={KEPT}; HttpOnly; SameSite=Lax{secure}");
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
}

impl FromRequestParts<Portal> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let sealed = cookie(&parts.headers, &name(portal));
        let opened = sealed.and_then(|sealed| portal.keys.open(PLACE, sealed).ok());
        Ok(Self(opened.and_then(|text| text.split_once(' ').map(|(id, email)| (id.to_owned(), email.to_owned())))))
    }
}

fn name(portal: &Portal) -> String {
    format!("{}asked", if is_secure(portal) { "__Host-" } else { "" })
}
