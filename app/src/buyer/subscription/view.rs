//! A subscription's page: what is charged when, what is wrong if anything is, and what can be done.

use super::cancel;
use crate::format::Calendar;
use crate::order::section;
use crate::page::Page;
use crate::phrase;
use crate::status::subscription_chip;
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{
    AccessView, ActionRefusal, CancellationView, RefundOffer, RetentionOffer, RetentionView, SubscriptionAction,
    SubscriptionPage,
};
use types::{CancellationState, Instant};

/// The page.
pub(crate) fn page(texts: Texts, seen: &SubscriptionPage, now: Instant) -> Page {
    let order = &seen.order;
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let address = Place::Order { handle: &order.handle }.path();
    let scheduled = crate::plan::scheduled_part(texts, &seen.plan, &calendar);
    let price = phrase::price(texts, seen.plan.cycle(seen.plan.price));
    let body = view! {
        <header class="head">
            <h1>{seen.plan.plan.clone()}</h1>
            <p class="row">
                {subscription_chip(texts, seen.plan.status)}<span>{price}</span>
            </p>
            {content(texts, seen)}
        </header>
        {section::due(texts, order, seen.overdue.as_ref(), &calendar)}
        {seen.cancellation.as_ref().map(|known| cancellation_strip(texts, seen, known, &calendar))}
        {seen.retention.as_ref().and_then(|taken| retention_strip(texts, taken, &calendar))}
        {ui::card("subscription", texts.text("subscription-title"), view! {
            {ui::facts(facts(texts, seen, &calendar))}
            {scheduled}
        })}
        {ui::card("actions", texts.text("subscription-actions"), actions(texts, seen, &calendar))}
        {section::payment(texts, order, &calendar, false)}
        {section::help(texts, order)}
        <p>{ui::link_button(&address, texts.with("subscription-order", &[("code", order.code.as_str().into())]))}</p>
    };
    Page::new(seen.plan.plan.clone(), body).of_seller(&order.producer)
}

fn content(texts: Texts, seen: &SubscriptionPage) -> Option<impl IntoView + use<>> {
    let address = seen.order.items.iter().find_map(|item| match &item.access {
        AccessView::Confirmed { content_url: Some(address), .. } => phrase::web_address(address),
        _ => None,
    })?;
    let label = texts.text("order-open");
    // What is owed is the one thing to do first.
    let is_owed = seen.overdue.is_some() || section::open_slip(&seen.order).is_some();
    let class = if is_owed { "button" } else { "button primary" };
    Some(view! { <p><a class=class href=address.to_owned() rel="noreferrer">{label}</a></p> })
}

fn facts(texts: Texts, seen: &SubscriptionPage, calendar: &Calendar) -> Facts {
    let next = match &seen.next {
        Some(next) => section::next(texts, &seen.order, next, calendar),
        None if seen.overdue.is_some() => texts.text("subscription-next-after-overdue"),
        None if may_be_charged(seen) => texts.text("subscription-next-canceled"),
        None => texts.text("subscription-no-next"),
    };
    let facts = Facts::new().with(texts.text("subscription-next"), next);
    section::period(texts, facts, &seen.plan, calendar)
        .with(texts.text("payment-method"), phrase::payment(texts, &seen.order.payment))
}

/// Whether somebody else charges it who may not know yet that it is over.
fn may_be_charged(seen: &SubscriptionPage) -> bool {
    match &seen.cancellation {
        Some(known) => known.is_by_producer || known.is_being_told,
        None => !seen.order.is_billed_here,
    }
}

/// Until when, under which number, and the way back while there is one.
fn cancellation_strip(
    texts: Texts,
    seen: &SubscriptionPage,
    known: &CancellationView,
    calendar: &Calendar,
) -> Option<impl IntoView + use<>> {
    let day = calendar.last_day(known.effective_at);
    let title = match known.state {
        CancellationState::Undone => return None,
        CancellationState::Asked => texts.with("cancel-until", &[("date", (&day).into())]),
        CancellationState::Done => texts.with("cancel-ended", &[("date", (&calendar.day(known.effective_at)).into())]),
    };
    let receipt = Place::CancelReceipt { id: seen.plan.id, protocol: known.protocol.as_str() }.path();
    let number = texts.with("cancel-number", &[("protocol", known.protocol.as_str().into())]);
    let back = undo(texts, seen, known);
    let body = view! {
        <h2>{title}</h2>
        <p>{cancel::charges_of(texts, known, &seen.order.producer.name)}</p>
        <p><a href=receipt>{number}</a></p>
        {back}
    };
    Some(ui::notice(Tone::Calm, body))
}

/// The form that takes a cancellation back; it names the one it means.
pub(super) fn undo(texts: Texts, seen: &SubscriptionPage, known: &CancellationView) -> Option<impl IntoView + use<>> {
    let action = Place::CancelUndo { id: seen.plan.id }.path();
    known.can_undo.then(|| {
        view! {
            <form method="post" action=action>
                <input type="hidden" name="protocol" value=known.protocol.to_string()/>
                <button class="button">{texts.text("cancel-undo")}</button>
            </form>
        }
    })
}

/// What was taken instead of cancelling, as long as there is something to say of it.
fn retention_strip(texts: Texts, taken: &RetentionView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let words = match taken.offer.as_ref()? {
        RetentionOffer::Discount { percent, cycles, .. } => {
            texts.with("stay-discount", &[("percent", (*percent).into()), ("count", (*cycles).into())])
        }
        RetentionOffer::Pause { from, until } => {
            let (from, until) = (calendar.day(*from), calendar.day(*until));
            texts.with("stay-pause", &[("from", (&from).into()), ("until", (&until).into())])
        }
        RetentionOffer::Message => {
            texts.with("stay-message", &[("moment", (&calendar.moment(taken.accepted_at)).into())])
        }
        RetentionOffer::Plan { .. } => return None,
    };
    Some(ui::notice(Tone::Good, view! { <p>{words}</p> }))
}

/// One line an action: the way to it, or why there is none.
fn actions(texts: Texts, seen: &SubscriptionPage, calendar: &Calendar) -> impl IntoView + use<> {
    let id = seen.plan.id;
    let lines = seen.actions.iter().map(|(action, refusal)| {
        let (label, place) = match action {
            SubscriptionAction::Card => (section::card_label(texts, &seen.order), Place::SubscriptionCard { id }),
            SubscriptionAction::Plan => (texts.text("subscription-plan-change"), Place::Plan { id }),
            SubscriptionAction::Cancel => (section::cancel_label(texts, &seen.plan), Place::Cancel { id }),
        };
        match refusal {
            Some(refusal) => {
                let words = refusal_words(texts, *refusal, calendar);
                view! { <li><strong>{label}</strong><span>{words}</span></li> }.into_any()
            }
            None => view! { <li>{ui::link_button(&place.path(), label)}</li> }.into_any(),
        }
    });
    let refund = matches!(seen.order.refund_offer, RefundOffer::Open { .. }).then(|| {
        let address = Place::Refund { handle: &seen.order.handle }.path();
        let words = crate::order::refund_words(texts, &seen.order.refund_offer, calendar);
        view! { <li>{ui::link_button(&address, texts.text("refund-ask"))}<span>{words}</span></li> }
    });
    view! { <ul class="lines roomy">{lines.collect_view()}{refund}</ul> }
}

/// Why something cannot be done.
pub(super) fn refusal_words(texts: Texts, refusal: ActionRefusal, calendar: &Calendar) -> String {
    match refusal {
        ActionRefusal::Installments => texts.text("refusal-installments"),
        ActionRefusal::Ending { until } => {
            texts.with("refusal-ending", &[("date", (&calendar.last_day(until)).into())])
        }
        ActionRefusal::Ended => texts.text("refusal-ended"),
        ActionRefusal::PastDue => texts.text("change-refused-past-due"),
        ActionRefusal::Producer => texts.text("refusal-producer"),
        ActionRefusal::Gateway => texts.text("refusal-gateway"),
    }
}
