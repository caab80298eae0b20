//! Notes, and what happened: who did it, and why.

use super::Look;
use crate::text::Texts;
use crate::ui;
use leptos::prelude::*;
use portal::drawer::Happening;
use types::EventName;

/// Notes, newest first.
pub(crate) fn notes(look: Look<'_>) -> AnyView {
    let Look { texts, calendar, drawer, .. } = look;
    if drawer.notes.is_empty() {
        return view! { <p>{texts.text("drawer-notes-none")}</p> }.into_any();
    }
    let lines = drawer.notes.iter().map(|note| {
        let who = texts.with("drawer-note-by", &[("who", (&note.written_by).into())]);
        view! {
            <li>
                <blockquote class="message">{note.text.clone()}</blockquote>
                <p class="help">{who}", "{ui::time(calendar, note.at, calendar.moment(note.at))}</p>
            </li>
        }
    });
    view! { <ul class="entries">{lines.collect_view()}</ul> }.into_any()
}

/// What happened, newest first. The staff read the whole log; a producer what changed something.
pub(crate) fn happened(look: Look<'_>) -> impl IntoView + use<> {
    let is_news = |happening: &&Happening| look.is_staff || is_news(happening);
    let lines = look.drawer.happenings.iter().filter(is_news).map(|happening| line(look, happening)).collect_view();
    view! { <ol class="entries">{lines}</ol> }
}

/// An order that was worked out again and stands where it stood says nothing.
fn is_news(happening: &Happening) -> bool {
    let is_restated = [EventName::OrderReported, EventName::OrderRestated].iter();
    !(is_restated.map(|name| name.as_str()).any(|name| name == happening.name) && happening.before == happening.after)
}

fn line(look: Look<'_>, happening: &Happening) -> impl IntoView + use<> {
    let Look { texts, calendar, is_staff, .. } = look;
    let what = happening.name.parse().ok().and_then(key).map(|key| texts.text(key));
    let what = what.unwrap_or_else(|| happening.name.clone());
    let from = (is_staff && !happening.origin.is_empty())
        .then(|| texts.with("drawer-from", &[("address", (&happening.origin).into())]));
    let reason = happening.reason.clone().map(|reason| view! { <blockquote class="message">{reason}</blockquote> });
    let log = is_staff.then(|| log(texts, happening));
    let at = happening.at;
    view! {
        <li>
            <p class="entry"><strong>{what}</strong></p>
            <p class="help">
                {ui::time(calendar, at, calendar.moment(at))}", "{actor(texts, &happening.actor)}
                {from.map(|from| view! { ", "{from} })}
            </p>
            {reason}
            {log}
        </li>
    }
}

/// How it was and how it is, as the log keeps it.
fn log(texts: Texts, happening: &Happening) -> impl IntoView + use<> {
    let side = |label: &str, text: &Option<String>| {
        let label = texts.text(label);
        text.clone().map(|text| view! { <p class="help">{label}</p><pre class="wire" tabindex="0">{text}</pre> })
    };
    let (before, after) = (side("drawer-before", &happening.before), side("drawer-after", &happening.after));
    let is_there = before.is_some() || after.is_some();
    let title = texts.text("drawer-log");
    is_there.then(|| view! { <details class="more"><summary>{title}</summary>{before}{after}</details> })
}

fn actor(texts: Texts, kind: &str) -> String {
    texts.text(match kind {
        "buyer" => "drawer-by-buyer",
        "producer" => "drawer-by-producer",
        "staff" => "drawer-by-staff",
        "api_key" => "drawer-by-api",
        "source" => "drawer-by-source",
        _ => "drawer-by-system",
    })
}

/// The words for what happens to orders; what is about no order keeps its name.
fn key(name: EventName) -> Option<&'static str> {
    Some(match name {
        EventName::OrderCreated => "drawer-event-created",
        EventName::OrderReported => "drawer-event-reported",
        EventName::OrderRestated => "drawer-event-restated",
        EventName::OrderAddressCorrected => "drawer-event-address",
        EventName::OrderNoted => "drawer-event-noted",
        EventName::OrderMailAsked => "drawer-event-mail",
        EventName::OrderAccessAsked => "drawer-event-access",
        EventName::BillingPaid => "timeline-billing-paid",
        EventName::BillingFailed => "timeline-billing-failed",
        EventName::BillingWaits => "timeline-billing-wait",
        EventName::BillingVoided => "timeline-billing-void",
        EventName::BillingResumed => "timeline-billing-resume",
        EventName::BillingPaidInVain => "timeline-billing-paid-in-vain",
        EventName::BillingPaidTwice => "timeline-billing-paid-twice",
        EventName::BillingEnded | EventName::SubscriptionEnded => "timeline-subscription-end",
        EventName::CardChanged => "timeline-card-change",
        EventName::MethodChanged => "timeline-payment-change",
        EventName::PlanAsked => "timeline-plan-ask",
        EventName::PlanChanged | EventName::PlanApplied => "timeline-plan-change",
        EventName::PlanDeclined => "timeline-plan-declined",
        EventName::PlanScheduled => "timeline-plan-schedule",
        EventName::PlanUndone => "timeline-plan-undo",
        EventName::PlanReturned => "timeline-plan-returned",
        EventName::RefundRequested => "drawer-event-refund-asked",
        EventName::RefundGiven => "drawer-event-refund-given",
        EventName::RefundAnswered => "drawer-event-refund-answered",
        EventName::RefundWithdrawn => "drawer-event-refund-withdrawn",
        EventName::RefundPayeeAsked => "drawer-event-refund-payee-asked",
        EventName::RefundPayeeNamed => "timeline-refund-payee",
        EventName::RefundPaidByHand => "drawer-event-refund-by-hand",
        EventName::RefundAdvanced => "drawer-event-refund-advanced",
        EventName::SubscriptionCanceled => "timeline-subscription-canceled",
        EventName::SubscriptionCancelUndone => "timeline-subscription-undo",
        EventName::SubscriptionStayed => "drawer-event-stayed",
        EventName::SubscriptionTold => "drawer-event-told",
        EventName::SubscriptionNotTaken => "drawer-event-not-taken",
        EventName::DocumentBillingWritten => "timeline-document-billing",
        EventName::StaffRevealed => "drawer-event-revealed",
        _ => return None,
    })
}
