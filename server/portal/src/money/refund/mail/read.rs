//! Reads what a mail about a refund says now.

use super::{AskAgain, Content, RefundLetter, RefundMoment};
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use crate::refund::advance;
use crate::refund::answer::link_token;
use crate::refund::case::{CasePart, RefundCase};
use crate::refund::offer::RefundStanding;
use crate::refund::part::PartState;
use crate::refund::state::State;
use crate::refund::store::{self, RefundRow};
use ground::letter::Draft;
use std::time::Duration;
use types::place::buyer::order_link;
use types::place::producer;
use types::view::RefundOffer;
use types::{Instant, LinkPlace, Money, OrderId, Protocol, RefundId, RefundState};

/// Tells the buyer what happened to the refund.
pub(super) async fn mail_buyer(
    portal: &Portal,
    refund: RefundId,
    moment: RefundMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let letter = letter(portal, &case, &order).await?;
    let row = &case.row;
    let (word, content) = match moment {
        RefundMoment::Requested => ("requested", Content::Requested(letter)),
        // What came of it meanwhile has a mail of its own; so has an account that is to be named first.
        RefundMoment::Sent if !matches!(case.state, State::Sent { .. }) || case.at_page().next().is_some() => {
            return Ok(None);
        }
        RefundMoment::Sent => ("sent", Content::Sent(letter)),
        RefundMoment::Settled => ("settled", Content::Settled(letter)),
        RefundMoment::Failed => {
            let again = again(&RefundStanding::of(&order, portal.now()));
            ("failed", Content::Failed { refund: in_part(&case, letter), again })
        }
        // Given meanwhile, it is not asked for any more.
        RefundMoment::PayeeNeeded if !case.waits_for_payee() => return Ok(None),
        RefundMoment::PayeeNeeded => ("payee", Content::PayeeNeeded(letter)),
        RefundMoment::Asked => ("asked", Content::Asked { refund: letter, answer_by: answer_by(row) }),
        RefundMoment::Given => ("given", Content::Given { refund: letter, reason: row.answer.clone() }),
        RefundMoment::Approved => ("approved", Content::Approved(letter)),
        RefundMoment::Declined => ("declined", Content::Declined { refund: letter, reason: row.answer.clone() }),
        RefundMoment::Withdrawn => ("withdrawn", Content::Withdrawn(letter)),
    };
    Ok(Some(
        order.mail_to_buyer(format!("refund-{refund}-{word}{}", later(&case, moment == RefundMoment::Failed)), content),
    ))
}

/// Tells the buyer that the gateway waits for an account to be named on a page of its own, or says so again. Nothing is
/// said any more once that was done.
pub(super) async fn mail_payee_page(
    portal: &Portal,
    refund: RefundId,
    days: u64,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let Some(since) = case.at_page().map(|(_, page)| page.since).min() else { return Ok(None) };
    // It went on and waits anew: what was to remind of the first time has nothing to say.
    if portal.now() < since.plus(Duration::from_secs(days * 86_400)) {
        return Ok(None);
    }
    let amount = case.sum(|state| state.page().is_some());
    let letter = RefundLetter { amount, ..letter(portal, &case, &order).await? };
    let content = Content::PayeePage { refund: letter, waits_since: (days > 0).then_some(since) };
    Ok(Some(order.mail_to_buyer(format!("refund-{refund}-payee-page-{}-{days}", since.seconds()), content)))
}

/// Tells the producer that a refund came back.
pub(super) async fn mail_producer_failed(portal: &Portal, refund: RefundId) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let content = Content::ProducerFailed {
        refund: in_part(&case, letter(portal, &case, &order).await?),
        reason: case.row.failure.clone().unwrap_or_default(),
        buyer: order.email.clone(),
    };
    to_producer(&format!("refund-{refund}-producer-failed{}", later(&case, true)), order, content)
}

/// Tells the producer to pay a refund back at a gateway that this installation cannot reach.
pub(super) async fn mail_producer_by_hand(portal: &Portal, refund: RefundId) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let refund = by_hand(&case, letter(portal, &case, &order).await?);
    let content = Content::ProducerByHand { refund, gateway: gateways(&case), buyer: order.email.clone() };
    to_producer(&format!("refund-{}-by-hand", case.row.id), order, content)
}

/// Says so again while nobody reports that it was done. Money that a buyer waits for is not forgotten.
pub(super) async fn mail_producer_not_done(
    portal: &Portal,
    refund: RefundId,
    days: u64,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let Some(since) = case.parts.iter().filter_map(|part| since_by_hand(&part.state)).min() else { return Ok(None) };
    let refund = by_hand(&case, letter(portal, &case, &order).await?);
    let content = Content::ProducerNotDone { refund, gateway: gateways(&case), buyer: order.email.clone(), since };
    to_producer(&format!("refund-{}-not-done-{days}", case.row.id), order, content)
}

/// Whether what did not go back may be asked for once more.
fn again(standing: &RefundStanding) -> AskAgain {
    match standing.offer {
        RefundOffer::Open { until, .. } => AskAgain::Until(until),
        _ if !standing.askable.is_empty() => AskAgain::OfProducer,
        _ => AskAgain::No,
    }
}

fn since_by_hand(state: &PartState) -> Option<Instant> {
    if let PartState::ByHand { since } = state { Some(*since) } else { None }
}

/// Only what is to be paid by hand.
fn by_hand(case: &RefundCase, letter: RefundLetter) -> RefundLetter {
    RefundLetter { amount: case.sum(|state| since_by_hand(state).is_some()), ..letter }
}

/// Where it is to be paid.
fn gateways(case: &RefundCase) -> String {
    let is_by_hand = |part: &&CasePart| since_by_hand(&part.state).is_some();
    let mut gateways: Vec<&str> = case.parts.iter().filter(is_by_hand).map(|part| part.row.gateway.as_str()).collect();
    gateways.dedup();
    gateways.join(", ")
}

/// Asks the producer to decide about a request after the window.
pub(super) async fn mail_producer_asked(portal: &Portal, refund: RefundId) -> Result<Option<Draft<Content>>, Error> {
    mail_producer_request(portal, refund, false).await
}

/// Asks once more when the time to answer is over and nobody answered.
pub(super) async fn remind_producer(portal: &Portal, refund: RefundId) -> Result<Option<Draft<Content>>, Error> {
    mail_producer_request(portal, refund, true).await
}

async fn mail_producer_request(
    portal: &Portal,
    refund: RefundId,
    is_late: bool,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((case, order)) = load(portal, refund).await? else { return Ok(None) };
    let row = &case.row;
    if row.state != RefundState::Requested.as_str() {
        return Ok(None);
    }
    let content = Content::ProducerAsked {
        refund: letter(portal, &case, &order).await?,
        buyer: order.email.clone(),
        message: row.message.clone().unwrap_or_default(),
        answer_by: answer_by(row),
        url: portal.url(producer::Place::RefundRequest { token: &link_token(portal, refund) }),
        is_late,
    };
    let word = if is_late { "producer-late" } else { "producer-asked" };
    to_producer(&format!("refund-{refund}-{word}"), order, content)
}

fn answer_by(row: &RefundRow) -> Instant {
    Instant::from_micros(row.answer_by.unwrap_or_default())
}

fn to_producer(id: &str, order: OrderRecord, content: Content) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(order.mail_to_producer(id, content)))
}

async fn load(portal: &Portal, refund: RefundId) -> Result<Option<(RefundCase, OrderRecord)>, Error> {
    let mut reader = portal.db.read().await?;
    let Some(case) = RefundCase::read(reader.conn(), refund).await? else { return Ok(None) };
    let order = OrderRecord::by_id(reader.conn(), OrderId(case.row.order_id)).await?;
    Ok(order.map(|order| (case, order)))
}

async fn letter(portal: &Portal, case: &RefundCase, order: &OrderRecord) -> Result<RefundLetter, Error> {
    let row = &case.row;
    Ok(RefundLetter {
        producer: order.producer.name.clone(),
        code: order.code.to_string(),
        protocol: Protocol::on_file(row.protocol.clone()),
        amount: Money::new(row.amount, case.currency),
        back: None,
        is_by_hand: case.parts.iter().any(|part| is_by_hand(portal, part)),
        items: store::item_names(&portal.db, RefundId(row.id)).await?,
        order_link: portal.url(order_link(&order.order_ref, LinkPlace::Order)),
    })
}

/// Whether the producer pays a part back, whether they know so far or not.
fn is_by_hand(portal: &Portal, part: &CasePart) -> bool {
    match part.state {
        PartState::ByHand { .. } => true,
        PartState::Waiting => advance::is_by_hand(portal, &part.gateway),
        _ => false,
    }
}

/// What could not be paid back, and what was all the same.
fn in_part(case: &RefundCase, letter: RefundLetter) -> RefundLetter {
    let failed = case.sum(|state| matches!(state, PartState::Failed { .. }));
    RefundLetter { amount: failed, back: Some(case.back()).filter(|back| back.amount > 0), ..letter }
}

/// Tells the letter about a second part that failed from the one about the first.
fn later(case: &RefundCase, is_failure: bool) -> String {
    let failed = case.parts.iter().filter(|part| matches!(part.state, PartState::Failed { .. })).count();
    if is_failure && failed > 1 { format!("-{failed}") } else { String::new() }
}
