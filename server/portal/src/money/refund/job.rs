//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
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

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { refund } => advance(portal, *refund, run).await,
    }
}
