//! What a buyer typed and could not send: a session that ended, a language that was changed in the middle of a form. It
//! is kept in that browser for half an hour, sealed, in cookies, and filled in again where it was typed. Nothing of it
//! is kept here.
//!
//! A browser may be shared. What was typed by somebody signed in is filled in for nobody else; of an ended session
//! nobody knows whose it was, so that only what was typed on the page of one's own thing is kept, which others cannot
//! open. Signing out forgets it.

mod cookie;
mod refill;

pub use cookie::Draft;

use crate::fields::Fields;
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Tone};
use crate::visitor::language_of;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::{CONTENT_TYPE, REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::Portal;
use types::Language;
use types::place::{Who, buyer::Place, returns_to};

/// What a form sent that was not taken, and the page on which it was typed.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) page: String,
    pub(crate) fields: Vec<(String, String)>,
    /// Who typed it, by the address they are signed in with; none where a session had ended.
    pub(crate) owner: Option<String>,
}

/// Marks an answer that leads a form's sender to sign in first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unsigned;

/// Around a form: hands on what it sent when its sender is led to sign in.
pub(crate) async fn remember(request: Request, next: Next) -> Response {
    let page = page_of(request.headers());
    let (parts, body) = request.into_parts();
    let Some(page) = page.filter(|_| is_form(&parts.headers)) else {
        return next.run(Request::from_parts(parts, body)).await;
    };
    // The limits around the screens count these bytes; what cannot be read is refused as it would be without us.
    let bytes: Bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(_) => return StatusCode::PAYLOAD_TOO_LARGE.into_response(),
    };
    let again = Request::from_parts(parts.clone(), Body::from(bytes.clone()));
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    if response.extensions().get::<Unsigned>().is_some()
        && let Ok(fields) = Fields::from_request(again, &()).await
    {
        response.extensions_mut().insert(Typed { page, fields: fields.into_pairs(), owner: None });
    }
    response
}

/// The page of ours on which a form stood.
fn page_of(headers: &HeaderMap) -> Option<String> {
    let referer: axum::http::Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    Some(returns_to(referer.path()).to_owned()).filter(|page| is_of_one_thing(page))
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.starts_with("application/x-www-form-urlencoded")
}

/// What was asked for, before it is answered: of interest where the browser keeps a draft.
pub struct BeforeAnswer(Option<WithDraft>);

struct WithDraft {
    draft: Draft,
    path: String,
    is_form: bool,
    language: Language,
}

impl BeforeAnswer {
    /// Reads the draft that the browser keeps.
    pub fn of(portal: &Portal, request: &Request) -> Self {
        let draft = Draft::of(portal, request.headers());
        Self(draft.map(|draft| WithDraft {
            draft,
            path: request.uri().path().to_owned(),
            is_form: request.method() == Method::POST,
            language: language_of(request.headers()),
        }))
    }

    /// Keeps what was not taken, fills in again what was kept, and forgets what was sent.
    pub fn finish(self, portal: &Portal, response: &mut Response) {
        if let Some(typed) = response.extensions_mut().remove::<Typed>().filter(|typed| is_of_buyer(&typed.page)) {
            set(response, Draft::new(portal, typed).cookies(portal));
        } else if let Some(WithDraft { draft, path, is_form, language }) = self.0 {
            let is_sent = is_form && is_of_buyer(&path) && is_taken(response);
            if is_sent || path == Place::SignOut.path() {
                set(response, Draft::none(portal));
            } else if let Some(page) = response.extensions_mut().get_mut::<Page>() {
                resume(page, &draft, &path, language);
            }
        }
    }
}

fn set(response: &mut Response, cookies: Vec<HeaderValue>) {
    for cookie in cookies {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}

/// Whether a page is about one thing of one buyer: an order, a subscription.
fn is_of_one_thing(page: &str) -> bool {
    Place::parse(page).is_some_and(|place| place.page().address().pattern.contains('{')) && is_of_buyer(page)
}

/// Forms of signing in lead to the page where the draft is wanted.
fn is_of_buyer(path: &str) -> bool {
    Place::parse(path).is_some_and(|place| place.page().address().who == Who::Buyer)
}

fn is_taken(response: &Response) -> bool {
    response.status() == StatusCode::SEE_OTHER && response.extensions().get::<Unsigned>().is_none()
}

/// Fills the form in again on the page where it was typed. Other pages say that it is kept.
fn resume(page: &mut Page, draft: &Draft, path: &str, language: Language) {
    let texts = Texts::of(page.language.unwrap_or(language));
    let is_theirs = draft.owner().is_none_or(|owner| page.signed_in.as_deref() == Some(owner));
    let is_here = path == draft.page() && page.status == StatusCode::OK && is_theirs;
    let filled = is_here.then(|| refill::refill(&page.body, draft.fields()));
    let is_filled = filled.as_ref().is_some_and(|filled| *filled != page.body);
    page.body = filled.unwrap_or_else(|| std::mem::take(&mut page.body));
    let is_sign_in = path == Place::SignIn.path() || path == Place::SignInSent.path();
    let is_of_session = draft.owner().is_none();
    let words = match (is_of_session, is_filled, is_sign_in) {
        (true, true, _) => view! { <p role="status">{texts.text("draft-here")}</p> }.into_any(),
        (true, _, true) => view! { <p>{texts.text("draft-sign-in")}</p> }.into_any(),
        (true, ..) if page.signed_in.is_some() && !is_here => {
            let link = view! { <a href=draft.page().to_owned()>{texts.text("draft-continue")}</a> };
            view! { <p>{texts.text("draft-kept")}" "{link}</p> }.into_any()
        }
        _ => return,
    };
    page.body.insert_str(0, &crate::page::plain_markup(ui::notice(Tone::Wait, words)));
}
