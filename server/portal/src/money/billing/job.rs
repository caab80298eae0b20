//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::OrderId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Takes what an order's calendar says is due: renewals, instalments, their repetitions.
    #[serde(rename = "bill")]
    Bill {
        /// The order.
        order: OrderId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bill { .. } => "bill",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Bill { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Bill { order } => Lane::Shared(format!("bill:{order}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Bill { order } => advance(portal, *order, run).await,
    }
}
