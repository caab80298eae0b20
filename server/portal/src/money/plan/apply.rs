//! The new plan takes effect: subscription, charge, main item and access move in one transaction.
//!
//! Money for a change that cannot take effect any more goes back: its subscription has ended, its order is being paid
//! back, or the change was declined (a boleto that was paid after its last day). Its charge is on file and nothing else
//! follows from it; the refund is watched until the money is there, and the producer is told when it cannot be paid
//! back. If the subscription goes on after all because its cancellation was undone, the period that was paid has begun.

use super::mail::{Mail, PlanMoment};
use super::next;
use super::quote::Quote;
use super::state::State;
use super::store::{self, ChangeRow};
use super::subject::Subject;
use crate::db::{Error, Tx};
use crate::event::{self, Plan, PlanEvent, Record};
use crate::ledger::{self, MainItem, NewCharge, NewSubscription, Told};
use crate::outbox;
use crate::{Actor, Portal, order};

use serde_json::json;
use types::{ChargeStatus, DeclineReason, Instant, Method};

/// Locks a change until the transaction ends, and reads it.
pub(super) async fn lock(tx: &mut Tx, quote: &Quote) -> Result<Option<(ChangeRow, State)>, Error> {
    order::lock(tx, quote.order).await?;
    let Some(row) = store::change(tx.conn(), quote.id).await? else { return Ok(None) };
    let state = State::try_from(&row)?;
    Ok(Some((row, state)))
}

/// The money was not taken, and the old plan goes on.
pub(super) async fn decline(portal: &Portal, quote: &Quote, reason: DeclineReason) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if let Some((row, state)) = lock(&mut tx, quote).await?
        && let Ok(declined) = state.decline(reason, portal.now())
    {
        store::write(&mut tx, &row, &declined).await?;
        record(portal, &mut tx, quote, &declined).await?;
        // A gateway may have forgotten what was to begin with the next period when it was asked for this plan.
        next::tell_again(portal, &mut tx, quote.order).await?;
    }
    portal.commit(tx).await
}

/// Applies a paid change. If the subscription has ended, the order is being refunded, or the change was already
/// declined to the buyer, the money is returned instead.
pub(super) async fn paid(
    portal: &Portal,
    tx: &mut Tx,
    quote: &Quote,
    row: &ChangeRow,
    state: State,
    reference: String,
) -> Result<(), Error> {
    let Some(subject) = Subject::of_order(tx.conn(), quote.order).await? else { return Ok(()) };
    let is_over = subject.is_over() || matches!(state, State::Declined { .. });
    let next = match is_over {
        true => state.give_back(reference.clone()),
        false => state.apply(Some(reference.clone()), portal.now()),
    };
    let Ok(next) = next else { return Ok(()) };
    store::write(tx, row, &next).await?;
    let charge = charge(portal, quote, row, &subject, reference)?;
    if is_over {
        ledger::report_returning(portal, tx, quote.order, &charge).await?;
        outbox::put(portal, tx, Mail::Buyer { change: quote.id, moment: PlanMoment::Returning }).await?;
        return record(portal, tx, quote, &next).await;
    }
    put_in_place(portal, tx, quote, Some(charge)).await?;
    record(portal, tx, quote, &next).await
}

/// The money of a change is back with the buyer.
pub(super) async fn returned(
    portal: &Portal,
    tx: &mut Tx,
    quote: &Quote,
    row: &ChangeRow,
    returned: &State,
) -> Result<(), Error> {
    store::write(tx, row, returned).await?;
    if let State::Returned { reference, .. } = returned {
        ledger::report_returned(portal, tx, quote.order, reference).await?;
    }
    record(portal, tx, quote, returned).await
}

/// Nothing is to be paid: the plan is there at once. The change was just written as asked.
pub(super) async fn at_no_charge(portal: &Portal, tx: &mut Tx, quote: &Quote) -> Result<(), Error> {
    let Some(row) = store::change(tx.conn(), quote.id).await? else { return Ok(()) };
    if let Ok(applied) = State::try_from(&row)?.apply(None, portal.now()) {
        store::write(tx, &row, &applied).await?;
        put_in_place(portal, tx, quote, None).await?;
    }
    Ok(())
}

/// What a change was charged with, whatever is on file by now.
pub(super) fn method_of(row: &ChangeRow, subject: &Subject) -> Result<Method, Error> {
    let Some(method) = &row.method else { return Ok(subject.record.payment.method) };
    method.parse().map_err(|error| Error::inconsistent("plan_changes", row.id, error))
}

fn charge(
    portal: &Portal,
    quote: &Quote,
    row: &ChangeRow,
    subject: &Subject,
    reference: String,
) -> Result<NewCharge, Error> {
    let now = portal.now();
    Ok(NewCharge {
        reference,
        amount: quote.figures.due,
        status: ChargeStatus::Paid,
        method: method_of(row, subject)?,
        installments: row.installments,
        created_at: now,
        paid_at: Some(now),
        payment_code: None,
        payment_url: None,
        due_on: None,
        changed_at: now,
        told: Told::default(),
    })
}

/// Everything that follows from a plan that begins now.
pub(super) async fn put_in_place(
    portal: &Portal,
    tx: &mut Tx,
    quote: &Quote,
    charge: Option<NewCharge>,
) -> Result<(), Error> {
    store::replace(tx, quote.subscription, quote.id, portal.now()).await?;
    follow_product(portal, tx, quote).await?;
    if let Some(reported) = ledger::reported_subscription(tx, quote.order).await? {
        let subscription = afterwards(reported, quote);
        ledger::report(portal, tx, quote.order, charge, Some(subscription)).await?;
    }
    // What was to begin with the next period, and may just be told, does not any more.
    next::tell_theirs(portal, tx, quote.order).await?;
    outbox::put(portal, tx, Mail::Buyer { change: quote.id, moment: PlanMoment::Changed }).await
}

/// The order's main item is what access is given for: it becomes the new plan's product and offer.
pub(super) async fn follow_product(portal: &Portal, tx: &mut Tx, quote: &Quote) -> Result<(), Error> {
    let Some(offer) = store::offer(tx.conn(), quote.offer).await? else { return Ok(()) };
    let main = MainItem {
        product: types::ProductId(offer.product_id),
        product_code: offer.product_code,
        name: offer.product_name,
        offer: quote.offer,
        offer_name: quote.plan.to_string(),
        amount: quote.amount,
    };
    ledger::replan(portal, tx, quote.order, main).await
}

/// The subscription with its new plan. A renewal that came between quote and payment is kept: nobody loses days that
/// were paid.
fn afterwards(reported: NewSubscription, quote: &Quote) -> NewSubscription {
    let later = |known: Option<Instant>, new: Instant| Some(known.map_or(new, |known| known.max(new)));
    let was_renewed = !quote.is_trial && reported.period_start > quote.period_start;
    NewSubscription {
        plan: Some(quote.plan.clone()),
        amount: quote.amount,
        interval: quote.interval,
        period_start: if was_renewed { reported.period_start } else { quote.period_start },
        period_end: if was_renewed { reported.period_end.max(quote.period_end) } else { quote.period_end },
        next_charge_at: match was_renewed {
            true => later(reported.next_charge_at, quote.next_charge_at),
            false => Some(quote.next_charge_at),
        },
        ..reported
    }
}

/// One line of the audit log: what the system did with a change.
pub(super) async fn record(portal: &Portal, tx: &mut Tx, quote: &Quote, state: &State) -> Result<(), Error> {
    let what = match state {
        State::Applied { .. } => PlanEvent::Applied,
        State::Declined { .. } => PlanEvent::Declined,
        State::Returning { .. } => PlanEvent::GoesBack,
        State::Returned { .. } => PlanEvent::Returned,
        State::NotReturned { .. } => PlanEvent::NotReturned,
        // The buyer's press is recorded where it is taken; a step towards the gateway is no event.
        State::Scheduled | State::Asked | State::Reconciling { .. } | State::Waiting { .. } => return Ok(()),
        State::Undone { .. } | State::Replaced { .. } => return Ok(()),
    };
    let entry = Record {
        producer: Some(quote.producer),
        person: Some(quote.person),
        order: Some(quote.order),
        before: Some(json!({ "plan": quote.from_plan, "amount": quote.from_amount })),
        after: Some(json!({ "change": quote.id, "plan": quote.plan, "amount": quote.amount, "state": state.name() })),
        ..Record::new(Actor::System, event_of(quote, what))
    };
    event::record(portal, tx, entry).await
}

/// What happened to the change that this quote became.
pub(super) fn event_of(quote: &Quote, what: PlanEvent) -> Plan {
    Plan { what, change: quote.id, order: quote.order, subscription: quote.subscription, amount: quote.amount }
}
