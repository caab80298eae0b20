//! The producer cancels a buyer's subscription, or takes a cancellation back: the same rules as for the buyer, with
//! another word about who decided and why. The producer may end it at once; whatever is overdue ends at once anyway.

use super::cancel::{By, CancelError, write_along};
use super::case::SubscriptionCase;
use super::state::State;
use super::store::{self, NewCancellation};
use super::undo::{self, UndoError};
use crate::db::{Conn, Error, Tx};
use crate::{Portal, Producer, order};
use types::view::{ActionRefusal, CancellationView, EndsNow, SubscriptionAction};
use types::{CancellationId, CancellationState, Code, Instant, Line, OrderId, Protocol, RequestId};

/// When a subscription is to end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    /// Now.
    Now,
    /// With the paid period.
    PeriodEnd,
}

/// What may be done with a subscription now.
#[derive(Clone, Debug)]
pub struct Acts {
    /// Why it cannot be cancelled, if it cannot.
    pub refusal: Option<ActionRefusal>,
    /// When it ends if it is cancelled with its period, and why at once if it does.
    pub end: (Instant, Option<EndsNow>),
    /// Why its plan cannot be changed by its buyer, if it cannot.
    pub plan_refusal: Option<ActionRefusal>,
    /// The latest cancellation.
    pub cancellation: Option<CancellationView>,
    /// Whether the producer ends the charges, at a gateway that is not ours to bill.
    pub is_by_producer: bool,
}

/// What may be done with the subscription of this order; none for an order without one.
pub(crate) async fn acts(portal: &Portal, conn: Conn<'_>, order: OrderId) -> Result<Option<Acts>, Error> {
    let Some(case) = SubscriptionCase::by_order(portal, conn, order).await? else { return Ok(None) };
    let now = portal.now();
    Ok(Some(Acts {
        refusal: case.refusal(SubscriptionAction::Cancel),
        end: case.end_of_period(now),
        plan_refusal: case.refusal(SubscriptionAction::Plan),
        cancellation: case.cancellation_view(now),
        is_by_producer: case.is_by_producer(),
    }))
}

/// Cancels for the buyer. However often the form is pressed, it is one cancellation and one number.
pub async fn cancel_for_buyer(
    producer: &Producer,
    code: &Code,
    request: RequestId,
    at: At,
    reason: Option<&Line>,
) -> Result<Protocol, CancelError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let case = lock(producer, &mut tx, code).await?.ok_or(CancelError::NotFound)?;
    if let Some(earlier) = store::by_request(&mut tx, request).await? {
        let is_this = earlier.subscription_id == case.plan.id.0;
        return if is_this { Ok(Protocol::on_file(earlier.protocol)) } else { Err(CancelError::OtherRequest) };
    }
    if let Some((row, _)) = case.live() {
        return Ok(Protocol::on_file(row.protocol.clone()));
    }
    if let Some(refusal) = case.refusal(SubscriptionAction::Cancel) {
        return Err(CancelError::Refused(refusal));
    }
    let now = portal.now();
    let effective_at = if at == At::Now { now } else { case.end_of_period(now).0 };
    let new = NewCancellation {
        id: CancellationId(portal.new_id()),
        order: &case.order,
        plan: &case.plan,
        protocol: Protocol::from_random('C', portal.random()),
        request,
        state: State::ask(effective_at, now),
        asked_at: now,
        effective_at,
        // What buyers say when they leave is counted; this is no word of theirs.
        reason: None,
        comment: None,
        is_by_seller: true,
    };
    if !store::insert(&mut tx, &new).await? {
        let what = "two at the same time in spite of the lock";
        return Err(Error::inconsistent("cancellations", case.plan.id, what).into());
    }
    write_along(portal, &mut tx, &case, &new, by(producer, reason)).await?;
    portal.commit(tx).await?;
    Ok(new.protocol)
}

/// Takes a cancellation back, whoever decided it. Pressed again it is undone already, and that is an answer too.
pub async fn undo_for_buyer(
    producer: &Producer,
    code: &Code,
    protocol: &str,
    reason: Option<&Line>,
) -> Result<(), UndoError> {
    let portal = producer.portal();
    let mut tx = portal.db.begin().await?;
    let case = lock(producer, &mut tx, code).await?.ok_or(UndoError::NotFound)?;
    let latest = case.cancellation.as_ref().filter(|(row, _)| row.protocol == protocol);
    let (row, state) = latest.ok_or(UndoError::NotFound)?;
    if state.name() == CancellationState::Undone {
        return Ok(());
    }
    let undone = state.undo(portal.now()).map_err(|_| UndoError::TooLate)?;
    if !case.can_undo(portal.now()) {
        return Err(UndoError::EndedThere);
    }
    store::write(&mut tx, row, undone).await?;
    let cancellation = (CancellationId(row.id), protocol);
    undo::write_along(portal, &mut tx, &case, cancellation, by(producer, reason)).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// The producer's own order with its subscription, locked; none when it is absent or somebody else's.
async fn lock(producer: &Producer, tx: &mut Tx, code: &Code) -> Result<Option<SubscriptionCase>, Error> {
    let Some(order) = store::order_of_producer(tx.conn(), producer.id(), code).await? else { return Ok(None) };
    order::lock(tx, order).await?;
    SubscriptionCase::by_order(producer.portal(), tx.conn(), order).await
}

fn by<'a>(producer: &'a Producer, reason: Option<&'a Line>) -> By<'a> {
    By { actor: producer.actor(), origin: producer.address(), reason: reason.map(Line::as_str) }
}
