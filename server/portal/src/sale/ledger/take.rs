//! Stores a reported charge or subscription in its register, if the report is newer.

use super::items::Item;
use super::merge::{charge_weight, subscription_weight};
use super::new_order::{NewCharge, NewOrder, NewSubscription, Version};
use super::store::charge::Books;
use super::{OrderRefusal, dispute, store};
use crate::Portal;
use crate::db::Tx;
use types::{ChargeId, ChargeStatus, OrderId, ProducerId, SubscriptionId};

/// What became of a report about a charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Taken {
    /// What is on file is as new.
    Older,
    /// It is on file now.
    Newer,
    /// It is on file now, and it says that the money of this charge went back.
    PaidBack,
}

impl Books {
    pub(super) fn of(order: &NewOrder) -> Self {
        Self { gateway: order.gateway.to_string(), currency: order.currency }
    }
}

/// Stores a reported charge if it is newer than the one on file. `reported` are the items that came with it; without
/// them the charge is attributed to the order's items at the time of payment.
pub(super) async fn take_charge(
    portal: &Portal,
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    books: &Books,
    charge: &NewCharge,
    reported: Option<&[Item]>,
) -> Result<Taken, OrderRefusal> {
    let kept = store::charge::of_order(tx, order).await?;
    let known = kept.iter().find(|kept| kept.gateway == books.gateway && kept.charge.reference == charge.reference);
    let took_money = known.is_some_and(|known| known.charge.status.took_money());
    let was_back = known.is_some_and(|known| known.charge.status == ChargeStatus::Refunded);
    // That it was paid is no news of what the bank took back or was paid back since: we look late, and the gateway says
    // only that.
    let is_gone = known.is_some_and(|known| known.charge.status.is_gone());
    if reported.is_none() && charge.status == ChargeStatus::Paid && is_gone {
        return Ok(Taken::Older);
    }
    // Of a charge that took money already, its source knows how a dispute ended.
    let charge = &if took_money { charge.clone() } else { dispute::counted(tx, producer, books, charge).await? };
    match known {
        Some(known) if charge_weight(charge) <= charge_weight(&known.charge) => return Ok(Taken::Older),
        Some(_) => store::charge::update(tx, producer, books, charge).await?,
        None => {
            let id = ChargeId(portal.new_id());
            if !store::charge::insert(tx, id, producer, order, books, charge).await? {
                return Err(OrderRefusal::ChargeTaken);
            }
        }
    }
    if reported.is_some() || !took_money {
        store::sale::keep_lines(tx, producer, books, &charge.reference, reported).await?;
    }
    let is_back = charge.status == ChargeStatus::Refunded && !was_back;
    Ok(if is_back { Taken::PaidBack } else { Taken::Newer })
}

pub(super) async fn take_subscription(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    order: OrderId,
    new: &NewSubscription,
    version: Version,
) -> Result<bool, OrderRefusal> {
    let now = portal.now().micros();
    match store::subscription::of_order(tx, order).await? {
        Some(kept) if subscription_weight(new, version) <= subscription_weight(&kept.subscription, kept.version) => {
            return Ok(false);
        }
        Some(_) => store::subscription::update(tx, order, new, version, now).await?,
        None => {
            store::subscription::insert(tx, SubscriptionId(portal.new_id()), producer, order, new, version, now).await?
        }
    }
    Ok(true)
}
