//! Mails about the end of a subscription.

use super::content::{CancelLetter, Content};
use super::job::CancelMoment;
use super::store::{self, CancellationRow};
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use ground::letter::Draft;
use types::place::buyer::Place;
use types::{CancellationId, Instant, OrderId, Protocol, RetentionId, SubscriptionId};

/// Tells the buyer what happened to the subscription.
pub(super) async fn mail_buyer(
    portal: &Portal,
    cancellation: CancellationId,
    moment: CancelMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((row, order)) = load(portal, cancellation).await? else { return Ok(None) };
    let letter = letter(portal, &row, &order);
    let content = match moment {
        CancelMoment::Asked => Content::Canceled(letter),
        CancelMoment::Undone => Content::CancelUndone(letter),
        CancelMoment::Ended => Content::Ended(letter),
    };
    let id = format!("cancellation-{cancellation}-{}", moment.word());
    Ok(Some(order.mail_to_buyer(id, content)))
}

/// Tells the producer what to do at a gateway that this installation does not bill.
pub(super) async fn mail_producer(
    portal: &Portal,
    cancellation: CancellationId,
    moment: CancelMoment,
) -> Result<Option<Draft<Content>>, Error> {
    let Some((row, order)) = load(portal, cancellation).await? else { return Ok(None) };
    let content = Content::ProducerCancelByHand {
        letter: letter(portal, &row, &order),
        gateway: order.gateway.clone(),
        buyer: order.email.clone(),
        is_undone: moment == CancelMoment::Undone,
    };
    let id = format!("cancellation-{cancellation}-producer-{}", moment.word());
    to_producer(&id, order, content)
}

/// Hands the words of a buyer who would rather talk to the producer.
pub(super) async fn mail_producer_message(
    portal: &Portal,
    retention: RetentionId,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::find_retention(portal.db.read().await?.conn(), retention).await? else {
        return Ok(None);
    };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(row.order_id)).await?;
    let (Some(order), Some(message)) = (order, row.message) else { return Ok(None) };
    let content = Content::ProducerMessage {
        code: order.code.to_string(),
        plan: order.subscription.as_ref().map(|plan| plan.plan.clone()).unwrap_or_default(),
        buyer_name: order.buyer_name.clone(),
        buyer: order.email.clone(),
        message,
    };
    to_producer(&format!("retention-{retention}-message"), order, content)
}

fn to_producer(id: &str, order: OrderRecord, content: Content) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(order.mail_to_seller(id, content)))
}

async fn load(portal: &Portal, id: CancellationId) -> Result<Option<(CancellationRow, OrderRecord)>, Error> {
    let Some(row) = store::find(portal.db.read().await?.conn(), id).await? else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), OrderId(row.order_id)).await?;
    Ok(order.map(|order| (row, order)))
}

fn letter(portal: &Portal, row: &CancellationRow, order: &OrderRecord) -> CancelLetter {
    CancelLetter {
        seller: order.seller.name.clone(),
        code: order.code.to_string(),
        plan: order.subscription.as_ref().map(|plan| plan.plan.clone()).unwrap_or_default(),
        protocol: Protocol::on_file(row.protocol.clone()),
        effective_at: Instant::from_micros(row.effective_at),
        ends_at_once: row.effective_at <= row.asked_at,
        page: portal.url(Place::Subscription { id: SubscriptionId(row.subscription_id) }),
    }
}
