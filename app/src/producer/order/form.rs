//! What may be done about an order: parse, one call of a rule, redirect. Each form has a number, and pressed twice it
//! is one request.

use super::page::{again, named};
use crate::fields::Fields;
use crate::page::PageError;
use crate::refill::Met;
use crate::said::lead_saying;
use crate::visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use portal::drawer::{self, NoteError, ResendError};
use portal::ledger::{CorrectError, correct_address};
use portal::refund::{self, Answer, AnswerError, DoneError, PaidByHand};
use portal::subscription::{self, At, CancelError, UndoError};
use types::place::producer::Place;
use types::{Code, Email, Line, LinkPlace, MailKind, Protocol, RequestId};
use uuid::Uuid;

type Answered = Result<Response, PageError>;

/// Back to a block of the order's page, with a word.
pub(super) fn back(code: &Code, block: &str, said: &'static str) -> Answered {
    Ok(lead_saying(format!("{}#{block}", Place::Order { handle: code.as_str() }), said))
}

fn number(fields: &Fields) -> Result<RequestId, PageError> {
    fields.one("request").parse().map_err(|_| PageError::Unreadable)
}

/// A line that may be left empty.
pub(super) fn optional_line(fields: &Fields, name: &str) -> Result<Option<Line>, ()> {
    fields.filled(name).map(Line::parse).transpose().map_err(|_| ())
}

const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
const REFUSED: StatusCode = StatusCode::CONFLICT;

/// Puts the buyer's address right.
pub(super) async fn correct(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    let met = |words| Met { block: "email", words, typed: fields.one("email") };
    let Ok(email) = Email::parse(fields.one("email").trim()) else {
        return again(&producer, &code, INVALID, met("drawer-email-invalid")).await;
    };
    let Ok(reason) = optional_line(&fields, "reason") else {
        return again(&producer, &code, INVALID, met("drawer-reason-long")).await;
    };
    match correct_address(&producer, &code, &email, reason.as_ref().map(Line::as_str)).await {
        // The same again is done already.
        Ok(()) | Err(CorrectError::Same) => back(&code, "buyer", "said-email-corrected"),
        Err(CorrectError::Erased) => again(&producer, &code, REFUSED, met("drawer-email-erased")).await,
        Err(CorrectError::NotFound) => Err(PageError::NotFound),
        Err(CorrectError::Database(error)) => Err(error.into()),
    }
}

/// Sends a mail to the buyer once more: the one about the purchase or about access, or one that was given up.
pub(super) async fn mail(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    let (block, sent) = match fields.filled("id") {
        Some(id) => {
            let id: Uuid = id.parse().map_err(|_| PageError::Unreadable)?;
            ("mails", drawer::send_mail_on_file(&producer, &code, id).await)
        }
        None => {
            let kind = match fields.one("mail") {
                "purchase" => MailKind::Purchase,
                "access" => MailKind::OrderAccess,
                _ => return Err(PageError::Unreadable),
            };
            ("buyer", drawer::send_mail(&producer, &code, number(&fields)?, kind).await)
        }
    };
    sent_or(&producer, &code, block, "said-mail-sent", sent).await
}

/// Mails a link to the buyer.
pub(super) async fn link(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    let place: LinkPlace = fields.one("place").parse().map_err(|_| PageError::Unreadable)?;
    let sent = drawer::send_link(&producer, &code, number(&fields)?, place).await;
    sent_or(&producer, &code, "links", "said-mail-sent", sent).await
}

/// Tells the member areas once more.
pub(super) async fn access(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    let sent = drawer::send_access(&producer, &code, number(&fields)?).await;
    sent_or(&producer, &code, "access", "said-access-sent", sent).await
}

async fn sent_or(
    producer: &portal::Producer,
    code: &Code,
    block: &'static str,
    said: &'static str,
    sent: Result<(), ResendError>,
) -> Answered {
    match sent {
        Ok(()) => back(code, block, said),
        Err(ResendError::NothingToSend) => {
            again(producer, code, REFUSED, Met { block, words: "drawer-nothing-to-send", typed: "" }).await
        }
        Err(ResendError::NotFound) => Err(PageError::NotFound),
        Err(ResendError::Database(error)) => Err(error.into()),
    }
}

/// Keeps a note.
pub(super) async fn note(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    match drawer::add_note(&producer, &code, number(&fields)?, fields.one("text")).await {
        Ok(()) => back(&code, "notes", "said-note-kept"),
        Err(NoteError::NoText) => {
            let met = Met { block: "note", words: "drawer-note-invalid", typed: fields.one("text") };
            again(&producer, &code, INVALID, met).await
        }
        Err(NoteError::NotFound) => Err(PageError::NotFound),
        Err(NoteError::Database(error)) => Err(error.into()),
    }
}

/// Cancels the subscription.
pub(super) async fn cancel(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    let at = match fields.one("at") {
        "now" => At::Now,
        "period_end" => At::PeriodEnd,
        _ => return Err(PageError::Unreadable),
    };
    let Ok(reason) = optional_line(&fields, "reason") else {
        let met = Met { block: "cancel", words: "drawer-reason-long", typed: fields.one("reason") };
        return again(&producer, &code, INVALID, met).await;
    };
    match subscription::cancel_for_buyer(&producer, &code, number(&fields)?, at, reason.as_ref()).await {
        Ok(_) => back(&code, "subscription", "said-canceled-for-buyer"),
        Err(CancelError::Refused(_)) => refused(&producer, &code, "cancel", "drawer-cancel-refused").await,
        Err(CancelError::OtherRequest) => Err(PageError::Unreadable),
        Err(CancelError::NotFound) => Err(PageError::NotFound),
        Err(CancelError::Database(error)) => Err(error.into()),
    }
}

/// Takes a cancellation back.
pub(super) async fn undo(
    visitor::Producer(producer): visitor::Producer,
    Path(handle): Path<String>,
    fields: Fields,
) -> Answered {
    let code = named(&handle)?;
    match subscription::undo_for_buyer(&producer, &code, fields.one("protocol"), None).await {
        Ok(()) => back(&code, "subscription", "said-cancel-undone"),
        Err(UndoError::TooLate | UndoError::EndedThere | UndoError::OfProducer) => {
            refused(&producer, &code, "cancel", "drawer-undo-refused").await
        }
        Err(UndoError::NotFound) => Err(PageError::NotFound),
        Err(UndoError::Database(error)) => Err(error.into()),
    }
}

async fn refused(producer: &portal::Producer, code: &Code, block: &'static str, words: &'static str) -> Answered {
    again(producer, code, REFUSED, Met { block, words, typed: "" }).await
}

/// Answers a request for money.
pub(super) async fn answer(
    provable: visitor::Provable,
    Path((handle, protocol)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let producer = &provable.producer;
    let (code, protocol) = (named(&handle)?, Protocol::on_file(protocol));
    let (answer, said) = match (fields.one("answer"), optional_line(&fields, "reason")) {
        ("approve", _) => (Answer::Approve, "said-approved"),
        ("decline", Ok(reason)) => (Answer::Decline { reason }, "said-declined"),
        ("decline", Err(())) => {
            let met = Met { block: "money", words: "answer-reason-invalid", typed: fields.one("reason") };
            return again(producer, &code, INVALID, met).await;
        }
        _ => return Err(PageError::Unreadable),
    };
    if answer == Answer::Approve
        && let Some(asked) = refund::of_producer(producer, protocol.as_str()).await?
    {
        provable.gives(asked.view.refund.amount.amount)?;
    }
    match refund::answer(producer.portal(), producer, &code, &protocol, answer).await {
        Ok(_) => back(&code, "money", said),
        Err(error) => unanswered(producer, &code, error).await,
    }
}

/// Money was paid back by hand.
pub(super) async fn done(
    visitor::Producer(producer): visitor::Producer,
    Path((handle, protocol)): Path<(String, String)>,
    fields: Fields,
) -> Answered {
    let (code, protocol) = (named(&handle)?, Protocol::on_file(protocol));
    let Ok(reference) = optional_line(&fields, "reference") else {
        return refused(&producer, &code, "money", "drawer-reference-long").await;
    };
    match refund::done(producer.portal(), &producer, &code, &protocol, &PaidByHand { at: None, reference }).await {
        Ok(_) => back(&code, "money", "said-paid-by-hand"),
        Err(DoneError::Answer(error)) => unanswered(&producer, &code, error).await,
        Err(DoneError::Time) => Err(PageError::Unreadable),
    }
}

async fn unanswered(producer: &portal::Producer, code: &Code, error: AnswerError) -> Answered {
    let words = match error {
        AnswerError::TooLate { .. } => "drawer-answer-late",
        AnswerError::NothingLeft => "answer-nothing-left",
        AnswerError::Disputed => "answer-disputed",
        AnswerError::NotFound | AnswerError::UnknownItem => return Err(PageError::NotFound),
        AnswerError::Database(error) => return Err(error.into()),
    };
    refused(producer, code, "money", words).await
}
