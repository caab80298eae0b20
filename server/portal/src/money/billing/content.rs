//! What the mails about a charge say, as data. The words are the business of the screens.

use types::view::CardView;
use types::{DeclineReason, Instant, MailKind, Method, Money};

/// What a mail about a charge says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: a charge failed.
    ChargeFailed {
        /// The charge.
        charge: ChargeLetter,
        /// Why the gateway did not take the money.
        reason: DeclineReason,
        /// What comes next.
        outlook: Outlook,
        /// Whether it is a card that is charged.
        has_card: bool,
    },
    /// To the buyer: what had failed is paid.
    ChargeRecovered(ChargeLetter),
    /// To the buyer: this is charged soon.
    RenewalAhead {
        /// The charge to be.
        charge: ChargeLetter,
        /// When the renewal is charged.
        at: Instant,
        /// The card.
        card: Option<CardView>,
    },
    /// To the buyer: a boleto or Pix to pay.
    SlipIssued {
        /// What it pays.
        charge: ChargeLetter,
        /// Boleto or Pix.
        method: Method,
        /// Line or code to pay with.
        code: String,
        /// Its page.
        url: String,
        /// Last instant to pay.
        until: Instant,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::ChargeFailed { .. } => MailKind::ChargeFailed,
            Self::ChargeRecovered(_) => MailKind::ChargeRecovered,
            Self::RenewalAhead { .. } => MailKind::RenewalAhead,
            Self::SlipIssued { .. } => MailKind::SlipIssued,
        }
    }
}

/// What every mail about a charge knows.
#[derive(Clone, PartialEq, Debug)]
pub struct ChargeLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// The plan, or the first item.
    pub title: String,
    /// What was or is to be charged.
    pub amount: Money,
    /// The order link.
    pub order_link: String,
    /// The link to change the card.
    pub card_link: String,
}

/// What comes after a charge that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outlook {
    /// It is tried again.
    Again {
        /// When it is tried again.
        at: Instant,
        /// Until when access is left.
        access_until: Instant,
    },
    /// Access is closed until it is paid.
    Held,
    /// The subscription has ended.
    Ended,
}
