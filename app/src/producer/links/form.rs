//! What is done with links: made, sent, revoked, sent to many, stopped.

use super::chosen::Chosen;
use super::{bulk, list};
use crate::fields::Fields;
use crate::page::PageError;
use crate::said::lead_saying;
use crate::visitor;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use portal::portal_link::{self, CampaignError, LinkError};
use types::place::producer::Place;
use types::{Code, LinkCampaignId, LinkPlace, PortalLinkId};

/// Makes a link for one order.
pub(super) async fn make(
    visitor::Producer(producer): visitor::Producer,
    fields: Fields,
) -> Result<Response, PageError> {
    let target: LinkPlace = fields.one("target").parse().map_err(|_| PageError::Unreadable)?;
    let (order, is_mailed) = (fields.one("order").trim(), fields.one("send") == "yes");
    let made = match Code::parse(order) {
        Ok(code) => portal_link::make(&producer, &code, target, is_mailed).await,
        Err(_) => Err(LinkError::NotFound),
    };
    match made {
        Ok(_) => Ok(lead_saying(Place::Links, if is_mailed { "said-link-mailed" } else { "said-link-made" })),
        Err(LinkError::Database(error)) => Err(error.into()),
        Err(LinkError::NotFound | LinkError::TooLate) => {
            let error = if order.is_empty() { "links-order-empty" } else { "links-order-unknown" };
            let typed = list::Typed { order: order.to_owned(), target: Some(target), error: Some(error) };
            let page = list::page(&producer, None, typed).await?;
            Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
        }
    }
}

/// Mails one that was made.
pub(super) async fn send(
    visitor::Producer(producer): visitor::Producer,
    Path(link): Path<String>,
) -> Result<Response, PageError> {
    let link: PortalLinkId = link.parse().map_err(|_| PageError::NotFound)?;
    answer(portal_link::send(&producer, link).await, "said-link-mailed")
}

/// Revokes one.
pub(super) async fn revoke(
    visitor::Producer(producer): visitor::Producer,
    Path(link): Path<String>,
) -> Result<Response, PageError> {
    let link: PortalLinkId = link.parse().map_err(|_| PageError::NotFound)?;
    answer(portal_link::revoke(&producer, link).await, "said-link-revoked")
}

fn answer(done: Result<(), LinkError>, said: &'static str) -> Result<Response, PageError> {
    match done {
        Ok(()) => Ok(lead_saying(Place::Links, said)),
        Err(LinkError::TooLate) => Ok(lead_saying(Place::Links, "said-link-too-late")),
        Err(LinkError::NotFound) => Err(PageError::NotFound),
        Err(LinkError::Database(error)) => Err(error.into()),
    }
}

/// Begins to send links for many orders.
pub(super) async fn start(
    visitor::FreshProducer(producer): visitor::FreshProducer,
    fields: Fields,
) -> Result<Response, PageError> {
    let chosen = Chosen::read(&producer, &fields)?;
    if chosen.is_wrong || chosen.of("target").is_empty() {
        return Ok(bulk::page(&producer, &chosen, None).await?.into_response());
    }
    match portal_link::start(&producer, &chosen.audience, chosen.target).await {
        Ok(_) => Ok(lead_saying(Place::Links, "said-campaign-started")),
        Err(CampaignError::Running) => Ok(lead_saying(Place::Links, "said-campaign-running")),
        Err(CampaignError::NotFound) => Err(PageError::NotFound),
        Err(CampaignError::Database(error)) => Err(error.into()),
    }
}

/// Stops that.
pub(super) async fn stop(
    visitor::Producer(producer): visitor::Producer,
    Path(campaign): Path<String>,
) -> Result<Response, PageError> {
    let campaign: LinkCampaignId = campaign.parse().map_err(|_| PageError::NotFound)?;
    match portal_link::stop(&producer, campaign).await {
        Ok(()) => Ok(lead_saying(Place::Links, "said-campaign-stopped")),
        Err(CampaignError::NotFound | CampaignError::Running) => Err(PageError::NotFound),
        Err(CampaignError::Database(error)) => Err(error.into()),
    }
}
