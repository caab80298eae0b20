//! The second screen: a reason and a word if one likes, one offer that fits, and the button that cancels always in
//! sight.
//!
//! What is offered after one reason shows when that reason is chosen, by style alone: it works without scripts.

use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Field};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{CancelChoices, CancelPreview, CancelReason, RetentionOffer};
use types::{Instant, RequestId, SubscriptionId};

/// What stands in the form.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    /// Its number: pressed twice, it is one request.
    pub request: RequestId,
    /// The reason chosen before.
    pub reason: String,
    /// What was typed before.
    pub comment: String,
    /// What is wrong with it.
    pub error: Option<&'static str>,
}

impl Form {
    /// An empty form with this number.
    pub(crate) fn new(request: RequestId) -> Self {
        Self { request, reason: String::new(), comment: String::new(), error: None }
    }
}

/// The page.
pub(crate) fn page(texts: Texts, choices: &CancelChoices, form: &Form, now: Instant) -> Page {
    let seen = &choices.preview;
    let id = seen.plan.id;
    let calendar = Calendar::new(texts.language(), &seen.producer.time_zone, now);
    let mut offers = choices.reasons.iter().map(|reason| &reason.offer).chain([&choices.offer]).flatten();
    let has_message = offers.any(|offer| *offer == RetentionOffer::Message);
    let error = form.error.map(|key| texts.text(key));
    let errors = error.clone().map(|error| ("comment", error)).into_iter().collect();
    let reasons = choices
        .reasons
        .iter()
        .enumerate()
        .map(|(index, reason)| reason_line(texts, seen, reason, index, &form.reason, &calendar));
    let title = texts.text("cancel-reason-title");
    let confirm = texts.text(if seen.ends_now.is_some() { "cancel-end-now" } else { "cancel-confirm" });
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        <p>{texts.text("cancel-reason-lead")}</p>
        <form class="card" method="post" action=Place::Cancel { id }.path()>
            // Enter in a field presses the first button there is: this one, which changes nothing.
            <button hidden formaction=Place::CancelAbort { id }.path()>{texts.text("cancel-keep")}</button>
            <input type="hidden" name="request" value=form.request.to_string()/>
            <fieldset class="reasons">
                <legend>{texts.text("cancel-reason-legend")}</legend>
                {reasons.collect_view()}
            </fieldset>
            {choices.offer.as_ref().map(|offer| offer_box(texts, seen, offer, &calendar))}
            {comment(texts, form, has_message, error)}
            <p class="help">{sum_up(texts, choices, &calendar)}</p>
            <div class="row">
                <button class="button primary">{confirm}</button>
                {keep(texts, id)}
            </div>
        </form>
    };
    Page::new(title, body).of_seller(&seen.producer)
}

fn keep(texts: Texts, id: SubscriptionId) -> impl IntoView + use<> {
    let action = Place::CancelAbort { id }.path();
    view! { <button class="button" formaction=action>{texts.text("cancel-keep")}</button> }
}

/// What the first screen said, once more beside the button.
fn sum_up(texts: Texts, choices: &CancelChoices, calendar: &Calendar) -> String {
    let seen = &choices.preview;
    let day = calendar.last_day(seen.effective_at);
    let key = match (seen.ends_now, seen.is_by_producer) {
        (None, false) => "cancel-sum",
        (None, true) => "cancel-sum-by-producer",
        (Some(_), false) => "cancel-sum-now",
        (Some(_), true) => "cancel-sum-now-by-producer",
    };
    texts.with(key, &[("date", (&day).into()), ("producer", (&seen.producer.name).into())])
}

fn reason_line(
    texts: Texts,
    seen: &CancelPreview,
    reason: &CancelReason,
    index: usize,
    chosen: &str,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let id = format!("why{index}");
    let code = reason.code.to_string();
    view! {
        <div class="reason">
            <input type="radio" name="reason" id=id.clone() value=code.clone() checked=chosen == code/>
            <label for=id>{words(texts, reason)}</label>
            {reason.offer.as_ref().map(|offer| offer_box(texts, seen, offer, calendar))}
        </div>
    }
}

/// The producer's words in the reader's language, else in any; the built-in ones for a built-in reason.
fn words(texts: Texts, reason: &CancelReason) -> String {
    let own = reason.texts.get(texts.language().tag()).or_else(|| reason.texts.values().next());
    own.cloned().unwrap_or_else(|| match reason.code.as_str() {
        "too-expensive" => texts.text("reason-too-expensive"),
        "no-time" => texts.text("reason-no-time"),
        "not-as-expected" => texts.text("reason-not-as-expected"),
        "not-using" => texts.text("reason-not-using"),
        "technical-problem" => texts.text("reason-technical-problem"),
        _ => texts.text("reason-other"),
    })
}

fn offer_box(
    texts: Texts,
    seen: &CancelPreview,
    offer: &RetentionOffer,
    calendar: &Calendar,
) -> Option<impl IntoView + use<>> {
    let (text, label) = match offer {
        RetentionOffer::Discount { percent, cycles, price } => {
            let price = phrase::price(texts, seen.plan.cycle(*price));
            let percent = ("percent", (*percent).into());
            let text =
                texts.with("offer-discount", &[percent, ("count", (*cycles).into()), ("price", (&price).into())]);
            (text, texts.with("offer-discount-take", &[percent]))
        }
        RetentionOffer::Pause { from, until } => {
            let (from, until) = (calendar.day(*from), calendar.day(*until));
            let text = texts.with("offer-pause", &[("from", (&from).into()), ("until", (&until).into())]);
            (text, texts.with("offer-pause-take", &[("until", (&until).into())]))
        }
        RetentionOffer::Plan { name, price } => {
            let price = phrase::price(texts, seen.plan.cycle(*price));
            let text = texts.with("offer-plan", &[("plan", name.into()), ("price", (&price).into())]);
            (text, texts.with("offer-plan-take", &[("plan", name.into())]))
        }
        RetentionOffer::Message => {
            let producer = ("producer", (&seen.producer.name).into());
            (texts.with("offer-message", &[producer]), texts.with("offer-message-take", &[producer]))
        }
    };
    let action = Place::CancelAccept { id: seen.plan.id }.path();
    let no = texts.text(if seen.ends_now.is_some() { "cancel-end-no" } else { "cancel-confirm-no" });
    Some(view! {
        <div class="offer">
            <p>{text}</p>
            // The way out stands beside every offer: it never has to be looked for.
            <div class="row">
                <button class="button" formaction=action>{label}</button>
                <button class="button">{no}</button>
            </div>
        </div>
    })
}

/// Folded away, unless words are what is offered or something is wrong with them.
fn comment(texts: Texts, form: &Form, has_message: bool, error: Option<String>) -> impl IntoView + use<> {
    let is_open = has_message || error.is_some() || !form.comment.is_empty();
    let comment = Field {
        id: "comment",
        name: "comment",
        label: texts.text("cancel-comment"),
        value: form.comment.clone(),
        error,
        ..Field::default()
    };
    view! {
        <details class="more" open=is_open>
            <summary>{texts.text("cancel-comment-open")}</summary>
            {ui::text_area(comment)}
        </details>
    }
}
