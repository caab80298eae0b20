//! The pages of a change of plan.

use super::{choose, quote, result};
use crate::fields::QueryFields;
use crate::page::{Page, PageError, lead_to};
use crate::visitor::Buyer;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use portal::plan::{PlanError, QuoteStanding};
use types::place::buyer::Place;
use types::place::look_of;
use types::plan::PlanView;
use types::{QuoteId, SubscriptionId};

/// Which plans there are, what is scheduled, or why nothing can be changed.
pub async fn choose(buyer: Buyer, Path(subscription): Path<String>) -> Result<Page, PageError> {
    let plans = plans(&buyer, id(&subscription)?).await?;
    Ok(choose::page(buyer.texts(), &plans, None, buyer.portal().now()).of_buyer(&buyer))
}

/// The figures of a plan that is only looked at, for the page's script: a line each, its parts divided by tabs.
/// Nothing, where nothing can be said.
pub async fn preview(
    buyer: Buyer,
    Path(subscription): Path<String>,
    QueryFields(fields): QueryFields,
) -> Result<Response, PageError> {
    let lines = match portal::plan::preview(&buyer, id(&subscription)?, fields.one("offer")).await {
        Ok(seen) => quote::lines_for_script(buyer.texts(), &seen, buyer.portal().now()),
        Err(PlanError::Refused(_) | PlanError::NotATarget | PlanError::Unavailable(_)) => String::new(),
        Err(error) => return Err(problem(error)),
    };
    let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    Ok((headers, lines).into_response())
}

/// Figures that were fixed. Confirmed already, they are a change with a page of its own.
pub async fn seen_quote(
    buyer: Buyer,
    Path((subscription, quote)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (subscription, quote) = (id(&subscription)?, quote_id(&quote)?);
    let seen = portal::plan::seen_quote(&buyer, subscription, quote).await?;
    let Some((seen, standing)) = seen else { return Ok(forgotten_quote(&buyer, subscription).await?.into_response()) };
    if standing == QuoteStanding::Confirmed {
        return Ok(lead_to(Place::PlanChange { id: subscription, change: quote }));
    }
    let is_over = standing == QuoteStanding::Over;
    let notice = is_over.then_some("change-quote-over");
    Ok(quote::page(buyer.texts(), &seen, notice, is_over, buyer.portal().now()).of_buyer(&buyer).into_response())
}

/// Figures that are kept no more, of a subscription of this buyer: there are current ones.
pub(super) async fn forgotten_quote(buyer: &Buyer, subscription: SubscriptionId) -> Result<Page, PageError> {
    let plans = plans(buyer, subscription).await?;
    Ok(quote::forgotten(buyer.texts(), &plans).of_buyer(buyer).with_status(StatusCode::GONE))
}

/// What became of a change. Who comes back from the bank's page is told what the gateway says now.
pub async fn result(
    buyer: Buyer,
    Path((subscription, change)): Path<(String, String)>,
    RawQuery(asked): RawQuery,
) -> Result<Page, PageError> {
    let (subscription, change) = (id(&subscription)?, quote_id(&change)?);
    let look = look_of(asked.as_deref());
    if look.is_some() {
        portal::plan::come_back(&buyer, subscription, change).await?;
    }
    let change = portal::plan::change(&buyer, subscription, change).await?;
    let change = change.ok_or(PageError::NotFound)?;
    Ok(result::page(buyer.texts(), &change, look, buyer.portal().now()).of_buyer(&buyer))
}

/// The list of plans once more, with what is wrong.
pub(super) async fn again(
    buyer: &Buyer,
    subscription: SubscriptionId,
    status: StatusCode,
    error: Option<&str>,
) -> Result<Page, PageError> {
    let plans = plans(buyer, subscription).await?;
    Ok(choose::page(buyer.texts(), &plans, error, buyer.portal().now()).of_buyer(buyer).with_status(status))
}

async fn plans(buyer: &Buyer, subscription: SubscriptionId) -> Result<PlanView, PageError> {
    portal::plan::plans(buyer, subscription).await?.ok_or(PageError::NotFound)
}

/// What is no id is nobody's subscription.
pub(super) fn id(text: &str) -> Result<SubscriptionId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// What is no id is nobody's quote or change.
pub(super) fn quote_id(text: &str) -> Result<QuoteId, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// An error that has no page of this feature.
pub(super) fn problem(error: PlanError) -> PageError {
    match error {
        PlanError::NotFound => PageError::NotFound,
        PlanError::Database(error) => error.into(),
        _ => PageError::Unreadable,
    }
}
