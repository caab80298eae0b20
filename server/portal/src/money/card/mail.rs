//! Mails about cards and ways to pay.

use super::content::{Content, PaymentLetter};
use super::look::card_view;
use super::state::State;
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use ground::letter::Draft;
use types::view::{CardPlace, CardView};
use types::{CardUpdateId, Method, OrderId, RequestId};

/// Tells the buyer that another card is on file for an order.
pub(super) async fn mail_changed(
    portal: &Portal,
    update: CardUpdateId,
    order: OrderId,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(found) = store::find(portal.db.read().await?.conn(), update).await? else { return Ok(None) };
    let State::Saved { card, at, .. } = &found.state else { return Ok(None) };
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    let letter = letter(portal, &record, Method::Card, Some(card_view(card)));
    let content = Content::Changed { payment: letter, at: *at };
    draft(&format!("card-{update}-{order}"), record, content)
}

/// Tells the buyer that an order is paid in another way from now on.
pub(super) async fn mail_method(
    portal: &Portal,
    order: OrderId,
    request: RequestId,
    method: Method,
) -> Result<Option<Draft<Content>>, Error> {
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    let content = Content::MethodChanged(letter(portal, &record, method, None));
    draft(&format!("method-{request}-{order}"), record, content)
}

/// Tells the buyer that the card on file expires next month.
pub(super) async fn mail_expiring(portal: &Portal, order: OrderId) -> Result<Option<Draft<Content>>, Error> {
    let Some(record) = load(portal, order).await? else { return Ok(None) };
    // Swapped meanwhile for a boleto: nothing expires.
    let Some(card) = record.payment.card.clone() else { return Ok(None) };
    let id = format!("card-expiring-{order}-{}-{}", card.exp_year, card.exp_month);
    let content = Content::Expiring(letter(portal, &record, Method::Card, Some(card)));
    draft(&id, record, content)
}

async fn load(portal: &Portal, order: OrderId) -> Result<Option<OrderRecord>, Error> {
    OrderRecord::by_id(portal.db.read().await?.conn(), order).await
}

fn draft(id: &str, order: OrderRecord, content: Content) -> Result<Option<Draft<Content>>, Error> {
    Ok(Some(order.mail_to_buyer(id, content)))
}

fn letter(portal: &Portal, order: &OrderRecord, method: Method, card: Option<CardView>) -> PaymentLetter {
    let plan = order.subscription.as_ref();
    let place = plan.map_or_else(|| CardPlace::Order(order.handle()), |plan| CardPlace::Subscription(plan.id));
    let first = || order.items.first().map_or_else(|| order.code.to_string(), |item| item.name.clone());
    PaymentLetter {
        seller: order.seller.name.clone(),
        code: order.code.to_string(),
        title: plan.map_or_else(first, |plan| plan.plan.clone()),
        method,
        card,
        // No credential: whoever has no session is led to sign in first.
        link: portal.url(place.page()),
    }
}
