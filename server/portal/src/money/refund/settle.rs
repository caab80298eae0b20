//! What follows from the gateway's answer about a refund: money, subscription and access in one transaction (rule 8).
//!
//! When a refund that was sent fails later, the subscription that it had ended is again what its source reports.

use super::case::{CasePart, RefundCase};
use super::job::Job;
use super::mail::{Mail, RefundMoment};
use super::part::{InvalidStep, PartState};
use super::payee_page;
use super::state::State;
use super::store;
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::ledger;
use crate::outbox;
use crate::ports::{RefundProgress, RefundReport};
use crate::{Actor, Portal};
use serde_json::json;
use std::time::Duration;
use types::{Instant, OrderId, PersonId, ProducerId, RefundId, RefundPartId};

/// How long after a request it is news to its buyer that the money was sent.
const SENT_IS_NEWS_AFTER: Duration = Duration::from_secs(3600);

/// How long the mail about that waits: most money that was sent is there by then, and the mail about that says it all.
const SENT_MAIL_WAITS: Duration = Duration::from_secs(600);

/// The gateway took a part. With the last one the order is refunded, its subscription ends, its access goes, and the
/// buyer is told.
pub(super) async fn took(
    portal: &Portal,
    refund: RefundId,
    part: RefundPartId,
    report: &RefundReport,
) -> Result<(), Error> {
    let now = portal.now();
    match &report.state {
        RefundProgress::Failed { reason } => failed(portal, refund, part, reason).await,
        RefundProgress::Pending => step(portal, refund, part, |part| part.send(report.reference.clone(), now)).await,
        RefundProgress::WaitsForBuyer { page } => {
            step(portal, refund, part, |part| part.send(report.reference.clone(), now)).await?;
            payee_page::waits(portal, refund, part, page.clone()).await
        }
        RefundProgress::Succeeded => {
            step(portal, refund, part, |part| part.send(report.reference.clone(), now)).await?;
            settled(portal, refund, part).await
        }
    }
}

/// The money of a part is back.
pub(super) async fn settled(portal: &Portal, refund: RefundId, part: RefundPartId) -> Result<(), Error> {
    step(portal, refund, part, |part| part.settle(portal.now())).await
}

/// A part could not be paid back, now or later: when the others have their outcome, the case is open again for what is
/// left.
pub(super) async fn failed(portal: &Portal, refund: RefundId, part: RefundPartId, reason: &str) -> Result<(), Error> {
    step(portal, refund, part, |part| part.fail(reason.to_owned(), portal.now())).await
}

/// The bank returned the money of a settled part: the case is open again for it.
pub(super) async fn came_back(
    portal: &Portal,
    refund: RefundId,
    part: RefundPartId,
    reason: &str,
) -> Result<(), Error> {
    step(portal, refund, part, |part| part.come_back(reason.to_owned(), portal.now())).await
}

async fn step(
    portal: &Portal,
    refund: RefundId,
    part: RefundPartId,
    step: impl FnOnce(PartState) -> Result<PartState, InvalidStep>,
) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if let Some(mut case) = RefundCase::lock(&mut tx, refund).await?
        && case.move_part(&mut tx, part, step).await?
    {
        if let Some(charge) = store::charge_of_failed(tx.conn(), part).await? {
            // A gateway that pays back in several calls may have made some of them.
            outbox::put(portal, &mut tx, Job::List { charge }).await?;
        }
        follow(portal, &mut tx, case).await?;
    }
    portal.commit(tx).await
}

/// A part has moved, and the refund with it; order, subscription, access, audit and mail follow.
pub(super) async fn follow(portal: &Portal, tx: &mut Tx, case: RefundCase) -> Result<(), Error> {
    let refund = case.id();
    let parts = case.states();
    let before = case.state.name();
    let next = match case.state.clone().of_parts(&parts, portal.now()) {
        // The producer may say that he paid some days ago.
        State::Settled { at } => State::Settled { at: settled_at(&parts).unwrap_or(at) },
        next => next,
    };
    let has_changed = next != case.state;
    let has_sent = case.back().amount > 0;
    if has_changed {
        store::write(tx, &case.row, &next, has_sent).await?;
    }
    let has_ended = matches!(next, State::Settled { .. } | State::Failed { .. });
    // What was still on its way when another part failed comes to its own end later: the figures are others then.
    let moment = match next {
        State::Sent { .. } if has_changed => Some(RefundMoment::Sent),
        State::Settled { .. } if has_changed => Some(RefundMoment::Settled),
        State::Failed { .. } if has_changed || parts_failed(&parts) > 1 => Some(RefundMoment::Failed),
        _ => None,
    };
    if matches!(next, State::Failed { .. }) && has_changed {
        store::release_items(tx, refund, portal.now()).await?;
    }
    if has_ended && !parts.iter().any(|part| part.is_open() || matches!(part, PartState::Sent { .. })) {
        store::forget_payee(tx, refund).await?;
    }
    if has_ended || matches!(next, State::Sent { .. }) {
        ledger::restate(portal, tx, OrderId(case.row.order_id)).await?;
    }
    record(portal, tx, &case, before.as_str(), &next).await?;
    tell(portal, tx, &case, moment).await
}

/// A refund is two mails as a rule: that it was asked for, and what came of it. That it was sent is told only where the
/// first mail is old news by then, and nothing came of it meanwhile.
async fn tell(portal: &Portal, tx: &mut Tx, case: &RefundCase, moment: Option<RefundMoment>) -> Result<(), Error> {
    let (refund, now) = (case.id(), portal.now());
    match moment {
        Some(RefundMoment::Sent) if !is_sent_late(case, now) => Ok(()),
        Some(moment @ RefundMoment::Sent) => {
            outbox::put_at(portal, tx, Mail::Buyer { refund, moment }, now.plus(SENT_MAIL_WAITS)).await
        }
        Some(moment @ RefundMoment::Failed) => {
            outbox::put(portal, tx, Mail::Buyer { refund, moment }).await?;
            outbox::put(portal, tx, Mail::ProducerFailed { refund }).await
        }
        Some(moment) => outbox::put(portal, tx, Mail::Buyer { refund, moment }).await,
        None => Ok(()),
    }
}

/// Returns whether the buyer read a while ago that the money is about to be sent. What a producer approved is sent as
/// soon as the buyer reads of it.
fn is_sent_late(case: &RefundCase, now: Instant) -> bool {
    let asked_at = Instant::from_micros(case.row.requested_at);
    case.row.answer_by.is_none() && now > asked_at.plus(SENT_IS_NEWS_AFTER)
}

/// When the last part was settled.
fn settled_at(parts: &[PartState]) -> Option<Instant> {
    let at = |part: &PartState| if let PartState::Settled { at } = part { Some(*at) } else { None };
    parts.iter().filter_map(at).max()
}

fn parts_failed(parts: &[PartState]) -> usize {
    parts.iter().filter(|part| matches!(part, PartState::Failed { .. })).count()
}

async fn record(portal: &Portal, tx: &mut Tx, case: &RefundCase, before: &str, next: &State) -> Result<(), Error> {
    let row = &case.row;
    let part = |part: &CasePart| {
        let CasePart { row, state, .. } = part;
        json!({ "charge": row.charge_reference, "amount": row.amount, "state": state.name() })
    };
    // One part says nothing that the refund does not say.
    let parts = (case.parts.len() > 1).then(|| case.parts.iter().map(part).collect::<Vec<_>>());
    let event = Refund {
        what: RefundEvent::Advanced,
        refund: case.id(),
        order: OrderId(row.order_id),
        state: next.name(),
        amount: row.amount,
    };
    let entry = Record {
        producer: Some(ProducerId(row.producer_id)),
        person: Some(PersonId(row.person_id)),
        order: Some(OrderId(row.order_id)),
        before: Some(json!({ "state": before })),
        after: Some(json!({ "protocol": row.protocol, "state": next.name(), "parts": parts })),
        ..Record::new(Actor::System, event)
    };
    event::record(portal, tx, entry).await
}
