//! Beginning a card update, and using its card for other subscriptions too.

use super::advance::{open, put_on_file};
use super::job::Job;
use super::state::State;
use super::store::{self, NewCardUpdate};
use super::whose::{CardError, others, subject};
use crate::Buyer;
use crate::billing;
use crate::connection;
use crate::outbox;
use crate::ports::{Gateway, GatewayError};
use std::time::Duration;
use types::view::{CardPlace, CardRefusal};
use types::{CardUpdateId, RequestId, SubscriptionId};

/// When a card update is looked after whose beginning was cut off.
const AFTER_A_CRASH: Duration = Duration::from_secs(60);

/// Where somebody goes who enters a card.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leading {
    /// The page.
    pub url: String,
    /// Whether it is where [`PaymentPage::leads_to`](types::view::PaymentPage::leads_to) said that it would be.
    pub is_foreseen: bool,
}

/// Begins a card update and says where the gateway's page is. The same form pressed again is the same card update.
pub async fn begin(buyer: &Buyer, place: &CardPlace, request: RequestId) -> Result<Leading, CardError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let subject = subject(buyer, tx.conn(), place).await?.ok_or(CardError::NotFound)?;
    if let Some(refusal) = subject.refusal(portal) {
        return Err(CardError::Refused(refusal));
    }
    let id = CardUpdateId(portal.new_id());
    let (producer, order, person) = (subject.order.producer_id, subject.order.id, buyer.person());
    let (gateway, origin) = (subject.order.gateway.as_str(), buyer.origin().address.as_str());
    let new = NewCardUpdate { id, producer, order, person, request, gateway, origin, now: portal.now() };
    let (id, is_new) = store::insert(&mut tx, &new).await?.ok_or(CardError::OtherRequest)?;
    if is_new {
        let later = portal.now().plus(AFTER_A_CRASH);
        outbox::put_at(portal, &mut tx, Job::Advance { update: id }, later).await?;
    }
    let update = store::find(tx.conn(), id).await?.ok_or(CardError::NotFound)?;
    portal.commit(tx).await?;
    if matches!(update.state, State::Saved { .. } | State::Closed { .. }) {
        return Ok(Leading { url: subject.place.update(id).path(), is_foreseen: true });
    }
    let gateway = connection::gateway(portal, update.producer, &update.gateway).await?;
    let cards = gateway.as_deref().and_then(Gateway::cards).ok_or(CardError::Refused(CardRefusal::Gateway))?;
    let url = open(portal, cards, &update, &subject.place).await?;
    let url = url.map_err(|error| match error {
        GatewayError::Refused(_) => CardError::Refused(CardRefusal::Gateway),
        error => CardError::Unavailable(error.to_string()),
    })?;
    let is_foreseen = cards.pages_at().is_some_and(|origin| url.starts_with(&format!("{origin}/")));
    Ok(Leading { url, is_foreseen })
}

/// Uses the card that an update brought for other plans of the same buyer, producer and gateway too; each once. What
/// they owe is tried at once.
pub async fn use_for_others(
    buyer: &Buyer,
    place: &CardPlace,
    id: CardUpdateId,
    chosen: &[SubscriptionId],
) -> Result<(), CardError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let subject = subject(buyer, tx.conn(), place).await?.ok_or(CardError::NotFound)?;
    let update = store::lock(&mut tx, id).await?;
    let update = update
        .filter(|update| update.person == buyer.person() && update.order == subject.order.id)
        .ok_or(CardError::NotFound)?;
    let State::Saved { card, .. } = &update.state else { return Err(CardError::NotFound) };
    let mut orders = Vec::new();
    for (order, plan) in others(buyer, tx.conn(), id).await? {
        if chosen.contains(&plan.id) && store::use_for(&mut tx, &update, order, portal.now()).await? {
            put_on_file(portal, &mut tx, &update, order, card, &buyer.origin().address).await?;
            orders.push(order);
        }
    }
    portal.commit(tx).await?;
    for order in orders {
        billing::collect_now(portal, order).await?;
    }
    Ok(())
}
