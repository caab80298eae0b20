//! The account at a glance, and the form for name, phone and tax id.

use crate::browser::known_name;
use crate::format::{Calendar, HOME_ZONE};
use crate::frame::language_name;
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Facts, Field, Tone};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::place::shared;
use types::view::{AccountView, SessionView};
use types::{Instant, Language};

/// The page.
pub(crate) fn account(texts: Texts, account: &AccountView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let title = texts.text("account-title");
    let body = view! {
        <h1>{title.clone()}</h1>
        {particulars(texts, account)}
        {address(texts, account, &calendar)}
        {language(texts)}
        {sessions(texts, account, &calendar)}
        {papers(texts, account)}
        {data(texts, account, &calendar)}
        <p><a href=Place::Home.path()>{texts.text("back-to-home")}</a></p>
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

fn particulars(texts: Texts, account: &AccountView) -> impl IntoView + use<> {
    let none = || texts.text("account-none");
    let others = account.document_tax_ids.iter().filter(|id| account.tax_id.as_ref() != Some(id));
    let documents: Vec<String> = others.map(types::TaxId::masked).collect();
    let facts = Facts::new()
        .with(texts.text("account-name"), account.name.clone())
        .with(texts.text("account-phone"), account.phone.clone().unwrap_or_else(none))
        .with(texts.text("account-tax-id"), account.tax_id.as_ref().map_or_else(none, types::TaxId::masked))
        .with_some(texts.text("account-tax-id-documents"), (!documents.is_empty()).then(|| documents.join(", ")));
    let body =
        view! { {ui::facts(facts)}<p>{ui::link_button(&Place::Profile.path(), texts.text("account-change"))}</p> };
    ui::card("profile", texts.text("account-profile"), body)
}

fn address(texts: Texts, account: &AccountView, calendar: &Calendar) -> impl IntoView + use<> {
    let waiting = account.new_email.as_ref().map(|(email, until)| {
        let until = calendar.soon(*until);
        let words = texts.with("email-waiting", &[("email", email.as_str().into()), ("until", (&until).into())]);
        view! { <p>{words}</p> }
    });
    let label = texts.text(if account.new_email.is_some() { "email-see" } else { "account-email-change" });
    let body =
        view! { <p>{account.email.to_string()}</p>{waiting}<p>{ui::link_button(&Place::Email.path(), label)}</p> };
    ui::card("email", texts.text("account-email"), body)
}

fn language(texts: Texts) -> impl IntoView + use<> {
    let buttons = Language::ALL.map(|language| {
        let is_current = (language == texts.language()).then_some("true");
        view! {
            <button class="button" name="language" value=language.tag() lang=language.tag() aria-current=is_current>
                {language_name(language)}
            </button>
        }
    });
    let body = view! {
        <p>{texts.text("account-language-help")}</p>
        <form method="post" action=shared::Place::Language.path() class="row">
            <input type="hidden" name="back" value=Place::Account.path()/>
            {buttons.collect_view()}
        </form>
    };
    ui::card("language", texts.text("frame-language"), body)
}

fn sessions(texts: Texts, account: &AccountView, calendar: &Calendar) -> impl IntoView + use<> {
    let lines = account.sessions.iter().map(|session| session_line(texts, session, calendar)).collect_view();
    let body = view! {
        <p>{texts.text("sessions-help")}</p>
        <ul class="lines sessions">{lines}</ul>
        <form method="post" action=Place::SessionsEnd.path()>
            <button class="button">{texts.text("sessions-end-all")}</button>
        </form>
    };
    ui::card("sessions", texts.text("sessions-title"), body)
}

fn session_line(texts: Texts, session: &SessionView, calendar: &Calendar) -> impl IntoView + use<> {
    let browser = known_name(&session.browser).unwrap_or_else(|| texts.text("sessions-unknown"));
    let (since, seen) = (calendar.moment(session.since), calendar.moment(session.seen));
    let words = texts.with(
        "sessions-line",
        &[("address", (&session.address).into()), ("since", (&since).into()), ("seen", (&seen).into())],
    );
    let end = if session.is_this {
        ui::chip(Tone::Good, texts.text("sessions-this")).into_any()
    } else {
        let label =
            texts.with("sessions-end-of", &[("browser", (&browser).into()), ("address", (&session.address).into())]);
        view! {
            <form method="post" action=Place::SessionEnd { session: session.id }.path()>
                <button class="button small" aria-label=label>{texts.text("sessions-end")}</button>
            </form>
        }
        .into_any()
    };
    view! { <li><span><strong>{browser}</strong><small>{words}</small></span>{end}</li> }
}

fn papers(texts: Texts, account: &AccountView) -> impl IntoView + use<> {
    (!account.years.is_empty()).then(|| {
        let links = account.years.iter().map(|year| {
            let label = texts.with("papers-year", &[("year", (&year.to_string()).into())]);
            view! { <li><a href=Place::YearReceipts { year: *year }.path()>{label}</a></li> }
        });
        let body = view! { <p>{texts.text("papers-help")}</p><ul class="lines">{links.collect_view()}</ul> };
        ui::card("papers", texts.text("papers-title"), body)
    })
}

fn data(texts: Texts, account: &AccountView, calendar: &Calendar) -> impl IntoView + use<> {
    let waiting = account.erasure.as_ref().map(|erasure| {
        let due = calendar.deadline(erasure.due_at);
        ui::notice(Tone::Warn, view! { <p>{texts.with("erasure-waiting", &[("due", (&due).into())])}</p> })
    });
    let body = view! {
        {waiting}
        <p>{texts.text("data-help")}</p>
        <ul class="lines">
            <li><a href=Place::Data.path()>{texts.text("data-download")}</a></li>
            <li><a href=Place::Erasure.path()>{texts.text("data-erase")}</a></li>
        </ul>
    };
    ui::card("data", texts.text("data-title"), body)
}

/// What was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypedProfile {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// CPF or CNPJ.
    pub tax_id: String,
    /// Field and text.
    pub errors: Vec<(&'static str, &'static str)>,
}

impl TypedProfile {
    /// What is on file. The tax id is not repeated into a field.
    pub(crate) fn of(account: &AccountView) -> Self {
        Self { name: account.name.clone(), phone: account.phone.clone().unwrap_or_default(), ..Self::default() }
    }
}

/// The form.
pub(crate) fn profile(texts: Texts, account: &AccountView, typed: &TypedProfile) -> Page {
    let title = texts.text("profile-title");
    let error = |id: &str| typed.errors.iter().find(|(field, _)| *field == id).map(|(_, key)| texts.text(key));
    let errors = typed.errors.iter().map(|(id, key)| (*id, texts.text(key))).collect();
    let on_file = account.tax_id.as_ref().map(types::TaxId::masked);
    let tax_help = on_file.as_ref().map_or_else(
        || texts.text("profile-tax-id-help"),
        |masked| texts.with("profile-tax-id-kept", &[("masked", masked.into())]),
    );
    let field = |id: &'static str, kind, autocomplete, label: &str, help: String, value: &str| Field {
        id,
        name: id,
        kind,
        autocomplete,
        label: texts.text(label),
        help,
        value: value.to_owned(),
        error: error(id),
        required: false,
    };
    let forget = on_file.is_some().then(|| {
        view! {
            <label class="choice">
                <input type="checkbox" name="forget_tax_id" value="yes"/>
                <span>{texts.text("profile-tax-id-forget")}</span>
            </label>
        }
    });
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <form class="card" method="post" action=Place::Profile.path()>
            {ui::field(field("name", "text", "name", "account-name", String::new(), &typed.name))}
            {ui::field(field("phone", "tel", "tel", "account-phone", texts.text("profile-phone-help"), &typed.phone))}
            {ui::field(field("tax_id", "text", "off", "account-tax-id", tax_help, &typed.tax_id))}
            {forget}
            {ui::submit(texts.text("profile-save"))}
        </form>
        <p><a href=Place::Account.path()>{texts.text("back-to-account")}</a></p>
    };
    Page::new(title, body)
}
