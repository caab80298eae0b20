//! The producer's accounts at gateways, without their secrets.

use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use portal::connection::{self, Connection};
use types::{ConnectionBills, ConnectionState};

/// The producer's accounts at gateways.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    let texts = texts(&producer);
    let portal = producer.portal();
    let calendar = Calendar::new(texts.language(), producer.time_zone(), portal.now());
    let connections = connection::of_producer(portal, &producer).await?;
    let cards = connections.iter().map(|connection| card(texts, &calendar, connection));
    let cards: Vec<_> = cards.collect();
    let none =
        cards.is_empty().then(|| view! { <p class="card settings">{texts.text("settings-connections-none")}</p> });
    let body = view! { {none}{cards} };
    Ok(Theme::Connections.page(&producer, &Sheet::default(), body))
}

fn card(texts: Texts, calendar: &Calendar, connection: &Connection) -> impl IntoView + use<> {
    let bills = match connection.bills {
        ConnectionBills::Gateway => "settings-bills-gateway",
        ConnectionBills::Calendar => "settings-bills-calendar",
    };
    let state = match connection.state {
        ConnectionState::Active => ui::chip(Tone::Good, texts.text("settings-connection-live")),
        ConnectionState::Disabled => ui::chip(Tone::Calm, texts.text("settings-connection-off")),
    };
    let facts = Facts::new()
        .with(texts.text("settings-connection-gateway"), connection.gateway.clone())
        .with_some(texts.text("settings-connection-account"), connection.account.clone())
        .with(texts.text("settings-connection-bills"), texts.text(bills))
        .with(texts.text("settings-written-at"), calendar.moment(connection.updated_at));
    let code = connection.code.to_string();
    view! { <section class="card settings"><h2>{code}</h2><p>{state}</p>{ui::facts(facts)}</section> }
}
