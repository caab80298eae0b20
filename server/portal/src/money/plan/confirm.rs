//! The buyer confirms a quote, or takes back a change that waits for the renewal.

use super::apply;
use super::job::Job;
use super::mail::{Mail, PlanMoment};
use super::quote::Quote;
use super::state::State;
use super::store;
use super::subject::Subject;
use super::{PlanError, next, view};
use crate::db::Tx;
use crate::event::{self, PlanEvent, Record};
use crate::order;
use crate::outbox;
use crate::{Actor, Buyer};

use serde_json::json;
use types::{QuoteId, SubscriptionId};

/// Makes a quote a change, with exactly its figures. The same quote confirmed again, at once or later, is the same
/// change.
///
/// A plan that begins now is paid first, by a job; one that costs nothing now is there with the return of this
/// function; one that begins with the next period waits.
pub async fn confirm(
    buyer: &Buyer,
    subscription: SubscriptionId,
    quote: QuoteId,
    installments: i64,
    has_consent: bool,
) -> Result<(), PlanError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let Some(quote) = store::quote(tx.conn(), quote, subscription, buyer.person()).await? else {
        let is_there = Subject::of_buyer(tx.conn(), subscription, buyer.person()).await?.is_some();
        return Err(if is_there { PlanError::QuoteForgotten } else { PlanError::NotFound });
    };
    // From here on nobody else changes this order; what decides is read under its lock.
    order::lock(&mut tx, quote.order).await?;
    if store::change(tx.conn(), quote.id).await?.is_some() {
        return Ok(());
    }
    let subject = Subject::of_buyer(tx.conn(), subscription, buyer.person()).await?.ok_or(PlanError::NotFound)?;
    if let Some(refusal) = subject.refusal(portal) {
        return Err(PlanError::Refused(refusal));
    }
    // Locked until it is a change: a node whose calendar is ahead may be about to forget it.
    let is_locked = store::lock_quote(&mut tx, quote.id).await?;
    if !is_locked || view::is_over(&subject, &quote, portal.now()) {
        return Err(PlanError::QuoteEnded { target: quote.target });
    }
    if quote.figures.due > 0 && !has_consent {
        return Err(PlanError::NoConsent);
    }
    if !(1..=quote.installments_max).contains(&installments) {
        return Err(PlanError::Installments);
    }
    write(buyer, &mut tx, (&quote, &subject), installments).await?;
    portal.commit(tx).await?;
    Ok(())
}

async fn write(
    buyer: &Buyer,
    tx: &mut Tx,
    (quote, subject): (&Quote, &Subject),
    installments: i64,
) -> Result<(), PlanError> {
    let (portal, now) = (buyer.portal(), buyer.portal().now());
    // The gateway that reckons the change is told in any case.
    let is_free = quote.figures.due == 0 && !subject.is_reckoned_there(portal);
    let (state, what) = match (quote.is_now, is_free) {
        (false, _) => (State::Scheduled, PlanEvent::Scheduled),
        (true, false) => (State::Asked, PlanEvent::Asked),
        (true, true) => (State::Asked, PlanEvent::Changed),
    };
    if state == State::Scheduled {
        store::replace(tx, quote.subscription, quote.id, now).await?;
    }
    if !store::insert_change(tx, quote, &state, installments, now).await? {
        // Another change took its place meanwhile, as another node's calendar has it.
        return Err(PlanError::QuoteEnded { target: quote.target.clone() });
    }
    event::record(portal, tx, entry(buyer, quote, what)).await?;
    match (quote.is_now, is_free) {
        (false, _) => {
            next::tell_theirs(portal, tx, quote.order).await?;
            let job = Mail::Buyer { change: quote.id, moment: PlanMoment::Scheduled };
            outbox::put(portal, tx, job).await?;
        }
        (true, false) => outbox::put(portal, tx, Job::Advance { change: quote.id }).await?,
        (true, true) => apply::at_no_charge(portal, tx, quote).await?,
    }
    Ok(())
}

fn entry<'a>(buyer: &'a Buyer, quote: &Quote, what: PlanEvent) -> Record<'a> {
    Record {
        origin: &buyer.origin().address,
        producer: Some(quote.producer),
        person: Some(quote.person),
        order: Some(quote.order),
        before: Some(json!({ "plan": quote.from_plan, "amount": quote.from_amount })),
        after: Some(json!({
            "change": quote.id, "plan": quote.plan, "amount": quote.amount, "due": quote.figures.due,
            "is_now": quote.is_now,
        })),
        ..Record::new(Actor::Buyer(buyer.person()), apply::event_of(quote, what))
    }
}

/// Takes back a change that waits for the renewal. Taken back already, nothing happens.
pub async fn undo(buyer: &Buyer, subscription: SubscriptionId, change: QuoteId) -> Result<(), PlanError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let quote = store::quote(tx.conn(), change, subscription, buyer.person()).await?.ok_or(PlanError::NotFound)?;
    order::lock(&mut tx, quote.order).await?;
    let row = store::change(tx.conn(), change).await?.ok_or(PlanError::NotFound)?;
    let state = State::try_from(&row)?;
    if matches!(state, State::Undone { .. }) {
        return Ok(());
    }
    let undone = state.undo(portal.now()).map_err(|_| PlanError::Begun)?;
    // What is owed already is owed for the new plan.
    if store::is_owed_from(tx.conn(), quote.order, quote.period_start).await? {
        return Err(PlanError::Begun);
    }
    store::write(&mut tx, &row, &undone).await?;
    store::set_untold(&mut tx, change).await?;
    event::record(portal, &mut tx, entry(buyer, &quote, PlanEvent::Undone)).await?;
    outbox::put(portal, &mut tx, Mail::Buyer { change, moment: PlanMoment::Undone }).await?;
    next::tell_theirs(portal, &mut tx, quote.order).await?;
    portal.commit(tx).await?;
    Ok(())
}
