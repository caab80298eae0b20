//! The charges of an order that comes whole.

use super::{Replaced, WholeOrder};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::entry::Entry;
use crate::ledger::merge::KeptCharge;
use crate::ledger::new_order::NewCharge;
use crate::ledger::store::{self, charge::Books};
use crate::ledger::{OrderRefusal, dispute};
use types::{ChargeId, ChargeStatus, Instant, OrderId};

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
        let was_back = known.is_some_and(|known| known.charge.status == ChargeStatus::Refunded);
        match known {
            Some(known) => {
                store::charge::update(tx, producer, &books, charge).await?;
                replaced.anything |= !is_same_charge(known, &books, charge);
            }
            None => {
                replaced.anything = true;
                let new = ChargeId(portal.new_id());
                if !store::charge::insert(tx, new, producer, id, &books, charge).await? {
                    return Err(OrderRefusal::ChargeTaken);
                }
            }
        }
        if charge.status == ChargeStatus::Refunded && !was_back {
            replaced.paid_back.push(charge.reference.clone());
        }
    }
    let is_gone = |kept: &&KeptCharge| !whole.charges.iter().any(|charge| is_of(kept, &books, charge));
    for gone in kept.iter().filter(is_gone) {
        // Beside another name of the same payment it would be money twice, and what went back of it would be forgotten.
        if store::whole::is_charge_refunded(tx, gone.id).await? {
            return Err(OrderRefusal::ChargeLeftOut(gone.charge.reference.clone()));
        }
        replaced.anything |= store::whole::drop_charge(tx, gone).await?;
    }
    Ok(())
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
