//! The third screen: the number, the last day, and the way back.

use super::cancel;
use super::view::undo;
use crate::format::Calendar;
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Facts};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{CancellationView, SubscriptionPage};
use types::{CancellationState, Instant};

/// The page.
pub(crate) fn page(texts: Texts, seen: &SubscriptionPage, known: &CancellationView, now: Instant) -> Page {
    let order = &seen.order;
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let facts = Facts::new()
        .with(texts.text("receipt-protocol"), ui::copy(texts, known.protocol.to_string(), texts.text("receipt-copy")))
        .with(texts.text("subscription-plan"), seen.plan.plan.clone())
        .with(texts.text("cancel-asked"), calendar.moment(known.asked_at))
        .with_some(texts.text("cancel-charges"), charges(texts, seen, known));
    let title = texts.text(match known.state {
        CancellationState::Asked => "cancel-done-title",
        CancellationState::Done => "cancel-ended-title",
        CancellationState::Undone => "cancel-undone-title",
    });
    let lead = match known.state {
        CancellationState::Undone if known.is_by_producer => {
            texts.with("cancel-undone-lead-by-producer", &[("producer", (&order.producer.name).into())])
        }
        CancellationState::Undone => texts.text("cancel-undone-lead"),
        _ => texts.with("cancel-receipt-lead", &[("email", order.email.as_str().into())]),
    };
    let back = undo(texts, seen, known).map(|form| {
        let day = calendar.last_day(known.effective_at);
        view! { <p class="help">{texts.with("cancel-undo-until", &[("date", (&day).into())])}</p>{form} }
    });
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{lead}</p>
        <section class="card">
            {end(texts, known, &calendar)}
            {ui::facts(facts)}
            {back}
        </section>
        <p>{ui::link_button(&Place::Subscription { id: seen.plan.id }.path(), texts.text("cancel-back"))}</p>
    };
    Page::new(title, body).of_seller(&order.producer)
}

fn charges(texts: Texts, seen: &SubscriptionPage, known: &CancellationView) -> Option<String> {
    let is_over = known.state != CancellationState::Undone;
    is_over.then(|| cancel::charges_of(texts, known, &seen.order.producer.name))
}

fn end(texts: Texts, known: &CancellationView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let (label, day) = match known.state {
        CancellationState::Asked => ("cancel-access-until", calendar.last_day(known.effective_at)),
        CancellationState::Done => ("cancel-access-ended", calendar.day(known.effective_at)),
        CancellationState::Undone => return None,
    };
    Some(view! { <p class="amount"><span>{texts.text(label)}</span><strong>{day}</strong></p> })
}
