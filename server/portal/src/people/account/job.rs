//! What can be asked for: the jobs and mails of this feature.

use super::content::Content;
use super::erase::advance as advance_erasure;
use super::mail::{mail_email_change, mail_email_changed, mail_email_notice, mail_erasure};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::{EmailChangeId, ErasureId};
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
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::AdvanceErasure { .. } => "advance_erasure",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::AdvanceErasure { erasure } => Some(erasure.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::AdvanceErasure { erasure } => Lane::Shared(format!("erasure:{erasure}")),
        }
    }
}

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// The mail with the link that confirms another address; goes to that address.
    #[serde(rename = "mail_email_change")]
    EmailChange {
        /// The wish.
        change: EmailChangeId,
    },
    /// The mail that tells the old address of the wish.
    #[serde(rename = "mail_email_notice")]
    EmailNotice {
        /// The wish.
        change: EmailChangeId,
    },
    /// The mail that tells of the change, to either address.
    #[serde(rename = "mail_email_changed")]
    EmailChanged {
        /// The wish.
        change: EmailChangeId,
        /// Whether it goes to the old address.
        to_old: bool,
    },
    /// The mail with the protocol number of a request to erase, or that it was undone.
    #[serde(rename = "mail_erasure")]
    Erasure {
        /// The request.
        erasure: ErasureId,
        /// Whether it was undone.
        is_undone: bool,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::EmailChange { .. } => "mail_email_change",
            Self::EmailNotice { .. } => "mail_email_notice",
            Self::EmailChanged { .. } => "mail_email_changed",
            Self::Erasure { .. } => "mail_erasure",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::EmailChange { change } | Self::EmailNotice { change } | Self::EmailChanged { change, .. } => {
                Some(change.0)
            }
            Self::Erasure { erasure, .. } => Some(erasure.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::AdvanceErasure { erasure } => advance_erasure(portal, *erasure).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::EmailChange { change } => mail_email_change(portal, *change).await,
        Mail::EmailNotice { change } => mail_email_notice(portal, *change).await,
        Mail::EmailChanged { change, to_old } => mail_email_changed(portal, *change, *to_old).await,
        Mail::Erasure { erasure, is_undone } => mail_erasure(portal, *erasure, *is_undone).await,
    }
}
