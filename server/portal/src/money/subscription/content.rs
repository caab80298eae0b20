//! What the mails about the end of a subscription say, as data. The words are the business of the screens.

use types::{Email, Instant, MailKind, Protocol};

/// What a mail about the end of a subscription says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the subscription is cancelled, with its last day.
    Canceled(CancelLetter),
    /// To the buyer: the cancellation was taken back.
    CancelUndone(CancelLetter),
    /// To the buyer: the last day has passed.
    Ended(CancelLetter),
    /// To the producer: end this at a gateway that this installation does not bill, or let it go on after all.
    ProducerCancelByHand {
        /// The cancellation.
        letter: CancelLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
        /// Whether the buyer took it back.
        is_undone: bool,
    },
    /// To the producer: a buyer who thought of cancelling would rather talk.
    ProducerMessage {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// The buyer's name.
        buyer_name: String,
        /// Where to answer.
        buyer: Email,
        /// The buyer's words.
        message: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Canceled(_) => MailKind::Canceled,
            Self::CancelUndone(_) => MailKind::CancelUndone,
            Self::Ended(_) => MailKind::SubscriptionEnded,
            Self::ProducerCancelByHand { .. } => MailKind::ProducerCancelByHand,
            Self::ProducerMessage { .. } => MailKind::ProducerMessage,
        }
    }
}

/// What every mail about the end of a subscription knows.
#[derive(Clone, PartialEq, Debug)]
pub struct CancelLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan.
    pub plan: String,
    /// Receipt number.
    pub protocol: Protocol,
    /// When access ends; the last day is that of the second before.
    pub effective_at: Instant,
    /// Whether that was at once.
    pub ends_at_once: bool,
    /// The subscription's page, where it can be taken back.
    pub page: String,
}
