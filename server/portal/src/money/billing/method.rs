//! How an order is paid next time: by the card on file, boleto or Pix.

use super::state::Instrument;
use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::{self, PaymentMethod};
use types::{Method, OrderId};

impl Instrument {
    /// What distinguishes one payment method from another.
    pub(super) fn of(payment: &PaymentMethod) -> Self {
        let token = payment.token.clone().filter(|_| payment.method == Method::Card);
        Self { method: payment.method, token }
    }
}

/// Makes this the payment method of the order. We stop waiting for an open boleto, Pix or confirmation. What is owed is
/// tried at once, by [`super::collect_now`] or by the calendar, after the gateway was asked about the try with the
/// former method.
pub async fn set_method(portal: &Portal, tx: &mut Tx, order: OrderId, method: &PaymentMethod) -> Result<(), Error> {
    let now = portal.now();
    let billed = store::lock(tx, order).await?;
    store::set_method(tx, order, method, now).await?;
    ledger::set_payment(tx, order, method.method, method.card().as_ref()).await?;
    if let Some(invoice) = billed.and_then(|billed| billed.account.owed) {
        let (id, with) = (invoice.id, Instrument::of(method));
        let is_other = |attempt: &super::ChargeAttempt| !attempt.is_of_checkout() && attempt.with != with;
        if invoice.attempt().is_some_and(is_other) {
            store::write(tx, &invoice.question().hurry(now), now).await?;
            super::record::give_up_charges(portal, tx, order, id).await?;
        } else {
            store::write(tx, &invoice.keep_to_way().hurry(now), now).await?;
        }
    }
    super::look_again(portal, tx, order).await
}
