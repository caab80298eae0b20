//! The producer decides about a request after the window: by the link of a mail that only the producer got.

use crate::fields::Fields;
use crate::format::Calendar;
use crate::page::{Page, PageError, lead_to};
use crate::phrase;
use crate::said::lead_saying;
use crate::status::refund_chip;
use crate::text::Texts;
use crate::ui::{self, Facts, Field, Tone};
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use portal::refund::{Answer, AnswerError, answer_by_link, request_of_link};
use types::place::producer::Place;
use types::view::RefundRequestView;
use types::{Instant, Line, RefundState};

/// The request and, while it waits, the two buttons. Looking changes nothing.
pub(crate) async fn show(visitor: Visitor, Path(token): Path<String>) -> Result<Page, PageError> {
    let Some(seen) = request_of_link(&visitor.portal, &token).await? else { return Ok(incomplete(visitor.texts)) };
    Ok(page(visitor.texts, &seen, &token, "", None, visitor.portal.now()))
}

/// Something that is no link of ours, or was cut on its way.
fn incomplete(texts: Texts) -> Page {
    let title = texts.text("link-invalid-title");
    let body = view! { <h1>{title.clone()}</h1><p>{texts.text("answer-link-invalid")}</p> };
    Page::new(title, body).for_producer().with_secret_address().with_status(StatusCode::NOT_FOUND)
}

/// Takes the producer's word.
pub(crate) async fn take(visitor: Visitor, Path(token): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let typed = fields.one("reason");
    let reason = fields.filled("reason").map(Line::parse).transpose();
    let answer = match (fields.one("answer"), reason) {
        ("approve", _) => Answer::Approve,
        ("decline", Ok(reason)) => Answer::Decline { reason },
        ("decline", Err(_)) => {
            let seen = request_of_link(&visitor.portal, &token).await?.ok_or(PageError::NotFound)?;
            let error = Some(Wrong::Reason("answer-reason-invalid"));
            let page = page(visitor.texts, &seen, &token, typed, error, visitor.portal.now());
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
        _ => return Err(PageError::Unreadable),
    };
    let said = if matches!(answer, Answer::Approve) { "said-approved" } else { "said-declined" };
    match answer_by_link(&visitor.portal, &token, answer, &visitor.origin.address).await {
        Ok(_) => Ok(lead_saying(Place::RefundRequest { token: &token }, said)),
        // Too late is told by the page itself: it shows what became of the request.
        Err(AnswerError::TooLate { .. }) => Ok(lead_to(Place::RefundRequest { token: &token })),
        Err(AnswerError::NothingLeft) => refused(&visitor, &token, "answer-nothing-left").await,
        Err(AnswerError::Disputed) => refused(&visitor, &token, "answer-disputed").await,
        // Only the whole is answered here.
        Err(AnswerError::NotFound | AnswerError::UnknownItem) => Err(PageError::NotFound),
        Err(AnswerError::Database(error)) => Err(error.into()),
    }
}

/// Why the money cannot go back by now; the request can still be declined.
async fn refused(visitor: &Visitor, token: &str, key: &'static str) -> Result<Response, PageError> {
    let seen = request_of_link(&visitor.portal, token).await?.ok_or(PageError::NotFound)?;
    let page = page(visitor.texts, &seen, token, "", Some(Wrong::Answer(key)), visitor.portal.now());
    Ok(page.with_status(StatusCode::CONFLICT).into_response())
}

/// What an answer meets, by the key of its words.
enum Wrong {
    /// What was typed.
    Reason(&'static str),
    /// The state of things.
    Answer(&'static str),
}

fn page(texts: Texts, seen: &RefundRequestView, token: &str, typed: &str, wrong: Option<Wrong>, now: Instant) -> Page {
    let calendar = Calendar::new(texts.language(), &seen.producer.time_zone, now);
    let refund = &seen.refund;
    let amount = phrase::money(texts, refund.amount);
    let waits = refund.state == RefundState::Requested;
    let (error, refusal) = match wrong {
        Some(Wrong::Reason(key)) => (Some(texts.text(key)), None),
        Some(Wrong::Answer(key)) => (None, Some(texts.text(key))),
        None => (None, None),
    };
    let errors = error.clone().map(|error| ("reason", error)).into_iter().collect();
    let facts = Facts::new()
        .with(texts.text("answer-buyer"), format!("{} ({})", seen.buyer_name, seen.email))
        .with(texts.text("answer-order"), seen.code.to_string())
        .with(texts.text("preview-items"), refund.items.join(", "))
        .with_some(texts.text("payment-paid-at"), seen.paid_at.map(|at| calendar.moment(at)))
        .with_some(texts.text("answer-by"), refund.answer_by.filter(|_| waits).map(|at| calendar.deadline(at)))
        .with(texts.text("receipt-protocol"), refund.protocol.to_string())
        .with_some(texts.text("step-answer-reason"), refund.answer.clone());
    let buttons = waits.then(|| forms(texts, token, seen, typed, error));
    let title = texts.text("answer-title");
    let body = view! {
        {ui::summary(texts.text("summary-title"), errors)}
        <h1>{title.clone()}</h1>
        {refusal.map(|words| ui::notice(Tone::Bad, words))}
        <section class="card">
            <p class="amount"><span>{texts.text("receipt-amount")}</span><strong>{amount}</strong></p>
            <p>{refund_chip(texts, refund.state)}</p>
            {ui::facts(facts)}
            <h2>{texts.text("answer-message")}</h2>
            <blockquote class="message">{seen.message.clone()}</blockquote>
        </section>
        {buttons}
    };
    Page::new(title, body).of_seller(&seen.producer).for_producer().with_secret_address()
}

fn forms(
    texts: Texts,
    token: &str,
    seen: &RefundRequestView,
    typed: &str,
    error: Option<String>,
) -> impl IntoView + use<> {
    let action = Place::RefundRequest { token }.path();
    let amount = phrase::money(texts, seen.refund.amount);
    let approve = texts.with("answer-approve", &[("amount", (&amount).into())]);
    let help = if seen.refund.is_by_hand { "answer-approve-help-by-hand" } else { "answer-approve-help" };
    let reason = Field {
        id: "reason",
        name: "reason",
        kind: "text",
        label: texts.text("answer-reason"),
        help: texts.text("answer-reason-help"),
        value: typed.to_owned(),
        error,
        ..Field::default()
    };
    view! {
        <form class="card" method="post" action=action.clone()>
            <p>{texts.text(help)}</p>
            <input type="hidden" name="answer" value="approve"/>
            {ui::submit(approve)}
        </form>
        <form class="card" method="post" action=action>
            <input type="hidden" name="answer" value="decline"/>
            {ui::field(reason)}
            {ui::quiet_submit(texts.text("answer-decline"))}
        </form>
    }
}
