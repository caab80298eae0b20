//! Who changed what of the settings, what it was before and what it is since, and taking a change back.

mod difference;
mod names;

use self::difference::differences;
use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::fields::QueryFields;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui::{self, Tone};
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::policy::{CHANGES_A_PAGE, Change, UndoError, changes, undo as take_back};
use portal::{Producer, again};
use types::place::producer::Place;
use types::{EventId, EventName};

/// The name of the field of an address that says behind which change to begin.
const BEHIND: &str = "after";

/// The theme.
pub(super) async fn show(Owner(producer): Owner, QueryFields(query): QueryFields) -> Result<Page, PageError> {
    let behind = query.filled(BEHIND).map(str::parse).transpose().map_err(|_| PageError::NotFound)?;
    page(&producer, behind, None).await
}

/// Takes a change back.
pub(super) async fn undo(Owner(producer): Owner, Path(event): Path<String>) -> Result<Response, PageError> {
    let event: EventId = event.parse().map_err(|_| PageError::NotFound)?;
    match again!(take_back(producer.portal(), &producer, event).await) {
        Ok(()) => Ok(lead_saying(Theme::History.place(), "said-change-undone")),
        Err(UndoError::NotFound) => Err(PageError::NotFound),
        Err(UndoError::Outdated) => {
            let page = page(&producer, None, Some("settings-undo-outdated")).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(UndoError::Database(error)) => Err(error.into()),
    }
}

async fn page(producer: &Producer, behind: Option<EventId>, wrong: Option<&str>) -> Result<Page, PageError> {
    let texts = texts(producer);
    let mut found = changes(producer.portal(), producer, behind).await?;
    let has_more = found.len() > CHANGES_A_PAGE;
    found.truncate(CHANGES_A_PAGE);
    let calendar = Calendar::new(texts.language(), producer.time_zone(), producer.portal().now());
    let older = found.last().filter(|_| has_more).map(|last| {
        let address = format!("{}?{BEHIND}={}", Theme::History.place(), last.id);
        view! { <p>{ui::link_button(&address, texts.text("settings-history-older"))}</p> }
    });
    let lines: Vec<_> = found.iter().map(|change| line(texts, &calendar, change)).collect();
    let list = if lines.is_empty() {
        view! { <p class="card settings">{texts.text("settings-history-none")}</p> }.into_any()
    } else {
        view! { <ol class="changes">{lines}</ol> }.into_any()
    };
    let wrong = wrong.map(|key| ui::notice(Tone::Bad, view! { <p role="alert">{texts.text(key)}</p> }));
    let body = view! { {wrong}{list}{older} };
    Ok(Theme::History.page(producer, &Sheet::default(), body).in_zone(producer.time_zone()))
}

fn line(texts: Texts, calendar: &Calendar, change: &Change) -> impl IntoView + use<> {
    let at = calendar.moment(change.at);
    let what = differences(texts, change).into_iter().map(|difference| {
        view! {
            <li>
                <strong>{difference.name}</strong>
                <span>{difference.before}" → "{difference.after}</span>
            </li>
        }
    });
    let about = texts.with("settings-change-by", &[("who", (&who(texts, change)).into()), ("at", (&at).into())]);
    let undo = change.is_undoable().then(|| {
        view! {
            <form method="post" action=Place::SettingsUndo { event: change.id }.path()>
                <button class="button small">{texts.text("settings-undo")}</button>
            </form>
        }
    });
    view! {
        <li class="card">
            <h2>{title(texts, change)}</h2>
            <p class="help">{about}</p>
            <ul>{what.collect_view()}</ul>
            {undo}
        </li>
    }
}

fn who(texts: Texts, change: &Change) -> String {
    texts.text(match change.actor.as_str() {
        "producer" => "settings-by-person",
        "api_key" => "settings-by-key",
        "source" => "settings-by-source",
        "staff" => "settings-by-staff",
        _ => "settings-by-system",
    })
}

/// What was changed: its kind, and which one of it.
fn title(texts: Texts, change: &Change) -> String {
    let kind = texts.text(match change.name {
        EventName::PolicyWritten => "settings-change-policy",
        EventName::ProductWritten => "settings-change-product",
        EventName::OfferWritten => "settings-change-offer",
        EventName::SourceWritten => "settings-change-source",
        EventName::MemberAreaWritten => "settings-change-area",
        EventName::AccessRuleWritten => "settings-change-rule",
        EventName::ConnectionWritten => "settings-change-connection",
        EventName::ApiKeyCreated | EventName::ApiKeyRevoked => "settings-change-key",
        _ => "settings-change-producer",
    });
    let named = ["name", "code", "product"].iter().find_map(|field| change.after[field].as_str());
    named.map_or_else(|| kind.clone(), |name| format!("{kind}: {name}"))
}
