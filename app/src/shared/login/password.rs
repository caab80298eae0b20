//! A forgotten password: the address is asked for, and the link of the mail takes another one.

use super::Way;
use super::sign_in::{password_field, refused};
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Field};
use crate::visitor::Visitor;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::login::{self, ResetError};
use types::Email;

/// Asks for the address.
pub(crate) fn ask(way: Way, visitor: &Visitor) -> Page {
    page(way, visitor.texts, "", None)
}

/// Takes it. The answer is the same for every address.
pub(crate) async fn take(way: Way, visitor: Visitor, fields: Fields) -> Result<Response, PageError> {
    let typed = fields.one("email");
    let Ok(email) = Email::parse(typed) else {
        return Ok(refused(page(way, visitor.texts, typed, Some("login-email-wrong"))));
    };
    match login::ask_reset(&visitor.portal, way.0, &email, &visitor.origin).await {
        Ok(()) => Ok(lead_saying(way.sign_in(), "said-reset-sent")),
        Err(ResetError::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(ResetError::Database(error)) => Err(error.into()),
        Err(ResetError::Ended | ResetError::Weak) => Err(PageError::Internal),
    }
}

fn page(way: Way, texts: Texts, typed: &str, error: Option<&'static str>) -> Page {
    let title = texts.text("login-reset-title");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("email", error)).into_iter().collect();
    let email = Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "username",
        label: texts.text("login-email"),
        help: texts.text("login-reset-help"),
        value: typed.to_owned(),
        error,
        required: true,
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=way.password() novalidate>
            {ui::field(email)}
            {ui::submit(texts.text("login-reset-send"))}
        </form>
        <p><a href=way.sign_in()>{texts.text("login-again")}</a></p>
    };
    Page::new(title, body).for_producer()
}

/// Shows the link's page.
pub(crate) async fn link(way: Way, visitor: Visitor, token: &str) -> Result<Page, PageError> {
    match login::reset_of_token(&visitor.portal, way.0, token).await? {
        Some(email) => Ok(link_page(way, visitor.texts, token, &email, None)),
        None => Ok(ended(way, visitor.texts)),
    }
}

/// Takes another password: once.
pub(crate) async fn set(way: Way, visitor: Visitor, token: &str, fields: Fields) -> Result<Response, PageError> {
    let email = login::reset_of_token(&visitor.portal, way.0, token).await?;
    let Some(email) = email else { return Ok(ended(way, visitor.texts).into_response()) };
    match login::reset(&visitor.portal, way.0, token, fields.one("password"), &visitor.origin).await {
        Ok(()) => Ok(lead_saying(way.sign_in(), "said-password-set")),
        Err(ResetError::Weak) => Ok(refused(link_page(way, visitor.texts, token, &email, Some("login-password-weak")))),
        Err(ResetError::Ended) => Ok(ended(way, visitor.texts).into_response()),
        Err(ResetError::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(ResetError::Database(error)) => Err(error.into()),
    }
}

fn link_page(way: Way, texts: Texts, token: &str, email: &Email, error: Option<&'static str>) -> Page {
    let title = texts.text("login-new-password-title");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("password", error)).into_iter().collect();
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=way.password_link(token) novalidate>
            <p>{texts.with("login-new-password-of", &[("email", email.as_str().into())])}</p>
            {ui::field(password_field(texts, "password", "login-new-password", "new-password", error))}
            {ui::submit(texts.text("login-new-password-save"))}
        </form>
    };
    Page::new(title, body).for_producer().with_secret_address()
}

/// A link that opens nothing, or nothing any more.
fn ended(way: Way, texts: Texts) -> Page {
    let title = texts.text("login-reset-ended-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text("login-reset-ended")}</p>
        <p>{ui::primary_link(&way.password(), texts.text("login-reset-again"))}</p>
    };
    Page::new(title, body).for_producer().with_secret_address().with_status(StatusCode::GONE)
}
