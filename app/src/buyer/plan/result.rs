//! What became of a change.

use super::words;
use crate::card;
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;
use types::place::BACK;
use types::place::buyer::Place;
use types::plan::PlanChangeView;
use types::{Instant, Method, PlanChangeState};

/// The page. `look`: the buyer comes from the bank's page, and nobody knows yet what was said there; how often it was
/// looked at since then.
pub(crate) fn page(texts: Texts, change: &PlanChangeView, look: Option<u32>, now: Instant) -> Page {
    let is_asking = look.is_some() && change.state == PlanChangeState::Waiting && change.open.is_none();
    let owner = &change.owner;
    let calendar = Calendar::new(texts.language(), &owner.producer.time_zone, now);
    let (title, tone, sentences) = words(texts, change, is_asking, &calendar);
    let title = texts.text(title);
    let words = sentences.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    let body = view! {
        <h1>{title.clone()}</h1>
        <div role="status">{ui::notice(tone, words)}</div>
        {change.open.as_ref().map(|open| card::open::code(texts, open, None, &calendar))}
        {next(texts, change, is_asking)}
        {words::back(texts, owner)}
    };
    let is_charging = matches!(change.state, PlanChangeState::Asked | PlanChangeState::Reconciling);
    let page = Page::new(title, body).of_seller(&owner.producer);
    let here = Place::PlanChange { id: owner.subscription, change: change.id };
    match look.filter(|_| is_asking) {
        Some(look) => page.looking_again_at(&format!("{here}?{BACK}={}", look + 1)),
        None if is_charging => page.looking_again(),
        None => page,
    }
}

/// Title, tone, and what is to be known, each in a sentence.
fn words(
    texts: Texts,
    change: &PlanChangeView,
    is_asking: bool,
    calendar: &Calendar,
) -> (&'static str, Tone, Vec<String>) {
    let amount = phrase::money(texts, change.due);
    let contact = change.owner.producer.contact.as_str();
    let method = phrase::payment(texts, &change.owner.payment);
    let method = match change.installments {
        2.. => format!("{method}, {}", texts.with("payment-installments", &[("count", change.installments.into())])),
        _ => method,
    };
    let price = phrase::price(texts, change.price);
    let (begins, next) = (calendar.day(change.begins_at), calendar.day(change.next_charge_at));
    let values = [
        ("plan", (&change.plan).into()),
        ("old", (&change.from).into()),
        ("amount", (&amount).into()),
        ("method", (&method).into()),
        ("price", (&price).into()),
        ("date", (&begins).into()),
        ("contact", contact.into()),
    ];
    let with = |key| texts.with(key, &values);
    let then = || texts.with("change-then", &[("price", (&price).into()), ("date", (&next).into())]);
    match change.state {
        PlanChangeState::Applied if change.due.amount > 0 => {
            ("change-done-title", Tone::Good, vec![with("change-done-paid"), then()])
        }
        PlanChangeState::Applied => ("change-done-title", Tone::Good, vec![with("change-done")]),
        PlanChangeState::Scheduled => ("change-scheduled-title", Tone::Good, vec![with("change-scheduled")]),
        PlanChangeState::Asked | PlanChangeState::Reconciling => {
            ("change-charging-title", Tone::Wait, vec![with("change-charging")])
        }
        PlanChangeState::Waiting if is_asking => ("change-asking-title", Tone::Wait, vec![with("change-asking")]),
        PlanChangeState::Waiting if change.open.is_some() => {
            ("change-to-pay-title", Tone::Warn, vec![with("change-to-pay")])
        }
        PlanChangeState::Waiting => ("change-waiting-title", Tone::Warn, vec![with("change-waiting")]),
        PlanChangeState::Declined => {
            let reason = change.decline.map(|reason| phrase::decline(texts, reason));
            ("change-declined-title", Tone::Bad, reason.into_iter().chain([with("change-declined")]).collect())
        }
        PlanChangeState::Undone => ("change-undone-title", Tone::Good, vec![with("change-undone")]),
        PlanChangeState::Replaced => ("change-replaced-title", Tone::Warn, vec![with("change-replaced")]),
        PlanChangeState::Returning if change.is_not_returned => {
            ("change-not-returned-title", Tone::Bad, vec![with("change-not-returned")])
        }
        PlanChangeState::Returning => ("change-returning-title", Tone::Warn, vec![with("change-returning")]),
        PlanChangeState::Returned => ("change-returning-title", Tone::Warn, vec![with("change-returned")]),
    }
}

/// The one thing to do now.
fn next(texts: Texts, change: &PlanChangeView, is_asking: bool) -> AnyView {
    let id = change.owner.subscription;
    let here = Place::PlanChange { id, change: change.id }.path();
    let plans = Place::Plan { id }.path();
    match change.state {
        PlanChangeState::Scheduled => words::undo(texts, id, change.id).into_any(),
        PlanChangeState::Asked | PlanChangeState::Reconciling => {
            view! { <p>{ui::primary_link(&here, texts.text("change-look-again"))}</p> }.into_any()
        }
        PlanChangeState::Waiting => {
            let address = change.pay_url.as_deref().and_then(phrase::gateway_address);
            if is_asking {
                let back = address.map(|address| view! { <a href=address>{texts.text("change-asking-bank")}</a> });
                return view! { <p>{back}</p> }.into_any();
            }
            let pay = address
                .filter(|_| change.open.is_none())
                .map(|address| ui::primary_link(address, texts.text("change-go-to-bank")));
            let again = ui::link_button(&here, texts.text("change-look-again"));
            view! { <p class="row">{pay}{again}</p> }.into_any()
        }
        PlanChangeState::Declined => {
            let has_card = change.owner.payment.method == Method::Card;
            let address = Place::SubscriptionCard { id }.path();
            let card = has_card.then(|| ui::primary_link(&address, texts.text("change-swap-card")));
            let again = ui::link_button(&plans, texts.text("change-again"));
            view! { <p class="row">{card}{again}</p> }.into_any()
        }
        PlanChangeState::Undone => view! { <p>{ui::link_button(&plans, texts.text("change-again"))}</p> }.into_any(),
        _ => ().into_any(),
    }
}
