//! What can be asked for: the jobs and mails of this feature.

use super::content::Content;
use super::finish::finish;
use super::mail::{mail_buyer, mail_producer, mail_producer_message};
use super::pause::carry_on;
use super::retention::stay_with_plan;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::{CancellationId, RetentionId, SubscriptionId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Ends a subscription on the day of its cancellation.
    #[serde(rename = "finish_cancellation")]
    Finish {
        /// The cancellation.
        cancellation: CancellationId,
    },
    /// The plan of a subscription has changed: whoever thought of cancelling and was offered another plan has stayed.
    #[serde(rename = "stay_with_plan")]
    StayWithPlan {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// Begins a pause, and ends it.
    #[serde(rename = "carry_pause")]
    CarryPause {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Finish { .. } => "finish_cancellation",
            Self::StayWithPlan { .. } => "stay_with_plan",
            Self::CarryPause { .. } => "carry_pause",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Finish { cancellation } => Some(cancellation.0),
            Self::StayWithPlan { subscription } => Some(subscription.0),
            Self::CarryPause { retention } => Some(retention.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Finish { cancellation } => Lane::Shared(format!("cancellation:{cancellation}")),
            Self::StayWithPlan { subscription } => Lane::Shared(format!("stay:{subscription}")),
            Self::CarryPause { retention } => Lane::Shared(format!("pause:{retention}")),
        }
    }
}

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// A mail to the buyer about the end of a subscription.
    #[serde(rename = "mail_cancellation")]
    Buyer {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    },
    /// A mail to the producer: end it, or let it go on, by hand.
    #[serde(rename = "mail_producer_cancellation")]
    Producer {
        /// The cancellation.
        cancellation: CancellationId,
        /// What happened.
        moment: CancelMoment,
    },
    /// A mail to the producer with the words of a buyer who stays for now.
    #[serde(rename = "mail_producer_message")]
    ProducerMessage {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Buyer { .. } => "mail_cancellation",
            Self::Producer { .. } => "mail_producer_cancellation",
            Self::ProducerMessage { .. } => "mail_producer_message",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Buyer { cancellation, .. } | Self::Producer { cancellation, .. } => Some(cancellation.0),
            Self::ProducerMessage { retention } => Some(retention.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
    }
}

/// What a mail about the end of a subscription tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelMoment {
    /// The buyer asked.
    Asked,
    /// The buyer took it back.
    Undone,
    /// It has ended.
    Ended,
}

impl CancelMoment {
    /// The word that tells its mail from the others.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Undone => "undone",
            Self::Ended => "ended",
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Finish { cancellation } => finish(portal, *cancellation).await,
        Job::StayWithPlan { subscription } => stay_with_plan(portal, *subscription).await,
        Job::CarryPause { retention } => carry_on(portal, *retention).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Buyer { cancellation, moment } => mail_buyer(portal, *cancellation, *moment).await,
        Mail::Producer { cancellation, moment } => mail_producer(portal, *cancellation, *moment).await,
        Mail::ProducerMessage { retention } => mail_producer_message(portal, *retention).await,
    }
}
