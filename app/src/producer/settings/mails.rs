//! Mails ahead of something, and what happens when a charge fails.

use super::control::{self, Words};
use super::scope::{Scope, texts};
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use super::{Owner, sender};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::Producer;
use portal::policy::{AfterDunning, DunningPolicy, Fault, NoticePolicy, Policy};

/// The theme for all products, or for one.
pub(super) async fn show(Owner(producer): Owner, QueryFields(query): QueryFields) -> Result<Page, PageError> {
    let scope = Scope::of(&producer, query.one("product")).await?;
    let sheet = on_file(&scope.policy(&producer).await?);
    Ok(page(&producer, &scope, &sender::with(sheet, &producer).await?))
}

/// Takes days and tries.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let scope = Scope::of(&producer, fields.one("product")).await?;
    let mut sheet = sender::with(Sheet::typed(fields), &producer).await?;
    let texts = texts(&producer);
    let Some(wanted) = read(&mut sheet, texts) else { return refused(page(&producer, &scope, &sheet)) };
    let edit = |policy: &mut Policy| wanted.write(policy);
    match scope.save(&producer, Theme::Mails, edit).await? {
        Ok(saved) => Ok(saved),
        Err(faults) => {
            faults.iter().for_each(|fault| say(&mut sheet, texts, fault));
            refused(page(&producer, &scope, &sheet))
        }
    }
}

/// The part of the policy that the page shows.
struct Wanted {
    dunning: DunningPolicy,
    notice: NoticePolicy,
}

impl Wanted {
    fn write(&self, policy: &mut Policy) {
        policy.dunning = self.dunning.clone();
        policy.notice = self.notice.clone();
    }
}

/// The theme once more, for all products, with what is wrong in the sender's form.
pub(super) async fn again(producer: &Producer, sender: impl FnOnce(Sheet) -> Sheet) -> Result<Response, PageError> {
    let scope = Scope::of(producer, "").await?;
    let sheet = sender(on_file(&scope.policy(producer).await?));
    refused(page(producer, &scope, &sheet))
}

fn on_file(policy: &Policy) -> Sheet {
    let days: Vec<String> = policy.dunning.retry_days.iter().map(i64::to_string).collect();
    let then = match policy.dunning.then {
        AfterDunning::End => "end",
        AfterDunning::Keep => "keep",
    };
    Sheet::default()
        .with("renewal_days", policy.notice.renewal_days)
        .with("access_days", policy.notice.access_days)
        .with("retry_days", days.join(", "))
        .with("then", then)
}

fn read(sheet: &mut Sheet, texts: Texts) -> Option<Wanted> {
    let renewal_days = sheet.number("renewal_days", &texts.text("settings-wrong-notice-days"));
    let access_days = sheet.number("access_days", &texts.text("settings-wrong-notice-days"));
    let retry_days = retry_days(sheet, texts);
    let then = match sheet.value("then") {
        "end" => Some(AfterDunning::End),
        "keep" => Some(AfterDunning::Keep),
        _ => {
            sheet.refuse("then", texts.text("settings-wrong-choice"));
            None
        }
    };
    let dunning = DunningPolicy { retry_days: retry_days?, then: then? };
    Some(Wanted { dunning, notice: NoticePolicy { renewal_days: renewal_days?, access_days: access_days? } })
}

/// Days with commas or blanks between them; none at all is a list as well.
fn retry_days(sheet: &mut Sheet, texts: Texts) -> Option<Vec<i64>> {
    let parts = sheet.value("retry_days").split([',', ';', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let days: Option<Vec<i64>> = parts.map(|part| part.parse().ok()).collect();
    if days.is_none() {
        sheet.refuse("retry_days", texts.text("settings-wrong-retry-days"));
    }
    days
}

/// Says beside its field what the rules refuse.
fn say(sheet: &mut Sheet, texts: Texts, fault: &Fault) {
    match fault.field.as_str() {
        "notice.renewal_days" => sheet.refuse("renewal_days", texts.text("settings-wrong-notice-days")),
        "notice.access_days" => sheet.refuse("access_days", texts.text("settings-wrong-notice-days")),
        _ => sheet.refuse("retry_days", texts.text("settings-wrong-retry-days")),
    }
}

fn page(producer: &Producer, scope: &Scope, sheet: &Sheet) -> Page {
    let texts = texts(producer);
    let words = |label, effect| Words::of(texts, label, effect);
    let number = |name, label, effect| control::number(sheet, name, words(label, effect));
    let then = [
        ("end", words("settings-then-end", "settings-then-end-effect")),
        ("keep", words("settings-then-keep", "settings-then-keep-effect")),
    ];
    let body = view! {
        {scope.view(texts, Theme::Mails)}
        <form class="card settings" method="post" action=Theme::Mails.place().path()>
            {scope.field()}
            <fieldset>
                <legend>{texts.text("settings-mails-ahead")}</legend>
                {number("renewal_days", "settings-renewal-days", "settings-renewal-days-effect")}
                {number("access_days", "settings-access-days", "settings-access-days-effect")}
            </fieldset>
            <fieldset>
                <legend>{texts.text("settings-dunning")}</legend>
                {control::line(sheet, "retry_days", "text", words("settings-retry-days", "settings-retry-days-effect"))}
            </fieldset>
            {control::ways(sheet, "then", texts.text("settings-then"), then)}
            {ui::submit(texts.text("settings-save"))}
        </form>
        {sender::view(texts, sheet)}
    };
    Theme::Mails.page(producer, sheet, body)
}
