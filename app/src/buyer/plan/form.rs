//! The forms of a change of plan: fix the figures, confirm them, take a change back.

use super::page::{again, forgotten_quote, id, problem, quote_id};
use super::quote;
use crate::fields::Fields;
use crate::page::{PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::plan::PlanError;
use types::place::buyer::Place;
use types::{QuoteId, SubscriptionId};

/// Fixes the figures of the plan that was chosen.
pub async fn fix(buyer: Buyer, Path(subscription): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let subscription = id(&subscription)?;
    match portal::plan::quote(&buyer, subscription, fields.one("offer")).await {
        Ok(quote) => Ok(lead_to(Place::PlanQuote { id: subscription, quote })),
        Err(error) => refused(&buyer, subscription, error).await,
    }
}

/// Changes the plan with exactly the figures of the quote. Pressed twice, it is one change.
pub async fn confirm(buyer: Buyer, Path(subscription): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let subscription = id(&subscription)?;
    let number = quote_id(fields.one("quote"))?;
    let installments = fields.filled("installments").map_or(Ok(1), str::parse).map_err(|_| PageError::Unreadable)?;
    let has_consent = fields.one("consent") == "yes";
    match portal::plan::confirm(&buyer, subscription, number, installments, has_consent).await {
        Ok(()) => {
            portal::plan::settled(&buyer, subscription, number).await?;
            Ok(lead_to(Place::PlanChange { id: subscription, change: number }))
        }
        Err(PlanError::QuoteEnded { target }) => fresh(&buyer, subscription, target.as_str()).await,
        Err(PlanError::NoConsent) => no_consent(&buyer, subscription, number).await,
        Err(error) => refused(&buyer, subscription, error).await,
    }
}

/// The figures as they are now, and that the old ones hold no more.
async fn fresh(buyer: &Buyer, subscription: SubscriptionId, target: &str) -> Result<Response, PageError> {
    let number = match portal::plan::quote(buyer, subscription, target).await {
        Ok(number) => number,
        Err(error) => return refused(buyer, subscription, error).await,
    };
    let (seen, _) = portal::plan::seen_quote(buyer, subscription, number).await?.ok_or(PageError::NotFound)?;
    let page = quote::page(buyer.texts(), &seen, Some("change-quote-fresh"), false, buyer.portal().now());
    Ok(page.of_buyer(buyer).with_status(StatusCode::CONFLICT).into_response())
}

async fn no_consent(buyer: &Buyer, subscription: SubscriptionId, number: QuoteId) -> Result<Response, PageError> {
    let (seen, _) = portal::plan::seen_quote(buyer, subscription, number).await?.ok_or(PageError::NotFound)?;
    let page = quote::without_consent(buyer.texts(), &seen, buyer.portal().now());
    Ok(page.of_buyer(buyer).with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

/// Takes back a change that waits for the renewal.
pub async fn undo(buyer: Buyer, Path(subscription): Path<String>, fields: Fields) -> Result<Response, PageError> {
    let subscription = id(&subscription)?;
    let change = quote_id(fields.one("change"))?;
    match portal::plan::undo(&buyer, subscription, change).await {
        Ok(()) | Err(PlanError::Begun) => Ok(lead_to(Place::PlanChange { id: subscription, change })),
        Err(error) => Err(problem(error)),
    }
}

/// The page of plans says why, or one that says that the figures are gone.
async fn refused(buyer: &Buyer, subscription: SubscriptionId, error: PlanError) -> Result<Response, PageError> {
    let (status, words) = match error {
        PlanError::Refused(_) => (StatusCode::CONFLICT, None),
        PlanError::QuoteForgotten => return Ok(forgotten_quote(buyer, subscription).await?.into_response()),
        PlanError::NotATarget => (StatusCode::UNPROCESSABLE_ENTITY, Some("change-choose-none")),
        PlanError::Unavailable(_) => (StatusCode::BAD_GATEWAY, Some("change-no-answer")),
        error => return Err(problem(error)),
    };
    Ok(again(buyer, subscription, status, words).await?.into_response())
}
