//! What a refund looks like to the producer, and the forms that go with its state.

use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::producer::area::{self, Part};
use crate::status::refund_chip;
use crate::text::Texts;
use crate::ui::{self, Facts, Field, Tone};
use leptos::prelude::*;
use portal::Producer;
use portal::refund::ProducerRefund;
use types::place::producer::Place;
use types::{ItemId, Money, RefundState};

/// What was typed before, and what is wrong with it.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) reason: String,
    pub(super) items: Vec<ItemId>,
    pub(super) day: String,
    pub(super) reference: String,
    pub(super) wrong: Option<Wrong>,
}

/// What an answer meets.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wrong {
    /// The words of a refusal.
    Reason,
    /// The words that go with a part.
    Words,
    /// No item, or none that may be approved alone.
    Items,
    /// The day of the payment.
    Day,
    /// What the payment is called.
    Reference,
    /// The state of things, by the key of its words.
    Answer(&'static str),
}

impl Wrong {
    /// The field it is about, and the key of its words.
    fn field(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Reason => Some(("reason", "answer-reason-invalid")),
            Self::Words => Some(("words", "answer-reason-invalid")),
            Self::Items => Some(("items", "requests-part-none")),
            Self::Day => Some(("day", "requests-hand-day-invalid")),
            Self::Reference => Some(("reference", "requests-hand-reference-invalid")),
            Self::Answer(_) => None,
        }
    }
}

/// The whole page.
pub(super) fn page(producer: &Producer, texts: Texts, seen: &ProducerRefund, typed: Typed) -> Page {
    let error = typed.wrong.and_then(Wrong::field).map(|(field, key)| (field, texts.text(key)));
    let refusal = match typed.wrong {
        Some(Wrong::Answer(key)) => Some(ui::notice(Tone::Bad, texts.text(key))),
        _ => None,
    };
    let title = texts.with("requests-order", &[("code", seen.view.code.as_str().into())]);
    let heading = format!("{} · {}", seen.view.buyer_name, title);
    let body = view! {
        {ui::summary(texts.text("summary-title"), error.clone().into_iter().collect())}
        <p class="back"><a href=Place::Requests.path()>{texts.text("requests-back")}</a></p>
        <h1>{heading.clone()}</h1>
        {refusal}
        {about(producer, texts, seen)}
        {acts(texts, seen, &typed, error)}
    };
    Page::new(heading, body).in_area(area::area(producer, Part::Requests)).in_zone(&seen.view.producer.time_zone)
}

fn about(producer: &Producer, texts: Texts, seen: &ProducerRefund) -> impl IntoView + use<> {
    let (view, refund) = (&seen.view, &seen.view.refund);
    let calendar = Calendar::new(texts.language(), &view.producer.time_zone, producer.portal().now());
    let waits = refund.state == RefundState::Requested;
    let order = view! { <a href=area::order_address(&view.code)>{view.code.to_string()}</a> };
    let facts = Facts::new()
        .with(texts.text("answer-buyer"), format!("{} ({})", view.buyer_name, view.email))
        .with(texts.text("answer-order"), order)
        .with(texts.text("preview-items"), refund.items.join(", "))
        .with_some(texts.text("payment-paid-at"), view.paid_at.map(|at| calendar.moment(at)))
        .with_some(texts.text("answer-by"), refund.answer_by.filter(|_| waits).map(|at| calendar.deadline(at)))
        .with(texts.text("receipt-protocol"), refund.protocol.to_string())
        .with_some(texts.text("step-answer-reason"), refund.answer.clone())
        .with_some(texts.text("requests-failure"), seen.failure.clone());
    let message = (!view.message.is_empty()).then(|| {
        view! {
            <h2>{texts.text("answer-message")}</h2>
            <blockquote class="message">{view.message.clone()}</blockquote>
        }
    });
    view! {
        <section class="card">
            <p class="amount">
                <span>{texts.text("receipt-amount")}</span>
                <strong>{phrase::money(texts, refund.amount)}</strong>
            </p>
            <p>{refund_chip(texts, refund.state)}</p>
            {ui::facts(facts)}
            {message}
        </section>
    }
}

/// What may be done now.
fn acts(texts: Texts, seen: &ProducerRefund, typed: &Typed, error: Option<(&'static str, String)>) -> AnyView {
    let refund = &seen.view.refund;
    if refund.state == RefundState::Requested {
        return answers(texts, seen, typed, error).into_any();
    }
    if let Some(amount) = seen.by_hand {
        return by_hand(texts, refund.protocol.as_str(), amount, typed, error).into_any();
    }
    if refund.state == RefundState::Failed {
        let email = seen.view.email.to_string();
        let write = texts.with("requests-failed-write", &[("email", (&email).into())]);
        let body = view! {
            <p>{texts.text("requests-failed-lead")}</p>
            <p><a class="button" href=phrase::mail_address(&email)>{write}</a></p>
        };
        return ui::card("again", texts.text("requests-failed-title"), body).into_any();
    }
    ().into_any()
}

/// Yes, yes to a part, or no.
fn answers(
    texts: Texts,
    seen: &ProducerRefund,
    typed: &Typed,
    error: Option<(&'static str, String)>,
) -> impl IntoView + use<> {
    let action = Place::Request { protocol: seen.view.refund.protocol.as_str() }.path();
    let amount = phrase::money(texts, seen.view.refund.amount);
    let approve = texts.with("answer-approve", &[("amount", (&amount).into())]);
    let help = if seen.view.refund.is_by_hand { "answer-approve-help-by-hand" } else { "answer-approve-help" };
    let of = |field: &str| error.clone().filter(|(wrong, _)| *wrong == field).map(|(_, words)| words);
    let reason = Field {
        id: "reason",
        name: "reason",
        kind: "text",
        label: texts.text("answer-reason"),
        help: texts.text("answer-reason-help"),
        value: typed.reason.clone(),
        error: of("reason"),
        ..Field::default()
    };
    let part = (!seen.items.is_empty()).then(|| part(texts, seen, typed, &action, (of("items"), of("words"))));
    view! {
        <form class="card" method="post" action=action.clone()>
            <h2>{texts.text("requests-all-title")}</h2>
            <p>{texts.text(help)}</p>
            <input type="hidden" name="answer" value="approve"/>
            {ui::submit(approve)}
        </form>
        {part}
        <form class="card" method="post" action=action>
            <h2>{texts.text("requests-decline-title")}</h2>
            <input type="hidden" name="answer" value="decline"/>
            {ui::field(reason)}
            {ui::quiet_submit(texts.text("answer-decline"))}
        </form>
    }
}

/// The items that may be approved alone.
fn part(
    texts: Texts,
    seen: &ProducerRefund,
    typed: &Typed,
    action: &str,
    (items_error, words_error): (Option<String>, Option<String>),
) -> impl IntoView + use<> {
    let item = |(id, name, amount): &(ItemId, String, Money)| {
        let checked = typed.items.contains(id);
        view! {
            <label class="choice">
                <input type="checkbox" name="item" value=id.to_string() checked=checked/>
                <span>{name.clone()}</span>
                <span class="money">{phrase::money(texts, *amount)}</span>
            </label>
        }
    };
    let words = Field {
        id: "words",
        name: "reason",
        kind: "text",
        label: texts.text("requests-part-words"),
        help: texts.text("requests-part-help"),
        value: typed.reason.clone(),
        error: words_error,
        ..Field::default()
    };
    let error = items_error.map(|error| view! { <p class="error">{error}</p> });
    view! {
        <form class="card" method="post" action=action.to_owned()>
            <h2>{texts.text("requests-part-title")}</h2>
            <p>{texts.text("requests-part-lead")}</p>
            <input type="hidden" name="answer" value="approve-items"/>
            <fieldset id="items">
                <legend>{texts.text("requests-part-items")}</legend>
                {error}
                {seen.items.iter().map(item).collect_view()}
            </fieldset>
            <p class="help">{texts.text("requests-part-together")}</p>
            {ui::field(words)}
            {ui::quiet_submit(texts.text("requests-part-submit"))}
        </form>
    }
}

/// The money was paid back outside: when, and under which name.
fn by_hand(
    texts: Texts,
    protocol: &str,
    amount: Money,
    typed: &Typed,
    error: Option<(&'static str, String)>,
) -> impl IntoView + use<> {
    let of = |field: &str| error.clone().filter(|(wrong, _)| *wrong == field).map(|(_, words)| words);
    let amount = phrase::money(texts, amount);
    let day = Field {
        id: "day",
        name: "day",
        kind: "date",
        label: texts.text("requests-hand-day"),
        help: texts.text("requests-hand-day-help"),
        value: typed.day.clone(),
        error: of("day"),
        ..Field::default()
    };
    let reference = Field {
        id: "reference",
        name: "reference",
        kind: "text",
        label: texts.text("requests-hand-reference"),
        help: texts.text("requests-hand-reference-help"),
        value: typed.reference.clone(),
        error: of("reference"),
        ..Field::default()
    };
    view! {
        <form class="card" method="post" action=Place::RequestDone { protocol }.path()>
            <h2>{texts.text("requests-hand-title")}</h2>
            <p>{texts.with("requests-hand-lead", &[("amount", (&amount).into())])}</p>
            {ui::field(day)}
            {ui::field(reference)}
            {ui::submit(texts.text("requests-hand-submit"))}
        </form>
    }
}
