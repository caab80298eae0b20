//! What the order gives in each member area: wanted, told, confirmed, and each attempt to tell it.

use super::{Look, chips};
use crate::ui;
use leptos::prelude::*;
use portal::access::AccessLine;
use portal::drawer::Attempt;
use portal::sales::WholeDelivery;
use types::Instant;

/// A line an item and target of a member area.
pub(crate) fn access(look: Look<'_>) -> AnyView {
    let Look { texts, drawer, .. } = look;
    if drawer.access.is_empty() {
        return view! { <p>{texts.text("drawer-access-none")}</p> }.into_any();
    }
    let lines = drawer.access.iter().map(|line| one(look, line)).collect_view();
    view! { <ul class="entries">{lines}</ul> }.into_any()
}

fn one(look: Look<'_>, line: &AccessLine) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let item = drawer.order.items.iter().find(|item| item.id == line.item).map(|item| item.name.clone());
    let area = drawer.areas.get(&line.area).cloned().unwrap_or_default();
    let wanted = match (line.is_wanted, line.until) {
        (true, Some(until)) => texts.with("drawer-wanted-until", &[("date", (&calendar.last_day(until)).into())]),
        (true, None) => texts.text("drawer-wanted"),
        (false, _) => texts.text("drawer-not-wanted"),
    };
    let at = |key: &str, at: Instant| texts.with(key, &[("date", (&calendar.moment(at)).into())]);
    let told = match line.told {
        Some((true, told)) => at("drawer-told-given", told),
        Some((false, told)) => at("drawer-told-taken", told),
        None => texts.text("drawer-not-told"),
    };
    let delayed = line.delayed_since.map(|since| view! { <p class="bad">{at("drawer-delayed", since)}</p> });
    view! {
        <li>
            <p class="entry"><strong>{item}</strong><span>{area}" · "<code>{line.target.clone()}</code></span></p>
            <p>{wanted}</p>
            <p>{told}</p>
            {delayed}
        </li>
    }
}

/// The latest calls to the member areas, each with its attempts.
pub(crate) fn deliveries(look: Look<'_>) -> Option<impl IntoView + use<>> {
    let Look { texts, drawer, .. } = look;
    let lines = drawer.order.deliveries.iter().map(|delivery| call(look, delivery)).collect_view();
    (!drawer.order.deliveries.is_empty()).then(|| {
        view! {
            <h3>{texts.text("drawer-deliveries")}</h3>
            <ul class="entries">{lines}</ul>
        }
    })
}

fn call(look: Look<'_>, delivery: &WholeDelivery) -> impl IntoView + use<> {
    let Look { texts, calendar, drawer, .. } = look;
    let key = if delivery.is_revocation { "drawer-delivery-takes" } else { "drawer-delivery-gives" };
    let attempts: Vec<_> = drawer.attempts.iter().filter(|attempt| attempt.delivery == delivery.id).collect();
    let count = texts.with("drawer-attempts", &[("count", delivery.attempts.into())]);
    let lines = attempts.iter().map(|attempt| one_attempt(look, attempt)).collect_view();
    let attempts = (!attempts.is_empty()).then(|| {
        view! { <details class="more"><summary>{count}</summary><ol class="entries">{lines}</ol></details> }
    });
    let at = delivery.created_at;
    view! {
        <li>
            <p class="entry">
                <span>{texts.with(key, &[("area", (&delivery.member_area).into())])}</span>
                {chips::delivery(texts, delivery.state)}
            </p>
            <p class="help">{ui::time(calendar, at, calendar.moment(at))}</p>
            {attempts}
        </li>
    }
}

fn one_attempt(look: Look<'_>, attempt: &Attempt) -> impl IntoView + use<> {
    let Look { texts, calendar, .. } = look;
    let answer = match (attempt.status, &attempt.error) {
        (Some(status), _) => texts.with("drawer-answered", &[("status", (&status.to_string()).into())]),
        (None, Some(error)) => texts.with("drawer-not-reached", &[("error", error.into())]),
        (None, None) => texts.text("drawer-no-answer"),
    };
    let milliseconds = attempt.duration / 1_000;
    let shown = |label: &str, text: &str| {
        let (label, text) = (texts.text(label), text.to_owned());
        (!text.is_empty()).then(|| view! { <p class="help">{label}</p><pre class="wire" tabindex="0">{text}</pre> })
    };
    view! {
        <li>
            <p>{ui::time(calendar, attempt.at, calendar.moment(attempt.at))}": "{answer}" ("{milliseconds}" ms)"</p>
            {shown("drawer-request", &attempt.request)}
            {shown("drawer-answer", attempt.answer.as_deref().unwrap_or_default())}
        </li>
    }
}
