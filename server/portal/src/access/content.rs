//! What the mails about access say, as data. The words are the business of the screens.

use types::{Email, Instant, MailKind};

/// What a mail about access says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: access ends soon.
    Expiring(AccessLetter),
    /// To the buyer: access has ended.
    Expired(AccessLetter),
    /// To the producer: the member area refuses a call or could not be reached for two weeks.
    ProducerDeliveryStopped {
        /// Code of the member area.
        member_area: String,
        /// Whose access.
        buyer: Email,
        /// Whether access was to be given (else: taken away).
        is_grant: bool,
        /// What the area answered last.
        answer: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Expiring(_) => MailKind::AccessExpiring,
            Self::Expired(_) => MailKind::AccessExpired,
            Self::ProducerDeliveryStopped { .. } => MailKind::ProducerDeliveryStopped,
        }
    }
}

/// What a mail about the end of access knows.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessLetter {
    /// Seller's name.
    pub seller: String,
    /// What access was given to.
    pub item: String,
    /// Code of the order.
    pub code: String,
    /// When it ends, or ended.
    pub at: Instant,
    /// The order link.
    pub order_link: String,
}
