//! The day of a cancellation has come: the subscription ends. Runs as a job, safe to run twice and after a crash at any
//! line, because everything is one transaction.

use super::cancel::follow;
use super::case::SubscriptionCase;
use super::mail::{CancelMoment, Mail};
use super::state::State;
use super::store;
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::order;
use crate::outbox::{self, Outcome};
use crate::{Actor, Portal};

use serde_json::json;
use types::{CancellationId, CancellationState, OrderId};

/// Ends the subscription, unless the buyer took the cancellation back.
pub async fn finish(portal: &Portal, cancellation: CancellationId) -> Result<Outcome, Error> {
    let Some(row) = store::find(portal.db.read().await?.conn(), cancellation).await? else { return Ok(Outcome::Done) };
    let order = OrderId(row.order_id);
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    // What was read before is read again: an undo may have come between.
    let Some(row) = store::find(tx.conn(), cancellation).await? else { return Ok(Outcome::Done) };
    let state = State::try_from(&row)?;
    let Ok(done) = state.finish(portal.now()) else {
        return Ok(match state {
            State::Asked { effective_at } => Outcome::At(effective_at),
            _ => Outcome::Done,
        });
    };
    let Some(case) = SubscriptionCase::by_order(portal, tx.conn(), order).await? else { return Ok(Outcome::Done) };
    store::write(&mut tx, &row, done).await?;
    write_along(portal, &mut tx, &case, cancellation, &row.protocol).await?;
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

async fn write_along(
    portal: &Portal,
    tx: &mut Tx,
    case: &SubscriptionCase,
    cancellation: CancellationId,
    protocol: &str,
) -> Result<(), Error> {
    follow(portal, tx, case).await?;
    outbox::put(portal, tx, Mail::Buyer { cancellation, moment: CancelMoment::Ended }).await?;
    let entry = Record {
        producer: Some(case.order.producer_id),
        person: Some(case.order.person),
        order: Some(case.order.id),
        before: Some(json!({ "state": CancellationState::Asked })),
        after: Some(json!({ "protocol": protocol, "state": CancellationState::Done })),
        ..Record::new(Actor::System, event::Subscription::Ended { cancellation, order: case.order.id })
    };
    event::record(portal, tx, entry).await
}
