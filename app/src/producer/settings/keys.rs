//! The keys of the producer's own programs: made, seen once, ended.

use super::Owner;
use super::control::{self, Words};
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::Fields;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Hurts, Tone};
use crate::visitor::FreshOwner;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::catalogue::api_key::{ApiKey, create_api_key, of_producer, revoke_own};
use portal::catalogue::{self};
use portal::{Producer, again};
use types::place::producer::Place;
use types::{ApiKeyId, Line};

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    page(&producer, &Sheet::default(), None).await
}

/// Makes a key. The answer is the only page that ever shows it: nothing leads there again.
pub(super) async fn take(FreshOwner(producer): FreshOwner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let Ok(name) = Line::parse(sheet.value("name").trim()) else {
        sheet.refuse("name", texts(&producer).text("settings-wrong-key-name"));
        return refused(page(&producer, &sheet, None).await?);
    };
    match again!(create_api_key(producer.portal(), &producer, &name).await) {
        Ok(key) => Ok(page(&producer, &Sheet::default(), Some(key)).await?.into_response()),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// Ends a key: it is refused from the next call on.
pub(super) async fn revoke(FreshOwner(producer): FreshOwner, Path(key): Path<String>) -> Result<Response, PageError> {
    let key: ApiKeyId = key.parse().map_err(|_| PageError::NotFound)?;
    if again!(revoke_own(producer.portal(), &producer, key).await)? {
        Ok(lead_saying(Theme::Keys.place(), "said-key-revoked"))
    } else {
        Err(PageError::NotFound)
    }
}

async fn page(producer: &Producer, sheet: &Sheet, made: Option<String>) -> Result<Page, PageError> {
    let texts = texts(producer);
    let keys = of_producer(producer.portal(), producer).await?;
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let lines: Vec<_> = keys.iter().map(|key| line(texts, &calendar, key)).collect();
    let list = if lines.is_empty() {
        view! { <p>{texts.text("settings-keys-none")}</p> }.into_any()
    } else {
        view! { <ul class="lines">{lines}</ul> }.into_any()
    };
    let body = view! {
        {made.map(|key| shown_once(texts, key))}
        <section class="card settings">{list}</section>
        <form class="card settings" method="post" action=Theme::Keys.place().path()>
            <h2>{texts.text("settings-key-make")}</h2>
            {control::line(sheet, "name", "text", Words::of(texts, "settings-key-name", "settings-key-name-effect"))}
            {ui::submit(texts.text("settings-key-make-button"))}
        </form>
    };
    Ok(Theme::Keys.page(producer, sheet, body).in_zone(producer.time_zone()))
}

fn shown_once(texts: Texts, key: String) -> impl IntoView {
    let body = view! {
        <h2>{texts.text("settings-key-made")}</h2>
        <p>{texts.text("settings-key-once")}</p>
        <p>{ui::copy(texts, key, texts.text("settings-key-copy"))}</p>
    };
    ui::notice(Tone::Good, body)
}

fn line(texts: Texts, calendar: &Calendar, key: &ApiKey) -> impl IntoView + use<> {
    let made = calendar.moment(key.created_at);
    let used = key.last_used_at.map_or_else(|| texts.text("settings-key-unused"), |at| calendar.moment(at));
    let about = texts.with("settings-key-line", &[("made", (&made).into()), ("used", (&used).into())]);
    let end = match key.revoked_at {
        Some(_) => ui::chip(Tone::Calm, texts.text("settings-key-revoked")).into_any(),
        None => ui::hurts(Hurts {
            action: Place::SettingsKeyRevoke { api_key: ApiKeyId(key.id) }.path(),
            label: texts.text("settings-key-revoke"),
            of: texts.with("settings-key-revoke-of", &[("name", (&key.name).into())]),
            effect: texts.text("settings-key-revoke-effect"),
        })
        .into_any(),
    };
    view! { <li><span><strong>{key.name.clone()}</strong><small>{about}</small></span>{end}</li> }
}
