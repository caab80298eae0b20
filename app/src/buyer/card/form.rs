//! The forms of a card.

use super::page::{TRIED, subscription};
use super::refusal::{absent, refused};
use crate::fields::Fields;
use crate::page::{PageError, lead_out, lead_to};
use crate::said::lead_saying;
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use portal::billing::Collected;
use portal::card::{CardError, Leading};
use types::view::CardPlace;
use types::{CardUpdateId, Method, RequestId, SubscriptionId};

/// Leads to the gateway's page for a card.
pub async fn swap_of_subscription(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    swap(buyer, subscription(&id)?, fields).await
}

/// The same of an order without a subscription.
pub async fn swap_of_order(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    swap(buyer, CardPlace::Order(handle), fields).await
}

/// Tries what is owed with what is on file, or in the way that was chosen for once.
pub async fn pay_of_subscription(buyer: Buyer, Path(id): Path<String>, fields: Fields) -> Result<Response, PageError> {
    pay(buyer, subscription(&id)?, &fields).await
}

/// The same of an order without a subscription.
pub async fn pay_of_order(buyer: Buyer, Path(handle): Path<String>, fields: Fields) -> Result<Response, PageError> {
    pay(buyer, CardPlace::Order(handle), &fields).await
}

/// Pays by boleto or Pix from now on.
pub async fn method_of_subscription(
    buyer: Buyer,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, PageError> {
    let place = subscription(&id)?;
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    // What is no way to pay is refused as one that cannot be chosen: first of all, whose it is decides.
    let method = fields.one("method").parse().unwrap_or(Method::Other);
    match portal::card::change_method(&buyer, &place, request, method).await {
        Ok(()) if method == Method::Pix => Ok(lead_saying(place.page(), "said-method-pix")),
        Ok(()) => Ok(lead_saying(place.page(), "said-method-boleto")),
        Err(error) => Ok(refused(&buyer, &place, error).await?.into_response()),
    }
}

/// Uses the new card for other subscriptions too.
pub async fn others_of_subscription(
    buyer: Buyer,
    Path((id, update)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, PageError> {
    others(buyer, subscription(&id)?, &update, fields).await
}

/// The same of an order without a subscription.
pub async fn others_of_order(
    buyer: Buyer,
    Path((handle, update)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, PageError> {
    others(buyer, CardPlace::Order(handle), &update, fields).await
}

async fn swap(buyer: Buyer, place: CardPlace, fields: Fields) -> Result<Response, PageError> {
    let request: RequestId = fields.one("request").parse().map_err(|_| PageError::Unreadable)?;
    match portal::card::begin(&buyer, &place, request).await {
        Ok(Leading { url, is_foreseen: true }) => Ok(lead_to(url)),
        Ok(Leading { url, is_foreseen: false }) => Ok(lead_out(buyer.texts(), &url)),
        Err(error) => Ok(refused(&buyer, &place, error).await?.into_response()),
    }
}

async fn pay(buyer: Buyer, place: CardPlace, fields: &Fields) -> Result<Response, PageError> {
    // What is no way to pay is refused as one that cannot be chosen.
    let by = fields.filled("method").map(|method| method.parse().unwrap_or(Method::Other));
    let collected = portal::card::pay_open(&buyer, &place, by).await;
    if let Err(error @ CardError::NoSuchMethod) = collected {
        return Ok(refused(&buyer, &place, error).await?.into_response());
    }
    let address = match collected.map_err(absent)? {
        Collected::ActionRequired { url } => return Ok(lead_out(buyer.texts(), &url)),
        // The page speaks for itself: a code is there, or nothing was tried.
        Collected::Waiting | Collected::NothingOpen => place.page().path(),
        Collected::Paid { .. } | Collected::Declined(_) | Collected::Unknown => format!("{}?{TRIED}", place.page()),
    };
    Ok(lead_to(address))
}

async fn others(buyer: Buyer, place: CardPlace, update: &str, fields: Fields) -> Result<Response, PageError> {
    let id: CardUpdateId = update.parse().map_err(|_| PageError::NotFound)?;
    let chosen: Vec<SubscriptionId> = fields.all("subscription").filter_map(|id| id.parse().ok()).collect();
    portal::card::use_for_others(&buyer, &place, id, &chosen).await.map_err(absent)?;
    Ok(lead_to(place.update(id)))
}
