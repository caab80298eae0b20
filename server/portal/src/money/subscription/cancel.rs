//! The buyer cancels a subscription.

use super::by_hand::{Asked, ask_producer};
use super::case::SubscriptionCase;
use super::job::Job;
use super::mail::{CancelMoment, Mail};
use super::state::State;
use super::store::{self, NewCancellation};
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::{Actor, Buyer, Portal, ledger, order, outbox};

use serde_json::json;
use types::view::{ActionRefusal, SubscriptionAction};
use types::{CancellationId, Protocol, RequestId, SubscriptionId};

/// A comment is a few lines; what is beyond is cut off, never a reason to refuse.
const LONGEST_COMMENT: usize = 1000;

/// Why a subscription is not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    /// No such subscription of this buyer.
    #[error("no such subscription")]
    NotFound,
    /// It cannot be cancelled.
    #[error("cannot be cancelled: {0:?}")]
    Refused(ActionRefusal),
    /// The form's number was used for another subscription.
    #[error("this form was used for another request")]
    OtherRequest,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// Ends a subscription, with a reason if the buyer likes. However often and wherever it is pressed, it is one
/// cancellation and one number.
pub async fn cancel(
    buyer: &Buyer,
    id: SubscriptionId,
    request: RequestId,
    reason: &str,
    comment: &str,
) -> Result<Protocol, CancelError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = store::order_of(tx.conn(), buyer.person(), id).await?.ok_or(CancelError::NotFound)?;
    // From here on nobody else changes this order.
    order::lock(&mut tx, order).await?;
    if let Some(earlier) = store::by_request(&mut tx, request).await? {
        let is_this = earlier.subscription_id == id.0;
        return if is_this { Ok(Protocol::on_file(earlier.protocol)) } else { Err(CancelError::OtherRequest) };
    }
    let case = SubscriptionCase::of_buyer(portal, tx.conn(), buyer.person(), id).await?.ok_or(CancelError::NotFound)?;
    if let Some((row, _)) = case.live() {
        return Ok(Protocol::on_file(row.protocol.clone()));
    }
    if let Some(refusal) = case.refusal(SubscriptionAction::Cancel) {
        return Err(CancelError::Refused(refusal));
    }
    let (reason, comment) = (case.known_reason(reason), plain(comment));
    let now = portal.now();
    let (effective_at, _) = case.end(now);
    let new = NewCancellation {
        id: CancellationId(portal.new_id()),
        order: &case.order,
        plan: &case.plan,
        protocol: Protocol::from_random('C', portal.random()),
        request,
        state: State::ask(effective_at, now),
        asked_at: now,
        effective_at,
        reason: reason.as_ref().map(types::Code::as_str),
        comment: comment.as_deref(),
        is_by_seller: false,
    };
    if !store::insert(&mut tx, &new).await? {
        return Err(Error::inconsistent("cancellations", id, "two at the same time in spite of the lock").into());
    }
    let offered = case.offer_kind(new.reason, now);
    let plan = case.plan.id;
    if !store::end_attempt(&mut tx, plan, "canceled", new.reason, offered, now).await? {
        store::open_attempt(&mut tx, portal.new_id(), &case.order, &case.plan, now).await?;
        store::end_attempt(&mut tx, plan, "canceled", new.reason, offered, now).await?;
    }
    let by = By { actor: Actor::Buyer(buyer.person()), origin: &buyer.origin().address, reason: new.reason };
    write_along(portal, &mut tx, &case, &new, by).await?;
    portal.commit(tx).await?;
    Ok(new.protocol)
}

/// Who decides about a subscription, from where, and why.
pub(super) struct By<'a> {
    pub(super) actor: Actor,
    pub(super) origin: &'a str,
    pub(super) reason: Option<&'a str>,
}

/// What belongs to a cancellation: where order and access stand, jobs, mails, audit entry.
pub(super) async fn write_along(
    portal: &Portal,
    tx: &mut Tx,
    case: &SubscriptionCase,
    new: &NewCancellation<'_>,
    by: By<'_>,
) -> Result<(), Error> {
    follow(portal, tx, case).await?;
    let cancellation = new.id;
    if let State::Asked { effective_at } = new.state {
        outbox::put_at(portal, tx, Job::Finish { cancellation }, effective_at).await?;
    }
    outbox::put(portal, tx, Mail::Buyer { cancellation, moment: CancelMoment::Asked }).await?;
    if case.is_by_hand() {
        let (asked_at, effective_at) = (new.asked_at, new.effective_at);
        ask_producer(portal, tx, Asked { cancellation, asked_at, effective_at }).await?;
    } else if case.there.is_some() {
        outbox::put(portal, tx, Job::Tell { order: case.order.id }).await?;
    }
    let event = event::Subscription::Canceled { cancellation, order: case.order.id };
    let after = json!({ "protocol": new.protocol, "state": new.state.name(), "effective_at": new.effective_at });
    let entry = Record {
        origin: by.origin,
        producer: Some(case.order.producer_id),
        person: Some(case.order.person),
        order: Some(case.order.id),
        before: Some(json!({ "status": case.plan.status })),
        after: Some(after),
        reason: by.reason,
        ..Record::new(by.actor, event)
    };
    event::record(portal, tx, entry).await
}

/// Applies a decision of the buyer to order and subscription; access and calendar look again because of the event.
pub(super) async fn follow(portal: &Portal, tx: &mut Tx, case: &SubscriptionCase) -> Result<(), Error> {
    ledger::restate(portal, tx, case.order.id).await.map(drop)
}

/// Words as they were typed, without what no database takes; none when nothing is left.
pub(super) fn plain(text: &str) -> Option<String> {
    let text = text.replace("\r\n", "\n");
    let kept: String = text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect();
    let kept: String = kept.trim().chars().take(LONGEST_COMMENT).collect();
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_kept_as_typed_but_for_what_no_database_takes() {
        assert_eq!(plain(" a\r\nb\u{0} "), Some("a\nb".to_owned()));
        assert_eq!(plain("\u{0}\n "), None);
        assert_eq!(plain(&"ä".repeat(2000)).unwrap().chars().count(), 1000);
    }
}
