//! The pages of a change of address.

use crate::format::{Calendar, HOME_ZONE};
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Field, Tone};
use leptos::prelude::*;
use types::Instant;
use types::place::buyer::Place;
use types::view::{AccountView, EmailChangeView};

/// Asks for the new address; while one waits, says where its link is.
pub(crate) fn ask(texts: Texts, account: &AccountView, typed: &str, error: Option<&str>, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("email", error)).into_iter().collect();
    let title = texts.text("email-title");
    let waiting = account.new_email.as_ref().map(|(email, until)| {
        let until = calendar.soon(*until);
        let words = texts.with("email-waiting", &[("email", email.as_str().into()), ("until", (&until).into())]);
        let body = view! {
            <p>{words}</p>
            <form method="post" action=Place::EmailWithdraw.path()>
                <button class="button">{texts.text("email-withdraw")}</button>
            </form>
        };
        ui::notice(Tone::Good, body)
    });
    let field = Field {
        id: "email",
        name: "email",
        kind: "email",
        autocomplete: "email",
        label: texts.text("email-new"),
        help: texts.text("email-help"),
        value: typed.to_owned(),
        error,
        required: true,
    };
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        {waiting}
        <p>{texts.with("email-lead", &[("email", account.email.as_str().into())])}</p>
        <form class="card" method="post" action=Place::Email.path() novalidate>
            {ui::field(field)}
            {ui::submit(texts.text("email-send"))}
        </form>
        <p><a href=Place::Account.path()>{texts.text("back-to-account")}</a></p>
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

/// What the link is for; the press does it.
pub(crate) fn confirm(texts: Texts, token: &str, seen: &EmailChangeView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let title = texts.text("email-confirm-title");
    let until = calendar.soon(seen.expires_at);
    let lead = texts.with("email-confirm-lead", &[("from", (&seen.from).into()), ("to", (&seen.to).into())]);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{lead}</p>
        <p>{texts.text("email-confirm-effect")}</p>
        <p>{texts.with("link-until", &[("hour", (&until).into())])}</p>
        <form method="post" action=Place::EmailLink { token }.path()>{ui::submit(texts.text("email-confirm"))}</form>
        <p class="help">{texts.text("email-confirm-not-you")}</p>
    };
    Page::new(title, body).in_zone(HOME_ZONE).with_secret_address()
}

/// Done.
pub(crate) fn changed(texts: Texts) -> Page {
    result_page(texts, "email-changed-title", "email-changed")
}

/// The link has ended.
pub(crate) fn ended(texts: Texts) -> Page {
    result_page(texts, "email-ended-title", "email-ended").with_secret_address()
}

/// Not a link of ours.
pub(crate) fn invalid(texts: Texts) -> Page {
    result_page(texts, "link-invalid-title", "email-invalid").with_secret_address()
}

fn result_page(texts: Texts, title: &str, text: &str) -> Page {
    let title = texts.text(title);
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.text(text)}</p>
        <p>{ui::primary_link(&Place::SignIn.path(), texts.text("link-to-sign-in"))}</p>
    };
    Page::new(title, body)
}
