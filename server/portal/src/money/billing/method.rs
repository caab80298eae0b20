//! Another way to pay is put on file.

use super::state::Instrument;
use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::ledger::{self, PaymentMethod};
use types::{Method, OrderId};

impl Instrument {
    /// What tells a way to pay from another.
    pub(super) fn of(payment: &PaymentMethod) -> Self {
        let token = payment.token.clone().filter(|_| payment.method == Method::Card);
        Self { method: payment.method, token }
    }
}

/// The order is paid like this from now on. A boleto, Pix or confirmation that was waited for is not any more. What is
/// owed is tried at once, by [`super::collect_now`] or else by the calendar: after the gateway was asked what became of
/// the try with what was on file before.
pub async fn set_method(portal: &Portal, tx: &mut Tx, order: OrderId, method: &PaymentMethod) -> Result<(), Error> {
    let now = portal.now();
    let held = store::hold(tx, order).await?;
    store::set_method(tx, order, method, now).await?;
    ledger::set_payment(tx, order, method.method, method.card().as_ref()).await?;
    if let Some(invoice) = held.and_then(|held| held.account.owed) {
        let (id, with) = (invoice.id, Instrument::of(method));
        let is_other = |attempt: &super::Attempt| !attempt.is_of_checkout() && attempt.with != with;
        if invoice.attempt().is_some_and(is_other) {
            store::write(tx, &invoice.question().hurry(now), now).await?;
            super::record::give_up_charges(portal, tx, order, id).await?;
        } else {
            store::write(tx, &invoice.hurry(now), now).await?;
        }
    }
    super::look_again(portal, tx, order).await
}
