//! What happens to documents and to links.

use serde::Serialize;
use types::{EventName, LinkCampaignId, OrderId, PortalLinkId};

/// What happened to documents.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Document {
    /// What is printed on the documents of an order was written.
    BillingWritten {
        /// The order.
        order: OrderId,
    },
}

impl Document {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::BillingWritten { .. } => EventName::DocumentBillingWritten,
        }
    }
}

/// What happened to links that a producer makes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum PortalLink {
    /// One was made.
    Made {
        /// The link.
        link: PortalLinkId,
        /// The order it leads to.
        order: OrderId,
    },
    /// One that was made before is mailed.
    Mailed {
        /// The link.
        link: PortalLinkId,
        /// The order it leads to.
        order: OrderId,
    },
    /// Its button was pressed for the first time.
    Opened {
        /// The link.
        link: PortalLinkId,
        /// The order it leads to.
        order: OrderId,
    },
    /// It opens no more.
    Revoked {
        /// The link.
        link: PortalLinkId,
        /// The order it led to.
        order: OrderId,
    },
    /// Links for many orders begin to go out.
    CampaignStarted {
        /// The campaign.
        campaign: LinkCampaignId,
    },
    /// They stop before all have gone out.
    CampaignStopped {
        /// The campaign.
        campaign: LinkCampaignId,
    },
}

impl PortalLink {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Made { .. } => EventName::PortalLinkMade,
            Self::Mailed { .. } => EventName::PortalLinkMailed,
            Self::Opened { .. } => EventName::PortalLinkOpened,
            Self::Revoked { .. } => EventName::PortalLinkRevoked,
            Self::CampaignStarted { .. } => EventName::LinkCampaignStarted,
            Self::CampaignStopped { .. } => EventName::LinkCampaignStopped,
        }
    }
}
