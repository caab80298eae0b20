//! What happens to documents, to links, and to what a producer asks of the list of orders.

use serde::Serialize;
use types::{EventName, LinkCampaignId, OrderId, OrderViewId, PortalLinkId};

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

/// What happened to a view of the list of orders.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum OrderView {
    /// It was saved, or saved anew under its name.
    Saved {
        /// The view.
        view: OrderViewId,
    },
    /// It was removed.
    Removed {
        /// The view.
        view: OrderViewId,
    },
}

impl OrderView {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Saved { .. } => EventName::OrderViewSaved,
            Self::Removed { .. } => EventName::OrderViewRemoved,
        }
    }
}
