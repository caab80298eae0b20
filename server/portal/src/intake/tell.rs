//! What our own calendar says of an order on file: a charge that was taken, the subscription as it is from now on. It outranks what a source
//! says while speaking of a charge.

use super::new_order::{NewBuyer, NewCharge, NewOrder, NewPayment, NewSubscription, Version};
use super::place::{finish, take_charge, take_subscription};
use super::{Refusal, store};
use crate::catalogue::producer::Producer;
use crate::db::{Error, Tx};
use crate::order::OrderRecord;
use crate::portal::{Actor, Portal};
use types::{Line, OrderId};

/// Reports on an order on file: the charge, the subscription, or both.
pub async fn tell(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charge: Option<NewCharge>,
    subscription: Option<NewSubscription>,
) -> Result<(), Error> {
    let taken = take(portal, tx, order, charge, subscription).await;
    taken.map_err(|refusal| match refusal {
        Refusal::Database(error) => error,
        refusal => Error::inconsistent("orders", order, refusal),
    })
}

async fn take(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charge: Option<NewCharge>,
    subscription: Option<NewSubscription>,
) -> Result<(), Refusal> {
    let record = record(tx, order).await?;
    let producer = producer_of(&record)?;
    let kept = store::order::lock_by_code(tx, producer.id, &record.code).await?.ok_or_else(no_row)?;
    let version = next_version(portal, tx, order).await?;
    let report = NewOrder {
        code: record.code.clone(),
        kind: record.kind,
        buyer: NewBuyer { email: record.email.clone(), name: name_of(&record)?, tax_id: None, phone: None },
        items: Vec::new(),
        currency: record.currency,
        ordered_at: record.ordered_at,
        payment: NewPayment { method: record.payment.method, card: None },
        gateway: line(&kept.header.gateway, order)?,
        charge: None,
        subscription: None,
        version,
    };
    if let Some(charge) = &charge {
        take_charge(portal, tx, &producer, order, &report, charge).await?;
    }
    if let Some(subscription) = &subscription {
        take_subscription(portal, tx, &producer, order, subscription, version).await?;
    }
    finish(portal, tx, &producer, order, Some(&kept), kept.person).await?;
    Ok(())
}

/// Now; or just after the last word, which may be of the same instant.
async fn next_version(portal: &Portal, tx: &mut Tx, order: OrderId) -> Result<Version, Error> {
    let now = Version::of_subscription(portal.now());
    let kept = store::subscription::of_order(tx, order).await?.map(|kept| kept.version);
    Ok(kept.map_or(now, |kept| now.max(kept.next())))
}

async fn record(tx: &mut Tx, order: OrderId) -> Result<OrderRecord, Error> {
    OrderRecord::by_id(tx.conn(), order).await?.ok_or_else(no_row)
}

fn no_row() -> Error {
    Error::from(sqlx::Error::RowNotFound)
}

fn producer_of(record: &OrderRecord) -> Result<Producer, Error> {
    let seller = &record.seller;
    let wrong = |error| Error::inconsistent("producers", record.producer, error);
    Ok(Producer {
        id: record.producer,
        slug: types::Slug::parse(&seller.slug).map_err(wrong)?,
        name: seller.name.clone(),
        time_zone: seller.time_zone.clone(),
        email: seller.contact.clone(),
        actor: Actor::System,
    })
}

fn name_of(record: &OrderRecord) -> Result<Line, Error> {
    Line::clean(&record.buyer_name).ok_or_else(|| Error::inconsistent("orders", record.id, "a buyer without a name"))
}

fn line(text: &str, order: OrderId) -> Result<Line, Error> {
    Line::parse(text).map_err(|error| Error::inconsistent("orders", order, error))
}
