//! Attempts to cancel that ended in staying: counted for the producer's report, never in the buyer's way.
//!
//! An attempt begins when the buyer goes on from the first screen by a press, not by looking at it.

use super::cancel::CancelError;
use super::case::SubscriptionCase;
use super::store;
use crate::Buyer;
use crate::order;
use types::SubscriptionId;
use types::view::SubscriptionAction;

/// The buyer goes on from the first screen.
pub async fn open(buyer: &Buyer, id: SubscriptionId) -> Result<(), CancelError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let case = SubscriptionCase::of_buyer(portal, tx.conn(), buyer.person(), id).await?.ok_or(CancelError::NotFound)?;
    if let Some(refusal) = case.refusal(SubscriptionAction::Cancel) {
        return Err(CancelError::Refused(refusal));
    }
    store::open_attempt(&mut tx, portal.new_id(), &case.order, &case.plan, portal.now()).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// The buyer keeps the subscription. Nothing but the report knows of it.
pub async fn abort(buyer: &Buyer, id: SubscriptionId, reason: &str) -> Result<(), CancelError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = store::order_of(tx.conn(), buyer.person(), id).await?.ok_or(CancelError::NotFound)?;
    order::lock(&mut tx, order).await?;
    let case = SubscriptionCase::of_buyer(portal, tx.conn(), buyer.person(), id).await?.ok_or(CancelError::NotFound)?;
    let reason = case.known_reason(reason);
    let reason = reason.as_ref().map(types::Code::as_str);
    let offered = case.offer_kind(reason, portal.now());
    store::end_attempt(&mut tx, case.plan.id, "aborted", reason, offered, portal.now()).await?;
    portal.commit(tx).await?;
    Ok(())
}
