//! What waits for the producer: requests to answer, money to pay back by hand, and what the bank sent back.

use super::answer::seen;
use super::case::RefundCase;
use super::part::PartState;
use super::{partly, store};
use crate::Producer;
use crate::db::Error;
use crate::order::OrderRecord;
use types::view::RefundRequestView;
use types::{Code, Cursor, Email, Instant, ItemId, Money, OrderId, Protocol, RefundState};

/// Refunds on a page of a list.
const PAGE: usize = 25;

/// What of the producer a refund waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WaitingFor {
    /// A yes or no, until a deadline.
    Answer,
    /// Money that is paid back outside of this portal.
    Hand,
    /// Nothing of it is under way: the gateway could not pay it back, and the case is open again.
    Again,
}

/// A refund in such a list.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its place in the list.
    pub place: Cursor,
    /// Receipt number.
    pub protocol: Protocol,
    /// The producer's code of the order.
    pub code: Code,
    /// Who bought.
    pub buyer_name: String,
    /// The buyer's address.
    pub email: Email,
    /// What is asked for; what is to be paid by hand; what did not go back.
    pub amount: Money,
    /// What the buyer wrote.
    pub message: Option<String>,
    /// The gateway's reason.
    pub failure: Option<String>,
    /// Until when to answer; since when it is to be paid; when it failed.
    pub at: Instant,
}

/// A page of such a list.
#[derive(Clone, Debug)]
pub struct WaitingPage {
    /// The oldest deadline first; of what failed, the newest first.
    pub refunds: Vec<Waiting>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// How many wait, ten at the most of each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counted {
    /// For an answer.
    pub asked: i64,
    /// For the producer's hand.
    pub by_hand: i64,
}

/// A refund as the producer sees it.
#[derive(Clone, PartialEq, Debug)]
pub struct ProducerRefund {
    /// Who asked, for what, and how far it is.
    pub view: RefundRequestView,
    /// What may be approved alone, each with what of the money is its own; none where only the whole may be.
    pub items: Vec<(ItemId, String, Money)>,
    /// What the producer is to pay back by hand.
    pub by_hand: Option<Money>,
    /// The gateway's reason, of one that failed.
    pub failure: Option<String>,
}

/// A page of the producer's refunds that wait, behind a place.
pub async fn waiting(producer: &Producer, wait: WaitingFor, after: Option<Cursor>) -> Result<WaitingPage, Error> {
    let conn = producer.portal().db.read();
    let mut refunds = store::list(conn.await?.conn(), producer.id(), wait, after, PAGE as i64 + 1).await?;
    let has_more = refunds.len() > PAGE;
    refunds.truncate(PAGE);
    let next = refunds.last().map(|last| last.place).filter(|_| has_more);
    Ok(WaitingPage { refunds, next })
}

/// How many of the producer's refunds wait.
pub async fn counted(producer: &Producer) -> Result<Counted, Error> {
    let (asked, by_hand) = store::counts(producer.portal().db.read().await?.conn(), producer.id()).await?;
    Ok(Counted { asked, by_hand })
}

/// One refund of the producer's orders, in whatever state; none when there is no such one.
pub async fn of_producer(producer: &Producer, protocol: &str) -> Result<Option<ProducerRefund>, Error> {
    let portal = producer.portal();
    let found = store::of_protocol(portal.db.read().await?.conn(), producer.id(), protocol).await?;
    let Some(refund) = found else { return Ok(None) };
    let Some(case) = RefundCase::read(portal.db.read().await?.conn(), refund).await? else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(case.row.order_id)).await?;
    let Some(order) = order else { return Ok(None) };
    let Some(view) = seen(portal, &order, &case.row) else { return Ok(None) };
    let is_by_hand = |state: &PartState| matches!(state, PartState::ByHand { .. });
    let by_hand = case.sum(is_by_hand);
    let failure = case.row.failure.clone().filter(|_| view.refund.state == RefundState::Failed);
    Ok(Some(ProducerRefund {
        view,
        items: partly::items(&case, order),
        by_hand: Some(by_hand).filter(|amount| amount.amount > 0),
        failure,
    }))
}
