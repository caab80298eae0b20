//! The producer's word that what was to be paid back by hand is paid back: money, subscription and access follow as
//! when a gateway says so.

use super::answer::AnswerError;
use super::case::{CasePart, RefundCase};
use super::part::PartState;
use super::settle;
use super::store;
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::{Portal, Producer};
use serde_json::json;
use types::{Code, Instant, Line, OrderId, PersonId, Protocol, RefundPartId, RefundState};

/// What a producer says who paid a refund by hand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaidByHand {
    /// When; now where nothing is said. Neither ahead nor before it was asked for.
    pub at: Option<Instant>,
    /// What the producer's bank or gateway calls it.
    pub reference: Option<Line>,
}

/// Why such a word is not taken.
#[derive(Debug, thiserror::Error)]
pub enum DoneError {
    /// As for an answer.
    #[error(transparent)]
    Answer(#[from] AnswerError),
    /// It was paid before it was asked for, or will be.
    #[error("must lie between the request and now")]
    Time,
}

impl From<Error> for DoneError {
    fn from(error: Error) -> Self {
        Self::Answer(error.into())
    }
}

/// Takes the word: every part that waits for the producer's hand is settled. Said again, it changes
/// nothing.
pub async fn done(
    portal: &Portal,
    producer: &Producer,
    order: &Code,
    protocol: &Protocol,
    said: &PaidByHand,
) -> Result<RefundState, DoneError> {
    let found = store::of_producer(portal.db.read().await?.conn(), producer.id(), order, protocol).await?;
    let refund = found.ok_or(AnswerError::NotFound)?;
    let mut tx = portal.db.begin().await?;
    let mut case = RefundCase::lock(&mut tx, refund).await?.ok_or(AnswerError::NotFound)?;
    let at = said.at.unwrap_or(portal.now());
    if at > portal.now() || at.micros() < case.row.requested_at {
        return Err(DoneError::Time);
    }
    let is_by_hand = |part: &&CasePart| matches!(part.state, PartState::ByHand { .. });
    let parts: Vec<RefundPartId> = case.parts.iter().filter(is_by_hand).map(CasePart::id).collect();
    if parts.is_empty() {
        let state = case.state.name();
        // What was paid by hand has no name at a gateway.
        let by_hand =
            |part: &CasePart| matches!(part.state, PartState::Settled { .. }) && part.row.gateway_reference.is_none();
        let is_repeated = case.parts.iter().any(by_hand);
        return if is_repeated { Ok(state) } else { Err(AnswerError::TooLate { state }.into()) };
    }
    for part in parts {
        case.move_part(&mut tx, part, |part| part.settle(at)).await?;
    }
    record(portal, &mut tx, producer, &case, said).await?;
    settle::follow(portal, &mut tx, case).await?;
    portal.commit(tx).await?;
    let row = store::find(portal.db.read().await?.conn(), refund).await?.ok_or(AnswerError::NotFound)?;
    row.state.parse().map_err(|error| Error::inconsistent("refunds", refund, error).into())
}

async fn record(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    case: &RefundCase,
    said: &PaidByHand,
) -> Result<(), Error> {
    let row = &case.row;
    let (order, amount) = (OrderId(row.order_id), row.amount);
    let what = RefundEvent::PaidByHand;
    let event = Refund { what, refund: case.id(), order, state: case.state.name(), amount };
    let entry = Record {
        origin: producer.address(),
        producer: Some(producer.id()),
        person: Some(PersonId(row.person_id)),
        order: Some(order),
        after: Some(json!({ "protocol": row.protocol, "reference": said.reference.as_ref().map(Line::as_str) })),
        ..Record::new(producer.actor(), event)
    };
    event::record(portal, tx, entry).await
}
