//! Why something was not done, and what can be done instead.

use super::view::refusal_words;
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui;
use axum::http::StatusCode;
use leptos::prelude::*;
use types::Instant;
use types::place::buyer::Place;
use types::view::{ActionRefusal, SubscriptionPage};

/// The cancel page of a subscription that cannot be cancelled.
pub(crate) fn of_action(texts: Texts, seen: &SubscriptionPage, refusal: ActionRefusal, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &seen.order.producer.time_zone, now);
    document(texts, seen, texts.text("cancel-title"), &refusal_words(texts, refusal, &calendar))
}

/// The answer to a request that was refused.
pub(crate) fn of_request(texts: Texts, seen: &SubscriptionPage, words: &str) -> Page {
    document(texts, seen, texts.text("cancel-refused-title"), words).with_status(StatusCode::CONFLICT)
}

fn document(texts: Texts, seen: &SubscriptionPage, title: String, words: &str) -> Page {
    let order = &seen.order;
    let body = view! {
        <h1>{title.clone()}</h1>
        <p class="lead">{words.to_owned()}</p>
        <p>{ui::link_button(&Place::Subscription { id: seen.plan.id }.path(), texts.text("cancel-back"))}</p>
        {phrase::contact(texts, &order.producer, order.code.as_str())}
    };
    Page::new(title, body).of_seller(&order.producer)
}
