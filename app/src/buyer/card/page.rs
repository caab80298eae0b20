//! The pages of a card.

use super::{refusal, result, view};
use crate::page::{Page, PageError};
use crate::visitor::Buyer;
use axum::extract::{Path, RawQuery};
use types::CardUpdateId;
use types::place::look_of;
use types::view::CardPlace;

/// Stands in the address after a press on "try again": the page says then what came of it.
pub(super) const TRIED: &str = "tried";

/// From where somebody comes to the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// From another page.
    Anywhere,
    /// From a press on "try again".
    Try,
    /// From the gateway's page, on which the bank asked; which look at the page it is since then.
    Bank(u32),
}

/// Of a subscription.
pub async fn of_subscription(buyer: Buyer, Path(id): Path<String>, asked: RawQuery) -> Result<Page, PageError> {
    show(buyer, subscription(&id)?, &asked).await
}

/// Of an order without a subscription.
pub async fn of_order(buyer: Buyer, Path(handle): Path<String>, asked: RawQuery) -> Result<Page, PageError> {
    show(buyer, CardPlace::Order(handle), &asked).await
}

/// What came of a card update of a subscription.
pub async fn update_of_subscription(
    buyer: Buyer,
    Path((id, update)): Path<(String, String)>,
) -> Result<Page, PageError> {
    come_back(buyer, subscription(&id)?, &update).await
}

/// The same of an order without a subscription.
pub async fn update_of_order(buyer: Buyer, Path((handle, update)): Path<(String, String)>) -> Result<Page, PageError> {
    come_back(buyer, CardPlace::Order(handle), &update).await
}

/// An id that is none is nobody's subscription.
pub(super) fn subscription(id: &str) -> Result<CardPlace, PageError> {
    id.parse().map(CardPlace::Subscription).map_err(|_| PageError::NotFound)
}

async fn show(buyer: Buyer, place: CardPlace, RawQuery(asked): &RawQuery) -> Result<Page, PageError> {
    let from = match (asked.as_deref(), look_of(asked.as_deref())) {
        (Some(TRIED), _) => Arrival::Try,
        (_, Some(look)) => Arrival::Bank(look),
        _ => Arrival::Anywhere,
    };
    if let Arrival::Bank(_) = from {
        portal::card::come_back(&buyer, &place).await.map_err(refusal::absent)?;
    }
    let seen = portal::card::page(&buyer, &place).await.map_err(refusal::absent)?;
    let request = portal::refund::new_request_id(buyer.portal());
    Ok(view::page(buyer.texts(), &seen, request, from, buyer.portal().now()).of_buyer(&buyer))
}

async fn come_back(buyer: Buyer, place: CardPlace, update: &str) -> Result<Page, PageError> {
    let update: CardUpdateId = update.parse().map_err(|_| PageError::NotFound)?;
    let seen = portal::card::update(&buyer, &place, update).await.map_err(refusal::absent)?;
    let request = portal::refund::new_request_id(buyer.portal());
    Ok(result::page(buyer.texts(), &seen, request).of_buyer(&buyer))
}
