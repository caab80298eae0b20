//! Which items.

use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{ItemView, OrderView};

/// Every item that is left is ticked: most people want all of it, and the next page asks before anything is done. A
/// form that comes back because nothing was ticked stays as it was.
pub(crate) fn page(texts: Texts, order: &OrderView, error: Option<&str>) -> Page {
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("choice", error)).into_iter().collect();
    let described_by = error.is_some().then_some("choice-error");
    let lines = order.items.iter().map(|item| line(texts, item, error.is_none())).collect_view();
    let title = texts.text("choose-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{texts.text("choose-lead")}</p>
        <form class="card" method="get" action=Place::RefundPreview { handle: &order.handle }.path()>
            <fieldset id="choice" tabindex="-1" aria-describedby=described_by>
                <legend>{texts.text("choose-items")}</legend>
                {error.map(|error| view! { <p class="error" id="choice-error">{error}</p> })}
                {lines}
            </fieldset>
            {ui::submit(texts.text("choose-next"))}
        </form>
        {to_producer(texts, order)}
        <p><a href=Place::Order { handle: &order.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_seller(&order.producer)
}

/// Names of the items that the producer may be asked for, their window having closed.
pub(super) fn closed(order: &OrderView) -> String {
    let closed = order.items.iter().filter(|item| item.askable);
    closed.map(|item| item.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// The way to the producer for what can be asked back no more.
fn to_producer(texts: Texts, order: &OrderView) -> Option<impl IntoView + use<>> {
    let items = closed(order);
    let address = Place::RefundAsk { handle: &order.handle }.path();
    (!items.is_empty()).then(|| {
        let words = texts.with("ask-closed", &[("items", (&items).into())]);
        let label = texts.text("refund-ask-late");
        view! { <section class="card"><p>{words}</p><p>{ui::link_button(&address, label)}</p></section> }
    })
}

fn line(texts: Texts, item: &ItemView, is_ticked: bool) -> impl IntoView + use<> {
    let is_gone = !item.refundable;
    let name = match (item.refund, item.refundable) {
        (Some(_), _) => texts.with("choose-gone", &[("name", (&item.name).into())]),
        (None, false) => texts.with("choose-closed", &[("name", (&item.name).into())]),
        (None, true) => item.name.clone(),
    };
    let is_checked = !is_gone && is_ticked;
    view! {
        <label class="choice">
            <input type="checkbox" name="item" value=item.id.to_string() checked=is_checked disabled=is_gone/>
            <span>{name}</span>
            <span class="money">{phrase::money(texts, item.amount)}</span>
        </label>
    }
}
