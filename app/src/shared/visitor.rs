//! Who is asking. [`Buyer`], [`Producer`] and [`Staff`] come from the session cookie of their audience and from nothing
//! else. A buyer without a session is led to sign in; to others without one, nothing is there.

use crate::page::PageError;
use crate::session::BrowserSession;
use crate::text::Texts;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue};
use portal::{Origin, Portal};
use std::ops::Deref;
use types::{Language, place};

/// The network address a request came from, put into the request by the server, which alone knows its proxies.
#[derive(Clone, Debug)]
pub struct ClientAddress(pub String);

/// Anybody: the portal's handle, from where they ask, and the words of their language.
#[derive(Clone)]
pub struct Visitor {
    /// The portal.
    pub portal: Portal,
    /// From where.
    pub origin: Origin,
    /// The words.
    pub texts: Texts,
    /// The browser's session, alive or not.
    pub session: BrowserSession,
}

/// A signed-in buyer.
#[derive(Clone)]
pub struct Buyer(portal::Buyer);

impl Buyer {
    /// The words of the buyer's language.
    pub fn texts(&self) -> Texts {
        Texts::of(self.0.origin().language)
    }
}

impl Deref for Buyer {
    type Target = portal::Buyer;

    fn deref(&self) -> &portal::Buyer {
        &self.0
    }
}

impl FromRequestParts<Portal> for Visitor {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let session = BrowserSession::from_request_parts(parts, portal).await?;
        let origin = session.origin().clone();
        let texts = Texts::of(origin.language);
        Ok(Self { portal: portal.clone(), origin, texts, session })
    }
}

impl FromRequestParts<Portal> for Buyer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let found = signed_in(parts, portal).await?;
        found.map(Self).ok_or_else(|| PageError::SignIn(place::of_request(parts.uri.path())))
    }
}

/// A signed-in producer.
#[derive(Clone)]
pub struct Producer(pub portal::Producer);

impl FromRequestParts<Portal> for Producer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let found = BrowserSession::from_request_parts(parts, portal).await?.producer().await?;
        // There is no page yet on which producers sign in: to a stranger, their area is not there.
        found.map(Self).ok_or(PageError::NotFound)
    }
}

/// Somebody of the support staff, signed in.
#[derive(Clone)]
pub struct Staff(pub portal::Staff);

impl FromRequestParts<Portal> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let found = BrowserSession::from_request_parts(parts, portal).await?.staff().await?;
        // As for producers: there is no page yet on which staff sign in.
        found.map(Self).ok_or(PageError::NotFound)
    }
}

/// A buyer if somebody is signed in: for pages that are for anybody.
pub struct OptionalBuyer(pub Option<Buyer>);

impl FromRequestParts<Portal> for OptionalBuyer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        Ok(Self(signed_in(parts, portal).await?.map(Buyer)))
    }
}

async fn signed_in(parts: &mut Parts, portal: &Portal) -> Result<Option<portal::Buyer>, PageError> {
    BrowserSession::from_request_parts(parts, portal).await?.buyer().await
}

/// From where a request comes.
pub(crate) fn origin_of(headers: &HeaderMap, extensions: &Extensions) -> Origin {
    let address = extensions.get::<ClientAddress>().map(|address| address.0.clone()).unwrap_or_default();
    let browser = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin { address, browser: browser.chars().take(200).collect(), language: language_of(headers) }
}

/// The language chosen before, else the first one the browser asks for that is spoken here, else Portuguese.
pub fn language_of(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, "language").and_then(Language::of_tag);
    // Not `to_str`: a letter of somebody's in one part is no reason to overlook the others.
    let lines: Vec<_> =
        headers.get_all(ACCEPT_LANGUAGE).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    let accepted = || Language::accepted(lines.iter().map(AsRef::as_ref));
    chosen.or_else(accepted).unwrap_or_default()
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Whether pages come encrypted.
pub(crate) fn is_secure(portal: &Portal) -> bool {
    portal.options.base_url.starts_with("https://")
}

/// The name of a cookie that `__Host-` binds to this host and to https; plain http, which only development has, cannot
/// carry that.
pub(crate) fn host_name(portal: &Portal, name: &str) -> String {
    format!("{}{name}", if is_secure(portal) { "__Host-" } else { "" })
}

/// The header that keeps a cookie for so many seconds, or with 0 forgets it. None for what no cookie can carry.
pub(crate) fn set_cookie(portal: &Portal, name: &str, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if is_secure(portal) { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")).ok()
}
