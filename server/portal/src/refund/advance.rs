//! Carries a refund one step on. Runs as a job, one runner at a time, safe to run twice and after a crash at any line.

use super::settle;
use super::state::{InvalidTransition, State};
use super::store::{self, RefundRow};
use crate::db::Error;
use crate::outbox::{self, Job, Outcome};
use crate::portal::Portal;
use crate::ports::{Gateway, GatewayError, RefundOrder, RefundProgress, RefundReport};
use std::sync::Arc;
use std::time::Duration;
use types::{Currency, Instant, Money, RefundId};

/// How soon a refund that is on its way is asked about first, and how seldom at last.
const WATCH_FIRST: Duration = Duration::from_secs(5);
/// How long after an unclear call a "no" is not believed.
const DOUBT: Duration = Duration::from_secs(3600);
const WATCH_LAST: Duration = Duration::from_secs(6 * 3600);

/// Sends what is approved, asks about what is unclear, watches what is on its way.
pub async fn advance(portal: &Portal, refund: RefundId, is_last: bool) -> Result<Outcome, Error> {
    let Some(row) = store::find(portal.db.read().await?.conn(), refund).await? else { return Ok(Outcome::Done) };
    let state = State::try_from(&row)?;
    if !matches!(state, State::Approved | State::Reconciling { .. } | State::Sent { .. }) {
        return Ok(Outcome::Done);
    }
    let Some(gateway) = portal.ports.gateways.named(&row.gateway) else { return by_hand(portal, refund).await };
    let key = refund.to_string();
    match &state {
        State::Sent { at, .. } => watch(portal, &row, gateway.find_refund(&key).await, *at, is_last).await,
        _ => {
            // Asked before anything is sent again: an earlier call may have had its effect.
            if row.first_sent_at.is_some() {
                match gateway.find_refund(&key).await {
                    Ok(Some(report)) => return settle::took(portal, &row, &report).await,
                    Ok(None) => {}
                    Err(error) => return Ok(again(portal, error, is_last)),
                }
            }
            send(portal, &row, &gateway, key, is_last).await
        }
    }
}

async fn send(
    portal: &Portal,
    row: &RefundRow,
    gateway: &Arc<dyn Gateway>,
    key: String,
    is_last: bool,
) -> Result<Outcome, Error> {
    let order = refund_order(row, key)?;
    if !step(portal, row, |state| state.begin_sending(portal.now())).await? {
        return Ok(Outcome::At(portal.now()));
    }
    match gateway.refund(&order).await {
        Ok(report) => settle::took(portal, row, &report).await,
        // After a call whose outcome is not known, "no" may mean "done already": the next runs ask again before it counts.
        Err(error @ GatewayError::Refused(_)) if is_doubtful(row, portal.now()) => Ok(again(portal, error, is_last)),
        Err(GatewayError::Refused(reason)) => settle::failed(portal, row, &reason).await,
        Err(error @ GatewayError::Unavailable(_)) => {
            if row.first_sent_at.is_none() {
                step(portal, row, State::take_back).await?;
            }
            Ok(again(portal, error, is_last))
        }
        Err(error @ GatewayError::OutcomeUnknown(_)) => Ok(again(portal, error, is_last)),
    }
}

/// Writes a step that nobody else needs to hear of; false when the refund is not where the step begins any more.
async fn step(
    portal: &Portal,
    row: &RefundRow,
    step: impl FnOnce(State) -> Result<State, InvalidTransition>,
) -> Result<bool, Error> {
    let mut tx = portal.db.begin().await?;
    let Some((row, state)) = settle::hold(&mut tx, row).await? else { return Ok(false) };
    let Ok(next) = step(state) else { return Ok(false) };
    store::write(&mut tx, &row, &next).await?;
    tx.commit().await?;
    Ok(true)
}

/// Whether an earlier call may still turn out to have had its effect.
fn is_doubtful(row: &RefundRow, now: Instant) -> bool {
    row.first_sent_at.is_some_and(|at| now.since(Instant::from_micros(at)) < DOUBT)
}

/// Money is owed until it is known to be back: when the schedule is at its end, it goes on once in six hours.
fn again(portal: &Portal, error: GatewayError, is_last: bool) -> Outcome {
    if is_last {
        Outcome::At(portal.now().plus(WATCH_LAST))
    } else {
        Outcome::Again { after: None, reason: error.to_string() }
    }
}

async fn watch(
    portal: &Portal,
    row: &RefundRow,
    report: Result<Option<RefundReport>, GatewayError>,
    sent_at: Instant,
    is_last: bool,
) -> Result<Outcome, Error> {
    match report {
        Ok(Some(RefundReport { state: RefundProgress::Succeeded, .. })) => settle::settled(portal, row).await,
        Ok(Some(RefundReport { state: RefundProgress::Failed { reason }, .. })) => {
            settle::failed(portal, row, &reason).await
        }
        Ok(Some(_)) => Ok(Outcome::At(next_watch(portal.now(), sent_at))),
        Ok(None) => {
            tracing::error!(refund = %row.id, "the gateway took this refund and does not know it any more");
            Ok(Outcome::At(next_watch(portal.now(), sent_at)))
        }
        Err(error) => Ok(again(portal, error, is_last)),
    }
}

/// The longer it is on its way, the less often it is asked about.
pub(super) fn next_watch(now: Instant, sent_at: Instant) -> Instant {
    now.plus((now.since(sent_at) / 2).clamp(WATCH_FIRST, WATCH_LAST))
}

/// The gateway cannot be reached from here: the producer is told, once; the source will report when it is done.
async fn by_hand(portal: &Portal, refund: RefundId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    if store::by_hand(&mut tx, refund, portal.now()).await? {
        outbox::put(portal, &mut tx, Job::MailProducerRefundByHand { refund }).await?;
    }
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

fn refund_order(row: &RefundRow, key: String) -> Result<RefundOrder, Error> {
    let currency = Currency::parse(&row.currency).map_err(|error| Error::inconsistent("refunds", row.id, error))?;
    Ok(RefundOrder {
        key,
        account: row.producer_id.to_string(),
        charge_reference: row.charge_reference.clone(),
        charge_total: Money::new(row.charge_amount, currency),
        card_last4: row.card_last4.clone(),
        amount: Money::new(row.amount, currency),
    })
}
