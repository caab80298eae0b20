//! The page of cancelling: the effect, a row for each reason, a row for each offer.

use super::rows;
use crate::page::Page;
use crate::producer::settings::control::{self, Words};
use crate::producer::settings::preview;
use crate::producer::settings::scope::{Scope, texts};
use crate::producer::settings::sheet::Sheet;
use crate::producer::settings::theme::Theme;
use crate::text::Texts;
use crate::{phrase, ui};
use leptos::prelude::*;
use portal::Producer;
use portal::catalogue::offer::Offer;
use portal::policy::BUILT_IN_REASONS;
use types::place::producer::Place;
use types::plan::PlanPrice;

pub(super) fn page(producer: &Producer, scope: &Scope, sheet: &Sheet, offers: &[Offer]) -> Page {
    let texts = texts(producer);
    let words = |label, effect| Words::of(texts, label, effect);
    let effects = [
        ("period_end", words("settings-cancel-period-end", "settings-cancel-period-end-effect")),
        ("now", words("settings-cancel-now", "settings-cancel-now-effect")),
    ];
    let built_in = BUILT_IN_REASONS.map(|code| built_in(texts, code)).join(", ");
    let built_in = texts.with("settings-reasons-help", &[("reasons", (&built_in).into())]);
    let reasons = (0..rows::shown(sheet, "reason", &["code", "pt", "en"])).map(|row| reason(texts, sheet, row));
    let choices = Choices::of(texts, sheet, offers);
    let tries = (0..rows::shown(sheet, "offer", &["position"])).map(|row| offer(texts, sheet, row, &choices));
    let body = view! {
        {scope.view(texts, Theme::Cancel)}
        <form class="card settings" method="post" action=Theme::Cancel.place().path()>
            {scope.field()}
            {control::ways(sheet, "effect", texts.text("settings-cancel-effect"), effects)}
            {control::locked(texts, words("settings-law-cancel", "settings-law-cancel-effect"))}
            <h2>{texts.text("settings-reasons")}</h2>
            <p class="help">{built_in}</p>
            {reasons.collect_view()}
            <h2>{texts.text("settings-retention")}</h2>
            <p class="help">{texts.text("settings-retention-help")}</p>
            {tries.collect_view()}
            <p class="help">{texts.text("settings-more-rows")}</p>
            <div class="row">
                {ui::submit(texts.text("settings-save"))}
                {preview::button(texts, Place::SettingsCancelPreview.path())}
            </div>
        </form>
    };
    Theme::Cancel.page(producer, sheet, body)
}

/// A reason of the built-in list, as buyers read it.
fn built_in(texts: Texts, code: &str) -> String {
    texts.find(&format!("reason-{code}")).unwrap_or_else(|| code.to_owned())
}

fn numbered(texts: Texts, key: &str, row: usize) -> String {
    texts.with(key, &[("number", (row as i64 + 1).into())])
}

fn reason(texts: Texts, sheet: &Sheet, row: usize) -> impl IntoView + use<> {
    let code = Words::of(texts, "settings-reason-code", "settings-reason-code-help");
    let line = |end: &str, words| control::line(sheet, &format!("reason_{row}_{end}"), "text", words);
    let label = |key| Words::label(texts.text(key));
    view! {
        <fieldset class="several" id=format!("reason_{row}")>
            <legend>{numbered(texts, "settings-reason-number", row)}</legend>
            <div class="fields">
                {line("code", code)}
                {line("pt", label("settings-reason-pt"))}
                {line("en", label("settings-reason-en"))}
            </div>
        </fieldset>
    }
}

/// What the lists of an offer's row hold.
struct Choices {
    kinds: Vec<(String, String)>,
    reasons: Vec<(String, String)>,
    plans: Vec<(String, String)>,
}

impl Choices {
    fn of(texts: Texts, sheet: &Sheet, offers: &[Offer]) -> Self {
        let kinds = [
            ("none", "settings-offer-none"),
            ("discount", "settings-offer-discount"),
            ("pause", "settings-offer-pause"),
            ("plan", "settings-offer-plan"),
            ("message", "settings-offer-message"),
        ];
        let own: Vec<(String, String)> = (0..rows::MOST).filter_map(|row| own(texts, sheet, row)).collect();
        let built_in = || BUILT_IN_REASONS.map(|code| (code.to_owned(), built_in(texts, code))).into();
        let reasons = if own.is_empty() { built_in() } else { own };
        let any = [(String::new(), texts.text("settings-offer-any"))];
        let plans = offers.iter().filter_map(|offer| {
            let price = phrase::price(texts, PlanPrice { amount: offer.price, interval: offer.interval? });
            Some((offer.code.to_string(), format!("{} · {price}", offer.name)))
        });
        Self {
            kinds: kinds.map(|(value, key)| (value.to_owned(), texts.text(key))).into(),
            reasons: any.into_iter().chain(reasons).collect(),
            plans: [(String::new(), "-".to_owned())].into_iter().chain(plans).collect(),
        }
    }
}

/// A reason of the producer's own: its code, and its words in the reader's language if it has them.
fn own(texts: Texts, sheet: &Sheet, row: usize) -> Option<(String, String)> {
    let code = sheet.filled(&format!("reason_{row}_code"))?;
    let mut ends: Vec<_> = rows::LANGUAGES.to_vec();
    ends.sort_by_key(|(language, _)| *language != texts.language());
    let words = ends.iter().find_map(|(_, end)| sheet.filled(&format!("reason_{row}_{end}")));
    Some((code.to_owned(), words.unwrap_or(code).to_owned()))
}

fn offer(texts: Texts, sheet: &Sheet, row: usize, choices: &Choices) -> impl IntoView + use<> {
    let name = |end: &str| format!("offer_{row}_{end}");
    let label = |key| Words::label(texts.text(key));
    let select = |end, key, options: &Vec<_>| control::select(sheet, &name(end), label(key), options.clone());
    let number = |end, key| control::number(sheet, &name(end), label(key));
    let position = Words::of(texts, "settings-offer-position", "settings-offer-position-help");
    view! {
        <fieldset class="several" id=format!("offer_{row}")>
            <legend>{numbered(texts, "settings-offer-number", row)}</legend>
            <div class="fields">
                <div data-kind="">{select("kind", "settings-offer-kind", &choices.kinds)}</div>
                <div class="needs">{select("reason", "settings-offer-reason", &choices.reasons)}</div>
                <div class="needs of-kind percent">{number("percent", "settings-offer-percent")}</div>
                <div class="needs of-kind cycles">{number("cycles", "settings-offer-cycles")}</div>
                <div class="needs of-kind target">{select("target", "settings-offer-target", &choices.plans)}</div>
                <div class="needs">{control::number(sheet, &name("position"), position)}</div>
            </div>
        </fieldset>
    }
}
