//! The page of the identity. It is led by the chosen colour itself, so that its own buttons show what it does.

use crate::frame::language_name;
use crate::page::Page;
use crate::producer::settings::control::{self, Words};
use crate::producer::settings::preview;
use crate::producer::settings::scope::texts;
use crate::producer::settings::sheet::Sheet;
use crate::producer::settings::theme::Theme;
use crate::text::Texts;
use crate::{ui, zone};
use leptos::prelude::*;
use portal::Producer;
use types::place::producer::Place;
use types::place::shared;
use types::{Accent, Instant, Language, Look};

pub(super) fn page(producer: &Producer, sheet: &Sheet, look: &Look) -> Page {
    let texts = texts(producer);
    let body = view! {
        <form class="card settings" method="post" action=Theme::Identity.place().path()>
            {names(texts, sheet, producer.portal().now())}
            {legal(texts, sheet)}
            {contacts(texts, sheet)}
            <h2>{texts.text("settings-look")}</h2>
            {control::line(sheet, "accent", "text", Words::of(texts, "settings-accent", "settings-accent-effect"))}
            {look.accent.map(|accent| shades(texts, accent))}
            <div class="row">
                {ui::submit(texts.text("settings-save"))}
                {preview::button(texts, Place::SettingsIdentityPreview.path())}
            </div>
        </form>
        {logo(texts, sheet, look)}
    };
    Theme::Identity.page(producer, sheet, body).looking_like(look)
}

fn names(texts: Texts, sheet: &Sheet, now: Instant) -> impl IntoView + use<> {
    let words = |label, effect| Words::of(texts, label, effect);
    let languages = Language::ALL.map(|language| (language.tag().to_owned(), language_name(language).to_owned()));
    let zones = zone::choices(texts, sheet.value("time_zone"), now);
    let language = words("settings-language", "settings-language-effect");
    view! {
        {control::line(sheet, "name", "text", words("settings-name", "settings-name-effect"))}
        {control::select(sheet, "language", language, languages.into())}
        {control::select(sheet, "time_zone", words("settings-zone", "settings-zone-effect"), zones)}
    }
}

fn legal(texts: Texts, sheet: &Sheet) -> impl IntoView + use<> {
    let line = |name, label| control::line(sheet, name, "text", Words::label(texts.text(label)));
    let page = |name, label| control::line(sheet, name, "url", Words::of(texts, label, "settings-page-help"));
    view! {
        <h2>{texts.text("settings-legal")}</h2>
        <p class="help">{texts.text("settings-legal-effect")}</p>
        {line("legal_name", "settings-legal-name")}
        {line("tax_id", "settings-tax-id")}
        {line("address", "settings-address")}
        {page("privacy_url", "settings-privacy-url")}
        {page("terms_url", "settings-terms-url")}
    }
}

fn contacts(texts: Texts, sheet: &Sheet) -> impl IntoView + use<> {
    let words = |label, effect| Words::of(texts, label, effect);
    let line = |name, kind, label, effect| control::line(sheet, name, kind, words(label, effect));
    view! {
        <h2>{texts.text("settings-contacts")}</h2>
        {line("email", "text", "settings-email", "settings-email-effect")}
        {line("whatsapp", "tel", "settings-whatsapp", "settings-whatsapp-effect")}
        {line("phone", "tel", "settings-phone", "settings-phone-effect")}
        {line("url", "url", "settings-help-url", "settings-page-help")}
        {line("hours", "text", "settings-hours", "settings-hours-effect")}
    }
}

/// What becomes of the colour in each scheme, where it could not be read as it is.
fn shades(texts: Texts, accent: Accent) -> impl IntoView + use<> {
    let (light, dark) = (accent.on_light(), accent.on_dark());
    let key = match (light == accent, dark == accent) {
        (true, true) => "settings-accent-as-chosen",
        (true, false) => "settings-accent-lighter",
        (false, true) => "settings-accent-darker",
        (false, false) => "settings-accent-both",
    };
    let (light, dark) = (light.hex(), dark.hex());
    view! { <p class="help">{texts.with(key, &[("light", (&light).into()), ("dark", (&dark).into())])}</p> }
}

/// The picture and its forms.
fn logo(texts: Texts, sheet: &Sheet, look: &Look) -> impl IntoView + use<> {
    let error = sheet.error("file");
    let described_by = if error.is_some() { "file-help file-error" } else { "file-help" };
    let invalid = error.as_ref().map(|_| "true");
    let shown = look.logo.as_ref().map(|logo| {
        let address = shared::Place::Logo { logo: logo.as_str() }.path();
        view! {
            <p><img class="logo" src=address alt=texts.text("settings-logo-now") height="40"/></p>
            <form method="post" action=Place::SettingsLogoRemove.path()>
                <button class="button small">{texts.text("settings-logo-remove")}</button>
            </form>
        }
    });
    view! {
        <section class="card settings">
            <h2>{texts.text("settings-logo")}</h2>
            {shown}
            <form method="post" action=Place::SettingsLogo.path() enctype="multipart/form-data">
                <div class="field">
                    <label for="file">{texts.text("settings-logo-file")}</label>
                    {error.map(|error| view! { <p class="error" id="file-error">{error}</p> })}
                    <input class="file" id="file" name="file" type="file" accept="image/png,image/jpeg,image/webp"
                        aria-describedby=described_by aria-invalid=invalid/>
                    <p class="help" id="file-help">{texts.text("settings-logo-effect")}</p>
                </div>
                {ui::quiet_submit(texts.text("settings-logo-save"))}
            </form>
        </section>
    }
}
