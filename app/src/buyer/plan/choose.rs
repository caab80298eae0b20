//! Which plan.

use super::{refusal, words};
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::text::Texts;
use crate::ui::{self, Tone};
use islands::PlanPreview;
use leptos::prelude::*;
use types::Instant;
use types::place::buyer::Place;
use types::plan::{PlanChoice, PlanTarget, PlanView};

/// The page. With a script, the figures of the chosen plan are shown at once; without, the button shows them.
pub(crate) fn page(texts: Texts, plans: &PlanView, error: Option<&str>, now: Instant) -> Page {
    let owner = &plans.owner;
    let calendar = Calendar::new(texts.language(), &owner.producer.time_zone, now);
    let title = texts.text("change-title");
    let error = error.filter(|_| plans.refusal.is_none()).map(|key| texts.text(key));
    let body = view! {
        {ui::summary(texts.text("summary-title"), error.clone().map(|error| ("choice", error)).into_iter().collect())}
        <h1>{title.clone()}</h1>
        <p class="lead">{words::plan_now(texts, owner)}</p>
        {scheduled(texts, plans, &calendar)}
        {match plans.refusal {
            Some(reason) => refusal::block(texts, owner, reason, &calendar).into_any(),
            None => choice(texts, plans, error, &calendar).into_any(),
        }}
        {words::back(texts, owner)}
    };
    Page::new(title, body).of_seller(&owner.producer)
}

fn scheduled(texts: Texts, plans: &PlanView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    let scheduled = plans.scheduled.as_ref()?;
    let words = words::scheduled(texts, scheduled, calendar);
    let undo = words::undo(texts, plans.owner.subscription, scheduled.id);
    Some(ui::notice(Tone::Calm, view! { <h2>{texts.text("change-scheduled-title")}</h2><p>{words}</p>{undo} }))
}

fn choice(texts: Texts, plans: &PlanView, error: Option<String>, calendar: &Calendar) -> impl IntoView + use<> {
    let id = plans.owner.subscription;
    let (open, closed): (Vec<_>, Vec<_>) =
        offered(plans).partition(|target| matches!(target.choice, PlanChoice::Now | PlanChoice::At(_)));
    let (is_only, is_none) = (open.len() == 1, open.is_empty());
    let options = open.into_iter().map(|target| option(texts, target, is_only, calendar)).collect_view();
    let closed = (!closed.is_empty()).then(|| unavailable(texts, &closed));
    let described_by = error.is_some().then_some("choice-error");
    let form = (!is_none).then(|| {
        view! {
            <form class="card" method="post" action=Place::PlanFix { id }.path() novalidate>
                <fieldset id="choice" tabindex="-1" aria-describedby=described_by>
                    <legend>{texts.text("change-choose")}</legend>
                    {error.map(|error| view! { <p class="error" id="choice-error">{error}</p> })}
                    {options}
                </fieldset>
                <PlanPreview address=Place::PlanPreview { id }.path() loading=texts.text("change-counting")/>
                {ui::submit(texts.text("change-see"))}
            </form>
        }
    });
    view! { {form}{closed} }
}

/// What is scheduled already is not offered again.
fn offered(plans: &PlanView) -> impl Iterator<Item = &PlanTarget> {
    let is_scheduled = |target: &PlanTarget| {
        let scheduled = plans.scheduled.as_ref();
        scheduled.is_some_and(|change| change.plan == target.name && Some(change.price) == target.price)
    };
    plans.targets.iter().filter(move |target| !is_scheduled(target))
}

fn option(texts: Texts, target: &PlanTarget, is_only: bool, calendar: &Calendar) -> impl IntoView + use<> {
    let tag = match target.choice {
        PlanChoice::At(at) => texts.with("change-tag-at", &[("date", (&calendar.short(at)).into())]),
        _ => texts.text("change-tag-now"),
    };
    let price = target.price.map(|price| phrase::price(texts, price));
    let product = target.product.clone().map(|product| view! { <small>{product}</small> });
    view! {
        <label class="choice option">
            <input type="radio" name="offer" value=target.code.to_string() checked=is_only required/>
            <span><strong>{target.name.clone()}</strong>{product}<small>{price}</small></span>
            <span class="chip plain">{tag}</span>
        </label>
    }
}

/// Plans that are listed and cannot be chosen, each with its reason.
fn unavailable(texts: Texts, targets: &[&PlanTarget]) -> impl IntoView + use<> {
    let lines = targets.iter().map(|target| {
        let reason = texts.text(match target.choice {
            PlanChoice::OtherCurrency => "change-other-currency",
            PlanChoice::NotAPlan => "change-not-a-plan",
            PlanChoice::Closed => "change-closed",
            PlanChoice::Gateway => "change-gateway",
            _ => "change-unknown",
        });
        view! { <li><strong>{target.name.clone()}</strong><span>{reason}</span></li> }
    });
    let lines = lines.collect_view();
    ui::card("unavailable", texts.text("change-unavailable"), view! { <ul class="lines">{lines}</ul> })
}
