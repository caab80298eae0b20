//! The forms that cancel, keep, and take back.

use super::page::{instead, named, refused};
use super::reason;
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::said::lead_saying;
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::subscription::{self, AcceptError, CancelError, UndoError};
use types::place::buyer::Place;
use types::{RequestId, RetentionKind, SubscriptionId};

/// On from the first screen. That somebody began to cancel is counted, and nothing else.
pub async fn begin(buyer: Buyer, Path(id): Path<String>) -> Result<Response, PageError> {
    let id = named(&id)?;
    match subscription::open(&buyer, id).await {
        Ok(()) => Ok(lead_to(Place::CancelReason { id })),
        Err(error) => instead(&buyer, id, error).await,
    }
}

/// Ends the subscription. The same form pressed twice is one request and leads to the same receipt.
pub async fn confirm(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let id = named(&id)?;
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    match subscription::cancel(&buyer, id, request, fields.one("reason"), fields.one("comment")).await {
        Ok(protocol) => Ok(lead_to(Place::CancelReceipt { id, protocol: protocol.as_str() })),
        Err(error) => instead(&buyer, id, error).await,
    }
}

/// The buyer stays.
pub async fn abort(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let id = named(&id)?;
    match subscription::abort(&buyer, id, fields.one("reason")).await {
        Ok(()) => Ok(lead_to(Place::Subscription { id })),
        Err(error) => instead(&buyer, id, error).await,
    }
}

/// The buyer takes what was offered.
pub async fn accept(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let id = named(&id)?;
    match subscription::accept(&buyer, id, fields.one("reason"), fields.one("comment")).await {
        Ok(RetentionKind::Plan) => Ok(lead_to(Place::Plan { id })),
        Ok(_) => Ok(lead_to(Place::Subscription { id })),
        Err(AcceptError::NotFound) => Err(PageError::NotFound),
        Err(AcceptError::NoMessage) => again(&buyer, id, &fields).await,
        Err(AcceptError::NothingOffered) => refused(&buyer, id, "cancel-offer-gone").await,
        Err(AcceptError::Database(error)) => Err(error.into()),
    }
}

/// Takes the cancellation back.
pub async fn undo(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let id = named(&id)?;
    match subscription::undo(&buyer, id, fields.one("protocol")).await {
        Ok(()) => Ok(lead_saying(Place::Subscription { id }, "said-cancel-undone")),
        Err(UndoError::NotFound) => Err(PageError::NotFound),
        Err(UndoError::TooLate) => refused(&buyer, id, "cancel-undo-late").await,
        Err(UndoError::EndedThere | UndoError::OfProducer) => refused(&buyer, id, "cancel-undo-ended").await,
        Err(UndoError::Database(error)) => Err(error.into()),
    }
}

/// The second screen once more: a message needs words.
async fn again(buyer: &Buyer, id: SubscriptionId, fields: &Fields) -> Result<Response, PageError> {
    match subscription::choices(buyer, id).await {
        Ok(choices) => {
            let mut form = reason::Form::new(portal::refund::new_request_id(buyer.portal()));
            form.reason = fields.one("reason").to_owned();
            form.comment = fields.one("comment").to_owned();
            form.error = Some("cancel-message-empty");
            let page = reason::page(buyer.texts(), &choices, &form, buyer.portal().now()).of_buyer(buyer);
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
        Err(CancelError::NotFound) => Err(PageError::NotFound),
        Err(error) => instead(buyer, id, error).await,
    }
}
