//! Money back: in how many days each product gives it on request, and how long the producer may take to answer after
//! that.

use super::Owner;
use super::control::{self, Words};
use super::scope::{self, Scope, texts};
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::said::lead_saying;
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::catalogue::product::{WINDOW_DAYS, set_windows};
use portal::policy::Policy;
use portal::{Producer, again, catalogue};
use types::Code;
use types::place::producer::Place;

/// What the fields of the products' days begin with, before the product's code.
const WINDOW: &str = "window_";

/// The theme for all products, or for one.
pub(super) async fn show(Owner(producer): Owner, QueryFields(query): QueryFields) -> Result<Page, PageError> {
    let scope = Scope::of(&producer, query.one("product")).await?;
    let sheet = on_file(&scope, &producer).await?;
    Ok(page(&producer, &scope, &sheet))
}

/// Takes the days for answers.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let scope = Scope::of(&producer, fields.one("product")).await?;
    let typed = fields.one("answer_days").to_owned();
    let mut sheet = on_file(&scope, &producer).await?.with("answer_days", typed);
    let words = texts(&producer).text("settings-wrong-answer-days");
    let Some(days) = sheet.number("answer_days", &words) else { return refused(page(&producer, &scope, &sheet)) };
    let edit = |policy: &mut Policy| policy.refund.answer_days = days;
    match scope.save(&producer, Theme::Refunds, edit).await? {
        Ok(saved) => Ok(saved),
        Err(_) => {
            sheet.refuse("answer_days", words);
            refused(page(&producer, &scope, &sheet))
        }
    }
}

/// Takes the days of the products that were shown; of others nothing is said.
pub(super) async fn take_windows(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let mut sheet = Sheet::typed(fields);
    let Some(wanted) = windows(&mut sheet, texts(&producer))? else {
        let scope = Scope::of(&producer, sheet.value("product")).await?;
        let answer_days = scope.policy(&producer).await?.refund.answer_days;
        return refused(page(&producer, &scope, &sheet.with("answer_days", answer_days)));
    };
    match again!(set_windows(producer.portal(), &producer, &wanted).await) {
        Ok(()) => {
            let one = Code::parse(sheet.value("product")).ok();
            Ok(lead_saying(scope::address(Theme::Refunds, one.as_ref()), "said-settings-saved"))
        }
        Err(catalogue::Error::UnknownProduct) => Err(PageError::NotFound),
        Err(catalogue::Error::Database(error)) => Err(error.into()),
        Err(_) => Err(PageError::Unreadable),
    }
}

/// Products and days; none when a number is wrong. A field of what is no product is nobody's.
fn windows(sheet: &mut Sheet, texts: Texts) -> Result<Option<Vec<(Code, i64)>>, PageError> {
    let typed: Vec<(String, String)> =
        sheet.all(WINDOW).map(|(code, days)| (code.to_owned(), days.trim().to_owned())).collect();
    let mut wanted = Vec::with_capacity(typed.len());
    for (code, days) in typed {
        let product = Code::parse(&code).map_err(|_| PageError::NotFound)?;
        match days.parse().ok().filter(|days| WINDOW_DAYS.contains(days)) {
            Some(days) => wanted.push((product, days)),
            None => sheet.refuse(format!("{WINDOW}{code}"), texts.text("settings-wrong-window")),
        }
    }
    Ok(sheet.is_right().then_some(wanted))
}

async fn on_file(scope: &Scope, producer: &Producer) -> Result<Sheet, PageError> {
    let answer_days = scope.policy(producer).await?.refund.answer_days;
    let sheet = Sheet::default().with("answer_days", answer_days);
    let with = |sheet: Sheet, product: &catalogue::product::Product| {
        sheet.with(format!("{WINDOW}{}", product.code), product.refund_window_days)
    };
    Ok(scope.shown().fold(sheet, with))
}

fn page(producer: &Producer, scope: &Scope, sheet: &Sheet) -> Page {
    let texts = texts(producer);
    let words = Words::of(texts, "settings-answer-days", "settings-answer-days-effect");
    let body = view! {
        {scope.view(texts, Theme::Refunds)}
        <form class="card settings" method="post" action=Place::SettingsWindows.path()>
            <h2>{texts.text("settings-windows")}</h2>
            {control::locked(texts, Words::of(texts, "settings-law-refund", "settings-windows-law"))}
            {products(texts, scope, sheet)}
        </form>
        <form class="card settings" method="post" action=Theme::Refunds.place().path()>
            <h2>{texts.text("settings-answer")}</h2>
            {scope.field()}
            {control::number(sheet, "answer_days", words)}
            {ui::submit(texts.text("settings-save"))}
        </form>
    };
    Theme::Refunds.page(producer, sheet, body)
}

/// The days of each product that the page shows.
fn products(texts: Texts, scope: &Scope, sheet: &Sheet) -> AnyView {
    let fields = scope.shown().map(|product| {
        let label = texts.with("settings-windows-days", &[("product", product.name.as_str().into())]);
        control::number(sheet, &format!("{WINDOW}{}", product.code), Words::label(label))
    });
    let fields: Vec<_> = fields.collect();
    if fields.is_empty() {
        return view! { <p>{texts.text("settings-windows-none")}</p> }.into_any();
    }
    view! {
        <p class="help">{texts.text("settings-windows-effect")}</p>
        {scope.field()}
        <div class="windows">{fields}</div>
        {ui::quiet_submit(texts.text("settings-windows-save"))}
    }
    .into_any()
}
