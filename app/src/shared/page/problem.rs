//! Why there is no page, as a friendly page with the right status.

use crate::draft::Unsigned;
use axum::http::header::{CACHE_CONTROL, LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use std::time::Duration;
use types::place::buyer;
use types::view::Target;

/// After how many seconds a database that takes nothing is tried again.
const SOON: &str = "5";

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing is there, or it is somebody else's: the same bytes for both.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in; signing in leads to the target.
    #[error("not signed in")]
    SignIn(Target),
    /// Nobody is signed in to an area, or the password is to be typed once more: the address that asks for it.
    #[error("not signed in to this area")]
    LeadTo(String),
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
            Self::SignIn(_) | Self::LeadTo(_) => StatusCode::SEE_OTHER,
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
            Self::Internal | Self::SignIn(_) | Self::LeadTo(_) => ("problem-internal-title", "problem-internal"),
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
            Self::LeadTo(address) => {
                headers.extend(HeaderValue::try_from(address).ok().map(|address| (LOCATION, address)));
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
