//! A dispute: the holder of a card asks the bank for the money of a charge. The charge becomes `disputed`, and order,
//! subscription and access follow.
//!
//! A dispute that is reported before its payment is kept (`early_disputes`) and counts as soon as the payment is on
//! file.

use super::store::charge::Books;
use super::{settle, store};
use crate::Portal;
use crate::db::{Error, Tx};
use types::ProducerId;

/// Marks a paid charge as disputed. A charge that is not on file as paid becomes disputed as soon as its payment is
/// reported. Returns false when neither can happen.
pub async fn dispute(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<bool, Error> {
    let now = portal.now().micros();
    let Some((order, _)) = store::charge::dispute(tx, producer, gateway, reference, now).await? else {
        return store::charge::keep_dispute(tx, producer, gateway, reference, now).await;
    };
    settle::restate(portal, tx, order).await?;
    Ok(true)
}

/// A charge was just written as paid: a dispute that was reported before it counts now. Whoever wrote it restates the
/// order.
pub(super) async fn reported_before(
    tx: &mut Tx,
    producer: ProducerId,
    books: &Books,
    reference: &str,
) -> Result<(), Error> {
    if let Some(reported_at) = store::charge::take_dispute(tx, producer, &books.gateway, reference).await? {
        store::charge::dispute(tx, producer, &books.gateway, reference, reported_at).await?;
    }
    Ok(())
}
