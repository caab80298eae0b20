//! What a source lists of money that went back of a charge: refunds of ours are among it, and what it paid back by
//! itself.

use super::case::RefundCase;
use super::{settle, store};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::ReportedRefund;
use types::{Instant, OrderId, RefundId, RefundPartId, RefundPartState};

/// A part of ours that takes from a charge.
pub(super) struct PartOfCharge {
    pub(super) refund: RefundId,
    pub(super) part: RefundPartId,
    pub(super) amount: i64,
    pub(super) state: RefundPartState,
    pub(super) reference: Option<String>,
    pub(super) requested_at: Instant,
}

/// The source of the order reports a charge as paid back: every open part of that charge is settled, whoever paid it,
/// even if the producer has not answered yet.
pub async fn settled_by_source(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    gateway: &str,
    charge: &str,
) -> Result<(), Error> {
    for part in store::parts_of_charge(tx, order, gateway, charge).await? {
        arrived(portal, tx, &part, portal.now()).await?;
    }
    Ok(())
}

/// Tells refunds of ours from what the source paid back of this charge by itself: ours bear the gateway's name of the
/// part, or come to the same amount after it was asked for, or were settled because it had been paid back before. Parts
/// that waited for it are settled. `are_keyed` where the source tells by our keys which were asked for from here.
/// Returns what went back beside ours, and when it last did.
pub async fn reported_by_source(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    (gateway, charge): (&str, &str),
    refunds: &[ReportedRefund],
    are_keyed: bool,
) -> Result<Option<(i64, Instant)>, Error> {
    let mut parts = store::parts_of_charge(tx, order, gateway, charge).await?;
    // What is being asked for bears our key, if it went back: nobody has to guess. And of what failed nothing arrived.
    let is_told = |state| matches!(state, RefundPartState::Reconciling | RefundPartState::Failed);
    parts.retain(|part| !are_keyed || !is_told(part.state));
    let (mut beside, mut last) = (0, None);
    let mut of_charge: Vec<&ReportedRefund> = refunds.iter().filter(|refund| refund.charge == charge).collect();
    of_charge.sort_by_key(|refund| !parts.iter().any(|part| is_named(part, refund)));
    for refund in of_charge {
        let ours = parts.iter().position(|part| is_named(part, refund));
        match ours.or_else(|| parts.iter().position(|part| is_alike(part, refund))) {
            Some(at) => arrived(portal, tx, &parts.remove(at), refund.at.min(portal.now())).await?,
            None => (beside, last) = (beside + refund.amount, last.max(Some(refund.at))),
        }
    }
    Ok(last.map(|at| (beside, at)))
}

fn is_named(part: &PartOfCharge, refund: &ReportedRefund) -> bool {
    part.reference.as_deref() == Some(refund.reference.as_str())
}

fn is_alike(part: &PartOfCharge, refund: &ReportedRefund) -> bool {
    // What is settled without a name the gateway had paid back before it was asked.
    let is_in_time = refund.at >= part.requested_at || part.state == RefundPartState::Settled;
    part.reference.is_none() && part.amount == refund.amount && is_in_time
}

async fn arrived(portal: &Portal, tx: &mut Tx, part: &PartOfCharge, at: Instant) -> Result<(), Error> {
    // Settled already; or it came back after that, and the money is not with the buyer, whatever the source lists.
    if matches!(part.state, RefundPartState::Settled | RefundPartState::Failed) {
        return Ok(());
    }
    let Some(mut case) = RefundCase::lock(tx, part.refund).await? else { return Ok(()) };
    if case.move_part(tx, part.part, |part| part.settle(at)).await? {
        settle::follow(portal, tx, case).await?;
    }
    Ok(())
}
