//! What went back of a charge at its gateway and is no refund of ours: what the producer paid back on the gateway's own
//! pages, and what had gone back of a part of ours before the gateway refused the rest. A webhook is only a reason to ask
//! for the list. A refund that waits here for the producer may be among it.

use super::job::Job;
use super::reported::{reported_by_source, settled_by_source};
use super::store::{self, ListedCharge};
use crate::db::{Error, Tx};
use crate::ledger::{self, ReportedRefund};
use crate::outbox::{self, Outcome, Run};
use crate::ports::{Gateway, GatewayError, RecordedRefund};
use crate::{Portal, connection, order};
use ground::inquiry;
use types::{ChargeId, ProducerId};

/// Has the list asked for of the charge that this gateway of the producer's calls so: by a payment's own name first,
/// then by one of the others. Where there are others and none is known, the gateway is asked which it may be. False
/// where there is none.
pub(crate) async fn look_at_charge(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    names: &[String],
) -> Result<bool, Error> {
    if look_at_first(portal, tx, producer, gateway, names).await? {
        return Ok(true);
    }
    let [payment, _, ..] = names else { return Ok(false) };
    let (gateway, payment) = (gateway.to_owned(), payment.clone());
    outbox::put(portal, tx, Job::Find { producer, gateway, payment }).await?;
    Ok(true)
}

async fn look_at_first(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    gateway: &str,
    names: &[String],
) -> Result<bool, Error> {
    for name in names {
        if let Some(charge) = store::charge_called(tx.conn(), producer, gateway, name).await? {
            outbox::put(portal, tx, Job::List { charge }).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// An order calls its charge by another part than the one of which something went back.
pub(super) async fn find(
    portal: &Portal,
    producer: ProducerId,
    (name, payment): (&str, &str),
    run: Run<'_>,
) -> Result<Outcome, Error> {
    let named = connection::named(portal.db.read().await?.conn(), producer, name).await?;
    let gateway = connection::gateway(portal, producer, &named).await?;
    let Some(refunds) = gateway.as_deref().and_then(Gateway::refunds) else {
        return Ok(Outcome::At(inquiry::seldom(portal.now())));
    };
    match refunds.whole_of(payment).await {
        Ok(names) => {
            let mut tx = portal.db.begin().await?;
            look_at_first(portal, &mut tx, producer, name, &names).await?;
            portal.commit(tx).await?;
            Ok(Outcome::Done)
        }
        Err(error) => Ok(inquiry::again(portal.now(), run, &error)),
    }
}

pub(super) async fn list(portal: &Portal, charge: ChargeId, run: Run<'_>) -> Result<Outcome, Error> {
    let listed = store::listed_charge(portal.db.read().await?.conn(), charge).await?;
    let Some(listed) = listed else { return Ok(Outcome::Done) };
    let gateway = connection::gateway(portal, listed.producer, &listed.gateway).await?;
    let Some(refunds) = gateway.as_deref().and_then(Gateway::refunds) else {
        return Ok(Outcome::At(inquiry::seldom(portal.now())));
    };
    match refunds.list(&listed.reference, listed.amount).await {
        Ok(Some(recorded)) => keep(portal, charge, &listed, &recorded).await?,
        Ok(None) => {}
        Err(GatewayError::Refused(refusal)) => {
            tracing::info!(%charge, %refusal, "the gateway lists nothing of a charge")
        }
        Err(error) => return Ok(inquiry::again(portal.now(), run, &error)),
    }
    Ok(Outcome::Done)
}

async fn keep(portal: &Portal, id: ChargeId, charge: &ListedCharge, recorded: &[RecordedRefund]) -> Result<(), Error> {
    let (order, gateway, reference) = (charge.order, charge.gateway.as_str(), charge.reference.as_str());
    let mut tx = portal.db.begin().await?;
    order::lock(&mut tx, order).await?;
    let failed = store::failed_parts(tx.conn(), id).await?;
    let counts = |refund: &&RecordedRefund| {
        refund.amount.currency == charge.amount.currency
            && refund.key.as_ref().is_none_or(|key| failed.iter().any(|part| part.to_string() == *key))
    };
    let reported: Vec<ReportedRefund> =
        recorded.iter().filter(counts).map(|refund| reported(refund, reference)).collect();
    let back = reported_by_source(portal, &mut tx, order, (gateway, reference), &reported, true).await?;
    let is_all = back.is_some_and(|(amount, _)| amount >= charge.amount.amount);
    if is_all {
        // What still waited here to be paid back is: nothing of it is left.
        settled_by_source(portal, &mut tx, order, gateway, reference).await?;
        ledger::report_paid_back(portal, &mut tx, order, reference).await?;
    } else if ledger::set_given_back(&mut tx, order, (gateway, reference), back).await? {
        ledger::restate(portal, &mut tx, order).await?;
    }
    portal.commit(tx).await
}

fn reported(refund: &RecordedRefund, charge: &str) -> ReportedRefund {
    ReportedRefund {
        reference: refund.reference.clone(),
        charge: charge.to_owned(),
        amount: refund.amount.amount,
        at: refund.at,
    }
}
