//! The producer's answer to a request after the window, and the buyer's withdrawal of it (rules 7 and 8).
//!
//! The producer answers by program, or by a link that only the producer's mailbox got. Whoever has the link can send
//! money back to the buyer of this one request, and to nobody else; looking at it changes nothing. What was charged
//! while the producer was asked goes back together with the rest.

use super::case::{CasePart, RefundCase};
use super::job::Job;
use super::mail::{Mail, RefundMoment};
use super::part::PartState;
use super::partly;
use super::state::State;
use super::store::{self, RefundRow};
use crate::db::{Error, Tx};
use crate::event::{self, Record, Refund, RefundEvent};
use crate::order::{Charge, OrderItem as Item, OrderRecord};
use crate::{Actor, Buyer, Portal, Producer, ledger, outbox};

use serde_json::json;
use types::view::RefundRequestView;
use types::{
    ChargeId, ChargeStatus, Code, ItemId, Line, OrderId, OrderKind, OrderStatus, PersonId, ProducerId, Protocol,
    RefundId, RefundPartId, RefundState,
};

/// What a producer says to a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The money goes back.
    Approve,
    /// That of some of the items does; the others stay with the buyer.
    ApproveItems {
        /// Which of those that were asked for.
        items: Vec<ItemId>,
        /// In the producer's words.
        reason: Option<Line>,
    },
    /// It does not; the buyer reads why.
    Decline {
        /// In the producer's words.
        reason: Option<Line>,
    },
}

/// Why an answer has no effect.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// No such refund here.
    #[error("no such refund")]
    NotFound,
    /// It waits for no answer, or for none like this any more.
    #[error("the refund is {state}")]
    TooLate {
        /// Where it is.
        state: RefundState,
    },
    /// Nothing is left that could go back: the source gave it back, or it never stayed.
    #[error("nothing is left to refund")]
    NothingLeft,
    /// The holder of the card has asked the bank, which decides now.
    #[error("the order is disputed")]
    Disputed,
    /// None of its items was chosen, or one that is none of them, or it can only be approved as a whole.
    #[error("no such item in the request")]
    UnknownItem,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

/// The answer of a producer who is known. The same answer again is the same answer.
pub async fn answer(
    portal: &Portal,
    producer: &Producer,
    order: &Code,
    protocol: &Protocol,
    answer: Answer,
) -> Result<RefundState, AnswerError> {
    let found = store::of_producer(portal.db.read().await?.conn(), producer.id(), order, protocol).await?;
    take(portal, found.ok_or(AnswerError::NotFound)?, answer, producer.actor(), producer.address()).await
}

/// The answer by the link of the mail to the producer.
pub async fn answer_by_link(
    portal: &Portal,
    token: &str,
    answer: Answer,
    origin: &str,
) -> Result<RefundState, AnswerError> {
    let row = by_link(portal, token).await?.ok_or(AnswerError::NotFound)?;
    let actor = Actor::Producer(ProducerId(row.producer_id));
    take(portal, RefundId(row.id), answer, actor, origin).await
}

/// What the link of the mail to the producer shows; none when it is no such link.
pub async fn request_of_link(portal: &Portal, token: &str) -> Result<Option<RefundRequestView>, Error> {
    let Some(row) = by_link(portal, token).await? else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(row.order_id)).await?;
    let Some(order) = order else { return Ok(None) };
    Ok(seen(portal, &order, &row))
}

/// A refund as the producer sees it; none when it is not of this order.
pub(super) fn seen(portal: &Portal, order: &OrderRecord, row: &RefundRow) -> Option<RefundRequestView> {
    let refund = order.refunds.iter().find(|refund| refund.protocol.as_str() == row.protocol)?;
    let later: i64 = match refund.state {
        RefundState::Requested => charged_later(order, &row.protocol).iter().map(|(_, left)| left).sum(),
        _ => 0,
    };
    let mut shown = refund.view(portal, order);
    shown.amount.amount += later;
    Some(RefundRequestView {
        producer: order.producer.clone(),
        code: order.code.clone(),
        buyer_name: order.buyer_name.clone(),
        email: order.email.clone(),
        paid_at: order.paid_at,
        refund: shown,
        message: row.message.clone().unwrap_or_default(),
    })
}

/// The secret half of the address that the producer's mail carries.
pub(super) fn link_token(portal: &Portal, refund: RefundId) -> String {
    format!("{}-{}", refund.0.simple(), portal.keys.name("refund answer", refund.0.as_bytes()))
}

async fn by_link(portal: &Portal, token: &str) -> Result<Option<RefundRow>, Error> {
    let Some(id) = token.split_once('-').and_then(|(id, _)| uuid::Uuid::try_parse(id).ok()) else { return Ok(None) };
    // Compared by their hashes, so that the time it takes tells nothing.
    let digest = |text: &str| crate::fingerprint(text.as_bytes());
    if digest(token) != digest(&link_token(portal, RefundId(id))) {
        return Ok(None);
    }
    let row = store::find(portal.db.read().await?.conn(), RefundId(id)).await?;
    Ok(row.filter(|row| row.message.is_some()))
}

async fn take(
    portal: &Portal,
    refund: RefundId,
    answer: Answer,
    actor: Actor,
    origin: &str,
) -> Result<RefundState, AnswerError> {
    let mut tx = portal.db.begin().await?;
    let mut case = RefundCase::lock(&mut tx, refund).await?.ok_or(AnswerError::NotFound)?;
    let (next, moment) = match &answer {
        Answer::Approve | Answer::ApproveItems { .. } => (case.state.clone().approve(), RefundMoment::Approved),
        Answer::Decline { .. } => (case.state.clone().decline(portal.now()), RefundMoment::Declined),
    };
    let Ok(next) = next else {
        let state = case.state.name();
        let is_repeated = case.row.answer_by.is_some() && answer.was_given(state);
        return if is_repeated { Ok(state) } else { Err(AnswerError::TooLate { state }) };
    };
    let next = match &answer {
        Answer::Approve => approved(portal, &mut tx, &mut case, next, None).await?,
        Answer::ApproveItems { items, .. } => approved(portal, &mut tx, &mut case, next, Some(items)).await?,
        Answer::Decline { .. } => next,
    };
    let reason = answer.reason().map(ToString::to_string);
    if let Some(reason) = &reason {
        store::set_answer(&mut tx, refund, reason).await?;
    }
    write(portal, &mut tx, &mut case, &next, Change { actor, what: RefundEvent::Answered, origin, reason }).await?;
    outbox::put(portal, &mut tx, Mail::Buyer { refund, moment }).await?;
    if moment == RefundMoment::Approved {
        outbox::put(portal, &mut tx, Job::Advance { refund }).await?;
        if case.waits_for_payee() {
            outbox::put(portal, &mut tx, Mail::Buyer { refund, moment: RefundMoment::PayeeNeeded }).await?;
        }
    }
    portal.commit(tx).await?;
    Ok(next.name())
}

/// Looks again at the money, and for some of the items only, leaves only these in the refund.
async fn approved(
    portal: &Portal,
    tx: &mut Tx,
    case: &mut RefundCase,
    next: State,
    items: Option<&[ItemId]>,
) -> Result<State, AnswerError> {
    let order = OrderRecord::by_id(tx.conn(), OrderId(case.row.order_id)).await?.ok_or(AnswerError::NotFound)?;
    let is_disputed =
        |part: &CasePart| part.state == PartState::Waiting && part.row.charge_status == ChargeStatus::Disputed.as_str();
    if order.status == OrderStatus::Disputed || case.parts.iter().any(is_disputed) {
        return Err(AnswerError::Disputed);
    }
    match items {
        Some(items) => partly::narrow(portal, tx, case, order, items).await?,
        None => recheck(portal, tx, case, &order).await?,
    }
    Ok(next.of_parts(&case.states(), portal.now()))
}

/// Checks again which charges still have the money that was asked for: a part without money is not sent, and when no
/// part has any, the request cannot be approved.
async fn recheck(portal: &Portal, tx: &mut Tx, case: &mut RefundCase, order: &OrderRecord) -> Result<(), AnswerError> {
    let waiting = || case.parts.iter().filter(|part| part.state == PartState::Waiting);
    let gone: Vec<RefundPartId> = waiting().filter(|part| !part.is_there()).map(|part| part.id()).collect();
    if gone.len() == waiting().count() {
        return Err(AnswerError::NothingLeft);
    }
    for part in &gone {
        case.move_part(tx, *part, |state| state.release(portal.now())).await?;
    }
    let later = charged_later(order, &case.row.protocol);
    let has_changed = !gone.is_empty() || !later.is_empty();
    for (charge, left) in later {
        let part = RefundPartId(portal.new_id());
        store::add_part(tx, &case.row, part, charge, left).await?;
    }
    if has_changed {
        store::set_amount(tx, case.id()).await?;
        *case = RefundCase::lock(tx, case.id()).await?.ok_or(AnswerError::NotFound)?;
    }
    Ok(())
}

/// What was charged while the producer was asked, as far as it pays for what is given up: it goes back with the rest. A
/// plan is charged for its own line only, a price in parts for all lines that are left.
fn charged_later(order: &OrderRecord, protocol: &str) -> Vec<(ChargeId, i64)> {
    let Some(refund) = order.refunds.iter().find(|refund| refund.protocol.as_str() == protocol) else {
        return Vec::new();
    };
    let is_given_up = |item: &&Item| refund.item_ids.contains(&item.id);
    let is_kept = |item: &&Item| !is_given_up(item) && item.refund.is_none();
    if !order.items.first().is_some_and(|main| is_given_up(&main)) {
        return Vec::new();
    }
    let price = |items: &mut dyn Iterator<Item = &Item>| items.map(|item| item.amount).sum::<i64>();
    let (given_up, kept) =
        (price(&mut order.items.iter().filter(is_given_up)), price(&mut order.items.iter().filter(is_kept)));
    let share = |left: i64| match order.kind {
        OrderKind::Subscription => left,
        _ => i64::try_from(i128::from(left) * i128::from(given_up) / i128::from((given_up + kept).max(1)))
            .unwrap_or(left),
    };
    let is_later = |charge: &&Charge| {
        charge.status == ChargeStatus::Paid
            && charge.amount.currency == order.currency
            && charge.paid_at.is_some_and(|at| at > refund.requested_at)
            && refund.parts.iter().all(|part| part.charge != charge.id)
    };
    let later = order.charges.iter().filter(is_later).map(|charge| (charge.id, share(order.left_of(charge))));
    later.filter(|(_, left)| *left > 0).collect()
}

/// The buyer takes a request back: as long as no call to the gateway was begun and nobody was told to pay it.
pub async fn withdraw(buyer: &Buyer, handle: &str, protocol: &str) -> Result<(), AnswerError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = OrderRecord::of_buyer(tx.conn(), buyer.person(), handle).await?.ok_or(AnswerError::NotFound)?;
    let refund = store::of_buyer(tx.conn(), buyer.person(), order.id, protocol).await?.ok_or(AnswerError::NotFound)?;
    let mut case = RefundCase::lock(&mut tx, refund).await?.ok_or(AnswerError::NotFound)?;
    if case.row.is_given {
        return Err(AnswerError::TooLate { state: case.state.name() });
    }
    let next = match case.state.clone().withdraw(&case.states(), portal.now()) {
        Ok(next) => next,
        Err(_) if case.state.name() == RefundState::Withdrawn => return Ok(()),
        Err(_) => return Err(AnswerError::TooLate { state: case.state.name() }),
    };
    let origin = buyer.origin().address.as_str();
    let change = Change { actor: Actor::Buyer(buyer.person()), what: RefundEvent::Withdrawn, origin, reason: None };
    write(portal, &mut tx, &mut case, &next, change).await?;
    outbox::put(portal, &mut tx, Mail::Buyer { refund, moment: RefundMoment::Withdrawn }).await?;
    portal.commit(tx).await?;
    Ok(())
}

/// Who changed it, how, from where and why.
struct Change<'a> {
    actor: Actor,
    what: RefundEvent,
    origin: &'a str,
    reason: Option<String>,
}

async fn write(
    portal: &Portal,
    tx: &mut Tx,
    case: &mut RefundCase,
    next: &State,
    change: Change<'_>,
) -> Result<(), Error> {
    store::write(tx, &case.row, next, false).await?;
    if matches!(next, State::Declined { .. } | State::Withdrawn { .. }) {
        let waiting: Vec<RefundPartId> = case.parts.iter().map(CasePart::id).collect();
        for part in waiting {
            case.move_part(tx, part, |state| state.release(portal.now())).await?;
        }
        store::release_items(tx, case.id(), portal.now()).await?;
        store::forget_payee(tx, case.id()).await?;
        // A line that its source sells no more stayed only for this refund.
        ledger::restate(portal, tx, OrderId(case.row.order_id)).await?;
    }
    let row = &case.row;
    let event = Refund {
        what: change.what,
        refund: case.id(),
        order: OrderId(row.order_id),
        state: next.name(),
        amount: row.amount,
    };
    let entry = Record {
        origin: change.origin,
        producer: Some(ProducerId(row.producer_id)),
        person: Some(PersonId(row.person_id)),
        order: Some(OrderId(row.order_id)),
        before: Some(json!({ "state": row.state })),
        after: Some(json!({ "protocol": row.protocol, "state": next.name() })),
        reason: change.reason.as_deref(),
        ..Record::new(change.actor, event)
    };
    event::record(portal, tx, entry).await
}

impl Answer {
    /// What the buyer reads of why.
    fn reason(&self) -> Option<&Line> {
        match self {
            Self::Approve => None,
            Self::ApproveItems { reason, .. } | Self::Decline { reason } => reason.as_ref(),
        }
    }

    /// Whether a refund in this state shows that this answer was given.
    fn was_given(&self, state: RefundState) -> bool {
        match self {
            Self::Approve | Self::ApproveItems { .. } => {
                !matches!(state, RefundState::Declined | RefundState::Withdrawn)
            }
            Self::Decline { .. } => state == RefundState::Declined,
        }
    }
}
