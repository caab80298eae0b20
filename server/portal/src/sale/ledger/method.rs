//! What an order is paid with next time: the card on file, boleto or Pix.

use super::new_order::{Card, NewPayment};
use super::store;
use crate::db::{Conn, Error};
use crate::ports::{SavedCard, StoredCard};
use types::{Line, Method, OrderId};

/// How an order is paid from now on. Of a card nothing else is ever known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaymentMethod {
    /// The way to pay that the next charge takes.
    pub method: Method,
    /// The gateway's name of the card; none for a card that came with the order.
    pub token: Option<String>,
    /// `visa`, `mastercard` …
    pub brand: Option<String>,
    /// Last four digits.
    pub last4: Option<String>,
    /// Month of expiry, 1 to 12.
    pub exp_month: Option<i64>,
    /// Four-digit year of expiry.
    pub exp_year: Option<i64>,
}

impl PaymentMethod {
    /// Without a card: boleto, Pix.
    pub fn slip(method: Method) -> Self {
        Self { method, token: None, brand: None, last4: None, exp_month: None, exp_year: None }
    }

    /// As an order came with it.
    pub(crate) fn of_order(payment: &NewPayment) -> Self {
        let Some(card) = &payment.card else { return Self::slip(payment.method) };
        Self {
            method: payment.method,
            token: None,
            brand: Some(card.brand.to_string()),
            last4: Some(card.last4.clone()),
            exp_month: Some(card.exp_month),
            exp_year: Some(card.exp_year),
        }
    }

    /// What the gateway of an order is given. A card that came with the order has no name here: the charge that it paid
    /// leads to it.
    pub(crate) async fn stored_card(&self, conn: Conn<'_>, order: OrderId) -> Result<Option<StoredCard>, Error> {
        let Some(last4) = self.last4.clone().filter(|_| self.method == Method::Card) else { return Ok(None) };
        let token = self.token.clone();
        let paid = if token.is_none() { store::method::paid_by_card(conn, order).await? } else { None };
        Ok(Some(StoredCard { token, last4, paid }))
    }

    pub(crate) fn card(&self) -> Option<Card> {
        let brand = Line::cut(self.brand.as_deref()?)?;
        Some(Card { brand, last4: self.last4.clone()?, exp_month: self.exp_month?, exp_year: self.exp_year? })
    }
}

impl From<SavedCard> for PaymentMethod {
    fn from(card: SavedCard) -> Self {
        Self {
            method: Method::Card,
            token: Some(card.token),
            brand: Some(card.brand),
            last4: Some(card.last4),
            exp_month: Some(card.exp_month),
            exp_year: Some(card.exp_year),
        }
    }
}

/// How an order is paid; none when there is no such order.
pub async fn method_of(conn: Conn<'_>, order: OrderId) -> Result<Option<PaymentMethod>, Error> {
    store::method::of_order(conn, order).await
}
