//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use super::next;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::{OrderId, QuoteId};
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
    /// Tells the gateway that charges the subscription of this order which plan its next period begins with.
    #[serde(rename = "tell_next_plan")]
    TellNext {
        /// The order.
        order: OrderId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Advance { .. } => "advance_plan_change",
            Self::TellNext { .. } => "tell_next_plan",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Advance { change } => Some(change.0),
            Self::TellNext { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Advance { change } => Lane::Shared(format!("plan:{change}")),
            Self::TellNext { order } => Lane::Shared(format!("next-plan:{order}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { change } => advance(portal, *change, run).await,
        Job::TellNext { order } => next::tell(portal, *order, run).await,
    }
}
