//! The page of connected accounts.

use crate::format::Calendar;
use crate::page::{Page, PageError};
use crate::producer::settings::control::{self, Words};
use crate::producer::settings::scope::texts;
use crate::producer::settings::sheet::Sheet;
use crate::producer::settings::theme::Theme;
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use portal::Producer;
use portal::connection::{self, Connection, KINDS, Kind};
use types::place::producer::Place;
use types::{ConnectionBills, ConnectionState};

pub(super) async fn page(producer: &Producer, sheet: &Sheet) -> Result<Page, PageError> {
    let texts = texts(producer);
    let portal = producer.portal();
    let calendar = Calendar::new(texts.language(), producer.time_zone(), portal.now());
    let connections = connection::of_producer(portal, producer).await?;
    let cards: Vec<_> = connections
        .iter()
        .map(|connection| card(texts, &calendar, connection, connection.webhook_url(portal)))
        .collect();
    let none =
        cards.is_empty().then(|| view! { <p class="card settings">{texts.text("settings-connections-none")}</p> });
    let body = view! {
        {none}
        {cards}
        {form(texts, sheet)}
    };
    Ok(Theme::Connections.page(producer, sheet, body).in_zone(producer.time_zone()))
}

fn card(texts: Texts, calendar: &Calendar, connection: &Connection, address: Option<String>) -> impl IntoView + use<> {
    let (code, health) = (connection.code.as_str(), &connection.health);
    let event = health.last_event_at.map(|at| calendar.moment(at));
    let hook = match (&address, connection.has_webhook_secret) {
        (None, _) => "settings-hook-source",
        (Some(_), true) => "settings-hook-known",
        (Some(_), false) => "settings-hook-unknown",
    };
    let copied = address.map(|address| ui::copy(texts, address, texts.text("settings-source-copy")));
    let facts = Facts::new()
        .with(texts.text("settings-connection-gateway"), label(&connection.gateway))
        .with_some(texts.text("settings-connection-account"), connection.account.clone())
        .with(texts.text("settings-connection-bills"), texts.text(bills_key(connection.bills)))
        .with_some(texts.text("settings-source-address"), copied)
        .with(texts.text("settings-hook"), texts.text(hook))
        .with_some(texts.text("settings-last-event"), event)
        .with(texts.text("settings-written-at"), calendar.moment(connection.updated_at));
    let error = health.last_error.as_ref().map(|(error, at)| {
        let key = if health.failing_since.is_some() { "settings-failing-since" } else { "settings-last-error" };
        let at = calendar.moment(health.failing_since.unwrap_or(*at));
        let values = [("date", (&at).into()), ("error", error.into())];
        ui::notice(Tone::Bad, view! { <p>{texts.with(key, &values)}</p> })
    });
    view! {
        <section class="card settings">
            <h2>{code.to_owned()}</h2>
            <p class="row">{chips(texts, connection)}</p>
            {error}
            {ui::facts(facts)}
            <div class="row">
                <form method="post" action=Place::SettingsConnectionTest { connection: code }.path()>
                    <button class="button small">{texts.text("settings-connection-test")}</button>
                </form>
                {switch_form(texts, connection)}
            </div>
        </section>
    }
}

fn chips(texts: Texts, connection: &Connection) -> impl IntoView + use<> {
    let state = match connection.state {
        ConnectionState::Active => ui::chip(Tone::Good, texts.text("settings-connection-live")),
        ConnectionState::Disabled => ui::chip(Tone::Calm, texts.text("settings-connection-off")),
    };
    let money = match connection.health.is_live {
        Some(true) => ui::chip(Tone::Good, texts.text("settings-money-real")),
        Some(false) => ui::chip(Tone::Wait, texts.text("settings-money-test")),
        None => ui::chip(Tone::Calm, texts.text("settings-money-untested")),
    };
    view! { {state}{money} }
}

/// Out of use and in use again. What that does to buyers is said before there is a button that does it.
fn switch_form(texts: Texts, connection: &Connection) -> impl IntoView + use<> {
    let (label, effect) = match connection.state {
        ConnectionState::Active => ("settings-connection-stop", "settings-connection-stop-effect"),
        ConnectionState::Disabled => ("settings-connection-use", "settings-connection-use-effect"),
    };
    view! {
        <details class="more">
            <summary>{texts.text(label)}</summary>
            <form method="post" action=Place::SettingsConnectionSwitch { connection: connection.code.as_str() }.path()>
                <p class="help">{texts.text(effect)}</p>
                <button class="button small">{texts.text(label)}</button>
            </form>
        </details>
    }
}

/// What a gateway calls itself.
fn label(gateway: &str) -> String {
    connection::kind(gateway).map_or(gateway, |kind| kind.label).to_owned()
}

const fn bills_key(bills: ConnectionBills) -> &'static str {
    match bills {
        ConnectionBills::Gateway => "settings-bills-gateway",
        ConnectionBills::Calendar => "settings-bills-calendar",
    }
}

/// The calendars that some gateway can go by.
fn calendars(texts: Texts) -> Vec<(String, String)> {
    let all = [ConnectionBills::Calendar, ConnectionBills::Gateway].into_iter();
    let known = all.filter(|bills| KINDS.iter().any(|kind: &Kind| kind.bills.contains(bills)));
    known.map(|bills| (bills.as_str().to_owned(), texts.text(bills_key(bills)))).collect()
}

fn form(texts: Texts, sheet: &Sheet) -> impl IntoView + use<> {
    let words = |label, effect| Words::of(texts, label, effect);
    let line = |name, label, effect| control::line(sheet, name, "text", words(label, effect));
    let gateways = KINDS.iter().map(|kind| (kind.name.to_owned(), kind.label.to_owned())).collect();
    let gateway = Words::label(texts.text("settings-connection-gateway"));
    let bills = words("settings-connection-bills", "settings-connection-bills-effect");
    view! {
        <form class="card settings" method="post" action=Theme::Connections.place().path()>
            <h2>{texts.text("settings-connection-make")}</h2>
            {line("code", "settings-source-code", "settings-connection-code-effect")}
            {control::select(sheet, "gateway", gateway, gateways)}
            {line("secret_key", "settings-connection-key", "settings-connection-key-effect")}
            {control::select(sheet, "bills", bills, calendars(texts))}
            {line("webhook_secret", "settings-connection-hook-secret", "settings-connection-hook-secret-effect")}
            {line("base_url", "settings-connection-base-url", "settings-connection-base-url-effect")}
            {ui::submit(texts.text("settings-connection-save"))}
        </form>
    }
}
