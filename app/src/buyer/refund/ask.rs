//! After the window: a word to the producer, who decides.

use super::choose;
use crate::format::Calendar;
use crate::order::refund_words;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Field};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{LateRefundView, OrderView, RefundOffer};
use types::{Instant, ItemId, Money, RequestId};

/// What was asked for and came back, and the key of what is wrong with it.
#[derive(Default)]
pub(crate) struct Asked<'a> {
    /// The items that were ticked; all of them at first.
    pub items: Option<&'a [ItemId]>,
    pub message: &'a str,
    pub error: Option<&'static str>,
}

/// The form. It carries its own number: pressed twice, it is one request.
pub(crate) fn page(
    texts: Texts,
    order: &OrderView,
    offer: &LateRefundView,
    request: RequestId,
    asked: &Asked<'_>,
    now: Instant,
) -> Page {
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let of_choice = asked.error.filter(|key| *key == "choose-none").map(|key| texts.text(key));
    let of_message = asked.error.filter(|key| *key != "choose-none").map(|key| texts.text(key));
    let errors = of_choice.clone().map(|error| ("choice", error)).into_iter();
    let errors = errors.chain(of_message.clone().map(|error| ("message", error))).collect();
    let deadline = calendar.deadline(offer.answer_by);
    let values = [("producer", (&order.producer.name).into()), ("deadline", (&deadline).into())];
    let message = Field {
        id: "message",
        name: "message",
        label: texts.with("ask-message", &values[..1]),
        help: texts.with("ask-message-help", &values[..1]),
        value: asked.message.to_owned(),
        error: of_message,
        required: true,
        ..Field::default()
    };
    let over = match order.refund_offer {
        RefundOffer::Open { .. } => texts.with("ask-closed", &[("items", (&choose::closed(order)).into())]),
        _ => refund_words(texts, &order.refund_offer, &calendar),
    };
    let title = texts.text("ask-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{over}" "{texts.with("ask-lead", &values[..1])}</p>
        <form class="card" method="post" action=Place::RefundAsk { handle: &order.handle }.path() novalidate>
            <input type="hidden" name="request" value=request.to_string()/>
            <p class="amount">
                <span>{texts.text("ask-amount")}</span><strong>{phrase::money(texts, offer.amount)}</strong>
            </p>
            {items(texts, offer, asked.items, of_choice)}
            <p>{texts.with("ask-answer-by", &values)}</p>
            {ui::text_area(message)}
            {ui::submit(texts.with("ask-send", &values[..1]))}
        </form>
        <section>
            <p>{texts.with("ask-or-write", &values[..1])}</p>
            {phrase::contact(texts, &order.producer, order.code.as_str())}
        </section>
        <p><a href=Place::Order { handle: &order.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_seller(&order.producer)
}

/// What would go back: a choice where there is one.
fn items(texts: Texts, offer: &LateRefundView, ticked: Option<&[ItemId]>, error: Option<String>) -> AnyView {
    if let [(_, name, _)] = offer.items.as_slice() {
        return view! { <p>{name.clone()}</p> }.into_any();
    }
    let line = |(id, name, amount): &(ItemId, String, Money)| {
        let is_ticked = ticked.is_none_or(|ticked| ticked.contains(id));
        view! {
            <label class="choice">
                <input type="checkbox" name="item" value=id.to_string() checked=is_ticked/>
                <span>{name.clone()}</span>
                <span class="money">{phrase::money(texts, *amount)}</span>
            </label>
        }
    };
    let described_by = error.is_some().then_some("choice-error");
    view! {
        <input type="hidden" name="choice" value="yes"/>
        <fieldset id="choice" tabindex="-1" aria-describedby=described_by>
            <legend>{texts.text("choose-items")}</legend>
            {error.map(|error| view! { <p class="error" id="choice-error">{error}</p> })}
            {offer.items.iter().map(line).collect_view()}
        </fieldset>
    }
    .into_any()
}
