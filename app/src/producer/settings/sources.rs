//! The systems that send orders: each with the address to send to, and the token by which it is known.

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
use crate::ui::{self, Facts};
use crate::visitor::FreshOwner;
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::source::{self, GURU, KINDS, KnownSource};
use portal::catalogue::{self};
use portal::text::is_secret;
use portal::{Producer, again};
use types::Code;

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    page(&producer, &Sheet::default().with("kind", KINDS[0])).await
}

/// Sets a source up, or gives one that is there another token.
pub(super) async fn take(FreshOwner(producer): FreshOwner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let Some((code, kind, token)) = read(&mut sheet, texts(&producer)) else {
        return refused(page(&producer, &sheet).await?);
    };
    match again!(source::put_source(producer.portal(), &producer, &code, kind, &token).await) {
        Ok(_) => Ok(lead_saying(Theme::Sources.place(), "said-source-saved")),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Internal),
    }
}

/// Code, kind and token; none when something of them is wrong.
fn read(sheet: &mut Sheet, texts: Texts) -> Option<(Code, &'static str, String)> {
    let code = Code::parse(sheet.value("code").trim()).ok();
    let kind = KINDS.into_iter().find(|kind| *kind == sheet.value("kind"));
    let token = sheet.filled("token").filter(|token| is_secret(token)).map(str::to_owned);
    let wrong = [
        ("code", code.is_none(), "settings-wrong-source-code"),
        ("kind", kind.is_none(), "settings-wrong-choice"),
        ("token", token.is_none(), "settings-wrong-token"),
    ];
    wrong.iter().filter(|(_, is_wrong, _)| *is_wrong).for_each(|(id, _, key)| sheet.refuse(*id, texts.text(key)));
    Some((code?, kind?, token?))
}

async fn page(producer: &Producer, sheet: &Sheet) -> Result<Page, PageError> {
    let texts = texts(producer);
    let portal = producer.portal();
    let calendar = Calendar::new(texts.language(), producer.time_zone(), portal.now());
    let sources = source::of_producer(portal, producer).await?;
    let cards: Vec<_> = sources
        .iter()
        .map(|source| card(texts, &calendar, source, source::address(portal, &source.kind, &source.key)))
        .collect();
    let none = cards.is_empty().then(|| view! { <p class="card settings">{texts.text("settings-sources-none")}</p> });
    let body = view! {
        {none}
        {cards}
        {form(texts, sheet)}
    };
    Ok(Theme::Sources.page(producer, sheet, body).in_zone(producer.time_zone()))
}

fn card(texts: Texts, calendar: &Calendar, source: &KnownSource, address: String) -> impl IntoView + use<> {
    let facts = Facts::new()
        .with(texts.text("settings-source-kind"), kind_name(texts, &source.kind))
        .with(texts.text("settings-source-address"), ui::copy(texts, address, texts.text("settings-source-copy")))
        .with(texts.text("settings-written-at"), calendar.moment(source.updated_at));
    view! { <section class="card settings"><h2>{source.code.to_string()}</h2>{ui::facts(facts)}</section> }
}

/// What people call a system of this kind.
fn kind_name(texts: Texts, kind: &str) -> String {
    if kind == GURU { texts.text("settings-source-guru") } else { kind.to_owned() }
}

fn form(texts: Texts, sheet: &Sheet) -> impl IntoView + use<> {
    let words = |label, effect| Words::of(texts, label, effect);
    let kinds = KINDS.map(|kind| (kind.to_owned(), kind_name(texts, kind)));
    let kind = Words::label(texts.text("settings-source-kind"));
    view! {
        <form class="card settings" method="post" action=Theme::Sources.place().path()>
            <h2>{texts.text("settings-source-make")}</h2>
            {control::line(sheet, "code", "text", words("settings-source-code", "settings-source-code-effect"))}
            {control::select(sheet, "kind", kind, kinds.into())}
            {control::line(sheet, "token", "text", words("settings-source-token", "settings-source-token-effect"))}
            {ui::submit(texts.text("settings-source-save"))}
        </form>
    }
}
