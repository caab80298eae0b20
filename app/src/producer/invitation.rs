//! The link of an invitation to work for a producer.

use crate::fields::Fields;
use crate::login::Way;
use crate::login::sign_in::{password_field, refused};
use crate::page::{Page, PageError, lead_to};
use crate::phrase;
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Field};
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::login::{self, AcceptError, Acceptance, Door, InvitationView, Refused};
use types::Line;
use types::place::producer::Place;

/// Shows who invites to what.
pub(crate) async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Page, PageError> {
    match login::invitation_of_token(&visitor.portal, &token).await? {
        Some(seen) => Ok(page(visitor.texts, &token, &seen, "", None)),
        None => Ok(ended(visitor.texts)),
    }
}

/// Accepts it.
pub(crate) async fn accept(visitor: Visitor, Path(token): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let seen = login::invitation_of_token(&visitor.portal, &token).await?;
    let Some(seen) = seen else { return Ok(ended(visitor.texts).into_response()) };
    let typed = fields.one("name");
    let how = Acceptance { name: Line::parse(typed).ok(), password: fields.one("password").to_owned() };
    let error = match login::accept(&visitor.portal, &token, how, &visitor.origin).await {
        Ok(Some(token)) => {
            visitor.session.begin(&token).await?;
            return Ok(lead_to(Place::Home));
        }
        Ok(None) => return Ok(lead_saying(Way(Door::Producer).sign_in(), "said-joined")),
        Err(AcceptError::Ended) => return Ok(ended(visitor.texts).into_response()),
        Err(AcceptError::NoName) => ("name", "invitation-name-wrong"),
        Err(AcceptError::Weak) => ("password", "login-password-weak"),
        Err(AcceptError::Refused(Refused::Wrong | Refused::NoProducer)) => ("password", "login-old-password-wrong"),
        Err(AcceptError::Refused(Refused::Limited { retry_after })) => return Err(PageError::TooMany { retry_after }),
        Err(AcceptError::Refused(Refused::Busy)) => return Err(PageError::Unavailable),
        Err(AcceptError::Refused(Refused::Database(error)) | AcceptError::Database(error)) => return Err(error.into()),
    };
    Ok(refused(page(visitor.texts, &token, &seen, typed, Some(error))))
}

fn page(
    texts: Texts,
    token: &str,
    seen: &InvitationView,
    typed: &str,
    error: Option<(&'static str, &'static str)>,
) -> Page {
    let title = texts.with("invitation-title", &[("producer", (&seen.producer).into())]);
    let of = |field: &str| error.filter(|(at, _)| *at == field).map(|(_, key)| texts.text(key));
    let errors = error.map(|(field, key)| (field, texts.text(key))).into_iter().collect();
    let role = phrase::member_role(texts, seen.role);
    let values = [("email", seen.email.as_str().into()), ("role", (&role).into())];
    let name = (!seen.has_login).then(|| {
        ui::field(Field {
            id: "name",
            name: "name",
            kind: "text",
            autocomplete: "name",
            label: texts.text("invitation-name"),
            value: typed.to_owned(),
            error: of("name"),
            required: true,
            ..Field::default()
        })
    });
    let (label, kind) = match seen.has_login {
        true => ("invitation-own-password", "current-password"),
        false => ("login-new-password", "new-password"),
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=Place::Invitation { token }.path() novalidate>
            <p>{texts.with("invitation-lead", &values)}</p>
            {name}
            {ui::field(password_field(texts, "password", label, kind, of("password")))}
            {ui::submit(texts.text("invitation-accept"))}
        </form>
    };
    Page::new(title, body).of_producer(&seen.producer).for_producer().with_secret_address()
}

fn ended(texts: Texts) -> Page {
    let title = texts.text("invitation-ended-title");
    let body = view! { <h1>{title.clone()}</h1><p>{texts.text("invitation-ended")}</p> };
    Page::new(title, body).for_producer().with_secret_address().with_status(StatusCode::GONE)
}
