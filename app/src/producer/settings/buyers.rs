//! What buyers may do by themselves: another card, another way to pay, another plan. Money back within the days of the
//! law and a way to cancel are theirs in any case.

use super::control::{self, Words};
use super::scope::{Scope, texts};
use super::sheet::Sheet;
use super::theme::{Theme, refused};
use super::{Owner, preview};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError};
use crate::text::Texts;
use crate::ui;
use axum::response::Response;
use leptos::prelude::*;
use portal::Producer;
use portal::policy::{Effect, PaymentPolicy, PlanPolicy, Policy};
use types::place::producer::Place;

/// The theme for all products, or for one.
pub(super) async fn show(Owner(producer): Owner, QueryFields(query): QueryFields) -> Result<Page, PageError> {
    let scope = Scope::of(&producer, query.one("product")).await?;
    let sheet = on_file(&scope.policy(&producer).await?);
    Ok(page(&producer, &scope, &sheet))
}

/// Takes the switches.
pub(super) async fn take(Owner(producer): Owner, fields: Fields) -> Result<Response, PageError> {
    let scope = Scope::of(&producer, fields.one("product")).await?;
    let mut sheet = Sheet::typed(fields);
    let Some(wanted) = read(&mut sheet, texts(&producer)) else { return refused(page(&producer, &scope, &sheet)) };
    let edit = |policy: &mut Policy| wanted.write(policy);
    scope.save(&producer, Theme::Buyers, edit).await?.or_else(|_| refused(page(&producer, &scope, &sheet)))
}

/// What would count with the form saved; the form with its mistakes when it cannot be.
pub(super) async fn unsaved(producer: &Producer, fields: Fields) -> Result<Result<Policy, Response>, PageError> {
    let scope = Scope::of(producer, fields.one("product")).await?;
    let mut sheet = Sheet::typed(fields);
    let Some(wanted) = read(&mut sheet, texts(producer)) else {
        return refused(page(producer, &scope, &sheet)).map(Err);
    };
    let mut policy = scope.policy(producer).await?;
    wanted.write(&mut policy);
    Ok(Ok(policy))
}

/// The part of the policy that the page shows.
pub(super) struct Wanted {
    payment: PaymentPolicy,
    plan: PlanPolicy,
}

impl Wanted {
    pub(super) fn write(&self, policy: &mut Policy) {
        policy.payment = self.payment.clone();
        policy.plan = self.plan.clone();
    }
}

fn on_file(policy: &Policy) -> Sheet {
    Sheet::default()
        .with_switch("card_swap", policy.payment.card_swap)
        .with_switch("method_change", policy.payment.method_change)
        .with_switch("plan_change", policy.plan.change)
        .with("upgrade", effect_word(policy.plan.upgrade))
        .with("downgrade", effect_word(policy.plan.downgrade))
}

/// What was typed; none when something of it is wrong.
pub(super) fn read(sheet: &mut Sheet, texts: Texts) -> Option<Wanted> {
    let upgrade = effect(sheet, texts, "upgrade");
    let downgrade = effect(sheet, texts, "downgrade");
    let payment = PaymentPolicy { card_swap: sheet.is_on("card_swap"), method_change: sheet.is_on("method_change") };
    let plan = PlanPolicy { change: sheet.is_on("plan_change"), upgrade: upgrade?, downgrade: downgrade? };
    Some(Wanted { payment, plan })
}

pub(super) const fn effect_word(effect: Effect) -> &'static str {
    match effect {
        Effect::Now => "now",
        Effect::PeriodEnd => "period_end",
    }
}

/// When something takes effect, as it was chosen.
pub(super) fn effect(sheet: &mut Sheet, texts: Texts, name: &str) -> Option<Effect> {
    match sheet.value(name) {
        "now" => Some(Effect::Now),
        "period_end" => Some(Effect::PeriodEnd),
        _ => {
            sheet.refuse(name, texts.text("settings-wrong-choice"));
            None
        }
    }
}

fn page(producer: &Producer, scope: &Scope, sheet: &Sheet) -> Page {
    let texts = texts(producer);
    let words = |label, effect| Words::of(texts, label, effect);
    let product = scope.code().map(ToString::to_string).unwrap_or_default();
    let switch = |name, label, effect| control::live_switch(texts, sheet, &product, name, words(label, effect));
    let effects = |name, legend: &str, now, later| {
        let ways =
            [("now", words("settings-effect-now", now)), ("period_end", words("settings-effect-renewal", later))];
        control::ways(sheet, name, texts.text(legend), ways)
    };
    let body = view! {
        {scope.view(texts, Theme::Buyers)}
        <form class="card settings" method="post" action=Theme::Buyers.place().path()>
            {scope.field()}
            <fieldset>
                <legend>{texts.text("settings-buyers-payment")}</legend>
                {switch("card_swap", "settings-card-swap", "settings-card-swap-effect")}
                {switch("method_change", "settings-method-change", "settings-method-change-effect")}
            </fieldset>
            <fieldset>
                <legend>{texts.text("settings-buyers-plan")}</legend>
                {switch("plan_change", "settings-plan-change", "settings-plan-change-effect")}
            </fieldset>
            {effects("upgrade", "settings-upgrade", "settings-upgrade-now", "settings-upgrade-later")}
            {effects("downgrade", "settings-downgrade", "settings-downgrade-now", "settings-downgrade-later")}
            <fieldset>
                <legend>{texts.text("settings-buyers-law")}</legend>
                {control::locked(texts, words("settings-law-refund", "settings-law-refund-effect"))}
                {control::locked(texts, words("settings-law-cancel", "settings-law-cancel-effect"))}
            </fieldset>
            <div class="row">
                {ui::submit(texts.text("settings-save"))}
                {preview::button(texts, Place::SettingsBuyersPreview.path())}
            </div>
        </form>
    };
    Theme::Buyers.page(producer, sheet, body)
}
