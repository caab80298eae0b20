//! What can be asked for: the mails of this feature.

use super::content::Content;
use super::mail::mail_link;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::LinkId;
use uuid::Uuid;

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// The mail with a link and its code.
    #[serde(rename = "mail_link")]
    Link {
        /// The link.
        link: LinkId,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Link { .. } => "mail_link",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Link { link } => Some(link.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Link { link } => mail_link(portal, *link).await,
    }
}
