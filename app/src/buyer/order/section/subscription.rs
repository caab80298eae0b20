//! The plan of an order: its price, its period, what is charged next and what is overdue.

use crate::format::Calendar;
use crate::status::subscription_chip;
use crate::text::Texts;
use crate::ui::{Facts, Tone};
use crate::{phrase, ui};
use leptos::prelude::*;
use types::place::buyer::Place;
use types::view::{ChargeView, NextCharge, OrderView, OverdueView, SubscriptionView};
use types::{DeclineReason, Instant, Method, Money, OrderKind, OrderStatus, SubscriptionStatus};

/// Plan, price, and what is charged next.
pub(crate) fn subscription(
    texts: Texts,
    order: &OrderView,
    plan: &SubscriptionView,
    calendar: &Calendar,
) -> impl IntoView + use<> {
    let next = next_charge(texts, order, plan, calendar);
    let is_overdue = plan.is_past_due();
    let next_name = texts.text(match plan.next_charge_at {
        Some(at) if is_overdue && calendar.is_ahead(at) => "cancel-overdue",
        _ if is_overdue => "subscription-overdue",
        _ => "subscription-next",
    });
    let facts = Facts::new()
        .with(texts.text("subscription-plan"), plan.plan.clone())
        .with(texts.text("subscription-price"), phrase::price(texts, plan.cycle(plan.price)))
        .with(next_name, next);
    let facts = period(texts, facts, plan, calendar)
        .with_some(texts.text("subscription-canceled"), plan.canceled_at.map(|at| calendar.moment(at)));
    let scheduled = crate::plan::scheduled_part(texts, plan, calendar);
    let body = view! {
        <p>{subscription_chip(texts, plan.status)}</p>
        {ui::facts(facts)}
        {scheduled}
        <div class="row">{ways(texts, order, plan)}</div>
    };
    ui::card("subscription", texts.text("subscription-title"), body)
}

/// What to do about what is overdue, and where.
fn past_due(texts: Texts, order: &OrderView) -> String {
    let key = match (order.is_billed_here, order.takes_cards) {
        (true, _) => "subscription-past-due",
        (false, true) => "subscription-past-due-card",
        (false, false) => "subscription-past-due-by-producer",
    };
    texts.with(key, &[("producer", (&order.producer.name).into())])
}

/// When, and how much: of the plan that begins then, less what was promised.
fn next_charge(texts: Texts, order: &OrderView, plan: &SubscriptionView, calendar: &Calendar) -> String {
    let Some(at) = plan.next_charge_at else {
        // Where the producer ends the charges, only they know that there are no more.
        let key = if order.is_billed_here { "subscription-no-next" } else { "subscription-next-canceled" };
        return texts.text(key);
    };
    if plan.is_past_due() {
        // A source may name the next day of a charge that is overdue: nothing is overdue since then.
        return if calendar.is_ahead(at) { phrase::money(texts, plan.price) } else { calendar.day(at) };
    }
    next(texts, order, &NextCharge { at, amount: plan.next_amount(), percent: plan.discount }, calendar)
}

/// The next charge, or that it comes after what is open. One whose day is over is not ahead: nobody has said so far
/// what became of it.
pub(crate) fn next(texts: Texts, order: &OrderView, next: &NextCharge, calendar: &Calendar) -> String {
    let is_over = calendar.is_over(next.at);
    if is_over && open_slip(order).is_some() {
        return texts.text("subscription-next-after-open");
    }
    let (date, amount) = (calendar.day(next.at), phrase::money(texts, next.amount));
    let (date, amount) = (("date", (&date).into()), ("amount", (&amount).into()));
    if is_over {
        return texts.with("subscription-next-untold", &[date, amount]);
    }
    match next.percent {
        Some(percent) => texts.with("subscription-next-discount", &[date, amount, ("percent", percent.into())]),
        None => texts.with("subscription-next-amount", &[date, amount]),
    }
}

/// What is to be paid now, on top of the pages of an order and of its plan: how much, why, until when, and the button
/// that leads there.
pub(crate) fn due(
    texts: Texts,
    order: &OrderView,
    overdue: Option<&OverdueView>,
    calendar: &Calendar,
) -> Option<AnyView> {
    let (mut words, amount) = match (overdue, open_slip(order)) {
        (Some(overdue), open) => (overdue_words(texts, overdue, open.is_some(), calendar), overdue.amount),
        (None, Some(charge)) => (slip_words(texts, charge, calendar), charge.amount),
        (None, None) if order.is_past_due() => (vec![texts.text("plan-past-due")], order.subscription.as_ref()?.price),
        (None, None) => return None,
    };
    if order.is_past_due() && (overdue.is_none() || !order.is_billed_here) {
        words.push(past_due(texts, order));
    }
    let mut words = words.into_iter();
    let title = words.next();
    let lines = words.map(|words| view! { <p>{words}</p> }).collect_view();
    let way = way_to_pay(texts, order, amount);
    Some(ui::notice(Tone::Warn, view! { <h2>{title}</h2>{lines}{way} }).into_any())
}

/// The button that leads to paying here, or whom to write to.
fn way_to_pay(texts: Texts, order: &OrderView, amount: Money) -> Option<AnyView> {
    if order.is_billed_here {
        return pay_button(texts, order, amount).map(|button| view! { <p>{button}</p> }.into_any());
    }
    if order.takes_cards && order.is_past_due() {
        let address = super::card_address(order)?;
        let button = ui::primary_link(&address, texts.text("card-swap"));
        return Some(view! { <p>{button}</p> }.into_any());
    }
    order.is_past_due().then(|| phrase::contact(texts, &order.producer, order.code.as_str()).into_any())
}

/// A boleto or Pix of the calendar that waits to be paid. That of an order which was never paid is the order's own.
pub(crate) fn open_slip(order: &OrderView) -> Option<&ChargeView> {
    let is_open = |charge: &&ChargeView| charge.is_open() && charge.payment_code.is_some() && charge.method.is_slip();
    order.charges.iter().find(is_open).filter(|_| order.status != OrderStatus::Pending)
}

fn slip_words(texts: Texts, charge: &ChargeView, calendar: &Calendar) -> Vec<String> {
    let (amount, method) = (phrase::money(texts, charge.amount), phrase::method(texts, charge.method));
    let first = texts.with("subscription-to-pay", &[("amount", (&amount).into()), ("method", (&method).into())]);
    let until = charge
        .due_on
        .as_ref()
        .map(|day| texts.with("card-open-until", &[("deadline", (&calendar.calendar_day(day)).into())]));
    [Some(first), until].into_iter().flatten().collect()
}

fn pay_button(texts: Texts, order: &OrderView, amount: Money) -> Option<impl IntoView + use<>> {
    let address = super::card_address(order)?;
    let label = pay_label(texts, amount, open_slip(order).map(|charge| charge.method));
    Some(ui::primary_link(&address, label))
}

/// What the button says that leads to paying, where `open` is the way of a boleto or Pix that waits: a boleto is looked
/// at first.
pub(crate) fn pay_label(texts: Texts, amount: Money, open: Option<Method>) -> String {
    let amount = phrase::money(texts, amount);
    let amount = [("amount", (&amount).into())];
    match open {
        Some(Method::Boleto) => texts.text("order-pay-boleto"),
        Some(_) => texts.with("pay-amount-pix", &amount),
        None => texts.with("pay-amount", &amount),
    }
}

/// The same as sentences.
fn overdue_words(texts: Texts, overdue: &OverdueView, has_open: bool, calendar: &Calendar) -> Vec<String> {
    let amount = phrase::money(texts, overdue.amount);
    let since = overdue.since.map(|at| calendar.day(at)).unwrap_or_default();
    let first = match overdue.since {
        Some(_) => texts.with("subscription-overdue-since", &[("amount", (&amount).into()), ("date", (&since).into())]),
        None => texts.with("subscription-overdue-amount", &[("amount", (&amount).into())]),
    };
    let days: Vec<String> = overdue.retries.iter().map(|at| calendar.day(*at)).collect();
    // Nobody tries to charge a boleto or Pix: its buyer pays it. Until one is over, the card is not tried either.
    let is_slip = overdue.method.is_slip();
    let tries = (!days.is_empty() && !is_slip && !has_open).then(|| {
        let count = i64::try_from(days.len()).unwrap_or(i64::MAX);
        texts.with("subscription-overdue-tries", &[("dates", (&days.join("; ")).into()), ("count", count.into())])
    });
    let reason = overdue.reason.filter(|_| !is_slip).map(|reason| phrase::decline(texts, reason));
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
        .then(|| ui::link_button(&Place::Cancel { id }.path(), cancel_label(texts, plan)));
    let may_change = !is_over && !plan.is_past_due();
    // Where the producer changes plans, the page would only say so.
    let change = (order.kind == OrderKind::Subscription && may_change && order.changes_plans)
        .then(|| ui::link_button(&Place::Plan { id }.path(), texts.text("change-title")));
    let manage = ui::link_button(&Place::Subscription { id }.path(), texts.text("subscription-manage"));
    view! { {manage}{change}{cancel} }
}

/// What the button says that leads out: of what is overdue, access ends at once.
pub(crate) fn cancel_label(texts: Texts, plan: &SubscriptionView) -> String {
    texts.text(if plan.is_past_due() { "cancel-end-now" } else { "subscription-cancel" })
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
