//! A dispute: the holder of a card asks the bank for the money of a charge. The charge becomes `disputed`, and order,
//! subscription and access follow.
//!
//! What a gateway reports is kept (`disputes`): it may come before its payment, and an order that comes whole again and
//! again goes on saying `paid`, because its source does not know of it. A webhook tells of one change: where it says
//! later that the charge is paid, its source knows that the bank has decided so.

use super::new_order::NewCharge;
use super::store::charge::Books;
use super::{settle, store};
use crate::Portal;
use crate::db::{Error, Tx};
use std::time::Duration;
use types::{ChargeStatus, ProducerId};

/// Marks a paid charge as disputed. A charge that is not on file as paid becomes disputed as soon as its payment is
/// reported. Returns false when it is known already, or the money went back before.
pub async fn dispute(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<bool, Error> {
    let now = portal.now().micros();
    let is_news = store::charge::keep_dispute(tx, producer, gateway, reference, now).await?;
    let Some((order, _)) = store::charge::dispute(tx, producer, gateway, reference, now).await? else {
        return Ok(is_news);
    };
    settle::restate(portal, tx, order).await?;
    Ok(true)
}

/// The charge as it counts: one that is reported as paid, and as disputed by its gateway, is disputed.
pub(super) async fn counted(
    tx: &mut Tx,
    producer: ProducerId,
    books: &Books,
    charge: &NewCharge,
) -> Result<NewCharge, Error> {
    let mut counted = charge.clone();
    if charge.status == ChargeStatus::Paid
        && let Some(heard_at) = store::charge::disputed_at(tx, producer, &books.gateway, &charge.reference).await?
    {
        counted.status = ChargeStatus::Disputed;
        counted.changed_at = heard_at.max(charge.changed_at.plus(Duration::from_micros(1)));
    }
    Ok(counted)
}
