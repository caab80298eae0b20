//! The screens before a cancellation: what it would do, and which reasons and which offer there are. Changes nothing.

use super::cancel::CancelError;
use super::held::Held;
use super::view::overdue;
use crate::Buyer;
use crate::refund;
use types::SubscriptionId;
use types::view::{CancelChoices, CancelPreview, SubscriptionAction};

/// The first screen.
pub async fn preview(buyer: &Buyer, id: SubscriptionId) -> Result<CancelPreview, CancelError> {
    let held = held(buyer, id).await?;
    of_held(buyer, &held).await
}

/// The second screen.
pub async fn choices(buyer: &Buyer, id: SubscriptionId) -> Result<CancelChoices, CancelError> {
    let held = held(buyer, id).await?;
    let (reasons, offer) = held.reasons(buyer.portal()).await?;
    Ok(CancelChoices { preview: of_held(buyer, &held).await?, reasons, offer })
}

async fn held(buyer: &Buyer, id: SubscriptionId) -> Result<Held, CancelError> {
    let portal = buyer.portal();
    let held = Held::of_buyer(portal, portal.db.read().await?.conn(), buyer.person(), id).await?;
    let held = held.ok_or(CancelError::NotFound)?;
    match held.refusal(SubscriptionAction::Cancel) {
        Some(refusal) => Err(CancelError::Refused(refusal)),
        None => Ok(held),
    }
}

/// Access and the next charge are on the subscription's own page: they are not read for this one.
async fn of_held(buyer: &Buyer, held: &Held) -> Result<CancelPreview, CancelError> {
    let portal = buyer.portal();
    let (effective_at, ends_now) = held.end(portal.now());
    Ok(CancelPreview {
        handle: held.order.handle(),
        producer: held.order.producer.clone(),
        plan: held.plan.clone(),
        overdue: overdue(portal, held).await?,
        refund_offer: refund::offer(&held.order, portal.now()),
        effective_at,
        ends_now,
    })
}
