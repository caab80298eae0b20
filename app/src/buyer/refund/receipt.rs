//! The receipt, and where the money is.

use super::payee::{self, Typed};
use super::payee_page;
use crate::format::Calendar;
use crate::page::Page;
use crate::phrase;
use crate::status::{refund_chip, waiting_chip};
use crate::text::Texts;
use crate::ui::{self, Facts};
use leptos::prelude::*;
use std::time::Duration;
use types::place::buyer::Place;
use types::view::{OrderView, RefundOffer, RefundView};
use types::{Instant, Money, RefundState};

/// How long a gateway may take to answer before a buyer reads that it is unclear.
const ANSWER: Duration = Duration::from_secs(60);
/// After how long a producer who pays by hand has been reminded for the last time.
const REMINDED: Duration = Duration::from_secs(7 * 86_400);

/// The page.
pub(crate) fn page(texts: Texts, order: &OrderView, refund: &RefundView, typed: &Typed, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &order.producer.time_zone, now);
    let facts = Facts::new()
        .with(texts.text("receipt-protocol"), ui::copy(texts, refund.protocol.to_string(), texts.text("receipt-copy")))
        .with_some(texts.text("preview-items"), Some(refund.items.join(", ")).filter(|items| !items.is_empty()))
        .with_some(texts.text("receipt-back"), in_part(texts, refund))
        .with_some(texts.text("payee-title"), refund.payee.clone());
    let steps = steps(texts, order, refund, now, &calendar).into_iter();
    let steps = steps.map(|step| line(texts, step, &calendar)).collect_view();
    let is_waited_for = is_late(refund, now) || is_forgotten(refund, now);
    let has_trouble = is_waited_for || matches!(refund.state, RefundState::Failed | RefundState::Declined);
    let title = texts.with(title(refund), &[("producer", (&order.producer.name).into())]);
    let chip = match refund.waits_for_payee || is_at_page(refund) {
        true => waiting_chip(texts).into_any(),
        false => refund_chip(texts, refund.state).into_any(),
    };
    let address = Place::RefundPayee { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
    let payee = refund.waits_for_payee.then(|| {
        view! {
            <form class="card" method="post" action=address novalidate>
                {payee::fieldset(texts, typed)}{ui::submit(texts.text("payee-save"))}
            </form>
        }
    });
    let withdraw = refund.may_be_withdrawn.then(|| {
        let action = Place::RefundWithdraw { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
        view! { <form method="post" action=action>{ui::quiet_submit(texts.text("receipt-withdraw"))}</form> }
    });
    let body = view! {
        {ui::summary(texts.text("summary-title"), payee::errors(texts, typed))}
        <h1>{title.clone()}</h1>
        {lead(texts, order, refund)}
        <section class="card">
            <p class="amount">
                <span>{texts.text("receipt-amount")}</span><strong>{phrase::money(texts, refund.amount)}</strong>
            </p>
            <p>{chip}</p>
            {ui::facts(facts)}
        </section>
        {payee}
        {payee_page::card(texts, order, refund)}
        {again(texts, order, refund, &calendar)}
        {ui::card("steps", texts.text("receipt-steps"), view! { <ol class="steps">{steps}</ol> })}
        {has_trouble.then(|| phrase::contact(texts, &order.producer, order.code.as_str()))}
        <div class="row">
            {withdraw}
            {ui::link_button(&Place::Order { handle: &order.handle }.path(), texts.text("back-to-order"))}
        </div>
    };
    let page = Page::new(title, body).of_seller(&order.producer);
    match refund {
        refund if is_being_sent(refund) => page.looking_again(),
        refund if is_at_page(refund) => {
            let here = Place::RefundReceipt { handle: &order.handle, protocol: refund.protocol.as_str() }.path();
            page.looking_now_and_then(&here)
        }
        _ => page,
    }
}

/// After a failure: that access is back, and whether the money may be asked for once more.
fn again(texts: Texts, order: &OrderView, refund: &RefundView, calendar: &Calendar) -> Option<impl IntoView + use<>> {
    if refund.state != RefundState::Failed {
        return None;
    }
    let (words, link) = match order.refund_offer {
        RefundOffer::Open { until, .. } => {
            let deadline = calendar.deadline(until);
            let words = texts.with("mail-refund-failed-again", &[("deadline", (&deadline).into())]);
            (Some(words), Some((Place::Refund { handle: &order.handle }.path(), "refund-ask")))
        }
        RefundOffer::Closed { .. } => {
            (None, Some((Place::RefundAsk { handle: &order.handle }.path(), "refund-ask-late")))
        }
        _ => (None, None),
    };
    let link = link.map(|(address, label)| view! { <p>{ui::link_button(&address, texts.text(label))}</p> });
    Some(view! {
        <section class="card">
            <p>{texts.text("mail-refund-failed-access")}</p>
            {words.map(|words| view! { <p>{words}</p> })}
            {link}
        </section>
    })
}

/// Whether a gateway is being asked: a matter of seconds, and nobody else has to do anything.
fn is_being_sent(refund: &RefundView) -> bool {
    let is_ours = !refund.is_by_hand && !refund.waits_for_payee;
    is_ours && matches!(refund.state, RefundState::Approved | RefundState::Reconciling)
}

/// Whether the gateway waits for the buyer on a page of its own.
fn is_at_page(refund: &RefundView) -> bool {
    !refund.payee_pages.is_empty()
}

/// Where the refund stands: what somebody reads first who looks at the page again.
fn title(refund: &RefundView) -> &'static str {
    match refund.state {
        RefundState::Requested => "receipt-request-title",
        RefundState::Approved | RefundState::Reconciling => "receipt-title",
        RefundState::Sent if is_at_page(refund) => "receipt-payee-page-title",
        RefundState::Sent => "receipt-sent-title",
        RefundState::Settled => "receipt-settled-title",
        RefundState::Failed => "receipt-failed-title",
        RefundState::Declined => "receipt-declined-title",
        RefundState::Withdrawn => "receipt-withdrawn-title",
    }
}

/// That it was noted, while it is under way.
fn lead(texts: Texts, order: &OrderView, refund: &RefundView) -> Option<impl IntoView + use<>> {
    let is_new = matches!(refund.state, RefundState::Requested | RefundState::Approved | RefundState::Reconciling);
    let key = if refund.is_given { "receipt-lead-given" } else { "receipt-lead" };
    let text = is_new.then(|| texts.with(key, &[("email", order.email.as_str().into())]));
    text.map(|text| view! { <p>{text}</p> })
}

/// Whether the producer has let the time to answer pass.
fn is_late(refund: &RefundView, now: Instant) -> bool {
    refund.state == RefundState::Requested && refund.answer_by.is_some_and(|answer_by| answer_by < now)
}

/// Whether the producer who pays it back by hand has let both reminders pass.
fn is_forgotten(refund: &RefundView, now: Instant) -> bool {
    refund.by_hand_since.is_some_and(|since| since.plus(REMINDED) < now)
}

/// Whether a gateway has had more time than an answer takes. Until then nothing is in doubt.
fn is_unclear(refund: &RefundView, now: Instant) -> bool {
    refund.asking_since.is_some_and(|since| since.plus(ANSWER) < now)
}

/// What came back of a refund that failed in another part.
fn in_part(texts: Texts, refund: &RefundView) -> Option<String> {
    let is_in_part = refund.state == RefundState::Failed && refund.back.amount > 0;
    is_in_part.then(|| phrase::money(texts, refund.back))
}

/// One stretch of the way.
struct Step {
    title: String,
    /// `done`, `now`, `later` or `bad`.
    class: &'static str,
    at: Option<Instant>,
    text: Option<String>,
    /// What the producer wrote.
    answer: Option<String>,
}

fn steps(texts: Texts, order: &OrderView, refund: &RefundView, now: Instant, calendar: &Calendar) -> Vec<Step> {
    let is_request = refund.answer_by.is_some();
    let requested = Step {
        title: match refund.is_given {
            true => texts.with("step-given", &[("producer", (&order.producer.name).into())]),
            false => texts.text("step-requested"),
        },
        class: "done",
        at: Some(refund.requested_at),
        text: (!refund.is_given)
            .then(|| texts.text(if is_request { "step-asked-text" } else { "step-requested-text" })),
        answer: refund.answer.clone().filter(|_| refund.is_given),
    };
    if let (RefundState::Requested, Some(answer_by)) = (refund.state, refund.answer_by) {
        return vec![requested, waiting(texts, order, answer_by, is_late(refund, now), calendar)];
    }
    let end = end(texts, order, refund);
    // What was settled the moment it was sent was paid back by hand, or by the source: no bank of ours was asked.
    let never_sent = match refund.state {
        RefundState::Declined | RefundState::Withdrawn => refund.sent_at.is_none(),
        RefundState::Settled => refund.sent_at == refund.ended_at,
        _ => false,
    };
    if never_sent { vec![requested, end] } else { vec![requested, sent(texts, order, refund, now, calendar), end] }
}

/// The producer decides, and should have by `answer_by`.
fn waiting(texts: Texts, order: &OrderView, answer_by: Instant, is_late: bool, calendar: &Calendar) -> Step {
    let deadline = calendar.deadline(answer_by);
    let values = [("producer", (&order.producer.name).into()), ("deadline", (&deadline).into())];
    Step {
        title: texts.with("step-asked", &values),
        class: "now",
        at: None,
        text: Some(texts.with(if is_late { "step-asked-late" } else { "step-asked-wait" }, &values)),
        answer: None,
    }
}

fn sent(texts: Texts, order: &OrderView, refund: &RefundView, now: Instant, calendar: &Calendar) -> Step {
    let key = if refund.is_by_hand { "step-by-hand" } else { "step-sent" };
    let title = texts.with(key, &[("producer", (&order.producer.name).into())]);
    let text = match refund.state {
        _ if is_at_page(refund) => Some(texts.text("step-sent-payee-page")),
        _ if refund.sent_at.is_some() => None,
        _ if refund.waits_for_payee => Some(texts.text("step-sent-payee")),
        RefundState::Approved if refund.is_by_hand => Some(by_hand(texts, order, refund, now, calendar)),
        RefundState::Reconciling if is_unclear(refund, now) => Some(texts.text("step-sent-waiting")),
        RefundState::Reconciling => Some(texts.text("step-sent-asking")),
        RefundState::Requested | RefundState::Approved => Some(texts.text("step-sent-next")),
        _ => None,
    };
    let class = if text.is_some() { "now" } else { "done" };
    let at = refund.sent_at.filter(|_| !is_at_page(refund));
    Step { title, class, at, text, answer: None }
}

/// Who pays it back, since when they know, and what happens until then.
fn by_hand(texts: Texts, order: &OrderView, refund: &RefundView, now: Instant, calendar: &Calendar) -> String {
    let key = match refund.by_hand_since {
        None => "step-sent-by-hand-next",
        Some(_) if is_forgotten(refund, now) => "step-sent-by-hand-late",
        Some(_) => "step-sent-by-hand",
    };
    let date = refund.by_hand_since.map(|since| calendar.day(since)).unwrap_or_default();
    texts.with(key, &[("producer", (&order.producer.name).into()), ("date", (&date).into())])
}

fn end(texts: Texts, order: &OrderView, refund: &RefundView) -> Step {
    let (title, class, text) = match refund.state {
        RefundState::Settled => ("step-settled", "done", "step-settled-done"),
        RefundState::Failed => ("step-failed", "bad", "step-failed-text"),
        RefundState::Declined => ("step-declined", "bad", "step-declined-text"),
        RefundState::Withdrawn => ("step-withdrawn", "done", "step-withdrawn-text"),
        RefundState::Sent if !is_at_page(refund) => ("step-settled-ahead", "now", "step-settled-next"),
        RefundState::Requested | RefundState::Approved | RefundState::Reconciling | RefundState::Sent => {
            ("step-settled-ahead", "later", "step-settled-next")
        }
    };
    if let Some(back) = in_part(texts, refund) {
        let failed =
            phrase::money(texts, Money::new(refund.amount.amount - refund.back.amount, refund.amount.currency));
        let values =
            [("back", (&back).into()), ("failed", (&failed).into()), ("producer", (&order.producer.name).into())];
        let text = Some(texts.with("step-failed-part-text", &values));
        return Step { title: texts.text(title), class, at: refund.ended_at, text, answer: None };
    }
    let text = Some(texts.with(text, &[("producer", (&order.producer.name).into())]));
    Step {
        title: texts.text(title),
        class,
        at: refund.ended_at,
        text,
        answer: refund.answer.clone().filter(|_| !refund.is_given),
    }
}

fn line(texts: Texts, step: Step, calendar: &Calendar) -> impl IntoView + use<> {
    let is_current = (step.class == "now").then_some("step");
    view! {
        <li class=step.class aria-current=is_current>
            <strong>{step.title}</strong>
            {step.at.map(|at| ui::time(calendar, at, calendar.moment(at)))}
            {step.text.map(|text| view! { <p>{text}</p> })}
            {step.answer.map(|answer| view! {
                <p>{texts.text("step-answer-reason")}":"</p><blockquote class="message">{answer}</blockquote>
            })}
        </li>
    }
}
