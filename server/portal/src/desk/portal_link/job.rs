//! What can be asked for: the jobs of this feature.

use super::campaign::walk;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::LinkCampaignId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a campaign one step on.
    #[serde(rename = "walk_link_campaign")]
    Walk {
        /// The campaign.
        campaign: LinkCampaignId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Walk { .. } => "walk_link_campaign",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Walk { campaign } => Some(campaign.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Walk { campaign } => Lane::Shared(format!("link_campaign:{campaign}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Walk { campaign } => walk(portal, *campaign).await,
    }
}
