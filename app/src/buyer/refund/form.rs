//! The form that asks for money back.

use super::ask::Asked;
use super::page::{chosen, late, order, preview_again, refused};
use super::payee;
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::refund::{AnswerError, RefundError};
use types::place::buyer::Place;
use types::{ItemId, RequestId};

/// Asks for the money. The same form pressed twice is one request and leads to the same receipt.
pub async fn confirm(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    let items = chosen(&fields);
    // No item means all of them to the rules; a form without items means nothing.
    let payee = match fields.filled("payee").map(|_| payee::parse(&fields)).transpose() {
        Ok(payee) => payee,
        Err(typed) => return Ok(preview_again(&buyer, &handle, &items, request, &typed).await?.into_response()),
    };
    let asked = match (items.as_slice(), &payee) {
        ([], _) => Err(RefundError::UnknownItem),
        (items, None) => portal::refund::request(&buyer, &handle, request, items).await,
        (items, Some(payee)) => portal::refund::request_to(&buyer, &handle, request, items, payee).await,
    };
    match asked {
        Ok(protocol) => Ok(lead_to(Place::RefundReceipt { handle: &handle, protocol: protocol.as_str() })),
        Err(error) => Ok(refused(&buyer, &handle, error).await?.into_response()),
    }
}

/// Asks the producer after the window. The same form pressed twice is one request.
pub async fn ask(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    let (message, items) = (fields.one("message"), chosen(&fields));
    // Where there was a choice, no item means none; the rules would take it for all.
    if items.is_empty() && fields.filled("choice").is_some() {
        return ask_again(&buyer, &handle, (&items, message), "choose-none").await;
    }
    match portal::refund::ask_for(&buyer, &handle, request, &items, message).await {
        Ok(protocol) => Ok(lead_to(Place::RefundReceipt { handle: &handle, protocol: protocol.as_str() })),
        Err(RefundError::WindowOpen) => Ok(lead_to(Place::Refund { handle: &handle })),
        Err(RefundError::NoMessage) => {
            let error = if message.trim().is_empty() { "ask-message-empty" } else { "ask-message-long" };
            ask_again(&buyer, &handle, (&items, message), error).await
        }
        Err(error) => Ok(refused(&buyer, &handle, error).await?.into_response()),
    }
}

/// The word to the producer once more, as it was typed, with what is wrong with it.
async fn ask_again(
    buyer: &Buyer,
    handle: &str,
    (items, message): (&[ItemId], &str),
    error: &'static str,
) -> Result<Response, PageError> {
    let order = order(buyer, handle).await?;
    let typed = Asked { items: Some(items), message, error: Some(error) };
    Ok(late(buyer, &order, &typed).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Takes a request back. Where it is too late for that, the receipt says what happens instead.
pub async fn withdraw(buyer: Buyer, Path((handle, protocol)): Path<(String, String)>) -> Result<Response, PageError> {
    match portal::refund::withdraw(&buyer, &handle, &protocol).await {
        Ok(())
        | Err(
            AnswerError::TooLate { .. } | AnswerError::NothingLeft | AnswerError::Disputed | AnswerError::UnknownItem,
        ) => Ok(lead_to(Place::RefundReceipt { handle: &handle, protocol: &protocol })),
        Err(AnswerError::NotFound) => Err(PageError::NotFound),
        Err(AnswerError::Database(error)) => Err(error.into()),
    }
}
