//! A holder who wants the money of a charge back from the bank: the charge is disputed, and everything that hangs on it follows.

use super::{settle, store};
use crate::access;
use crate::db::{Error, Tx};
use crate::portal::Portal;
use types::ProducerId;

/// Marks a paid charge as disputed. False when there is no such charge, or it is not paid.
pub async fn dispute(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<bool, Error> {
    let now = portal.now().micros();
    let Some((order, person)) = store::charge::dispute(tx, producer, gateway, reference, now).await? else {
        return Ok(false);
    };
    settle::restate(portal, tx, order).await?;
    access::look_again(portal, tx, producer, person).await?;
    Ok(true)
}
