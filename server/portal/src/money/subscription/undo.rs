//! The buyer takes a cancellation back, until its day comes.

use super::cancel::{By, follow};
use super::case::SubscriptionCase;
use super::job::Job;
use super::mail::{CancelMoment, Mail};
use super::store;
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::{Actor, Buyer, Portal, order, outbox};

use serde_json::json;
use types::{CancellationId, CancellationState, SubscriptionId};

/// Why a cancellation stands.
#[derive(Debug, thiserror::Error)]
pub enum UndoError {
    /// No such cancellation of this buyer.
    #[error("no such cancellation")]
    NotFound,
    /// The subscription has ended.
    #[error("the subscription has ended")]
    TooLate,
    /// The gateway has ended it too: only the producer can begin again.
    #[error("the source has ended it as well")]
    EndedThere,
    /// The producer decided it.
    #[error("the producer cancelled it")]
    OfProducer,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Takes the cancellation with this number back. Pressed again it is undone already, and that is an answer too.
pub async fn undo(buyer: &Buyer, id: SubscriptionId, protocol: &str) -> Result<(), UndoError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = store::order_of(tx.conn(), buyer.person(), id).await?.ok_or(UndoError::NotFound)?;
    order::lock(&mut tx, order).await?;
    let case = SubscriptionCase::of_buyer(portal, tx.conn(), buyer.person(), id).await?.ok_or(UndoError::NotFound)?;
    let latest = case.cancellation.as_ref().filter(|(row, _)| row.protocol == protocol);
    let (row, state) = latest.ok_or(UndoError::NotFound)?;
    if state.name() == CancellationState::Undone {
        return Ok(());
    }
    if row.is_by_seller {
        return Err(UndoError::OfProducer);
    }
    let undone = state.undo(portal.now()).map_err(|_| UndoError::TooLate)?;
    if !case.can_undo(portal.now()) {
        return Err(UndoError::EndedThere);
    }
    store::write(&mut tx, row, undone).await?;
    let by = By { actor: Actor::Buyer(buyer.person()), origin: &buyer.origin().address, reason: None };
    write_along(portal, &mut tx, &case, (CancellationId(row.id), protocol), by).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// What belongs to it: where order and access stand, mails, audit entry.
pub(super) async fn write_along(
    portal: &Portal,
    tx: &mut Tx,
    case: &SubscriptionCase,
    (cancellation, protocol): (CancellationId, &str),
    by: By<'_>,
) -> Result<(), Error> {
    follow(portal, tx, case).await?;
    outbox::put(portal, tx, Mail::Buyer { cancellation, moment: CancelMoment::Undone }).await?;
    if case.is_by_hand() {
        outbox::put(portal, tx, Mail::Producer { cancellation, moment: CancelMoment::Undone }).await?;
    }
    if case.there.is_some() {
        outbox::put(portal, tx, Job::Tell { order: case.order.id }).await?;
    }
    let entry = Record {
        origin: by.origin,
        reason: by.reason,
        producer: Some(case.order.producer_id),
        person: Some(case.order.person),
        order: Some(case.order.id),
        before: Some(json!({ "state": CancellationState::Asked })),
        after: Some(json!({ "protocol": protocol, "state": CancellationState::Undone })),
        ..Record::new(by.actor, event::Subscription::CancelUndone { cancellation, order: case.order.id })
    };
    event::record(portal, tx, entry).await
}
