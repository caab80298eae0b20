//! The controls of the settings: each with its label, one line of what it does, and what is wrong beside it. The name
//! of a field is its id.

use super::sheet::Sheet;
use crate::text::Texts;
use crate::ui::{self, Tone};
use controls::LiveSwitch;
use leptos::prelude::*;

/// What a control is called, and what it does; the second may be empty.
#[derive(Clone, Debug)]
pub(super) struct Words {
    label: String,
    effect: String,
}

impl Words {
    /// The texts of these names.
    pub(super) fn of(texts: Texts, label: &str, effect: &str) -> Self {
        Self { label: texts.text(label), effect: texts.text(effect) }
    }

    /// A label that says all.
    pub(super) fn label(label: String) -> Self {
        Self { label, effect: String::new() }
    }

    /// A label, and what it does.
    pub(super) fn new(label: String, effect: String) -> Self {
        Self { label, effect }
    }
}

/// Something that is on or off.
pub(super) fn switch(sheet: &Sheet, name: &str, words: Words) -> impl IntoView + use<> {
    let (id, is_on) = (name.to_owned(), sheet.is_on(name));
    view! {
        <label class="choice switch">
            <input type="checkbox" id=id.clone() name=id value="on" checked=is_on/>
            <span><strong>{words.label}</strong><small>{words.effect}</small></span>
        </label>
    }
}

/// The same, saved as soon as it is changed, for this product or with an empty code for all.
pub(super) fn live_switch(
    texts: Texts,
    sheet: &Sheet,
    product: &str,
    name: &str,
    words: Words,
) -> impl IntoView + use<> {
    let failed = texts.text("settings-switch-failed");
    view! {
        {switch(sheet, name, words)}
        <LiveSwitch name=name.to_owned() product=product.to_owned() failed=failed/>
    }
}

/// Something that the law gives to buyers: on, and not to be changed.
pub(super) fn locked(texts: Texts, words: Words) -> impl IntoView + use<> {
    view! {
        <div class="choice locked">
            <span><strong>{words.label}</strong><small>{words.effect}</small></span>
            {ui::chip(Tone::Calm, texts.text("settings-locked"))}
        </div>
    }
}

/// One of a few ways, each with what it does.
pub(super) fn ways<const N: usize>(
    sheet: &Sheet,
    name: &str,
    legend: String,
    ways: [(&'static str, Words); N],
) -> impl IntoView + use<N> {
    let lines = ways.map(|(value, words)| {
        let id = format!("{name}_{value}");
        let is_chosen = sheet.value(name) == value;
        view! {
            <label class="choice">
                <input type="radio" id=id name=name.to_owned() value=value checked=is_chosen/>
                <span><strong>{words.label}</strong><small>{words.effect}</small></span>
            </label>
        }
    });
    let error = sheet.error(name).map(|error| view! { <p class="error">{error}</p> });
    view! { <fieldset id=name.to_owned()><legend>{legend}</legend>{error}{lines.collect_view()}</fieldset> }
}

/// A line to fill in.
pub(super) fn line(sheet: &Sheet, name: &str, kind: &'static str, words: Words) -> impl IntoView + use<> {
    let parts = Parts::of(sheet, name, &words);
    let value = sheet.value(name).to_owned();
    let id = name.to_owned();
    let input = view! {
        <input class="input" id=id.clone() name=id type=kind value=value autocomplete="off"
            aria-describedby=parts.described_by.clone() aria-invalid=parts.invalid/>
    };
    parts.around(name, words, input)
}

/// A whole number to fill in, a few letters wide.
pub(super) fn number(sheet: &Sheet, name: &str, words: Words) -> impl IntoView + use<> {
    let parts = Parts::of(sheet, name, &words);
    let value = sheet.value(name).to_owned();
    let id = name.to_owned();
    let input = view! {
        <input class="input few" id=id.clone() name=id type="text" inputmode="numeric" value=value autocomplete="off"
            aria-describedby=parts.described_by.clone() aria-invalid=parts.invalid/>
    };
    parts.around(name, words, input)
}

/// One of a list: values, and what they are called.
pub(super) fn select(sheet: &Sheet, name: &str, words: Words, options: Vec<(String, String)>) -> impl IntoView + use<> {
    let parts = Parts::of(sheet, name, &words);
    let chosen = sheet.value(name);
    // What is on file and no longer offered stays until another is chosen.
    let is_gone = !chosen.is_empty() && options.iter().all(|(value, _)| value != chosen);
    let gone = is_gone.then(|| (chosen.to_owned(), chosen.to_owned()));
    let options: Vec<_> = options
        .into_iter()
        .chain(gone)
        .map(|(value, label)| {
            let is_chosen = value == chosen;
            view! { <option value=value selected=is_chosen>{label}</option> }
        })
        .collect();
    let id = name.to_owned();
    let input = view! {
        <select class="input" id=id.clone() name=id aria-describedby=parts.described_by.clone()
            aria-invalid=parts.invalid>{options}</select>
    };
    parts.around(name, words, input)
}

/// What stands around an input.
struct Parts {
    error: Option<String>,
    described_by: Option<String>,
    invalid: Option<&'static str>,
}

impl Parts {
    fn of(sheet: &Sheet, name: &str, words: &Words) -> Self {
        let error = sheet.error(name);
        let help = (!words.effect.is_empty()).then(|| format!("{name}-help"));
        let ids: Vec<_> = help.into_iter().chain(error.as_ref().map(|_| format!("{name}-error"))).collect();
        let described_by = (!ids.is_empty()).then(|| ids.join(" "));
        Self { invalid: error.as_ref().map(|_| "true"), error, described_by }
    }

    fn around<V: IntoView>(self, name: &str, words: Words, input: V) -> impl IntoView + use<V> {
        let help =
            (!words.effect.is_empty()).then(|| view! { <p class="help" id=format!("{name}-help")>{words.effect}</p> });
        let error = self.error.map(|error| view! { <p class="error" id=format!("{name}-error")>{error}</p> });
        view! {
            <div class="field">
                <label for=name.to_owned()>{words.label}</label>
                {error}
                {input}
                {help}
            </div>
        }
    }
}
