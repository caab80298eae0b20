//! What the mails about a purchase say, as data. The words are the business of the screens.

use types::{Instant, MailKind, Money};

/// What a mail about a purchase says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the order is paid; here is its order link.
    Purchase {
        /// Seller's name.
        seller: String,
        /// Names of the items.
        items: Vec<String>,
        /// Sum of the items.
        total: Money,
        /// Code of the order.
        code: String,
        /// The order link.
        order_link: String,
        /// Until when money is given back on request.
        refundable_until: Option<Instant>,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Purchase { .. } => MailKind::Purchase,
        }
    }
}
