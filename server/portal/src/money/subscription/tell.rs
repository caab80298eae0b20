//! Tells the gateway that charges a subscription by its own calendar how it is to go on. Runs as a job, safe to run
//! twice and after a crash at any line: what it is told is written down before it is told, and each call says how
//! things are to be.

use super::by_hand::ask_producer;
use super::case::SubscriptionCase;
use super::job::Job;
use super::mail::{CancelMoment, Mail};
use super::store;
use crate::connection;
use crate::db::Error;
use crate::event::{self, Record};
use crate::outbox::{self, Outcome, Run};
use crate::ports::{CancelAt, Gateway, GatewayError, SubscriptionInstruction, Subscriptions};
use crate::{Actor, Portal, order, plan};
use ground::inquiry;
use serde_json::json;
use types::{CancellationId, CancellationState, OrderId, SubscriptionCourse};

/// Tells it what it does not know.
pub(super) async fn tell(portal: &Portal, order: OrderId, run: Run<'_>) -> Result<Outcome, Error> {
    let case = SubscriptionCase::by_order(portal, portal.db.read().await?.conn(), order).await?;
    let Some(case) = case else { return Ok(Outcome::Done) };
    let Some((reference, course)) = case.to_tell() else { return Ok(Outcome::Done) };
    let gateway = connection::gateway(portal, case.order.producer_id, &case.order.gateway).await?;
    // Out of use meanwhile: it is told when it is used again.
    let Some(subscriptions) = gateway.as_deref().and_then(Gateway::subscriptions) else {
        return Ok(Outcome::At(inquiry::seldom(portal.now())));
    };
    let number = begin(portal, &case, course).await?;
    let instruction = instruction(portal, &case, reference, number).await?;
    match call(subscriptions, &instruction, course).await {
        Ok(()) => took(portal, &case, number, course).await?,
        Err(GatewayError::Refused(refusal)) => {
            refused(portal, &case, number, course, &refusal.to_string()).await?;
        }
        Err(error) => return Ok(inquiry::again(portal.now(), run, &error)),
    }
    Ok(Outcome::Done)
}

/// The number of the telling makes the key: what is told anew is another instruction.
async fn instruction(
    portal: &Portal,
    case: &SubscriptionCase,
    reference: &str,
    number: i64,
) -> Result<SubscriptionInstruction, Error> {
    let (producer, gateway) = (case.order.producer_id, case.order.gateway.as_str());
    let account = connection::account_of(portal.db.read().await?.conn(), producer, gateway).await?;
    Ok(SubscriptionInstruction { key: format!("{}:{number}", case.plan.id), account, reference: reference.to_owned() })
}

async fn call(
    subscriptions: &dyn Subscriptions,
    instruction: &SubscriptionInstruction,
    course: SubscriptionCourse,
) -> Result<(), GatewayError> {
    match course {
        SubscriptionCourse::Runs => subscriptions.undo_cancel(instruction).await,
        SubscriptionCourse::Ends => subscriptions.cancel(instruction, CancelAt::PeriodEnd).await,
        SubscriptionCourse::Ended => subscriptions.cancel(instruction, CancelAt::Now).await,
    }
}

async fn begin(portal: &Portal, case: &SubscriptionCase, course: SubscriptionCourse) -> Result<i64, Error> {
    let mut tx = portal.db.begin().await?;
    // What is being read of it is on file before it is told something else.
    order::lock(&mut tx, case.order.id).await?;
    store::begin(&mut tx, &case.order, case.plan.id, course, portal.now()).await?;
    let told = store::telling(tx.conn(), case.plan.id).await?;
    portal.commit(tx).await?;
    told.map(|(_, number)| number).ok_or_else(|| Error::inconsistent("subscriptions", case.plan.id, "no telling"))
}

/// It has it so. What it says of it now is read, and what was decided meanwhile is told.
async fn took(portal: &Portal, case: &SubscriptionCase, number: i64, course: SubscriptionCourse) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if store::took(&mut tx, case.plan.id, number, portal.now()).await? {
        let order = case.order.id;
        event::record(portal, &mut tx, entry(case, event::Subscription::Told { order, course }, course, None)).await?;
        outbox::put(portal, &mut tx, Job::Read { order }).await?;
        if course == SubscriptionCourse::Runs {
            plan::tell_again(portal, &mut tx, order).await?;
        }
    }
    portal.commit(tx).await
}

/// It will not have it so: the producer is asked to do it there.
async fn refused(
    portal: &Portal,
    case: &SubscriptionCase,
    number: i64,
    course: SubscriptionCourse,
    words: &str,
) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if store::refused(&mut tx, case.plan.id, number, words, portal.now()).await? {
        let refused = event::Subscription::NotTaken { order: case.order.id, course };
        event::record(portal, &mut tx, entry(case, refused, course, Some(words))).await?;
        outbox::put(portal, &mut tx, Job::Read { order: case.order.id }).await?;
        if let Some((row, state)) = &case.cancellation {
            let cancellation = CancellationId(row.id);
            match state.name() {
                CancellationState::Undone => {
                    outbox::put(portal, &mut tx, Mail::Producer { cancellation, moment: CancelMoment::Undone }).await?;
                }
                _ => ask_producer(portal, &mut tx, row.into()).await?,
            }
        }
    }
    portal.commit(tx).await
}

fn entry<'a>(
    case: &SubscriptionCase,
    event: event::Subscription,
    course: SubscriptionCourse,
    words: Option<&'a str>,
) -> Record<'a> {
    Record {
        producer: Some(case.order.producer_id),
        person: Some(case.order.person),
        order: Some(case.order.id),
        after: Some(json!({ "course": course, "gateway": case.order.gateway.as_str() })),
        reason: words,
        ..Record::new(Actor::System, event)
    }
}
