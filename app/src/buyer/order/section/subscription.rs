//! The plan of an order: its price, its period, what is charged next and what is overdue.

use crate::format::Calendar;
use crate::status::subscription_chip;
use crate::text::Texts;
use crate::ui::{Facts, Tone};
use crate::{phrase, ui};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{OrderView, OverdueView, SubscriptionView};
use types::{DeclineReason, Instant, OrderKind, SubscriptionStatus};

/// Plan, price, and what is charged next.
pub(crate) fn subscription(
    texts: Texts,
    order: &OrderView,
    plan: &SubscriptionView,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let next = next_charge(texts, order, plan, calendar);
    let is_overdue = plan.status == SubscriptionStatus::PastDue;
    let next_name = texts.text(match plan.next_charge_at {
        Some(at) if is_overdue && calendar.is_ahead(at) => "cancel-overdue",
        _ if is_overdue => "subscription-overdue",
        _ => "subscription-next",
    });
    let overdue = is_overdue.then(|| {
        overdue(texts, order, calendar)
            .unwrap_or_else(|| ui::notice(Tone::Warn, view! { <p>{past_due(texts, order)}</p> }).into_any())
    });
    let facts = Facts::new()
        .with(texts.text("subscription-plan"), plan.plan.clone())
        .with(texts.text("subscription-price"), phrase::price(texts, plan))
        .with(next_name, next);
    let facts = period(texts, facts, plan, calendar)
        .with_some(texts.text("subscription-canceled"), plan.canceled_at.map(|at| calendar.moment(at)));
    let scheduled = plan.scheduled.as_ref().map(|scheduled| {
        let words = crate::plan::scheduled(texts, scheduled, calendar);
        view! { <p class="state wait">{words}</p> }
    });
    let body = view! {
        <p>{subscription_chip(texts, plan.status)}</p>
        {overdue}
        {ui::facts(facts)}
        {scheduled}
        <div class="row">{ways(texts, order, plan)}</div>
    };
    ui::card("subscription", texts.text("subscription-title"), body)
}

/// What to do about what is overdue, and where.
pub(crate) fn past_due(texts: Texts, order: &OrderView) -> String {
    let key = if order.is_billed_here { "subscription-past-due" } else { "subscription-past-due-by-producer" };
    texts.with(key, &[("producer", (&order.producer.name).into())])
}

/// When, and how much: of the plan that begins then, less what was promised.
fn next_charge(texts: Texts, order: &OrderView, plan: &SubscriptionView, calendar: &Calendar) -> String {
    let Some(at) = plan.next_charge_at else {
        // Where the producer ends the charges, only they know that there are no more.
        let key = if order.is_billed_here { "subscription-no-next" } else { "subscription-next-canceled" };
        return texts.text(key);
    };
    if plan.status == SubscriptionStatus::PastDue {
        // A source may name the next day of a charge that is overdue: nothing is overdue since then.
        return if calendar.is_ahead(at) { phrase::money(texts, plan.price) } else { calendar.day(at) };
    }
    let (date, amount) = (calendar.day(at), phrase::money(texts, plan.next_amount()));
    let (date, amount) = (("date", (&date).into()), ("amount", (&amount).into()));
    match plan.discount {
        Some(percent) => texts.with("subscription-next-discount", &[date, amount, ("percent", percent.into())]),
        None => texts.with("subscription-next-amount", &[date, amount]),
    }
}

/// What is overdue, why, when it is tried again and until when access lasts. The way to pay is the page's first button.
pub(super) fn overdue(texts: Texts, order: &OrderView, calendar: &Calendar) -> Option<AnyView> {
    let words = overdue_words(texts, order.overdue.as_ref()?, calendar);
    let lines = words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
    Some(ui::notice(Tone::Warn, lines).into_any())
}

/// The same as sentences.
pub(crate) fn overdue_words(texts: Texts, overdue: &OverdueView, calendar: &Calendar) -> Vec<String> {
    let amount = phrase::money(texts, overdue.amount);
    let since = overdue.since.map(|at| calendar.day(at)).unwrap_or_default();
    let first = match overdue.since {
        Some(_) => texts.with("subscription-overdue-since", &[("amount", (&amount).into()), ("date", (&since).into())]),
        None => texts.with("subscription-overdue-amount", &[("amount", (&amount).into())]),
    };
    let days: Vec<String> = overdue.retries.iter().map(|at| calendar.day(*at)).collect();
    let tries = (!days.is_empty()).then(|| {
        let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
        texts.with("subscription-overdue-tries", &[("dates", (&days.join("; ")).into()), ("count", count.into())])
    });
    let reason = overdue.reason.map(|reason| phrase::decline(texts, reason));
    [Some(first), reason, tries, overdue.access_stops.map(|at| stops(texts, at, calendar))]
        .into_iter()
        .flatten()
        .collect()
}

fn stops(texts: Texts, at: Instant, calendar: &Calendar) -> String {
    texts.with("subscription-overdue-access", &[("date", (&calendar.last_day(at)).into())])
}

/// What did not go through, with why and until when access lasts.
pub(crate) fn why(
    texts: Texts,
    words: String,
    reason: Option<DeclineReason>,
    access_stops: Option<Instant>,
    calendar: &Calendar,
) -> String {
    let reason = reason.map(|reason| phrase::decline(texts, reason));
    let stops = access_stops.map(|at| stops(texts, at, calendar));
    [Some(words), reason, stops].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// To the subscription's own page, and straight out of it as long as it goes on.
fn ways(texts: Texts, order: &OrderView, plan: &SubscriptionView) -> impl IntoView + use<> {
    let id = plan.id;
    let is_over = matches!(plan.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let cancel = (order.kind == OrderKind::Subscription && !is_over)
        .then(|| ui::link_button(&Place::Cancel { id }.path(), texts.text("subscription-cancel")));
    // Where the producer changes plans, the page would only say so.
    let change = (order.kind == OrderKind::Subscription && !is_over && order.is_billed_here)
        .then(|| ui::link_button(&Place::Plan { id }.path(), texts.text("change-title")));
    let manage = ui::link_button(&Place::Subscription { id }.path(), texts.text("subscription-manage"));
    view! { {manage}{change}{cancel} }
}

/// From when until when what was paid lasts, or what is free.
pub(crate) fn period(texts: Texts, facts: Facts, plan: &SubscriptionView, calendar: &Calendar) -> Facts {
    let (start, end) = match plan.status {
        SubscriptionStatus::Trialing => ("subscription-trial-start", "subscription-trial-end"),
        _ => ("subscription-period-start", "subscription-period-end"),
    };
    facts
        .with(texts.text(start), calendar.day(plan.period_start))
        .with(texts.text(end), calendar.last_day(plan.period_end))
}
