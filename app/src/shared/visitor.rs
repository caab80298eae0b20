//! Who is asking. [`Buyer`], [`Producer`], [`Owner`] and [`Staff`] come from the session cookie of their audience and
//! from nothing else. Whoever has none is led to where their audience signs in.

use crate::page::PageError;
use crate::session::BrowserSession;
use crate::text::Texts;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, REFERER, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderValue, Method, Uri};
use portal::login::is_fresh;
use portal::{Origin, Portal};
use std::ops::Deref;
use types::place::{producer, staff};
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

/// Somebody who works for a producer, signed in.
#[derive(Clone)]
pub struct Producer(pub portal::Producer);

impl FromRequestParts<Portal> for Producer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let found = BrowserSession::from_request_parts(parts, portal).await?.producer().await?;
        found.map(Self).ok_or_else(|| sign_in(&producer::Place::SignIn.path(), parts))
    }
}

/// Somebody who may do everything for a producer, signed in. To others of the producer nothing is there.
#[derive(Clone)]
pub struct Owner(pub portal::Producer);

impl FromRequestParts<Portal> for Owner {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let Producer(producer) = Producer::from_request_parts(parts, portal).await?;
        if producer.is_owner() { Ok(Self(producer)) } else { Err(PageError::NotFound) }
    }
}

/// The same, with the password typed a short while ago: for what opens or moves much. Others are asked for it, and come
/// back to the page that they came from.
#[derive(Clone)]
pub struct FreshOwner(pub portal::Producer);

impl FromRequestParts<Portal> for FreshOwner {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let Owner(producer) = Owner::from_request_parts(parts, portal).await?;
        fresh(&producer, parts)?;
        Ok(Self(producer))
    }
}

/// Somebody who works for a producer, with the password typed a short while ago.
#[derive(Clone)]
pub struct FreshProducer(pub portal::Producer);

impl FromRequestParts<Portal> for FreshProducer {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let Producer(producer) = Producer::from_request_parts(parts, portal).await?;
        fresh(&producer, parts)?;
        Ok(Self(producer))
    }
}

fn fresh(producer: &portal::Producer, parts: &Parts) -> Result<(), PageError> {
    if is_proved(producer) { Ok(()) } else { Err(PageError::LeadTo(proof(&producer::Place::Proof.path(), parts))) }
}

fn is_proved(producer: &portal::Producer) -> bool {
    producer.member().is_some_and(|member| is_fresh(producer.portal(), member.since))
}

/// From this amount on, in minor units, whoever gives money back types the password once more.
const LARGE: i64 = 100_000;

/// Somebody who works for a producer, and where the password is asked for once more: for what needs it only sometimes.
pub struct Provable {
    /// The producer.
    pub producer: portal::Producer,
    proof: String,
}

impl FromRequestParts<Portal> for Provable {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let Producer(producer) = Producer::from_request_parts(parts, portal).await?;
        Ok(Self { producer, proof: proof(&producer::Place::Proof.path(), parts) })
    }
}

impl Provable {
    /// Leads to the question for the password when so much goes back and it was not typed a short while ago.
    pub fn gives(&self, amount: i64) -> Result<(), PageError> {
        if amount < LARGE || is_proved(&self.producer) { Ok(()) } else { Err(PageError::LeadTo(self.proof.clone())) }
    }
}

/// Somebody of the support staff, signed in.
#[derive(Clone)]
pub struct Staff(pub portal::Staff);

impl FromRequestParts<Portal> for Staff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let found = BrowserSession::from_request_parts(parts, portal).await?.staff().await?;
        found.map(Self).ok_or_else(|| sign_in(&staff::Place::SignIn.path(), parts))
    }
}

/// The same, with the password typed a short while ago.
#[derive(Clone)]
pub struct FreshStaff(pub portal::Staff);

impl FromRequestParts<Portal> for FreshStaff {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, PageError> {
        let Staff(staff) = Staff::from_request_parts(parts, portal).await?;
        if is_fresh(portal, staff.since()) {
            Ok(Self(staff))
        } else {
            Err(PageError::LeadTo(proof(&staff::Place::Proof.path(), parts)))
        }
    }
}

/// To the page on which an audience signs in, and from there on to what was asked for.
fn sign_in(address: &str, parts: &Parts) -> PageError {
    let path = parts.uri.path();
    let is_page = parts.method == Method::GET && place::next_in_area(path, |_| true).is_some();
    PageError::LeadTo(if is_page { format!("{address}?next={path}") } else { address.to_owned() })
}

/// To the page that asks for the password once more, and from there back to the page of the form.
fn proof(address: &str, parts: &Parts) -> String {
    let referer = parts.headers.get(REFERER).and_then(|value| value.to_str().ok());
    let path = referer.and_then(|from| from.parse::<Uri>().ok()).map(|from| from.path().to_owned());
    let next = path.filter(|path| place::next_in_area(path, |_| true).is_some());
    next.map_or_else(|| address.to_owned(), |next| format!("{address}?next={next}"))
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
