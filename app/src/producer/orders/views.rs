//! The views beside the list: those that everybody has, and those that this producer saved.

use super::address;
use crate::found;
use crate::text::Texts;
use crate::ui::{self, Field};
use leptos::prelude::*;
use portal::search::{Question, SavedView};
use types::place::producer::Place;

/// Why a view was not saved: the key of its words, and the name that was typed.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) key: &'static str,
    pub(super) typed: String,
}

/// The views that everybody has: the key of the name, and what is asked.
fn built_in() -> [(&'static str, Question); 5] {
    let risk = |word: &str| Question { risk: word.to_owned(), ..Question::default() };
    let disputed = Question { status: "disputed".to_owned(), ..Question::default() };
    [
        ("orders-view-all", Question::default()),
        ("orders-view-refund", risk("refund")),
        ("orders-view-overdue", risk("overdue")),
        ("orders-view-disputed", disputed),
        ("orders-view-card", risk("card")),
    ]
}

/// Links to all views; the one that is asked for is marked.
pub(super) fn links(texts: Texts, asked: &Question, saved: &[SavedView]) -> impl IntoView + use<> {
    let here = address(asked);
    let link = |name: String, address: String| {
        let is_here = (address == here).then_some("page");
        view! { <li><a href=address aria-current=is_here>{name}</a></li> }
    };
    let own = saved.iter().map(|view| link(view.name.clone(), address_of(view))).collect_view();
    let common = built_in().into_iter().map(|(key, asked)| link(texts.text(key), address(&asked))).collect_view();
    view! { <nav class="views" aria-label=texts.text("orders-views")><ul>{common}{own}</ul></nav> }
}

fn address_of(view: &SavedView) -> String {
    format!("{}?{}", Place::Orders, view.question)
}

/// What can be done with what is asked: saved under a name, or, where that was done, forgotten.
pub(super) fn keep(
    texts: Texts,
    asked: &Question,
    saved: &[SavedView],
    refused: Option<&Refused>,
) -> Option<impl IntoView + use<>> {
    let here = address(asked);
    if let Some(view) = saved.iter().find(|view| address_of(view) == here) {
        let action = Place::OrderViewRemove { view: view.id }.path();
        let label = texts.with("orders-view-remove", &[("name", (&view.name).into())]);
        return Some(view! { <form method="post" action=action>{ui::quiet_submit(label)}</form> }.into_any());
    }
    let is_built_in = built_in().iter().any(|(_, common)| common == asked);
    (!is_built_in).then(|| save(texts, asked, refused).into_any())
}

fn save(texts: Texts, asked: &Question, refused: Option<&Refused>) -> impl IntoView + use<> {
    let hidden = |(name, value): (&'static str, &str)| {
        view! { <input type="hidden" name=name value=value.to_owned()/> }
    };
    let hidden = asked.pairs().into_iter().map(hidden).collect_view();
    let name = Field {
        id: "view-name",
        name: "name",
        kind: "text",
        autocomplete: "off",
        label: texts.text("orders-view-name"),
        value: refused.map(|refused| refused.typed.clone()).unwrap_or_default(),
        error: refused.map(|refused| texts.text(refused.key)),
        required: true,
        ..Field::default()
    };
    view! {
        <details class="keep" open=refused.is_some()>
            <summary>{texts.text("orders-view-save-title")}</summary>
            <form method="post" action=Place::OrderViews.path()>
                {hidden}
                {ui::field(name)}
                {ui::quiet_submit(texts.text("orders-view-save"))}
            </form>
        </details>
    }
}

/// What was asked, in words: for a list in which nothing was found.
pub(super) fn words(texts: Texts, asked: &Question) -> Vec<(String, String)> {
    let word = |name: &str, value: &str| match name {
        "status" => value.parse().ok().map(|status| crate::status::order_word(texts, status)),
        "kind" => value.parse().ok().map(|kind| found::kind(texts, kind)),
        "risk" => value.parse().ok().map(|risk| super::view::risk(texts, risk)),
        _ => Some(value.to_owned()),
    };
    let label = |name: &str| {
        texts.text(match name {
            "q" => "orders-search",
            "status" => "orders-status",
            "product" => "orders-product",
            "kind" => "orders-kind",
            "from" => "orders-from",
            "to" => "orders-to",
            _ => "orders-risk",
        })
    };
    asked.pairs().into_iter().filter_map(|(name, value)| Some((label(name), word(name, value)?))).collect()
}
