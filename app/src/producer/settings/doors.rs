//! What the producer has set up with other systems, to be looked at: sources of orders with their addresses, accounts
//! at gateways without their secrets.

use super::Owner;
use super::scope::texts;
use super::sheet::Sheet;
use super::theme::Theme;
use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use portal::catalogue::source;
use portal::connection::{self, Connection};
use types::{ConnectionBills, ConnectionState};

/// The systems that send orders.
pub(super) async fn sources(Owner(producer): Owner) -> Result<Page, PageError> {
    let texts = texts(&producer);
    let portal = producer.portal();
    let calendar = Calendar::new(texts.language(), producer.time_zone(), portal.now());
    let sources = source::of_producer(portal, &producer).await?;
    let cards = sources.into_iter().map(|source| {
        let address = format!("{}/hooks/{}/{}", portal.options.base_url, source.kind, source.key);
        let facts = Facts::new()
            .with(texts.text("settings-source-kind"), source.kind)
            .with(texts.text("settings-source-address"), ui::copy(texts, address, texts.text("settings-source-copy")))
            .with(texts.text("settings-written-at"), calendar.moment(source.updated_at));
        view! { <section class="card settings"><h2>{source.code.to_string()}</h2>{ui::facts(facts)}</section> }
    });
    let body = or_none(texts, "settings-sources-none", cards.collect());
    Ok(Theme::Sources.page(&producer, &Sheet::default(), body))
}

/// The producer's accounts at gateways.
pub(super) async fn connections(Owner(producer): Owner) -> Result<Page, PageError> {
    let texts = texts(&producer);
    let portal = producer.portal();
    let calendar = Calendar::new(texts.language(), producer.time_zone(), portal.now());
    let connections = connection::of_producer(portal, &producer).await?;
    let cards = connections.iter().map(|connection| card(texts, &calendar, connection));
    let body = or_none(texts, "settings-connections-none", cards.collect());
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

/// The cards, or what to do where there is none.
fn or_none<V: IntoView + 'static>(texts: Texts, none: &str, cards: Vec<V>) -> AnyView {
    if cards.is_empty() {
        view! { <p class="card settings">{texts.text(none)}</p> }.into_any()
    } else {
        cards.into_any()
    }
}
