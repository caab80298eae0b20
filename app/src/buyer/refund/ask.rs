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
use types::view::{OrderView, RefundOffer};
use types::{Instant, RequestId};

/// The form. It carries its own number: pressed twice, it is one request.
pub(crate) fn page(
    texts: Texts,
    order: &OrderView,
    request: RequestId,
    typed: &str,
    error: Option<&str>,
    now: Instant,
) -> Page {
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let error = error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("message", error)).into_iter().collect();
    let producer = [("producer", (&order.producer.name).into())];
    let message = Field {
        id: "message",
        name: "message",
        label: texts.with("ask-message", &producer),
        help: texts.with("ask-message-help", &producer),
        value: typed.to_owned(),
        error,
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
        <p>{over}" "{texts.with("ask-lead", &producer)}</p>
        <form class="card" method="post" action=Place::RefundAsk { handle: &order.handle }.path() novalidate>
            <input type="hidden" name="request" value=request.to_string()/>
            {ui::text_area(message)}
            {ui::submit(texts.with("ask-send", &producer))}
        </form>
        {phrase::contact(texts, &order.producer, order.code.as_str())}
        <p><a href=Place::Order { handle: &order.handle }.path()>{texts.text("back-to-order")}</a></p>
    };
    Page::new(title, body).of_producer(&order.producer.name).in_zone(&order.producer.time_zone)
}
