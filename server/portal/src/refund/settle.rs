//! What follows when the gateway has spoken: money, subscription and access in one transaction (rule 8).

use super::advance::next_watch;
use super::state::State;
use super::store::{self, RefundRow};
use crate::access;
use crate::audit::{self, Entry};
use crate::billing;
use crate::db::{Error, Tx};
use crate::intake;
use crate::outbox::{self, Job, Outcome, RefundMoment};
use crate::portal::{Actor, Portal};
use crate::ports::{RefundProgress, RefundReport};
use serde_json::json;
use types::{OrderId, PersonId, ProducerId, RefundId};

/// The gateway took it: the order is refunded, its subscription ends, its access goes, and the buyer is told.
pub(super) async fn took(portal: &Portal, row: &RefundRow, report: &RefundReport) -> Result<Outcome, Error> {
    if let RefundProgress::Failed { reason } = &report.state {
        return failed(portal, row, reason).await;
    }
    let mut tx = portal.db.begin().await?;
    if let Some((row, state)) = hold(&mut tx, row).await?
        && let Ok(sent) = state.send(report.reference.clone(), portal.now())
    {
        follow(portal, &mut tx, &row, &sent, RefundMoment::Sent).await?;
    }
    portal.commit(tx).await?;
    if report.state == RefundProgress::Succeeded {
        return settled(portal, row).await;
    }
    Ok(Outcome::At(next_watch(portal.now(), portal.now())))
}

/// The money is back.
pub(super) async fn settled(portal: &Portal, row: &RefundRow) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    settle(portal, &mut tx, row).await?;
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

/// It could not be paid back, now or later: the case is open again, the access is back, the producer and the buyer are told.
pub(super) async fn failed(portal: &Portal, row: &RefundRow, reason: &str) -> Result<Outcome, Error> {
    let refund = RefundId(row.id);
    let mut tx = portal.db.begin().await?;
    if let Some((row, state)) = hold(&mut tx, row).await?
        && let Ok(failed) = state.fail(reason.to_owned(), portal.now())
    {
        store::release_items(&mut tx, refund, portal.now()).await?;
        follow(portal, &mut tx, &row, &failed, RefundMoment::Failed).await?;
        outbox::put(portal, &mut tx, Job::MailProducerRefundFailed { refund }).await?;
    }
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

/// The source of the order reports a charge as paid back: our open refunds of that charge have reached their end, whoever paid them.
pub async fn settled_by_source(
    portal: &Portal,
    tx: &mut Tx,
    order: OrderId,
    gateway: &str,
    reference: &str,
) -> Result<(), Error> {
    for refund in store::open_of_charge(tx, order, gateway, reference).await? {
        if let Some(row) = store::find(tx.conn(), refund).await? {
            settle(portal, tx, &row).await?;
        }
    }
    Ok(())
}

async fn settle(portal: &Portal, tx: &mut Tx, row: &RefundRow) -> Result<(), Error> {
    if let Some((row, state)) = hold(tx, row).await?
        && let Ok(settled) = state.settle(portal.now())
    {
        follow(portal, tx, &row, &settled, RefundMoment::Settled).await?;
    }
    Ok(())
}

/// The refund as it is now, and nobody else's until the transaction ends.
pub(super) async fn hold(tx: &mut Tx, row: &RefundRow) -> Result<Option<(RefundRow, State)>, Error> {
    let Some(row) = store::hold(tx, row).await? else { return Ok(None) };
    let state = State::try_from(&row)?;
    Ok(Some((row, state)))
}

/// The refund is where it is now; order, subscription, access, audit and mail follow.
async fn follow(
    portal: &Portal,
    tx: &mut Tx,
    row: &RefundRow,
    state: &State,
    moment: RefundMoment,
) -> Result<(), Error> {
    store::write(tx, row, state).await?;
    let (producer, person, order) = (ProducerId(row.producer_id), PersonId(row.person_id), OrderId(row.order_id));
    intake::restate(portal, tx, order).await?;
    // What is not owed any more is not charged, and what is owed again is.
    billing::look_again(portal, tx, order).await?;
    let entry = Entry {
        producer: Some(producer),
        person: Some(person),
        order: Some(order),
        before: Some(json!({ "state": row.state })),
        after: Some(json!({ "protocol": row.protocol, "state": state.word() })),
        ..Entry::new(Actor::System, "refund.follow")
    };
    audit::record(portal, tx, entry).await?;
    access::look_again(portal, tx, producer, person).await?;
    outbox::put(portal, tx, Job::MailRefund { refund: RefundId(row.id), moment }).await
}
