//! The first screen: what happens, when, and how much. Nothing is done here.

use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Facts};
use leptos::prelude::*;
use types::Instant;
use types::place::buyer::Place;
use types::view::{CancelPreview, CancellationView, EndsNow, RefundOffer};

/// The page. Whoever may have the money back is told so before anything else is decided.
pub(crate) fn page(texts: Texts, seen: &CancelPreview, now: Instant) -> Page {
    let id = seen.plan.id;
    let calendar = Calendar::new(texts.language(), &seen.producer.time_zone, now);
    // What is at its end at once is ended, and not only its renewal.
    let title = texts.text(if seen.ends_now.is_some() { "cancel-end-title" } else { "cancel-title" });
    let keep = Place::Subscription { id }.path();
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{seen.plan.plan.clone()}</p>
        <form class="card" method="post" action=Place::CancelBegin { id }.path()>
            {end(texts, seen, &calendar)}
            {ui::facts(facts(texts, seen, &calendar))}
            <div class="row">
                {ui::submit(texts.text("cancel-go-on"))}
                {ui::link_button(&keep, texts.text("cancel-keep"))}
            </div>
        </form>
        {refund(texts, seen, &calendar)}
    };
    Page::new(title, body).of_seller(&seen.producer)
}

/// The last day, as large as what matters is.
fn end(texts: Texts, seen: &CancelPreview, calendar: &Calendar) -> impl IntoView + use<> {
    let (label, words) = match seen.ends_now {
        None => ("cancel-access-until", calendar.last_day(seen.effective_at)),
        Some(_) => ("cancel-access-ends", texts.text("cancel-now")),
    };
    view! { <p class="amount"><span>{texts.text(label)}</span><strong>{words}</strong></p> }
}

fn facts(texts: Texts, seen: &CancelPreview, calendar: &Calendar) -> Facts {
    let why = seen.ends_now.map(|why| {
        texts.text(match why {
            EndsNow::Overdue => "cancel-why-overdue",
            EndsNow::Producer => "cancel-why-producer",
            EndsNow::NothingPaid => "cancel-why-unpaid",
        })
    });
    let owed = seen.overdue.as_ref().map(|overdue| {
        let amount = phrase::money(texts, overdue.amount);
        let values = [("amount", (&amount).into()), ("producer", (&seen.producer.name).into())];
        texts.with(if seen.is_by_producer { "cancel-owed-by-producer" } else { "cancel-owed" }, &values)
    });
    let undo = seen
        .ends_now
        .is_none()
        .then(|| texts.with("cancel-undo-until", &[("date", (&calendar.last_day(seen.effective_at)).into())]));
    Facts::new()
        .with_some(texts.text("cancel-why"), why)
        .with(texts.text("cancel-charges"), charges(texts, seen.is_by_producer, &seen.producer.name))
        .with_some(texts.text("cancel-overdue"), owed)
        .with_some(texts.text("cancel-regret"), undo)
}

/// The same of what is cancelled: as long as the gateway is being told, nothing is promised.
pub(super) fn charges_of(texts: Texts, known: &CancellationView, producer: &str) -> String {
    match known.is_being_told {
        true => texts.text("cancel-charges-being-told"),
        false => charges(texts, known.is_by_producer, producer),
    }
}

/// That nothing more is charged, or who sees to that.
fn charges(texts: Texts, is_by_producer: bool, producer: &str) -> String {
    let key = if is_by_producer { "cancel-charges-by-producer" } else { "cancel-no-charges" };
    texts.with(key, &[("producer", producer.into())])
}

/// The other choice, while the window is open: all of the money instead of the days that are left.
fn refund(texts: Texts, seen: &CancelPreview, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let RefundOffer::Open { until, amount } = &seen.refund_offer else { return None };
    let (deadline, amount) = (calendar.deadline(*until), phrase::money(texts, *amount));
    let amount = ("amount", (&amount).into());
    let producer = ("producer", (&seen.producer.name).into());
    let key = if seen.is_refund_by_hand { "cancel-refund-by-hand" } else { "cancel-refund" };
    let words = texts.with(key, &[amount, producer, ("deadline", (&deadline).into())]);
    let address = Place::Refund { handle: &seen.handle }.path();
    let body = view! { <p>{words}</p><p>{ui::link_button(&address, texts.with("cancel-refund-ask", &[amount]))}</p> };
    Some(ui::card("refund", texts.text("cancel-refund-title"), body))
}
