//! The pages of a refund.

use super::ask::Asked;
use super::payee::Typed;
use super::{ask, choose, preview, receipt, refusal};
use crate::fields::{Fields, QueryFields};
use crate::page::{Page, PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::refund::RefundError;
use types::place::buyer::Place;
use types::view::{OrderView, RefundOffer};
use types::{ItemId, RequestId};

/// Asks which items; says plainly why when there is nothing to ask for.
pub async fn start(buyer: Buyer, Path(handle): Path<String>) -> Result<Response, PageError> {
    let order = order(&buyer, &handle).await?;
    match (&order.refund_offer, order.items.as_slice()) {
        (RefundOffer::Open { .. }, [item]) => {
            Ok(lead_to(format!("{}?item={}", Place::RefundPreview { handle: &handle }, item.id)))
        }
        (RefundOffer::Closed { .. }, _) => Ok(late(&buyer, &order, &Asked::default()).await?.into_response()),
        (RefundOffer::Open { .. }, _) => Ok(choose::page(buyer.texts(), &order, None).of_buyer(&buyer).into_response()),
        _ => Ok(stands(&buyer, &order).into_response()),
    }
}

/// A word to the producer about what can be asked back no more, beside what still can.
pub async fn ask(buyer: Buyer, Path(handle): Path<String>) -> Result<Response, PageError> {
    let order = order(&buyer, &handle).await?;
    match order.refund_offer {
        RefundOffer::Open { .. } if choose::closed(&order).is_empty() => Ok(lead_to(Place::Refund { handle: &handle })),
        RefundOffer::Open { .. } | RefundOffer::Closed { .. } => {
            Ok(late(&buyer, &order, &Asked::default()).await?.into_response())
        }
        _ => Ok(stands(&buyer, &order).into_response()),
    }
}

/// What a refund of these items would do. Looking is no request: where there is nothing to ask for, the page says how
/// the order stands.
pub async fn preview(
    buyer: Buyer,
    Path(handle): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Page, PageError> {
    let items = chosen(&fields);
    if items.is_empty() {
        return again(&buyer, &handle, "choose-none").await;
    }
    match portal::purchases::refund_preview(&buyer, &handle, &items).await {
        Ok(seen) => {
            let request = portal::refund::new_request_id(buyer.portal());
            let typed = Typed::default();
            Ok(preview::page(buyer.texts(), &seen, request, &typed, buyer.portal().now()).of_buyer(&buyer))
        }
        Err(RefundError::UnknownItem) => again(&buyer, &handle, "refused-unknown-item").await,
        Err(RefundError::Database(error)) => Err(error.into()),
        Err(_) => Ok(stands(&buyer, &order(&buyer, &handle).await?)),
    }
}

/// Why there is nothing to ask for.
fn stands(buyer: &Buyer, order: &OrderView) -> Page {
    refusal::of_offer(buyer.texts(), order, buyer.portal().now()).of_buyer(buyer)
}

/// Receipt and tracker.
pub async fn receipt(buyer: Buyer, Path((handle, protocol)): Path<(String, String)>) -> Result<Page, PageError> {
    let order = order(&buyer, &handle).await?;
    let refund = order.refunds.iter().find(|refund| refund.protocol.as_str() == protocol).ok_or(PageError::NotFound)?;
    Ok(receipt::page(buyer.texts(), &order, refund, &Typed::default(), buyer.portal().now()).of_buyer(&buyer))
}

/// The preview once more, with what is wrong with the account that was typed.
pub(super) async fn preview_again(
    buyer: &Buyer,
    handle: &str,
    items: &[ItemId],
    request: RequestId,
    typed: &Typed,
) -> Result<Page, PageError> {
    match portal::purchases::refund_preview(buyer, handle, items).await {
        Ok(seen) => {
            let page = preview::page(buyer.texts(), &seen, request, typed, buyer.portal().now()).of_buyer(buyer);
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => refused(buyer, handle, error).await,
    }
}

/// The word to the producer, once the window has closed.
pub(super) async fn late(buyer: &Buyer, order: &OrderView, typed: &Asked<'_>) -> Result<Page, PageError> {
    let offer = match portal::refund::late_offer(buyer, &order.handle).await {
        Ok(offer) => offer,
        Err(RefundError::Database(error)) => return Err(error.into()),
        // Something changed between two reads.
        Err(_) => return Ok(stands(buyer, order)),
    };
    let request = portal::refund::new_request_id(buyer.portal());
    Ok(ask::page(buyer.texts(), order, &offer, request, typed, buyer.portal().now()).of_buyer(buyer))
}

/// The items that a form or an address names. One that is no id is nobody's item.
pub(super) fn chosen(fields: &Fields) -> Vec<ItemId> {
    fields.all("item").map(|id| id.parse().unwrap_or(ItemId(uuid::Uuid::nil()))).collect()
}

/// The choice once more, with what is wrong with it.
async fn again(buyer: &Buyer, handle: &str, error: &str) -> Result<Page, PageError> {
    let order = order(buyer, handle).await?;
    if !matches!(order.refund_offer, RefundOffer::Open { .. }) {
        return Ok(stands(buyer, &order));
    }
    let page = choose::page(buyer.texts(), &order, Some(error)).of_buyer(buyer);
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY))
}

/// Why money is not given back on request.
pub(super) async fn refused(buyer: &Buyer, handle: &str, error: RefundError) -> Result<Page, PageError> {
    let (status, reason) = refusal::reason(error)?;
    let order = order(buyer, handle).await?;
    Ok(refusal::page(buyer.texts(), &order, &reason, buyer.portal().now()).of_buyer(buyer).with_status(status))
}

pub(super) async fn order(buyer: &Buyer, handle: &str) -> Result<OrderView, PageError> {
    portal::purchases::without_log(buyer, handle).await?.ok_or(PageError::NotFound)
}
