//! Mails about a refund.

mod read;

use crate::mails;
use read::{
    mail_buyer, mail_payee_page, mail_producer_asked, mail_producer_by_hand, mail_producer_failed,
    mail_producer_not_done, remind_producer,
};
use serde::{Deserialize, Serialize};
use types::{Email, Instant, MailKind, Money, Protocol, RefundId};

mails! {
    /// A mail to the buyer about a refund.
    Buyer("mail_refund") about refund, read by mail_buyer {
        /// The refund.
        refund: RefundId,
        /// What happened.
        moment: RefundMoment,
    }

    /// A mail to the buyer: the gateway waits for an account, on a page of its own. `days` after that it is a reminder.
    PayeePage("mail_refund_payee_page") about refund, read by mail_payee_page {
        /// The refund.
        refund: RefundId,
        /// How many days after.
        days: u64,
    }

    /// A mail to the producer: a refund failed at the gateway.
    ProducerFailed("mail_producer_refund_failed") about refund, read by mail_producer_failed {
        /// The refund.
        refund: RefundId,
    }

    /// A mail to the producer: pay this back by hand.
    ProducerByHand("mail_producer_refund_by_hand") about refund, read by mail_producer_by_hand {
        /// The refund.
        refund: RefundId,
    }

    /// A mail to the producer, `days` after the one above: nobody has reported that it was done.
    ProducerNotDone("mail_producer_refund_not_done") about refund, read by mail_producer_not_done {
        /// The refund.
        refund: RefundId,
        /// How many days after.
        days: u64,
    }

    /// A mail to the producer: decide about a request after the window.
    ProducerAsked("mail_producer_refund_asked") about refund, read by mail_producer_asked {
        /// The refund.
        refund: RefundId,
    }

    /// The same once more, when the time to answer is over.
    ProducerReminder("remind_producer_refund") about refund, read by remind_producer {
        /// The refund.
        refund: RefundId,
    }
}

/// What a mail about a refund tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundMoment {
    /// We have the request.
    Requested,
    /// The gateway took it.
    Sent,
    /// The money is back.
    Settled,
    /// It came back.
    Failed,
    /// The producer was asked, after the window.
    Asked,
    /// The producer gives it unasked.
    Given,
    /// The producer agreed.
    Approved,
    /// The producer said no.
    Declined,
    /// The buyer took the request back.
    Withdrawn,
    /// An account is needed that the money can go to.
    PayeeNeeded,
}

/// What a mail about a refund says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: we have your request.
    Requested(RefundLetter),
    /// To the buyer: the gateway took it.
    Sent(RefundLetter),
    /// To the buyer: the money is back.
    Settled(RefundLetter),
    /// To the buyer: the bank sent it back, the producer has been told.
    Failed {
        /// The refund.
        refund: RefundLetter,
        /// Whether it may be asked for once more.
        again: AskAgain,
    },
    /// To the buyer: the producer was asked, after the window.
    Asked {
        /// The refund.
        refund: RefundLetter,
        /// Until when the producer answers.
        answer_by: Instant,
    },
    /// To the buyer: the producer gives this back.
    Given {
        /// The refund.
        refund: RefundLetter,
        /// In the producer's words.
        reason: Option<String>,
    },
    /// To the buyer: the producer agreed.
    Approved(RefundLetter),
    /// To the buyer: the producer said no.
    Declined {
        /// The refund.
        refund: RefundLetter,
        /// In the producer's words.
        reason: Option<String>,
    },
    /// To the buyer: you took the request back.
    Withdrawn(RefundLetter),
    /// To the buyer: say to which account the money of a boleto is to go.
    PayeeNeeded(RefundLetter),
    /// To the buyer: name that account on a page of the gateway's own.
    PayeePage {
        /// The refund, with the amount that waits.
        refund: RefundLetter,
        /// Since when it waits, where the buyer was told of it before.
        waits_since: Option<Instant>,
    },
    /// To the producer: decide about this request.
    ProducerAsked {
        /// The refund.
        refund: RefundLetter,
        /// The buyer.
        buyer: Email,
        /// What the buyer wrote.
        message: String,
        /// Until when an answer is due.
        answer_by: Instant,
        /// The page with the two buttons.
        url: String,
        /// Whether that time is over.
        is_late: bool,
    },
    /// To the producer: a refund came back; with the gateway's reason.
    ProducerFailed {
        /// The refund.
        refund: RefundLetter,
        /// The gateway's reason.
        reason: String,
        /// The buyer.
        buyer: Email,
    },
    /// To the producer: pay this back at a gateway that this installation cannot reach.
    ProducerByHand {
        /// The refund.
        refund: RefundLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
    },
    /// To the producer: what was to be paid back there is not reported as paid back.
    ProducerNotDone {
        /// The refund.
        refund: RefundLetter,
        /// The gateway's name.
        gateway: String,
        /// The buyer.
        buyer: Email,
        /// Since when.
        since: Instant,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Requested(_) => MailKind::RefundRequested,
            Self::Sent(_) => MailKind::RefundSent,
            Self::Settled(_) => MailKind::RefundSettled,
            Self::Failed { .. } => MailKind::RefundFailed,
            Self::Asked { .. } => MailKind::RefundAsked,
            Self::Given { .. } => MailKind::RefundGiven,
            Self::Approved(_) => MailKind::RefundApproved,
            Self::Declined { .. } => MailKind::RefundDeclined,
            Self::Withdrawn(_) => MailKind::RefundWithdrawn,
            Self::PayeeNeeded(_) => MailKind::RefundPayeeNeeded,
            Self::PayeePage { .. } => MailKind::RefundPayeePage,
            Self::ProducerAsked { .. } => MailKind::ProducerRefundAsked,
            Self::ProducerFailed { .. } => MailKind::ProducerRefundFailed,
            Self::ProducerByHand { .. } => MailKind::ProducerRefundByHand,
            Self::ProducerNotDone { .. } => MailKind::ProducerRefundNotDone,
        }
    }
}

/// Whether the buyer may ask once more for what the bank sent back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AskAgain {
    /// At the press of a button, until then.
    Until(Instant),
    /// The producer decides.
    OfProducer,
    /// Not now.
    No,
}

/// What every mail about a refund knows.
#[derive(Clone, PartialEq, Debug)]
pub struct RefundLetter {
    /// Producer's name.
    pub producer: String,
    /// Code of the order.
    pub code: String,
    /// Receipt number.
    pub protocol: Protocol,
    /// Amount: of a refund that failed, what did not go back.
    pub amount: Money,
    /// What went back all the same of one that failed in part.
    pub back: Option<Money>,
    /// Whether the producer pays it back by hand.
    pub is_by_hand: bool,
    /// Names of the items.
    pub items: Vec<String>,
    /// The order link, where the tracker is.
    pub order_link: String,
}
