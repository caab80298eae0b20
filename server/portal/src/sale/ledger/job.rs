//! What can be asked for: the jobs of this feature.

use super::words::write_all;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Writes the words by which orders are found, for those that have none. A migration asks for it.
    #[serde(rename = "write_order_words")]
    WriteWords,
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::WriteWords => "write_order_words",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::WriteWords => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::WriteWords => Lane::Shared("order-words".to_owned()),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::WriteWords => write_all(portal).await,
    }
}
