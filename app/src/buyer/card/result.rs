//! What came of a card update: the card, and what was owed, on one screen.

use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Tone};
use leptos::prelude::*;
use types::view::{CardUpdateView, CardView, OtherPlan, SwapOutcome, SwapState};
use types::{Method, RequestId};

/// The page. The address of the gateway's page stands only where there is still something to do there.
pub(crate) fn page(texts: Texts, seen: &CardUpdateView, request: RequestId) -> Page {
    let (title, tone, words) = words(texts, &seen.state);
    let title = texts.text(title);
    let saved = matches!(seen.state, SwapState::Saved { .. });
    let body = view! {
        <h1>{title.clone()}</h1>
        {ui::notice(tone, view! { <p role="status">{words}</p>{dead_code(texts, seen)} })}
        {next(texts, seen, request)}
        {saved.then(|| view! { <p class="help">{texts.text("swap-mail")}</p> })}
        {others(texts, seen)}
        <p class="row">
            {ui::link_button(&seen.page.place.page().path(), texts.text("card-back"))}
        </p>
        {super::view::back(texts, &seen.page.place, &seen.page.handle)}
    };
    let page = Page::new(title, body).of_seller(&seen.page.producer);
    // What is being ticked would be lost when the page is read again.
    let is_under_way =
        matches!(seen.state, SwapState::Saved { outcome: SwapOutcome::Unknown, .. } | SwapState::Telling { .. });
    if is_under_way && seen.others.is_empty() { page.looking_again() } else { page }
}

fn words(texts: Texts, state: &SwapState) -> (&'static str, Tone, String) {
    match state {
        SwapState::Open { declined: None, .. } => ("swap-open-title", Tone::Wait, texts.text("swap-open")),
        SwapState::Open { declined: Some(reason), .. } => {
            let reason = phrase::decline(texts, *reason);
            ("swap-open-title", Tone::Warn, texts.with("swap-open-declined", &[("reason", (&reason).into())]))
        }
        SwapState::Closed => ("swap-closed-title", Tone::Calm, texts.text("swap-closed")),
        SwapState::Telling { card } => {
            let name = phrase::card(texts, card);
            ("swap-telling-title", Tone::Wait, texts.with("swap-telling", &[("card", (&name).into())]))
        }
        SwapState::Saved { card, outcome } => {
            let (tone, words) = outcome_words(texts, card, outcome);
            let title = match outcome {
                SwapOutcome::Declined { .. } => "swap-declined-title",
                _ => "swap-saved-title",
            };
            (title, tone, words)
        }
    }
}

fn outcome_words(texts: Texts, card: &CardView, outcome: &SwapOutcome) -> (Tone, String) {
    let name = phrase::card(texts, card);
    let card = ("card", (&name).into());
    match outcome {
        SwapOutcome::Nothing => (Tone::Good, texts.with("swap-saved", &[card])),
        SwapOutcome::Paid(amount) => {
            let amount = phrase::money(texts, *amount);
            (Tone::Good, texts.with("swap-paid", &[card, ("amount", (&amount).into())]))
        }
        SwapOutcome::PaidBefore(amount) => {
            let amount = phrase::money(texts, *amount);
            (Tone::Good, texts.with("swap-paid-before", &[card, ("amount", (&amount).into())]))
        }
        SwapOutcome::Void(amount) => {
            let amount = phrase::money(texts, *amount);
            (Tone::Calm, texts.with("swap-void", &[card, ("amount", (&amount).into())]))
        }
        SwapOutcome::Declined { reason, amount } => {
            let (reason, amount) = (phrase::decline(texts, *reason), phrase::money(texts, *amount));
            let values = [card, ("amount", (&amount).into()), ("reason", (&reason).into())];
            (Tone::Bad, texts.with("swap-declined", &values))
        }
        SwapOutcome::Action { .. } => (Tone::Warn, texts.with("swap-action", &[card])),
        SwapOutcome::Unknown => (Tone::Wait, texts.with("swap-unknown", &[card])),
    }
}

/// What was to be paid by a code is paid by the card, or may be at any time: nobody should pay both.
fn dead_code(texts: Texts, seen: &CardUpdateView) -> Option<impl IntoView + use<>> {
    let is_paid_or_asked = matches!(
        seen.state,
        SwapState::Saved { outcome: SwapOutcome::Paid(_) | SwapOutcome::Unknown | SwapOutcome::Action { .. }, .. }
    );
    (seen.has_dead_code && is_paid_or_asked).then(|| view! { <p>{texts.text("swap-paid-code")}</p> })
}

/// The one thing to do now, if there is one.
fn next(texts: Texts, seen: &CardUpdateView, request: RequestId) -> Option<AnyView> {
    let link = |url: &str, label: &str| {
        let url = phrase::gateway_address(url)?;
        Some(view! { <p>{ui::primary_link(url, texts.text(label))}</p> }.into_any())
    };
    match &seen.state {
        SwapState::Open { url, .. } => link(url, "swap-continue"),
        SwapState::Saved { outcome: SwapOutcome::Action { url }, .. } => link(url, "swap-action-link"),
        SwapState::Saved { outcome: SwapOutcome::Declined { .. }, .. } | SwapState::Closed
            if seen.page.refusal.is_none() =>
        {
            let label = if seen.page.payment.method == Method::Card { "card-swap" } else { "card-enter" };
            let form = view! {
                <form method="post" action=seen.page.place.page().path()>
                    <input type="hidden" name="request" value=request.to_string()/>
                    {ui::submit(texts.text(label))}
                </form>
            };
            Some(form.into_any())
        }
        _ => None,
    }
}

/// Nothing is ticked before: a card is used elsewhere only where that is wished.
fn others(texts: Texts, seen: &CardUpdateView) -> Option<impl IntoView + use<>> {
    if seen.others.is_empty() {
        return None;
    }
    let lines = seen.others.iter().map(|plan| other(texts, plan)).collect_view();
    let may_choose = seen.others.iter().any(|plan| !plan.is_changed);
    let button = may_choose.then(|| view! { <button class="button">{texts.text("swap-others-use")}</button> });
    let body = view! {
        <form method="post" action=seen.page.place.update(seen.id).path()>
            <fieldset>
                <legend>{texts.text("swap-others-help")}</legend>
                {lines}
            </fieldset>
            {button}
        </form>
    };
    Some(ui::card("others", texts.text("swap-others"), body))
}

fn other(texts: Texts, plan: &OtherPlan) -> impl IntoView + use<> {
    let name = ("plan", (&plan.plan).into());
    let label = match (&plan.card, plan.is_changed) {
        (_, true) => texts.with("swap-other-changed", &[name]),
        (Some(card), false) => texts.with("swap-other-card", &[name, ("card", (&phrase::card(texts, card)).into())]),
        (None, false) => plan.plan.clone(),
    };
    view! {
        <label class="choice">
            <input type="checkbox" name="subscription" value=plan.id.to_string() disabled=plan.is_changed/>
            <span>{label}</span>
        </label>
    }
}
