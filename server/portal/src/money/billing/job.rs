//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use super::collect;
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
    /// Asks the gateway what came of a try of an order, because it said that something did. Begins none.
    #[serde(rename = "ask_about_charge")]
    Ask {
        /// The order.
        order: OrderId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Bill { .. } => "bill",
            Self::Ask { .. } => "ask_about_charge",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Bill { order } | Self::Ask { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Bill { order } => Lane::Shared(format!("bill:{order}")),
            Self::Ask { order } => Lane::Shared(format!("ask:{order}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Bill { order } => advance(portal, *order, run).await,
        // What is not known by now the calendar asks about, when it comes to it.
        Job::Ask { order } => collect::ask_now(portal, *order).await.map(|_| Outcome::Done),
    }
}
