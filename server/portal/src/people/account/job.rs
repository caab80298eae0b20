//! What can be asked for: the jobs of this feature.

use super::erase::advance as advance_erasure;
use super::respell::respell;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::ErasureId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a request to erase one step on, when its day has come.
    #[serde(rename = "advance_erasure")]
    AdvanceErasure {
        /// The request.
        erasure: ErasureId,
    },
    /// Brings every address on file to the spelling of today. A migration asks for it.
    #[serde(rename = "respell_addresses")]
    Respell,
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::AdvanceErasure { .. } => "advance_erasure",
            Self::Respell => "respell_addresses",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::AdvanceErasure { erasure } => Some(erasure.0),
            Self::Respell => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::AdvanceErasure { erasure } => Lane::Shared(format!("erasure:{erasure}")),
            Self::Respell => Lane::Shared("respell".to_owned()),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::AdvanceErasure { erasure } => advance_erasure(portal, *erasure).await,
        Job::Respell => respell(portal).await,
    }
}
