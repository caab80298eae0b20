//! How long links live by which buyers come in. The link after an order link is the producer's to decide; that of the
//! page of all purchases, which belong to several sellers, is the installation's.

use super::Owner;
use super::control::{self, Words};
use super::scope::{Scope, texts};
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::Fields;
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::Producer;
use portal::policy::{LINK_MINUTES, Policy, SignInPolicy};

/// The lifetimes to choose from, in minutes, and what to say of each.
const WAYS: [(&str, &str); 4] = [
    ("10", "settings-links-short"),
    ("60", "settings-links-hour"),
    ("180", "settings-links-long"),
    ("360", "settings-links-longest"),
];

/// The theme.
pub(super) async fn show(Owner(producer): Owner) -> Result<Page, PageError> {
    let minutes = Scope::of(&producer, "").await?.policy(&producer).await?.sign_in.order_link_minutes;
    let minutes = minutes.unwrap_or_else(|| in_minutes(producer.portal().options.order_link_lifetime.as_secs()));
    Ok(page(&producer, &Sheet::default().with("minutes", minutes)))
}

/// Takes the minutes.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let minutes = sheet.value("minutes").trim().parse().ok().filter(|minutes| LINK_MINUTES.contains(minutes));
    let Some(minutes) = minutes else {
        sheet.refuse("minutes", texts(&producer).text("settings-wrong-minutes"));
        return refused(page(&producer, &sheet));
    };
    let edit = |policy: &mut Policy| policy.sign_in = SignInPolicy { order_link_minutes: Some(minutes) };
    let saved = Scope::of(&producer, "").await?.save(&producer, Theme::SignIn, edit).await?;
    saved.or_else(|_| refused(page(&producer, &sheet)))
}

fn in_minutes(seconds: u64) -> i64 {
    i64::try_from(seconds / 60).unwrap_or(*LINK_MINUTES.end())
}

/// `10 minutos`, `6 horas`.
fn length(texts: Texts, minutes: i64) -> String {
    if minutes % 60 == 0 {
        texts.with("settings-hours-long", &[("hours", (minutes / 60).into())])
    } else {
        texts.with("settings-minutes-long", &[("minutes", minutes.into())])
    }
}

fn page(producer: &Producer, sheet: &Sheet) -> Page {
    let texts = texts(producer);
    let way = |(value, effect): (&'static str, &str)| {
        let label = length(texts, value.parse().unwrap_or_default());
        (value, Words::new(label, texts.text(effect)))
    };
    let current = sheet.value("minutes").to_owned();
    // What the API or the installation says may be none of these: then it is one more way, and stays until another is
    // chosen.
    let other = (!WAYS.iter().any(|(value, _)| *value == current)).then(|| current.parse().ok()).flatten();
    let other = other.map(|minutes| {
        view! {
            <label class="choice">
                <input type="radio" name="minutes" value=current.clone() checked=true/>
                <span><strong>{length(texts, minutes)}</strong></span>
            </label>
        }
    });
    let purchases = length(texts, in_minutes(producer.portal().options.purchases_link_lifetime.as_secs()));
    let body = view! {
        <form class="card settings" method="post" action=Theme::SignIn.place().path()>
            {control::ways(sheet, "minutes", texts.text("settings-links-order"), WAYS.map(way))}
            {other}
            {ui::submit(texts.text("settings-save"))}
            <p class="help">{texts.with("settings-links-purchases", &[("time", (&purchases).into())])}</p>
        </form>
    };
    Theme::SignIn.page(producer, sheet, body)
}
