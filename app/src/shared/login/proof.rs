//! The password once more, before something that opens or moves much.

use super::Way;
use super::sign_in::{code_field, password_field, refused};
use crate::fields::Fields;
use crate::page::{Page, PageError, lead_to};
use crate::session::BrowserSession;
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::Portal;
use portal::login::{self, Changed, NotProved};

/// Asks for it; `next` is gone on to afterwards.
pub(crate) fn page(way: Way, texts: Texts, has_code: bool, next: &str, error: Option<&'static str>) -> Page {
    let title = texts.text("proof-title");
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("password", error)).into_iter().collect();
    let code = has_code.then(|| ui::field(code_field(texts, None)));
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=way.proof() novalidate>
            <p>{texts.text("proof-why")}</p>
            <input type="hidden" name="next" value=next.to_owned()/>
            {ui::field(password_field(texts, "password", "login-password", "current-password", error))}
            {code}
            {ui::submit(texts.text("proof-continue"))}
        </form>
    };
    Page::new(title, body)
}

/// Takes it: the browser goes on in a new session. `again`: the page for when it is wrong.
pub(crate) async fn take(
    way: Way,
    portal: &Portal,
    who: &Changed,
    session: &BrowserSession,
    fields: &Fields,
    again: Page,
) -> Result<Response, PageError> {
    match login::prove(portal, who, fields.one("password"), fields.one("code")).await {
        Ok(token) => {
            session.begin(&token).await?;
            Ok(lead_to(way.inside(fields.one("next"))))
        }
        Err(NotProved::Wrong | NotProved::Weak) => Ok(refused(again)),
        Err(NotProved::Limited { retry_after }) => Err(PageError::TooMany { retry_after }),
        Err(NotProved::Busy) => Err(PageError::Unavailable),
        Err(NotProved::Database(error)) => Err(error.into()),
    }
}
