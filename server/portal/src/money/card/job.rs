//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use super::remind::remind;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::CardUpdateId;
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a card update on: ask what became of it, keep the card, try the open charge.
    #[serde(rename = "advance_card_update")]
    Advance {
        /// The card update.
        update: CardUpdateId,
    },
    /// Looks for cards that expire next month.
    #[serde(rename = "remind_cards")]
    Remind,
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Advance { .. } => "advance_card_update",
            Self::Remind => "remind_cards",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Advance { update } => Some(update.0),
            Self::Remind => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Advance { update } => Lane::Shared(format!("card:{update}")),
            Self::Remind => Lane::Shared("remind_cards".to_owned()),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { update } => advance(portal, *update).await,
        Job::Remind => remind(portal).await,
    }
}
