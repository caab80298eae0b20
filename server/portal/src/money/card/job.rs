//! What can be asked for: the jobs and mails of this feature.

use super::advance::advance;
use super::content::Content;
use super::mail::{mail_changed, mail_expiring, mail_method};
use super::remind::remind;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use ground::letter::Draft;
use serde::{Deserialize, Serialize};
use types::{CardUpdateId, Method, OrderId, RequestId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a visit to the gateway's card page on: ask what became of it, keep the card, try the open charge.
    #[serde(rename = "advance_card_update")]
    Advance {
        /// The visit.
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

/// The mails of this feature: ids only. What a mail says is read when it is sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Mail {
    /// A mail to the buyer: another card is on file.
    #[serde(rename = "mail_card_changed")]
    Changed {
        /// The visit that brought the card.
        update: CardUpdateId,
        /// The order that is charged on it.
        order: OrderId,
    },
    /// A mail to the buyer: an order is paid in another way.
    #[serde(rename = "mail_method_changed")]
    MethodChanged {
        /// The order.
        order: OrderId,
        /// The form that changed it.
        request: RequestId,
        /// The way.
        method: Method,
    },
    /// A mail to the buyer: the card on file expires next month.
    #[serde(rename = "mail_card_expiring")]
    Expiring {
        /// The order.
        order: OrderId,
    },
}

impl Work for Mail {
    fn kind(&self) -> &'static str {
        match self {
            Self::Changed { .. } => "mail_card_changed",
            Self::MethodChanged { .. } => "mail_method_changed",
            Self::Expiring { .. } => "mail_card_expiring",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Changed { update, .. } => Some(update.0),
            Self::MethodChanged { order, .. } | Self::Expiring { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        Lane::Mail
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, _: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { update } => advance(portal, *update).await,
        Job::Remind => remind(portal).await,
    }
}

/// A mail of this feature as it is to be sent now, if there still is something to tell.
pub(crate) async fn draft(portal: &Portal, mail: &Mail) -> Result<Option<Draft<Content>>, Error> {
    match mail {
        Mail::Changed { update, order } => mail_changed(portal, *update, *order).await,
        Mail::MethodChanged { order, request, method } => mail_method(portal, *order, *request, *method).await,
        Mail::Expiring { order } => mail_expiring(portal, *order).await,
    }
}
