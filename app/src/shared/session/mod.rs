//! The session of the browser that asks. `tower-sessions` carries it: its layer reads and writes the cookie, its
//! [`Session`] asks the store at most when a page wants to know who is signed in, and its store is our table.
//!
//! What is ours, and why:
//! - A session begins in the transaction that spends its link, so the rules write its row; the library is handed the
//!   id.
//! - The layer is made for each request, because the log of changes says from where a session was ended. The library
//!   copies what it surrounds, and `Once` makes that copy cheap.
//! - A record carries no data: who is signed in is a scope, such as [`portal::Buyer`], which comes from the rules and
//!   cannot be made from what stands in a record.
//! - Each audience has a cookie of its own. The address decides which one is read (`kind_of`), and its session is
//!   looked for among those of its kind only.
//! - The end of a session is the rules' as well (idle and absolute); the cookie only says the latest one.
//! - Version 0.15.0 takes a cookie away without saying `Secure`, and a browser ignores that for a `__Host-` name.

mod once;
mod store;
#[cfg(test)]
mod tests;

use crate::page::{Page, PageError};
use crate::visitor::{cookie, host_name, is_secure, origin_of};
use axum::extract::{FromRequestParts, Request};
use axum::http::header::SET_COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use once::Once;
use portal::session::SessionKind;
use portal::{Origin, Portal};
use store::{BEGUN, SignedIn, Store};
use tower_layer::Layer;
use tower_service::Service;
use tower_sessions::cookie::SameSite;
use tower_sessions::cookie::time::Duration;
use tower_sessions::session::Id;
use tower_sessions::{Expiry, Session, SessionManagerLayer, SessionStore};

/// The session of the browser that asks, alive or not.
#[derive(Clone)]
pub struct BrowserSession {
    session: Session,
    store: Store,
}

/// Answers a request to a page, with the session that its cookie names at hand.
pub async fn carry(portal: &Portal, mut request: Request, next: Next) -> Response {
    let kind = kind_of(request.uri().path());
    let store = Store::new(portal.clone(), origin_of(request.headers(), request.extensions()), kind);
    request.extensions_mut().insert(store.clone());
    let named = cookie(request.headers(), &cookie_name(portal, kind)).and_then(|id| id.parse().ok());
    let Ok(mut response) = layer(portal, store.clone(), kind).layer(Once::new(next)).call(request).await;
    note_buyer(&store, named, &mut response).await;
    if is_secure(portal) {
        say_secure(response.headers_mut());
    }
    response
}

/// A page that says why there is none says as well who is signed in, and lets them sign out. Where no handler has asked
/// who it is, as at an address that is not there, they are looked for here, unless something is broken.
async fn note_buyer(store: &Store, named: Option<Id>, response: &mut Response) {
    let status = response.status();
    let is_problem = status.is_client_error() || status.is_server_error();
    if !is_problem || response.extensions().get::<Page>().is_some() {
        return;
    }
    if let Some(id) = named.filter(|_| store.found().is_none() && status.is_client_error())
        && let Err(error) = store.load(&id).await
    {
        tracing::warn!(%error, "a page without a subject does not say who is signed in");
    }
    if let Some(SignedIn::Buyer(buyer)) = store.found() {
        response.extensions_mut().insert(buyer.clone());
    }
}

/// Whose session an address reads: a producer who opens a buyer's link stays signed in beside it.
pub(crate) fn kind_of(path: &str) -> SessionKind {
    match path.split('/').nth(1) {
        Some("producer") => SessionKind::Producer,
        Some("admin") => SessionKind::Staff,
        _ => SessionKind::Buyer,
    }
}

fn cookie_name(portal: &Portal, kind: SessionKind) -> String {
    let name = match kind {
        SessionKind::Buyer => "aftersale",
        SessionKind::Producer => "aftersale-producer",
        SessionKind::Staff => "aftersale-staff",
    };
    host_name(portal, name)
}

fn layer(portal: &Portal, store: Store, kind: SessionKind) -> SessionManagerLayer<Store> {
    SessionManagerLayer::new(store)
        .with_name(cookie_name(portal, kind))
        .with_secure(is_secure(portal))
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(Duration::seconds(kind.absolute().as_secs().cast_signed())))
}

/// Cookies that are taken away say `Secure` like those that are set.
fn say_secure(headers: &mut HeaderMap) {
    for (_, value) in headers.iter_mut().filter(|(name, _)| *name == SET_COOKIE) {
        let Ok(text) = value.to_str() else { continue };
        if text.starts_with("__Host-") && !text.contains("; Secure") {
            *value = HeaderValue::from_str(&format!("{text}; Secure")).unwrap_or_else(|_| value.clone());
        }
    }
}

impl BrowserSession {
    /// From where it asks.
    pub(crate) fn origin(&self) -> &Origin {
        self.store.origin()
    }

    /// Who is signed in, if it is a buyer.
    pub(crate) async fn buyer(&self) -> Result<Option<portal::Buyer>, PageError> {
        Ok(if let Some(SignedIn::Buyer(buyer)) = self.signed_in().await? { Some(buyer.clone()) } else { None })
    }

    /// Who is signed in, if it is a producer.
    pub(crate) async fn producer(&self) -> Result<Option<portal::Producer>, PageError> {
        Ok(if let Some(SignedIn::Producer(producer)) = self.signed_in().await? { Some(producer.clone()) } else { None })
    }

    /// Who is signed in, if it is somebody of the staff.
    pub(crate) async fn staff(&self) -> Result<Option<portal::Staff>, PageError> {
        Ok(if let Some(SignedIn::Staff(staff)) = self.signed_in().await? { Some(staff.clone()) } else { None })
    }

    /// The first to ask makes one statement, and none when the browser has no session.
    async fn signed_in(&self) -> Result<Option<&SignedIn>, PageError> {
        if self.session.id().is_some() && self.store.found().is_none() {
            self.session.load().await?;
        }
        Ok(self.store.found())
    }

    /// Gives the browser the session that `token` stands for. Nobody stays signed in beside somebody else.
    pub(crate) async fn begin(&self, token: &str) -> Result<(), PageError> {
        self.end().await?;
        Ok(self.session.insert(BEGUN, token).await?)
    }

    /// Ends the browser's session, if it has one, here and on the server.
    pub(crate) async fn end(&self) -> Result<(), PageError> {
        match self.session.id() {
            Some(_) => Ok(self.session.flush().await?),
            None => Ok(()),
        }
    }
}

impl FromRequestParts<Portal> for BrowserSession {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &Portal) -> Result<Self, PageError> {
        let session = parts.extensions.get::<Session>().cloned();
        let store = parts.extensions.get::<Store>().cloned();
        let both = session.zip(store).map(|(session, store)| Self { session, store });
        both.ok_or_else(|| {
            tracing::error!("a page stands outside of app::session::carry");
            PageError::Internal
        })
    }
}
