//! The card that an order was paid with. Asaas keeps it under a token, for one customer and no other.

use super::failure::Failure;
use super::http::id;
use super::wire::{BillingInfo, Payment};
use super::{Asaas, no};
use portal::ports::StoredCard;

/// A card that can be charged.
pub(super) struct Kept {
    pub(super) token: String,
    pub(super) customer: String,
}

impl Asaas {
    /// What Asaas calls the card: the payment that it made says so. Never do we see its number.
    pub(super) async fn kept(&self, card: Option<&StoredCard>) -> Result<Kept, Failure> {
        let unknown = || no("Asaas' token of the card is not known here");
        let paid = card.and_then(|card| card.paid.as_deref()).ok_or_else(unknown)?;
        let wholes = self.charges_of(paid, 0).await?;
        let payment = wholes.into_iter().flatten().find(|payment| payment.billing_type == "CREDIT_CARD");
        let payment = payment.ok_or_else(unknown)?;
        let token = match token_of(&payment) {
            Some(token) => token.to_owned(),
            None => self.token_of_billing(&payment).await?.ok_or_else(unknown)?,
        };
        Ok(Kept { token, customer: payment.customer.ok_or_else(unknown)? })
    }

    async fn token_of_billing(&self, payment: &Payment) -> Result<Option<String>, Failure> {
        let info: BillingInfo = self.get(&format!("/payments/{}/billingInfo", id(&payment.id)?), &[]).await?;
        Ok(info.credit_card.and_then(|card| card.credit_card_token))
    }
}

pub(super) fn token_of(payment: &Payment) -> Option<&str> {
    payment.credit_card.as_ref()?.credit_card_token.as_deref()
}
