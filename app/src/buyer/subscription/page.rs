//! The pages of a subscription.

use super::{cancel, reason, receipt, refusal, view};
use crate::page::{Page, PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use portal::subscription::CancelError;
use types::SubscriptionId;
use types::place::buyer::Place;
use types::view::{ActionRefusal, SubscriptionPage};

/// A subscription of this buyer; anything else is not found.
pub async fn show(buyer: Buyer, Path(id): Path<String>) -> Result<Page, PageError> {
    let subscription = subscription(&buyer, named(&id)?).await?;
    Ok(view::page(buyer.texts(), &subscription, buyer.portal().now()).of_buyer(&buyer))
}

/// What cancelling would do. What is cancelled already leads to its receipt.
pub async fn cancel(buyer: Buyer, Path(id): Path<String>) -> Result<Response, PageError> {
    let id = named(&id)?;
    match portal::subscription::preview(&buyer, id).await {
        Ok(seen) => Ok(cancel::page(buyer.texts(), &seen, buyer.portal().now()).of_buyer(&buyer).into_response()),
        Err(error) => instead(&buyer, id, error).await,
    }
}

/// Reason and offer, both optional.
pub async fn reason(buyer: Buyer, Path(id): Path<String>) -> Result<Response, PageError> {
    let id = named(&id)?;
    match portal::subscription::choices(&buyer, id).await {
        Ok(choices) => {
            let form = reason::Form::new(portal::refund::new_request_id(buyer.portal()));
            Ok(reason::page(buyer.texts(), &choices, &form, buyer.portal().now()).of_buyer(&buyer).into_response())
        }
        Err(error) => instead(&buyer, id, error).await,
    }
}

/// Receipt, and the way back.
pub async fn receipt(buyer: Buyer, Path((id, protocol)): Path<(String, String)>) -> Result<Page, PageError> {
    let subscription = subscription(&buyer, named(&id)?).await?;
    let cancellation = subscription.cancellation.as_ref().filter(|known| known.protocol.as_str() == protocol);
    let cancellation = cancellation.ok_or(PageError::NotFound)?;
    Ok(receipt::page(buyer.texts(), &subscription, cancellation, buyer.portal().now()).of_buyer(&buyer))
}

/// An address without an id is nobody's.
pub(super) fn named(id: &str) -> Result<SubscriptionId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

pub(super) async fn subscription(buyer: &Buyer, id: SubscriptionId) -> Result<SubscriptionPage, PageError> {
    portal::purchases::subscription_page(buyer, id).await?.ok_or(PageError::NotFound)
}

/// What there is instead of a page that cancels: the receipt, or why it cannot be done.
pub(super) async fn instead(buyer: &Buyer, id: SubscriptionId, error: CancelError) -> Result<Response, PageError> {
    let refused = match error {
        CancelError::NotFound => return Err(PageError::NotFound),
        CancelError::Database(error) => return Err(error.into()),
        CancelError::OtherRequest => return refused(buyer, id, "cancel-other-request").await,
        CancelError::Refused(refused) => refused,
    };
    let subscription = subscription(buyer, id).await?;
    match (refused, &subscription.cancellation) {
        (ActionRefusal::Ending { .. } | ActionRefusal::Ended, Some(known)) => {
            Ok(lead_to(Place::CancelReceipt { id, protocol: known.protocol.as_str() }))
        }
        _ => {
            let page = refusal::of_action(buyer.texts(), &subscription, refused, buyer.portal().now());
            Ok(page.of_buyer(buyer).into_response())
        }
    }
}

/// A request that was refused, in the words of `key`.
pub(super) async fn refused(buyer: &Buyer, id: SubscriptionId, key: &str) -> Result<Response, PageError> {
    let subscription = subscription(buyer, id).await?;
    let words = buyer.texts().text(key);
    Ok(refusal::of_request(buyer.texts(), &subscription, &words).of_buyer(buyer).into_response())
}
