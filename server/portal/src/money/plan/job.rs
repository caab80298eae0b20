//! What can be asked for: the jobs and mails of this feature.

use super::advance::advance;
use super::content::Content;
use super::mail::{mail_buyer, mail_producer};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::QuoteId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a change of plan one step on: take its money, ask about it, watch it.
    #[serde(rename = "advance_plan_change")]
    Advance {
        /// The change.
        change: QuoteId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Advance { .. } => "advance_plan_change",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Advance { change } => Some(change.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Advance { change } => Lane::Shared(format!("plan:{change}")),
        }
    }
}

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// A mail to the buyer about a change of plan.
    #[serde(rename = "mail_plan")]
    Buyer {
        /// The change.
        change: QuoteId,
        /// What happened.
        moment: PlanMoment,
    },
    /// A mail to the producer: the money of a change of plan could not be paid back.
    #[serde(rename = "mail_producer_plan_return")]
    ProducerReturn {
        /// The change.
        change: QuoteId,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Buyer { .. } => "mail_plan",
            Self::ProducerReturn { .. } => "mail_producer_plan_return",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Buyer { change, .. } | Self::ProducerReturn { change } => Some(change.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
    }
}

/// What a mail about a change of plan tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanMoment {
    /// The new plan is there.
    Changed,
    /// It waits for the renewal.
    Scheduled,
    /// It was taken back.
    Undone,
    /// Its money came when the subscription was over, and goes back.
    Returning,
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { change } => advance(portal, *change, run).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Buyer { change, moment } => mail_buyer(portal, *change, *moment).await,
        Mail::ProducerReturn { change } => mail_producer(portal, *change).await,
    }
}
