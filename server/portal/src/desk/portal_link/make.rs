//! One link is made, sent, revoked.

use super::mail::Mail;
use super::store::{self, NewLink};
use crate::db::{Error, Tx};
use crate::event::{self, PortalLink, Record};
use crate::{Portal, Producer, outbox};
use serde_json::json;
use types::place::buyer::Place;
use types::{Code, LinkPlace, OrderId, OrderRef, PersonId, PortalLinkId, ProducerId};

/// A link that was made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MadeLink {
    /// The link.
    pub id: PortalLinkId,
    /// Its whole address.
    pub url: String,
}

/// Why nothing is done with a link.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// No such order or link of this producer.
    #[error("no such order or link")]
    NotFound,
    /// It was revoked, or sent before.
    #[error("the link was revoked, or sent before")]
    TooLate,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Makes a link to a place of one of the producer's orders, and mails it where that is wanted.
pub async fn make(
    producer: &Producer,
    order: &Code,
    target: LinkPlace,
    is_mailed: bool,
) -> Result<MadeLink, LinkError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let about = store::order_of(tx.conn(), producer.id(), order).await?.ok_or(LinkError::NotFound)?;
    let made = make_within(producer, &mut tx, about, target, is_mailed).await?;
    portal.commit(tx).await?;
    Ok(made)
}

/// The same, of an order that is known to be the producer's, in a transaction that goes on.
pub(crate) async fn make_within(
    producer: &Producer,
    tx: &mut Tx,
    (order, person): (OrderId, PersonId),
    target: LinkPlace,
    is_mailed: bool,
) -> Result<MadeLink, LinkError> {
    let by = maker(producer);
    let new = New { producer: producer.id(), order, target, by: &by, is_mailed, campaign: None };
    let (id, url) = write(producer.portal(), tx, new).await?.ok_or(LinkError::NotFound)?;
    let made = PortalLink::Made { link: id, order };
    record(producer, tx, made, (order, person), Some(json!({ "target": target, "mailed": is_mailed }))).await?;
    Ok(MadeLink { id, url })
}

/// Mails a link that was made before; once.
pub async fn send(producer: &Producer, link: PortalLinkId) -> Result<(), LinkError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let about = store::about(tx.conn(), producer.id(), link).await?.ok_or(LinkError::NotFound)?;
    if !store::ask_mail(&mut tx, producer.id(), link, portal.now()).await? {
        return Err(LinkError::TooLate);
    }
    outbox::put(portal, &mut tx, Mail::Link { link }).await?;
    record(producer, &mut tx, PortalLink::Mailed { link, order: about.0 }, about, None).await?;
    Ok(portal.commit(tx).await?)
}

/// Nobody gets in by this link any more. Said again, it changes nothing.
pub async fn revoke(producer: &Producer, link: PortalLinkId) -> Result<(), LinkError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let about = store::about(tx.conn(), producer.id(), link).await?.ok_or(LinkError::NotFound)?;
    if store::revoke(&mut tx, producer.id(), link, portal.now()).await? {
        record(producer, &mut tx, PortalLink::Revoked { link, order: about.0 }, about, None).await?;
    }
    Ok(portal.commit(tx).await?)
}

/// Who makes links: the address of a person, or the word of a program.
pub(super) fn maker(producer: &Producer) -> String {
    if producer.session().is_some() { producer.who().to_string() } else { "api".to_owned() }
}

/// A link to be written.
pub(super) struct New<'a> {
    pub(super) producer: ProducerId,
    pub(super) order: OrderId,
    pub(super) target: LinkPlace,
    pub(super) by: &'a str,
    pub(super) is_mailed: bool,
    pub(super) campaign: Option<types::LinkCampaignId>,
}

/// Writes a link and asks for its mail; its id and address, or none when its campaign has reached the order before.
pub(super) async fn write(portal: &Portal, tx: &mut Tx, new: New<'_>) -> Result<Option<(PortalLinkId, String)>, Error> {
    let id = PortalLinkId(portal.new_id());
    let reference = portal.keys.name("portal link", id.0.as_bytes());
    let New { producer, order, target, by, is_mailed, campaign } = new;
    let now = portal.now();
    let link = NewLink { id, producer, order, target, reference: &reference, campaign, by, now, is_mailed };
    if !store::insert(tx, &link).await? {
        return Ok(None);
    }
    if is_mailed {
        outbox::put(portal, tx, Mail::Link { link: id }).await?;
    }
    Ok(Some((id, address(portal, &reference))))
}

/// The whole address of a link with this reference.
pub(super) fn address(portal: &Portal, reference: &str) -> String {
    portal.url(Place::OrderLink { order_ref: reference })
}

/// The same, of an order's own link.
pub(super) fn order_address(portal: &Portal, reference: &OrderRef, target: LinkPlace) -> String {
    portal.url(types::place::buyer::order_link(reference, target))
}

async fn record(
    producer: &Producer,
    tx: &mut Tx,
    event: PortalLink,
    (order, person): (OrderId, PersonId),
    after: Option<serde_json::Value>,
) -> Result<(), Error> {
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(person),
        order: Some(order),
        after,
        ..Record::new(producer.actor(), event)
    };
    event::record(producer.portal(), tx, entry).await
}
