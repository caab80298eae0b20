//! Entering a card.

use super::GatewayError;
use futures::future::BoxFuture;
use types::DeclineReason;

/// Opens a page of the gateway on which a buyer enters a card: its number never reaches us (rule 10).
///
/// The ability is a page of the gateway's own, not a form of ours with a script of theirs. Stripe: a Checkout Session
/// in setup mode, whose saved card the adapter makes that of the subscription, because a session sets no default.
/// Asaas: its hosted checkout; its token API would lead the number through us and is not used. Guru knows no page: its
/// token comes from a script in the browser, lives for five minutes and is bound to the account. It lacks this ability
/// until a page of the server carries that script; the page then takes the place of the gateway's, and the token that
/// of [`SavedCard::token`].
pub trait Cards: Send + Sync {
    /// Opens the page. The same key again is the same page.
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>>;

    /// What became of the page with this reference.
    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>>;

    /// Whether a card is entered there by paying what is due with it, and in no other way.
    fn is_paid(&self) -> bool {
        false
    }

    /// The origin of those pages, as far as it is known before: `https://checkout.example`. None for pages of this site.
    fn pages_at(&self) -> Option<String> {
        None
    }
}

/// What a page for a card asks of the buyer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum CardPages {
    /// There is none.
    #[default]
    None,
    /// The card alone.
    Free,
    /// To pay with it what is due of a subscription that the gateway charges.
    WithPayment,
}

impl CardPages {
    /// What the page of a gateway asks.
    pub fn of(cards: Option<&dyn Cards>) -> Self {
        match cards.map(Cards::is_paid) {
            None => Self::None,
            Some(false) => Self::Free,
            Some(true) => Self::WithPayment,
        }
    }
}

/// A wish for a page that takes a card.
#[derive(Clone, PartialEq, Debug)]
pub struct CardInstruction {
    /// Idempotency key: the card update's own id.
    pub key: String,
    /// Whose account at the gateway: what the producer's connection says, or the producer's id.
    pub account: String,
    /// Who holds the card.
    pub email: String,
    /// Where the buyer comes back to, saved or not.
    pub return_url: String,
    /// The gateway's name of the subscription that the card is for, where the gateway charges it by its own calendar:
    /// the card is kept for whoever pays that.
    pub subscription: Option<String>,
}

/// A page of the gateway.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardPage {
    /// The gateway's name of the page.
    pub reference: String,
    /// Where to send the buyer.
    pub url: String,
}

/// What became of a page that takes a card.
#[derive(Clone, PartialEq, Debug)]
pub enum CardProgress {
    /// Nothing yet.
    Open,
    /// The gateway keeps the card.
    Saved(SavedCard),
    /// The bank refused it; the buyer may try another on the same page.
    Declined(DeclineReason),
    /// It is over without a card.
    Closed,
}

/// A card as the gateway describes it: nothing else is ever known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SavedCard {
    /// The gateway's name of the card.
    pub token: String,
    /// `visa`, `mastercard` …
    pub brand: String,
    /// Last four digits.
    pub last4: String,
    /// Month of expiry, 1 to 12; 0 where the gateway does not tell.
    pub exp_month: i64,
    /// Four-digit year of expiry, or 0.
    pub exp_year: i64,
}
