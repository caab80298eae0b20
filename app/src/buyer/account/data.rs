//! What erasing means: what goes, what the law keeps and until when, and what stands in the way.

use crate::format::{Calendar, HOME_ZONE};
use crate::page::Page;
use crate::text::Texts;
use crate::ui::{self, Facts, Tone};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{ErasureOffer, ErasureView, OpenMatter};
use types::{Instant, RequestId};

/// The page. The form carries its own number: pressed twice, it is one request.
pub(crate) fn erasure(texts: Texts, offer: &ErasureOffer, request: RequestId, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), HOME_ZONE, now);
    let title = texts.text("erasure-title");
    let act = match &offer.waiting {
        Some(waiting) => waits(texts, waiting, &calendar).into_any(),
        None if offer.open.is_empty() => ask(texts, request).into_any(),
        None => stopped(texts, offer).into_any(),
    };
    let kept = offer.kept_until.as_ref().map(|day| {
        let day = calendar.calendar_day(day);
        view! { <li>{texts.with("erasure-kept-sales", &[("day", (&day).into())])}</li> }
    });
    let has_kept = kept.is_some();
    let kept = has_kept.then(|| {
        view! { <h2>{texts.text("erasure-kept")}</h2><ul>{kept}</ul> }
    });
    // Where it was asked for, that comes first.
    let (first, last) = if offer.waiting.is_some() { (Some(act), None) } else { (None, Some(act)) };
    let body = view! {
        <h1>{title.clone()}</h1>
        {first}
        <p>{texts.with("erasure-lead", &[("email", offer.email.as_str().into())])}</p>
        <section class="card">
            <h2>{texts.text("erasure-goes")}</h2>
            <ul>
                <li>{texts.text("erasure-goes-name")}</li>
                <li>{texts.text("erasure-goes-access")}</li>
                <li>{texts.text("erasure-goes-traces")}</li>
            </ul>
            {kept}
        </section>
        {last}
        <p><a href=Place::Data.path()>{texts.text("data-download")}</a></p>
        <p><a href=Place::Account.path()>{texts.text("back-to-account")}</a></p>
    };
    Page::new(title, body).in_zone(HOME_ZONE)
}

fn ask(texts: Texts, request: RequestId) -> impl IntoView + use<> {
    view! {
        <form method="post" action=Place::Erasure.path()>
            <p>{texts.text("erasure-before")}</p>
            <p>{texts.text("erasure-days")}</p>
            <input type="hidden" name="request" value=request.to_string()/>
            <button class="button">{texts.text("erasure-ask")}</button>
        </form>
    }
}

fn waits(texts: Texts, waiting: &ErasureView, calendar: &Calendar) -> impl IntoView + use<> {
    let due = calendar.deadline(waiting.due_at);
    let facts = Facts::new()
        .with(texts.text("receipt-protocol"), ui::copy(texts, waiting.protocol.to_string(), texts.text("receipt-copy")))
        .with(texts.text("erasure-asked-at"), calendar.moment(waiting.requested_at));
    let body = view! {
        <p>{texts.with("erasure-waiting", &[("due", (&due).into())])}</p>
        {ui::facts(facts)}
        <form method="post" action=Place::ErasureUndo.path()>{ui::submit(texts.text("erasure-undo"))}</form>
    };
    ui::card("waiting", texts.text("erasure-waiting-title"), body)
}

fn stopped(texts: Texts, offer: &ErasureOffer) -> impl IntoView + use<> {
    let lines = offer.open.iter().map(|(matter, handle)| {
        let key = match matter {
            OpenMatter::Refund => "erasure-open-refund",
            OpenMatter::Subscription => "erasure-open-subscription",
            OpenMatter::Payment => "erasure-open-payment",
            OpenMatter::Installments => "erasure-open-installments",
            OpenMatter::Dispute => "erasure-open-dispute",
        };
        let code = handle.split('~').next().unwrap_or_default();
        let address = Place::Order { handle }.path();
        view! { <li><a href=address>{texts.with(key, &[("code", code.into())])}</a></li> }
    });
    ui::notice(Tone::Warn, view! { <h2>{texts.text("erasure-open")}</h2><ul>{lines.collect_view()}</ul> })
}
