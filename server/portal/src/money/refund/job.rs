//! What can be asked for: the jobs and mails of this feature.

use super::advance::advance;
use super::content::Content;
use super::mail::{mail_buyer, mail_producer_asked, mail_producer_by_hand, mail_producer_failed, remind_producer};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::RefundId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a refund one step on: send it, ask about it, watch it.
    #[serde(rename = "advance_refund")]
    Advance {
        /// The refund.
        refund: RefundId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Advance { .. } => "advance_refund",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Advance { refund } => Some(refund.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Advance { refund } => Lane::Shared(format!("refund:{refund}")),
        }
    }
}

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// A mail to the buyer about a refund.
    #[serde(rename = "mail_refund")]
    Buyer {
        /// The refund.
        refund: RefundId,
        /// What happened.
        moment: RefundMoment,
    },
    /// A mail to the producer: a refund failed at the gateway.
    #[serde(rename = "mail_producer_refund_failed")]
    ProducerFailed {
        /// The refund.
        refund: RefundId,
    },
    /// A mail to the producer: pay this back by hand.
    #[serde(rename = "mail_producer_refund_by_hand")]
    ProducerByHand {
        /// The refund.
        refund: RefundId,
    },
    /// A mail to the producer: decide about a request after the window.
    #[serde(rename = "mail_producer_refund_asked")]
    ProducerAsked {
        /// The refund.
        refund: RefundId,
    },
    /// The same once more, when the time to answer is over.
    #[serde(rename = "remind_producer_refund")]
    ProducerReminder {
        /// The refund.
        refund: RefundId,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Buyer { .. } => "mail_refund",
            Self::ProducerFailed { .. } => "mail_producer_refund_failed",
            Self::ProducerByHand { .. } => "mail_producer_refund_by_hand",
            Self::ProducerAsked { .. } => "mail_producer_refund_asked",
            Self::ProducerReminder { .. } => "remind_producer_refund",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Buyer { refund, .. }
            | Self::ProducerFailed { refund }
            | Self::ProducerByHand { refund }
            | Self::ProducerAsked { refund }
            | Self::ProducerReminder { refund } => Some(refund.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
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
    /// The seller was asked, after the window.
    Asked,
    /// The seller agreed.
    Approved,
    /// The seller said no.
    Declined,
    /// The buyer took the request back.
    Withdrawn,
    /// An account is needed that the money can go to.
    PayeeNeeded,
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { refund } => advance(portal, *refund, run).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Buyer { refund, moment } => mail_buyer(portal, *refund, *moment).await,
        Mail::ProducerFailed { refund } => mail_producer_failed(portal, *refund).await,
        Mail::ProducerByHand { refund } => mail_producer_by_hand(portal, *refund).await,
        Mail::ProducerAsked { refund } => mail_producer_asked(portal, *refund).await,
        Mail::ProducerReminder { refund } => remind_producer(portal, *refund).await,
    }
}
