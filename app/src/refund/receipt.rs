//! The receipt, and where the money is.

use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::status::refund_chip;
use crate::text::Texts;
use crate::ui::{self, Facts};
use leptos::prelude::*;
use types::view::{OrderView, RefundView};
use types::{Instant, RefundState};

/// The page.
pub fn page(texts: Texts, order: &OrderView, refund: &RefundView, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &order.seller.time_zone, now);
    let facts = Facts::new()
        .with(texts.text("receipt-protocol"), ui::copy(texts, refund.protocol.to_string(), texts.text("receipt-copy")))
        .with(texts.text("preview-items"), refund.items.join(", "));
    let steps = steps(texts, order, refund, &calendar).into_iter().map(|step| line(step, &calendar)).collect_view();
    let has_trouble = matches!(refund.state, RefundState::Failed | RefundState::Declined);
    let is_request = refund.answer_by.is_some();
    let title = texts.text(if is_request { "receipt-request-title" } else { "receipt-title" });
    let withdraw = (refund.state == RefundState::Requested).then(|| {
        let action = format!("/orders/{}/refund/{}/withdraw", order.handle, refund.protocol);
        view! { <form method="post" action=action>{ui::quiet_submit(texts.text("receipt-withdraw"))}</form> }
    });
    let body = view! {
        <h1>{title.clone()}</h1>
        <p>{texts.with("receipt-lead", &[("email", order.email.as_str().into())])}</p>
        <section class="card">
            <p class="amount"><span>{texts.text("receipt-amount")}</span><strong>{phrase::money(texts, refund.amount)}</strong></p>
            <p>{refund_chip(texts, refund.state)}</p>
            {ui::facts(facts)}
        </section>
        {ui::card("steps", texts.text("receipt-steps"), view! { <ol class="steps">{steps}</ol> })}
        {has_trouble.then(|| phrase::contact(texts, &order.seller, refund.protocol.as_str()))}
        <div class="row">{withdraw}{ui::link_button(&format!("/orders/{}", order.handle), texts.text("back-to-order"))}</div>
    };
    Page::new(title, body).of_seller(&order.seller.name).in_zone(&order.seller.time_zone)
}

/// One stretch of the way.
struct Step {
    title: String,
    /// `done`, `now`, `later` or `bad`.
    class: &'static str,
    at: Option<Instant>,
    text: Option<String>,
}

fn steps(texts: Texts, order: &OrderView, refund: &RefundView, calendar: &Calendar) -> Vec<Step> {
    let is_request = refund.answer_by.is_some();
    let requested = Step {
        title: texts.text("step-requested"),
        class: "done",
        at: Some(refund.requested_at),
        text: Some(texts.text(if is_request { "step-asked-text" } else { "step-requested-text" })),
    };
    if let (RefundState::Requested, Some(answer_by)) = (refund.state, refund.answer_by) {
        return vec![requested, waiting(texts, order, answer_by, calendar)];
    }
    let end = end(texts, refund);
    let never_sent = matches!(refund.state, RefundState::Declined | RefundState::Withdrawn) && refund.sent_at.is_none();
    if never_sent { vec![requested, end] } else { vec![requested, sent(texts, refund), end] }
}

/// The seller decides.
fn waiting(texts: Texts, order: &OrderView, answer_by: Instant, calendar: &Calendar) -> Step {
    let deadline = calendar.deadline(answer_by);
    let values = [("seller", (&order.seller.name).into()), ("deadline", (&deadline).into())];
    Step {
        title: texts.with("step-asked", &values),
        class: "now",
        at: None,
        text: Some(texts.with("step-asked-wait", &values)),
    }
}

fn sent(texts: Texts, refund: &RefundView) -> Step {
    let title = texts.text("step-sent");
    let text = match refund.state {
        _ if refund.sent_at.is_some() => None,
        RefundState::Reconciling => Some(texts.text("step-sent-waiting")),
        RefundState::Requested | RefundState::Approved => Some(texts.text("step-sent-next")),
        _ => None,
    };
    let class = if text.is_some() { "now" } else { "done" };
    Step { title, class, at: refund.sent_at, text }
}

fn end(texts: Texts, refund: &RefundView) -> Step {
    let (title, class, text) = match refund.state {
        RefundState::Settled => ("step-settled", "done", "step-settled-done"),
        RefundState::Failed => ("step-failed", "bad", "step-failed-text"),
        RefundState::Declined => ("step-declined", "bad", "step-declined-text"),
        RefundState::Withdrawn => ("step-withdrawn", "done", "step-withdrawn-text"),
        RefundState::Sent => ("step-settled", "now", "step-settled-next"),
        RefundState::Requested | RefundState::Approved | RefundState::Reconciling => {
            ("step-settled", "later", "step-settled-next")
        }
    };
    let text = match &refund.answer {
        Some(answer) => format!("{} {}: {answer}", texts.text(text), texts.text("step-answer-reason")),
        None => texts.text(text),
    };
    Step { title: texts.text(title), class, at: refund.ended_at, text: Some(text) }
}

fn line(step: Step, calendar: &Calendar) -> impl IntoView + use<> {
    let is_current = (step.class == "now").then_some("step");
    view! {
        <li class=step.class aria-current=is_current>
            <strong>{step.title}</strong>
            {step.at.map(|at| ui::time(calendar, at, calendar.moment(at)))}
            {step.text.map(|text| view! { <p>{text}</p> })}
        </li>
    }
}
