//! The charges of an order that comes whole.

use super::{Replaced, WholeOrder};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::entry::Entry;
use crate::ledger::merge::KeptCharge;
use crate::ledger::new_order::NewCharge;
use crate::ledger::store::{self, charge::Books};
use crate::ledger::{OrderRefusal, dispute};
use types::{ChargeId, ChargeStatus, Instant, OrderId, ProducerId};

/// Writes the charges, each under its name.
pub(super) async fn replace(
    portal: &Portal,
    tx: &mut Tx,
    id: OrderId,
    entry: &Entry<'_>,
    whole: &WholeOrder,
    replaced: &mut Replaced,
) -> Result<(), OrderRefusal> {
    let (producer, books) = (entry.producer.id(), Books::of(entry.order));
    let kept = store::charge::of_order(tx, id).await?;
    for charge in &whole.charges {
        let charge = &dispute::counted(tx, producer, &books, charge).await?;
        let known = kept.iter().find(|kept| is_of(kept, &books, charge));
        replaced.anything |= write(portal, tx, (producer, id), &books, known, charge).await?;
        let was_back = known.is_some_and(|known| known.charge.status == ChargeStatus::Refunded);
        if charge.status == ChargeStatus::Refunded && !was_back {
            replaced.paid_back.push(charge.reference.clone());
        }
    }
    let is_gone = |kept: &&KeptCharge| !whole.charges.iter().any(|charge| is_of(kept, &books, charge));
    for gone in kept.iter().filter(is_gone) {
        replaced.anything |= leave_out(tx, gone).await?;
    }
    Ok(())
}

/// Writes one charge over the one that is known of it. Returns whether that is news.
async fn write(
    portal: &Portal,
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    books: &Books,
    known: Option<&KeptCharge>,
    charge: &NewCharge,
) -> Result<bool, OrderRefusal> {
    if let Some(known) = known {
        store::charge::update(tx, producer, books, charge).await?;
        return Ok(!is_same_charge(known, books, charge));
    }
    let new = ChargeId(portal.new_id());
    if store::charge::insert(tx, new, producer, order, books, charge).await? {
        Ok(true)
    } else {
        Err(OrderRefusal::ChargeTaken)
    }
}

/// Takes a charge away that the order has no more. Returns whether that is news. Beside another name of the same
/// payment it would be money twice, and what went back of it would be forgotten: such a one is refused.
async fn leave_out(tx: &mut Tx, gone: &KeptCharge) -> Result<bool, OrderRefusal> {
    if store::whole::is_charge_refunded(tx, gone.id).await? {
        return Err(OrderRefusal::ChargeLeftOut(gone.charge.reference.clone()));
    }
    Ok(store::whole::drop_charge(tx, gone).await?)
}

pub(super) fn is_of(kept: &KeptCharge, books: &Books, charge: &NewCharge) -> bool {
    kept.gateway == books.gateway && kept.charge.reference == charge.reference
}

fn is_same_charge(kept: &KeptCharge, books: &Books, charge: &NewCharge) -> bool {
    let known = NewCharge { changed_at: charge.changed_at, ..kept.charge.clone() };
    kept.currency == books.currency && known == *charge
}

/// What went back of a charge at its gateway beside refunds of ours, and when. Returns whether that is news.
pub(crate) async fn set_given_back(
    tx: &mut Tx,
    order: OrderId,
    (gateway, reference): (&str, &str),
    back: Option<(i64, Instant)>,
) -> Result<bool, Error> {
    store::whole::set_given_back(tx, order, (gateway, reference), back).await
}
