//! Changing to another payment method, and paying now what is open.

use super::mail::Mail;
use super::whose::{CardError, subject};
use crate::billing::{self, Collected};
use crate::event::{self, Card, Record};
use crate::ledger::PaymentMethod;
use crate::order;
use crate::outbox;
use crate::{Actor, Buyer};
use serde_json::json;
use types::view::CardPlace;
use types::{Method, RequestId};

/// Pays by boleto or Pix from now on; what is owed is asked for in that way at once. To a card it is changed by
/// entering one. The same form pressed again finds nothing to change.
pub async fn change_method(
    buyer: &Buyer,
    place: &CardPlace,
    request: RequestId,
    method: Method,
) -> Result<(), CardError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let found = subject(buyer, tx.conn(), place).await?.ok_or(CardError::NotFound)?;
    order::lock(&mut tx, found.order.id).await?;
    // Read again now that nobody else changes it: the same form may have been pressed twice at once.
    let subject = subject(buyer, tx.conn(), place).await?.ok_or(CardError::NotFound)?;
    let order = &subject.order;
    if order.payment.method == method && method != Method::Other {
        return Ok(());
    }
    if !subject.methods(portal).contains(&method) {
        return Err(CardError::NoSuchMethod);
    }
    billing::set_method(portal, &mut tx, order.id, &PaymentMethod::slip(method)).await?;
    let entry = Record {
        origin: &buyer.origin().address,
        producer: Some(order.producer_id),
        person: Some(order.person),
        order: Some(order.id),
        before: Some(json!({ "method": order.payment.method })),
        after: Some(json!({ "method": method })),
        ..Record::new(Actor::Buyer(buyer.person()), Card::MethodChanged { order: order.id, method })
    };
    event::record(portal, &mut tx, entry).await?;
    outbox::put(portal, &mut tx, Mail::MethodChanged { order: order.id, request, method }).await?;
    let order = order.id;
    portal.commit(tx).await?;
    billing::collect_now(portal, order).await?;
    Ok(())
}

/// The buyer is back from a page of the gateway, which is asked what came of it. Nothing is charged that was not.
pub async fn come_back(buyer: &Buyer, place: &CardPlace) -> Result<(), CardError> {
    let portal = buyer.portal();
    let subject = subject(buyer, portal.db.read().await?.conn(), place).await?.ok_or(CardError::NotFound)?;
    billing::ask_now(portal, subject.order.id).await?;
    Ok(())
}

/// Tries what is owed with what is on file: a card is charged, a boleto or Pix is made anew. Or, `by` a boleto or Pix,
/// makes that this once, and what is on file stays there.
pub async fn pay_open(buyer: &Buyer, place: &CardPlace, by: Option<Method>) -> Result<Collected, CardError> {
    let portal = buyer.portal();
    let subject = subject(buyer, portal.db.read().await?.conn(), place).await?.ok_or(CardError::NotFound)?;
    let order = subject.order.id;
    match by {
        None => Ok(billing::collect_now(portal, order).await?),
        Some(method) if subject.methods(portal).contains(&method) => {
            Ok(billing::collect_by(portal, order, method).await?)
        }
        Some(_) => Err(CardError::NoSuchMethod),
    }
}
