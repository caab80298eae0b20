//! E-mail and password, then the code.

use super::Way;
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError, lead_to};
use crate::text::Texts;
use crate::ui::{self, Field, Tone};
use crate::visitor::Visitor;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::login::{self, CodeRefused, Door, Entered, Refused};
use types::Email;
use types::place::staff;

/// Asks for e-mail and password. Whoever is in already goes on.
pub(crate) async fn ask(way: Way, visitor: Visitor, fields: QueryFields) -> Result<Response, PageError> {
    let QueryFields(fields) = fields;
    let is_in = match way.0 {
        Door::Producer => visitor.session.producer().await?.is_some(),
        Door::Staff => visitor.session.staff().await?.is_some(),
    };
    if is_in {
        return Ok(lead_to(way.inside(fields.one("next"))));
    }
    Ok(page(way, visitor.texts, "", fields.one("next"), None).into_response())
}

/// Takes them.
pub(crate) async fn take(way: Way, visitor: Visitor, fields: Fields) -> Result<Response, PageError> {
    let (typed, next) = (fields.one("email"), fields.one("next"));
    let again = |key| Ok(refused(page(way, visitor.texts, typed, next, Some(key))));
    let Ok(email) = Email::parse(typed) else {
        return again(if typed.trim().is_empty() { "login-email-empty" } else { "login-wrong" });
    };
    let (portal, origin) = (&visitor.portal, &visitor.origin);
    match login::enter(portal, way.0, (&email, fields.one("password")), origin).await {
        Ok(Entered::In(token)) => {
            visitor.session.begin(&token).await?;
            Ok(lead_to(way.inside(next)))
        }
        Ok(Entered::Code(ticket)) => {
            let mut response = lead_to(with_next(way.code(), way, next));
            way.keep(portal, &ticket, &mut response);
            Ok(response)
        }
        Ok(Entered::SetUp(ticket)) => {
            let mut response = lead_to(with_next(staff::Place::SecondStep.path(), way, next));
            way.keep(portal, &ticket, &mut response);
            Ok(response)
        }
        Err(Refused::Wrong) => again("login-wrong"),
        Err(Refused::NoProducer) => again("login-no-producer"),
        Err(Refused::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(Refused::Busy) => Err(PageError::Unavailable),
        Err(Refused::Database(error)) => Err(error.into()),
    }
}

/// The address with the page that is gone on to behind it; without, where that is the first of the area anyway.
fn with_next(address: String, way: Way, next: &str) -> String {
    if next.is_empty() || way.inside(next) != next { address } else { format!("{address}?next={next}") }
}

fn page(way: Way, texts: Texts, typed: &str, next: &str, error: Option<&'static str>) -> Page {
    let title = texts.text(match way.0 {
        Door::Producer => "login-title",
        Door::Staff => "login-title-staff",
    });
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("email", error)).into_iter().collect();
    let email = Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "username",
        label: texts.text("login-email"),
        value: typed.to_owned(),
        error,
        required: true,
        ..Field::default()
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=way.sign_in() novalidate>
            <input type="hidden" name="next" value=next.to_owned()/>
            {ui::field(email)}
            {ui::field(password_field(texts, "password", "login-password", "current-password", None))}
            {ui::submit(texts.text("login-enter"))}
        </form>
        <p><a href=way.password()>{texts.text("login-forgotten")}</a></p>
    };
    Page::new(title, body).for_producer()
}

/// A field for a password: `current-password` or `new-password`.
pub(crate) fn password_field(
    texts: Texts,
    id: &'static str,
    label: &str,
    autocomplete: &'static str,
    error: Option<String>,
) -> Field {
    let help = if autocomplete == "new-password" { texts.text("login-password-help") } else { String::new() };
    let label = texts.text(label);
    Field { id, name: id, kind: "password", autocomplete, label, help, error, required: true, ..Field::default() }
}

/// Asks for the code of the second step.
pub(crate) async fn ask_code(
    way: Way,
    visitor: Visitor,
    headers: HeaderMap,
    fields: QueryFields,
) -> Result<Response, PageError> {
    let QueryFields(fields) = fields;
    Ok(match way.ticket(&visitor.portal, &headers) {
        Some(_) => code_page(way, visitor.texts, fields.one("next"), None).into_response(),
        None => lead_to(way.sign_in()),
    })
}

/// Takes it.
pub(crate) async fn take_code(
    way: Way,
    visitor: Visitor,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Response, PageError> {
    let portal = &visitor.portal;
    let Some(ticket) = way.ticket(portal, &headers) else { return Ok(lead_to(way.sign_in())) };
    let next = fields.one("next");
    match login::enter_code(portal, way.0, &ticket, fields.one("code"), &visitor.origin).await {
        Ok(token) => {
            visitor.session.begin(&token).await?;
            let mut response = lead_to(way.inside(next));
            way.forget(portal, &mut response);
            Ok(response)
        }
        Err(CodeRefused::Wrong) => Ok(refused(code_page(way, visitor.texts, next, Some("login-code-wrong")))),
        Err(CodeRefused::Ended) => {
            let mut response = lead_to(way.sign_in());
            way.forget(portal, &mut response);
            Ok(response)
        }
        Err(CodeRefused::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(CodeRefused::Database(error)) => Err(error.into()),
    }
}

fn code_page(way: Way, texts: Texts, next: &str, error: Option<&'static str>) -> Page {
    let title = texts.text("login-code-title");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("code", error)).into_iter().collect();
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=way.code() novalidate>
            <input type="hidden" name="next" value=next.to_owned()/>
            {ui::field(code_field(texts, error))}
            {ui::submit(texts.text("login-enter"))}
        </form>
        {ui::notice(Tone::Calm, view! { <p>{texts.text("login-code-lost")}</p> })}
        <p><a href=way.sign_in()>{texts.text("login-again")}</a></p>
    };
    Page::new(title, body).for_producer()
}

/// The field for a code of the authenticator.
pub(crate) fn code_field(texts: Texts, error: Option<String>) -> Field {
    Field {
        id: "code",
        name: "code",
        kind: "text",
        autocomplete: "one-time-code",
        label: texts.text("login-code"),
        help: texts.text("login-code-help"),
        error,
        required: true,
        ..Field::default()
    }
}

/// A form that comes back filled in.
pub(crate) fn refused(page: Page) -> Response {
    page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response()
}
