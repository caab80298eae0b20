//! What a page function answers: a [`Page`], or a [`PageError`] that becomes a friendly page with the right status.
//! Both are only data until [`crate::frame`] puts them into the language and the frame of the request.

use crate::draft::Unsigned;
use crate::text::Texts;
use crate::{phrase, ui};
use axum::http::header::{CACHE_CONTROL, LOCATION, REFERRER_POLICY, REFRESH, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use memchr::memmem;
use std::fmt::Display;
use std::time::Duration;
use types::place::buyer;
use types::view::{ProducerView, Target};
use types::{Language, Legal};

/// After how many seconds a database that takes nothing is tried again.
const SOON: &str = "5";

/// After how many seconds a page is read again that waits for what somebody does elsewhere.
const LOOKS_NOW_AND_THEN: u32 = 15;

/// After how many seconds a page that shows something in between is read again: most of it takes less.
const LOOKS_AGAIN: u32 = 4;

/// What Leptos writes between neighbours.
const MARK: &str = "<!>";

/// A page: its title, its markup, and what its frame must know.
#[derive(Clone, Debug)]
pub struct Page {
    pub(crate) status: StatusCode,
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) producer: Option<String>,
    /// Who the producer is before the law, and its own pages.
    pub(crate) legal: Option<Legal>,
    /// Whether it is for the producer, who has no purchases here.
    pub(crate) is_for_producer: bool,
    pub(crate) signed_in: Option<String>,
    pub(crate) time_zone: Option<String>,
    pub(crate) carries_secret: bool,
    pub(crate) language: Option<Language>,
    /// What the browser reads next by itself, and after how many seconds.
    pub(crate) reads_next: Option<String>,
}

impl Page {
    /// Renders `view`. Everything it shows was read before: nothing is loaded while rendering, nothing is serialised
    /// into the page.
    pub fn new(title: String, view: impl IntoView) -> Self {
        Self {
            status: StatusCode::OK,
            title,
            body: markup(view),
            producer: None,
            legal: None,
            is_for_producer: false,
            signed_in: None,
            time_zone: None,
            carries_secret: false,
            language: None,
            reads_next: None,
        }
    }

    /// The same page with another status: a form that comes back filled in.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The producer's name leads the page.
    pub fn of_producer(self, name: &str) -> Self {
        Self { producer: Some(name.to_owned()), ..self }
    }

    /// The producer's name leads the page, who it is before the law stands at its end, and hours are those of its zone.
    pub fn of_seller(self, producer: &ProducerView) -> Self {
        let legal = Some(producer.particulars.legal.clone());
        Self { legal, ..self.of_producer(&producer.name).in_zone(&producer.time_zone) }
    }

    /// The page is for the producer whose name leads it: nothing on it leads to purchases.
    pub fn for_producer(self) -> Self {
        Self { is_for_producer: true, ..self }
    }

    /// The page of somebody signed in, who can sign out. Its frame speaks their language.
    pub fn of_buyer(self, buyer: &portal::Buyer) -> Self {
        Self { signed_in: Some(buyer.email().to_string()), language: Some(buyer.origin().language), ..self }
    }

    /// Says in which zone its hours are meant.
    pub fn in_zone(self, time_zone: &str) -> Self {
        Self { time_zone: Some(time_zone.to_owned()), ..self }
    }

    /// The page shows something in between: the browser reads it again by itself, with scripts or without, until it
    /// shows what came of it.
    pub fn looking_again(self) -> Self {
        Self { reads_next: Some(LOOKS_AGAIN.to_string()), ..self }
    }

    /// The same, at another address: of a page that counts how often it looked.
    pub(crate) fn looking_again_at(self, address: &str) -> Self {
        Self { reads_next: Some(format!("{LOOKS_AGAIN}; url={address}")), ..self }
    }

    /// The page waits for what somebody does elsewhere, and is read again at this address.
    pub(crate) fn looking_now_and_then(self, address: &str) -> Self {
        Self { reads_next: Some(format!("{LOOKS_NOW_AND_THEN}; url={address}")), ..self }
    }

    /// The address of the page is itself a secret: nobody learns it by a link or a form on the page. Browsers name the
    /// origin all the same: under `no-referrer` the older ones would post the page's own form as from nowhere
    /// (`Origin: null`), which is refused.
    pub fn with_secret_address(self) -> Self {
        Self { carries_secret: true, ..self }
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        let headers = response.headers_mut();
        // Who asks, and what they own, is nobody else's business: no copy is kept on the way or in the browser.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.carries_secret {
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
        }
        if let Some(next) = self.reads_next.as_deref().and_then(|next| HeaderValue::try_from(next).ok()) {
            headers.insert(REFRESH, next);
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing is there, or it is somebody else's: the same bytes for both.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in; signing in leads to the target.
    #[error("not signed in")]
    SignIn(Target),
    /// The address is there, but not for this method.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// The request comes from another site.
    #[error("cross-site request")]
    CrossSite,
    /// What was sent cannot be read as a form.
    #[error("unreadable form")]
    Unreadable,
    /// What was sent is too large.
    #[error("form too large")]
    TooLarge,
    /// Too often.
    #[error("too many requests")]
    TooMany {
        /// When it may be tried again.
        retry_after: Duration,
    },
    /// No answer in time.
    #[error("took too long")]
    TooSlow,
    /// The database takes nothing for now.
    #[error("unavailable for now")]
    Unavailable,
    /// Our fault. The cause is in the log, not in the page.
    #[error("internal error")]
    Internal,
}

/// What [`crate::frame`] needs to say why there is no page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) title: &'static str,
    pub(crate) text: &'static str,
    /// For the texts that count them.
    pub(crate) minutes: i64,
}

impl PageError {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooSlow | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    pub(crate) fn problem(&self) -> Problem {
        let (title, text) = match self {
            Self::NotFound => ("problem-not-found-title", "problem-not-found"),
            Self::MethodNotAllowed => ("problem-method-title", "problem-method"),
            Self::CrossSite => ("problem-cross-site-title", "problem-cross-site"),
            Self::Unreadable => ("problem-unreadable-title", "problem-unreadable"),
            Self::TooLarge => ("problem-large-title", "problem-large"),
            Self::TooMany { .. } => ("problem-many-title", "problem-many"),
            Self::TooSlow => ("problem-slow-title", "problem-slow"),
            Self::Unavailable => ("problem-unavailable-title", "problem-unavailable"),
            Self::Internal | Self::SignIn(_) => ("problem-internal-title", "problem-internal"),
        };
        Problem { title, text, minutes: self.minutes() }
    }

    fn minutes(&self) -> i64 {
        let Self::TooMany { retry_after } = self else { return 0 };
        i64::try_from(retry_after.as_secs().div_ceil(60)).unwrap_or(i64::MAX).max(1)
    }

    /// The error behind a status that a layer of the server answered by itself.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::FORBIDDEN => Some(Self::CrossSite),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::MethodNotAllowed),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::TOO_MANY_REQUESTS => Some(Self::TooMany { retry_after: Duration::ZERO }),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                Some(Self::TooSlow)
            }
            status if status.is_client_error() => Some(Self::Unreadable),
            status if status.is_server_error() => Some(Self::Internal),
            _ => None,
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        match &self {
            Self::SignIn(target) => {
                headers.insert(LOCATION, sign_in_address(target));
                response.extensions_mut().insert(Unsigned);
            }
            Self::Unavailable => {
                headers.insert(RETRY_AFTER, HeaderValue::from_static(SOON));
                response.extensions_mut().insert(self.problem());
            }
            Self::TooMany { retry_after } => {
                headers.insert(RETRY_AFTER, HeaderValue::from(retry_after.as_secs().max(1)));
                response.extensions_mut().insert(self.problem());
            }
            _ => {
                response.extensions_mut().insert(self.problem());
            }
        }
        response
    }
}

/// A target's path is made of letters that need no escaping; one that is not leads to plain sign-in.
fn sign_in_address(target: &Target) -> HeaderValue {
    let plain = HeaderValue::from_static(buyer::Page::SignIn.address().pattern);
    if *target == Target::Home {
        return plain;
    }
    HeaderValue::try_from(format!("{}?next={}", buyer::Place::SignIn, target.place())).unwrap_or(plain)
}

/// Leads on from a form to a page of a gateway. No form may lead to another site by itself (`form-action` counts
/// redirects too): a page of ours stands in between, which says so and goes on at once.
pub(crate) fn lead_out(texts: Texts, address: &str) -> Response {
    let Some(address) = phrase::gateway_address(address) else { return PageError::Internal.into_response() };
    if address.starts_with('/') {
        return lead_to(address);
    }
    let title = texts.text("gateway-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("gateway-text")}</p>
        <p>{ui::primary_link(address, texts.text("gateway-continue"))}</p>
    };
    Page { reads_next: Some(format!("0; url={address}")), ..Page::new(title, body) }.into_response()
}

/// Leads on to another page, as a form does when it is done.
pub(crate) fn lead_to(place: impl Display) -> Response {
    Redirect::to(&place.to_string()).into_response()
}

impl From<portal::db::Error> for PageError {
    fn from(error: portal::db::Error) -> Self {
        tracing::error!(%error, "a page could not be made");
        if error.is_passing() { Self::Unavailable } else { Self::Internal }
    }
}

impl From<tower_sessions::session::Error> for PageError {
    fn from(error: tower_sessions::session::Error) -> Self {
        tracing::error!(%error, "a page could not be made");
        Self::Internal
    }
}

/// Leptos' markup without its marks between neighbours, which only islands need: what is not an island is never woken.
pub(crate) fn markup(view: impl IntoView) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view.into_view().to_html());
    owner.unset_with_forced_cleanup();
    without_marks(&html)
}

/// The same of what has no island: it needs no owner.
pub(crate) fn plain_markup(view: impl IntoView) -> String {
    let html = view.into_view().to_html();
    let mut lean = String::with_capacity(html.len());
    push_without_marks(&mut lean, &html);
    lean
}

/// Marks stay where an island is.
fn without_marks(html: &str) -> String {
    let mut lean = String::with_capacity(html.len());
    let mut done = 0;
    for start in memmem::find_iter(html.as_bytes(), "<leptos-island") {
        let island = &html[start..];
        let end = island.find("</leptos-island>").map_or(html.len(), |length| start + length);
        push_without_marks(&mut lean, &html[done..start]);
        lean.push_str(&html[start..end]);
        done = end;
    }
    push_without_marks(&mut lean, &html[done..]);
    lean
}

fn push_without_marks(lean: &mut String, html: &str) {
    let mut done = 0;
    for mark in memmem::find_iter(html.as_bytes(), MARK) {
        lean.push_str(&html[done..mark]);
        done = mark + MARK.len();
    }
    lean.push_str(&html[done..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_typed_is_escaped_and_marks_are_gone() {
        let typed = "<script>alert(1)</script><!>\"'&";
        let html = markup(view! { <p title=typed>{typed}</p>{vec![view! { <b>"x"</b> }]}{None::<String>} });
        assert!(!html.contains("<script>") && !html.contains("<!>"), "{html}");
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;&lt;!&gt;"), "{html}");
        assert!(html.ends_with("<b>x</b>"), "{html}");
    }

    #[test]
    fn marks_inside_islands_stay() {
        assert_eq!(
            without_marks("<p>a<!>b</p><leptos-island x>c<!></leptos-island><!>"),
            "<p>ab</p><leptos-island x>c<!></leptos-island>"
        );
    }
}
