//! Mails about a refund.

use super::store::{self, RefundRow};
use crate::db::Error;
use crate::message::{Content, RefundLetter};
use crate::order::OrderRecord;
use crate::outbox::{self, Outcome, RefundMoment};
use crate::portal::Portal;
use types::{Currency, Language, Money, OrderId, Protocol, RefundId};

/// Tells the buyer what happened to the refund.
pub async fn mail_buyer(portal: &Portal, refund: RefundId, moment: RefundMoment) -> Result<Outcome, Error> {
    let Some((row, order)) = load(portal, refund).await? else { return Ok(Outcome::Done) };
    let letter = letter(portal, &row, &order).await?;
    let (word, content) = match moment {
        RefundMoment::Requested => ("requested", Content::RefundRequested(letter)),
        RefundMoment::Sent => ("sent", Content::RefundSent(letter)),
        RefundMoment::Settled => ("settled", Content::RefundSettled(letter)),
        RefundMoment::Failed => ("failed", Content::RefundFailed(letter)),
    };
    outbox::send(
        portal,
        &format!("refund-{refund}-{word}"),
        order.email,
        order.language,
        order.seller.time_zone,
        content,
    )
    .await
}

/// Tells the producer that a refund came back.
pub async fn mail_producer_failed(portal: &Portal, refund: RefundId) -> Result<Outcome, Error> {
    let Some((row, order)) = load(portal, refund).await? else { return Ok(Outcome::Done) };
    let content = Content::ProducerRefundFailed {
        refund: letter(portal, &row, &order).await?,
        reason: row.failure.clone().unwrap_or_default(),
        buyer: order.email.clone(),
    };
    to_producer(portal, &format!("refund-{refund}-producer-failed"), order, content).await
}

/// Tells the producer to pay a refund back at a gateway that this installation cannot reach.
pub async fn mail_producer_by_hand(portal: &Portal, refund: RefundId) -> Result<Outcome, Error> {
    let Some((row, order)) = load(portal, refund).await? else { return Ok(Outcome::Done) };
    let content = Content::ProducerRefundByHand {
        refund: letter(portal, &row, &order).await?,
        gateway: row.gateway.clone(),
        buyer: order.email.clone(),
    };
    to_producer(portal, &format!("refund-{refund}-by-hand"), order, content).await
}

async fn to_producer(portal: &Portal, id: &str, order: OrderRecord, content: Content) -> Result<Outcome, Error> {
    outbox::send(portal, id, order.seller.contact, Language::Portuguese, order.seller.time_zone, content).await
}

async fn load(portal: &Portal, refund: RefundId) -> Result<Option<(RefundRow, OrderRecord)>, Error> {
    let Some(row) = store::find(portal.db.read().await?.conn(), refund).await? else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(row.order_id)).await?;
    Ok(order.map(|order| (row, order)))
}

async fn letter(portal: &Portal, row: &RefundRow, order: &OrderRecord) -> Result<RefundLetter, Error> {
    let currency = Currency::parse(&row.currency).map_err(|error| Error::inconsistent("refunds", row.id, error))?;
    Ok(RefundLetter {
        seller: order.seller.name.clone(),
        code: order.code.to_string(),
        protocol: Protocol::on_file(row.protocol.clone()),
        amount: Money::new(row.amount, currency),
        items: store::item_names(&portal.db, RefundId(row.id)).await?,
        order_link: portal.url(&format!("/o/{}", order.order_ref)),
    })
}
