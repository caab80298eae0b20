//! What the producer says: yes, yes to a part, no, or that the money was paid back.

use super::page::find;
use super::view::{self, Typed, Wrong};
use crate::fields::Fields;
use crate::page::PageError;
use crate::producer::area;
use crate::said::lead_saying;
use crate::visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::Producer;
use portal::refund::{self, Answer, AnswerError, DoneError, PaidByHand, ProducerRefund};
use portal::time::parse_day;
use types::place::producer::Place;
use types::{Instant, InvalidLine, ItemId, Line};

/// Takes the producer's answer.
pub(super) async fn answer(
    provable: visitor::Provable,
    Path(protocol): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let producer = &provable.producer;
    let seen = find(producer, &protocol).await?;
    let mut typed = Typed { reason: fields.one("reason").to_owned(), ..Typed::default() };
    let reason = line(&fields, "reason");
    let items: Vec<ItemId> = fields.all("item").filter_map(|item| item.parse().ok()).collect();
    let (answer, said) = match (fields.one("answer"), reason) {
        ("approve", _) => (Answer::Approve, "said-approved"),
        ("decline" | "approve-items", Err(_)) => {
            typed.wrong = Some(if fields.one("answer") == "decline" { Wrong::Reason } else { Wrong::Words });
            typed.items = items;
            return Ok(again(producer, &seen, typed, StatusCode::UNPROCESSABLE_ENTITY));
        }
        ("approve-items", Ok(_)) if items.is_empty() => {
            typed.wrong = Some(Wrong::Items);
            return Ok(again(producer, &seen, typed, StatusCode::UNPROCESSABLE_ENTITY));
        }
        ("approve-items", Ok(reason)) => approve_items(&seen, items, reason),
        ("decline", Ok(reason)) => (Answer::Decline { reason }, "said-declined"),
        _ => return Err(PageError::Unreadable),
    };
    if !matches!(answer, Answer::Decline { .. }) {
        provable.gives(seen.view.refund.amount.amount)?;
    }
    let told = refund::answer(producer.portal(), producer, &seen.view.code, &seen.view.refund.protocol, answer).await;
    let wrong = match told {
        Ok(_) => return Ok(lead_saying(Place::Requests, said)),
        // By the link of the mail, by another person, or taken back by the buyer.
        Err(AnswerError::TooLate { .. }) => {
            return Ok(lead_saying(Place::Request { protocol: &protocol }, "said-answered-before"));
        }
        Err(AnswerError::NothingLeft) => Wrong::Answer("answer-nothing-left"),
        Err(AnswerError::Disputed) => Wrong::Answer("answer-disputed"),
        Err(AnswerError::UnknownItem) => Wrong::Items,
        Err(AnswerError::NotFound) => return Err(PageError::NotFound),
        Err(AnswerError::Database(error)) => return Err(error.into()),
    };
    Ok(again(producer, &seen, Typed { wrong: Some(wrong), ..typed }, StatusCode::CONFLICT))
}

/// All of the items are the whole.
fn approve_items(seen: &ProducerRefund, items: Vec<ItemId>, reason: Option<Line>) -> (Answer, &'static str) {
    let is_whole = !seen.items.is_empty() && seen.items.iter().all(|(item, ..)| items.contains(item));
    if is_whole {
        (Answer::Approve, "said-approved")
    } else {
        (Answer::ApproveItems { items, reason }, "said-approved-part")
    }
}

/// Takes the producer's word that the money was paid back outside.
pub(super) async fn done(
    visitor::Producer(producer): visitor::Producer,
    Path(protocol): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let seen = find(&producer, &protocol).await?;
    let mut typed =
        Typed { day: fields.one("day").to_owned(), reference: fields.one("reference").to_owned(), ..Typed::default() };
    let (at, reference) = match (day(&producer, &fields), line(&fields, "reference")) {
        (Ok(at), Ok(reference)) => (at, reference),
        (at, _) => {
            typed.wrong = Some(if at.is_err() { Wrong::Day } else { Wrong::Reference });
            return Ok(again(&producer, &seen, typed, StatusCode::UNPROCESSABLE_ENTITY));
        }
    };
    let paid = PaidByHand { at, reference };
    let view = &seen.view;
    match refund::done(producer.portal(), &producer, &view.code, &view.refund.protocol, &paid).await {
        Ok(_) => Ok(lead_saying(format!("{}?show=hand", Place::Requests), "said-paid-by-hand")),
        Err(DoneError::Time) => {
            typed.wrong = Some(Wrong::Day);
            Ok(again(&producer, &seen, typed, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(DoneError::Answer(AnswerError::NotFound)) => Err(PageError::NotFound),
        Err(DoneError::Answer(AnswerError::Database(error))) => Err(error.into()),
        Err(DoneError::Answer(_)) => Ok(lead_saying(Place::Request { protocol: &protocol }, "said-answered-before")),
    }
}

fn line(fields: &Fields, name: &str) -> Result<Option<Line>, InvalidLine> {
    fields.filled(name).map(Line::parse).transpose()
}

/// The end of the day that was named, in the producer's zone, and never ahead; none when no day was named.
fn day(producer: &Producer, fields: &Fields) -> Result<Option<Instant>, NoDay> {
    let Some(text) = fields.filled("day") else { return Ok(None) };
    let zone = producer.zone().map_err(|_| NoDay)?;
    let (day, now) = (parse_day(text).ok_or(NoDay)?, producer.portal().now());
    if day > zone.day_of(now) {
        return Err(NoDay);
    }
    let end = zone.last_second(day).ok_or(NoDay)?;
    Ok(Some(end.min(now)))
}

/// The text names no day on which something may have been paid.
struct NoDay;

fn again(producer: &Producer, seen: &ProducerRefund, typed: Typed, status: StatusCode) -> Response {
    view::page(producer, area::texts(producer), seen, typed).with_status(status).into_response()
}
