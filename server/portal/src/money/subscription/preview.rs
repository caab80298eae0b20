//! The screens before a cancellation: what it would do, and which reasons and which offer there are. Changes nothing.

use super::cancel::CancelError;
use super::case::SubscriptionCase;
use super::view::overdue;
use crate::db::Error;
use crate::policy::Policy;
use crate::{Buyer, Portal, Producer, refund};
use types::SubscriptionId;
use types::view::{CancelChoices, CancelPreview, SubscriptionAction};

/// The first screen.
pub async fn preview(buyer: &Buyer, id: SubscriptionId) -> Result<CancelPreview, CancelError> {
    let case = case(buyer, id).await?;
    Ok(preview_of(buyer.portal(), &case).await?)
}

/// The second screen.
pub async fn choices(buyer: &Buyer, id: SubscriptionId) -> Result<CancelChoices, CancelError> {
    let case = case(buyer, id).await?;
    let (reasons, offer) = case.reasons(buyer.portal()).await?;
    Ok(CancelChoices { preview: preview_of(buyer.portal(), &case).await?, reasons, offer })
}

/// The second screen of the newest subscription that a producer sold, as its buyer would see it under this policy. None
/// when it sold none.
pub async fn choices_under(producer: &Producer, policy: &Policy) -> Result<Option<CancelChoices>, Error> {
    let portal = producer.portal();
    let reading =
        SubscriptionCase::under(portal, portal.db.read().await?.conn(), producer.id(), policy.clone()).await?;
    let Some(case) = reading else { return Ok(None) };
    let (reasons, offer) = case.reasons(portal).await?;
    Ok(Some(CancelChoices { preview: preview_of(portal, &case).await?, reasons, offer }))
}

async fn case(buyer: &Buyer, id: SubscriptionId) -> Result<SubscriptionCase, CancelError> {
    let portal = buyer.portal();
    let case = SubscriptionCase::of_buyer(portal, portal.db.read().await?.conn(), buyer.person(), id).await?;
    let case = case.ok_or(CancelError::NotFound)?;
    match case.refusal(SubscriptionAction::Cancel) {
        Some(refusal) => Err(CancelError::Refused(refusal)),
        None => Ok(case),
    }
}

/// Access and the next charge are on the subscription's own page: they are not read for this one.
async fn preview_of(portal: &Portal, case: &SubscriptionCase) -> Result<CancelPreview, Error> {
    let (effective_at, ends_now) = case.end(portal.now());
    Ok(CancelPreview {
        handle: case.order.handle(),
        producer: case.order.producer.clone(),
        plan: case.plan.clone(),
        overdue: overdue(portal, case).await?,
        refund_offer: refund::offer(&case.order, portal.now()),
        effective_at,
        ends_now,
        is_by_producer: case.is_by_producer(),
        is_refund_by_hand: refund::is_by_hand(portal, &case.order.gateway),
    })
}
