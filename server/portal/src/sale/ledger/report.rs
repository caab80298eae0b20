//! Reports about an order on file that come from the portal itself: from its calendar, and from what its buyers decide.

use super::merge::charge_weight;
use super::new_order::{Card, NewCharge, NewSubscription, Version};
use super::settle::restate_for;
use super::store::{self, charge::Books};
use super::take::{take_charge, take_subscription};
use super::{OrderRefusal, store::order::Whose};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::event::Cause;
use types::{ChargeStatus, Method, OrderId, OrderStatus};

/// Reports a charge, the subscription, or both. A subscription that is reported here outranks every earlier report. The
/// order is restated, and access and calendar look again because of the event.
pub async fn report(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charge: Option<NewCharge>,
    subscription: Option<NewSubscription>,
) -> Result<(), Error> {
    take_in(portal, tx, order, charge.into_iter().collect(), subscription, Cause::Decision).await.map(drop)
}

/// The same, from the calendar itself, which looks again in any case.
pub(crate) async fn report_of_calendar(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charge: Option<NewCharge>,
    subscription: Option<NewSubscription>,
) -> Result<OrderStatus, Error> {
    take_in(portal, tx, order, charge.into_iter().collect(), subscription, Cause::Calendar).await
}

/// Reports what the gateway that charges an order has on file of it. What is on file here as well changes nothing.
pub(crate) async fn report_read(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charges: Vec<NewCharge>,
    subscription: Option<NewSubscription>,
) -> Result<(), Error> {
    let kept = store::charge::of_order(tx, order).await?;
    let is_news = |charge: &NewCharge| {
        let known = kept.iter().find(|kept| kept.charge.reference == charge.reference);
        known.is_none_or(|known| charge_weight(charge) > charge_weight(&known.charge))
    };
    let news: Vec<NewCharge> = charges.into_iter().filter(is_news).collect();
    if news.is_empty() && subscription.is_none() {
        return Ok(());
    }
    take_in(portal, tx, order, news, subscription, Cause::Reported).await.map(drop)
}

/// An order began with the name of its subscription in the place of that of its charge: the charge has its own from now
/// on.
pub(crate) async fn name_charge(tx: &mut Tx, order: OrderId, was: &str, is: &str) -> Result<(), Error> {
    store::charge::rename(tx, order, was, is).await
}

async fn take_in(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charges: Vec<NewCharge>,
    subscription: Option<NewSubscription>,
    cause: Cause,
) -> Result<OrderStatus, Error> {
    store::order::lock(tx, order).await?;
    let Whose { producer, gateway, currency, .. } = store::order::whose(tx, order).await?;
    let books = Books { gateway, currency };
    for charge in charges {
        let taken = take_charge(portal, tx, (producer, order), &books, &charge, None).await;
        taken.map_err(|refusal| match refusal {
            OrderRefusal::Database(error) => error,
            refusal => Error::inconsistent("charges", &charge.reference, refusal),
        })?;
    }
    if let Some(subscription) = subscription {
        let now = Version::of_subscription(portal.now());
        let last = store::subscription::of_order(tx, order).await?.map(|kept| kept.version);
        let version = last.map_or(now, |last| now.max(last.next()));
        take_subscription(portal, tx, producer, order, &subscription, version)
            .await
            .map_err(|refusal| Error::inconsistent("subscriptions", order, refusal))?;
    }
    restate_for(portal, tx, order, cause).await
}

/// Reports a charge whose money is returned, because it came for a change that could not take effect any more: the
/// charge is on file, and nothing follows from it.
pub(crate) async fn report_returning(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    charge: &NewCharge,
) -> Result<(), Error> {
    store::order::lock(tx, order).await?;
    let Whose { producer, gateway, currency, .. } = store::order::whose(tx, order).await?;
    let books = Books { gateway, currency };
    let taken = take_charge(portal, tx, (producer, order), &books, charge, None).await;
    taken.map_err(|refusal| Error::inconsistent("charges", &charge.reference, refusal))?;
    store::charge::set_going_back(tx, producer, &books, &charge.reference).await
}

/// Reports that a charge was paid back whole at its gateway, by its producer.
pub(crate) async fn report_paid_back(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    reference: &str,
) -> Result<(), Error> {
    report_returned(portal, tx, order, reference).await?;
    restate_for(portal, tx, order, Cause::Reported).await.map(drop)
}

/// Reports that such money is back.
pub(crate) async fn report_returned(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    reference: &str,
) -> Result<(), Error> {
    store::order::lock(tx, order).await?;
    let Whose { producer, gateway, currency, .. } = store::order::whose(tx, order).await?;
    let kept = store::charge::of_order(tx, order).await?;
    let known = kept.into_iter().find(|kept| kept.gateway == gateway && kept.charge.reference == reference);
    let Some(known) = known else { return Ok(()) };
    let charge = NewCharge { status: ChargeStatus::Refunded, changed_at: portal.now(), ..known.charge };
    store::charge::update(tx, producer, &Books { gateway, currency }, &charge).await
}

/// The order is paid like this from now on: what its pages show.
pub(crate) async fn set_payment(tx: &mut Tx, order: OrderId, method: Method, card: Option<&Card>) -> Result<(), Error> {
    store::order::set_payment(tx, order, method, card).await
}

/// The last report about an order's subscription: what a new report begins from.
pub async fn reported_subscription(tx: &mut Tx, order: OrderId) -> Result<Option<NewSubscription>, Error> {
    Ok(store::subscription::of_order(tx, order).await?.map(|kept| kept.subscription))
}
