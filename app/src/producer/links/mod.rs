//! Links that the producer made: one by one, and for many orders at once.

mod bulk;
mod chosen;
mod file;
mod form;
mod list;
mod row;

use crate::route::{Route, get, post};
use crate::text::Texts;
use leptos::prelude::*;
use types::LinkPlace;
use types::place::producer::Page;

/// What answers at the addresses of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get(Page::Links, list::show),
        post(Page::Links, form::make),
        get(Page::LinksBulk, bulk::show),
        post(Page::LinksBulk, form::start),
        get(Page::LinksFile, file::download),
        post(Page::LinkSend, form::send),
        post(Page::LinkRevoke, form::revoke),
        post(Page::CampaignStop, form::stop),
    ]
}

/// Where a link leads, in words.
fn target_word(texts: Texts, target: LinkPlace) -> String {
    texts.text(match target {
        LinkPlace::Order => "links-target-order",
        LinkPlace::Refund => "links-target-refund",
        LinkPlace::Cancel => "links-target-cancel",
        LinkPlace::Card => "links-target-card",
        LinkPlace::Plan => "links-target-plan",
    })
}

/// A choice among some: what each means and its words.
fn choice(id: &'static str, label: String, choices: Vec<(String, String)>, chosen: &str) -> impl IntoView + use<> {
    let option = |(value, words): (String, String)| {
        let selected = value == chosen;
        view! { <option value=value selected=selected>{words}</option> }
    };
    let options = choices.into_iter().map(option).collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select class="input" id=id name=id>{options}</select>
        </div>
    }
}

/// The choice of where links lead.
fn target_choice(texts: Texts, chosen: LinkPlace) -> impl IntoView + use<> {
    let choices = LinkPlace::ALL.iter().map(|target| (target.to_string(), target_word(texts, *target)));
    choice("target", texts.text("links-target"), choices.collect(), chosen.as_str())
}
