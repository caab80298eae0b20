//! What the calendar of money promises to others, in its least form. Replaced whole by the calendar itself.

use crate::db::{Conn, Error, Tx};
use crate::portal::Portal;
use crate::ports::{ChargeProgress, SavedCard};
use crate::{on, statements};
use types::{DeclineReason, Instant, Method, Money, OrderId};

statements! {
    SET_METHOD = "update orders set method = $2, card_brand = $3, card_last4 = $4, card_exp_month = $5, card_exp_year = $6 where id = $1";
}

/// What became of a try to take what is owed.
#[derive(Clone, PartialEq, Debug)]
pub enum Collected {
    /// The money is there.
    Paid {
        /// How much.
        amount: Money,
    },
    /// Not taken.
    Declined(DeclineReason),
    /// The bank wants the buyer to confirm, on this page.
    ActionRequired {
        /// Page of the gateway.
        url: String,
    },
    /// A boleto or Pix waits to be paid.
    Waiting,
    /// Nothing is owed.
    NothingOpen,
    /// Nobody knows so far.
    Unknown,
}

/// What one cycle or instalment owes.
#[derive(Clone, PartialEq, Debug)]
pub struct Invoice {
    /// How much.
    pub amount: Money,
    /// When it is due.
    pub due_at: Instant,
    /// Why the last try failed.
    pub failure: Option<DeclineReason>,
    /// Until when access is left while it is tried again.
    pub grace_until: Option<Instant>,
}

/// A try that is under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Until when a boleto, a Pix or the buyer's word to the bank is waited for.
    pub waits_until: Option<Instant>,
}

impl Invoice {
    /// Whether it is to be paid.
    pub fn is_owed(&self) -> bool {
        true
    }

    /// The try that is under way.
    pub fn attempt(&self) -> Option<&Attempt> {
        None
    }
}

/// How an order is paid from now on. Of a card nothing else is ever known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaymentMethod {
    /// The method.
    pub method: Method,
    /// The gateway's name of the card.
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

/// Tries what is open of an order at once.
pub async fn collect_now(_portal: &Portal, _order: OrderId) -> Result<Collected, Error> {
    Ok(Collected::NothingOpen)
}

/// What an order owes and owed.
pub async fn invoices_of(_conn: Conn<'_>, _order: OrderId) -> Result<Vec<Invoice>, Error> {
    Ok(Vec::new())
}

/// The order is paid like this from now on.
pub async fn set_method(_portal: &Portal, tx: &mut Tx, order: OrderId, method: &PaymentMethod) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let query = sqlx::query(SET_METHOD).bind(order.0).bind(method.method.as_str()).bind(method.brand.as_deref());
        query.bind(method.last4.as_deref()).bind(method.exp_month).bind(method.exp_year).execute(c).await?;
    });
    Ok(())
}

/// A gateway says where a charge stands.
pub async fn heard(
    _portal: &Portal,
    _tx: &mut Tx,
    _gateway: &str,
    _reference: &str,
    _progress: ChargeProgress,
) -> Result<bool, Error> {
    Ok(false)
}
