//! What the mails about a way to pay say, as data. The words are the business of the screens.

use types::view::CardView;
use types::{Instant, MailKind, Method};

/// What a mail about a way to pay says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: another card is on file.
    Changed {
        /// What it is about.
        payment: PaymentLetter,
        /// When the new card was kept.
        at: Instant,
    },
    /// To the buyer: it is paid in another way from now on.
    MethodChanged(PaymentLetter),
    /// To the buyer: the card on file expires next month.
    Expiring(PaymentLetter),
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Changed { .. } => MailKind::CardChanged,
            Self::MethodChanged(_) => MailKind::MethodChanged,
            Self::Expiring(_) => MailKind::CardExpiring,
        }
    }
}

/// What every mail about a way to pay knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PaymentLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan, or of the first item.
    pub title: String,
    /// How it is paid.
    pub method: Method,
    /// The card, for that method.
    pub card: Option<CardView>,
    /// The page on which it can be changed.
    pub link: String,
}
