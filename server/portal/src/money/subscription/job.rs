//! What can be asked for: the jobs of this feature.

use super::finish::finish;
use super::pause::carry_on;
use super::read::read;
use super::retention::stay_with_plan;
use super::tell::tell;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::{CancellationId, OrderId, RetentionId, SubscriptionId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Ends a subscription on the day of its cancellation.
    #[serde(rename = "finish_cancellation")]
    Finish {
        /// The cancellation.
        cancellation: CancellationId,
    },
    /// The plan of a subscription has changed: whoever thought of cancelling and was offered another plan has stayed.
    #[serde(rename = "stay_with_plan")]
    StayWithPlan {
        /// The subscription.
        subscription: SubscriptionId,
    },
    /// Begins a pause, and ends it.
    #[serde(rename = "carry_pause")]
    CarryPause {
        /// What was taken instead of cancelling.
        retention: RetentionId,
    },
    /// Tells the gateway that charges the subscription of an order how it is to go on.
    #[serde(rename = "tell_subscription")]
    Tell {
        /// The order.
        order: OrderId,
    },
    /// Reads what that gateway has on file of it.
    #[serde(rename = "read_subscription")]
    Read {
        /// The order.
        order: OrderId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Finish { .. } => "finish_cancellation",
            Self::StayWithPlan { .. } => "stay_with_plan",
            Self::CarryPause { .. } => "carry_pause",
            Self::Tell { .. } => "tell_subscription",
            Self::Read { .. } => "read_subscription",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Finish { cancellation } => Some(cancellation.0),
            Self::StayWithPlan { subscription } => Some(subscription.0),
            Self::CarryPause { retention } => Some(retention.0),
            Self::Tell { order } | Self::Read { order } => Some(order.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Finish { cancellation } => Lane::Shared(format!("cancellation:{cancellation}")),
            Self::StayWithPlan { subscription } => Lane::Shared(format!("stay:{subscription}")),
            Self::CarryPause { retention } => Lane::Shared(format!("pause:{retention}")),
            Self::Tell { order } => Lane::Shared(format!("tell-subscription:{order}")),
            Self::Read { order } => Lane::Shared(format!("read-subscription:{order}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, work: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Finish { cancellation } => finish(portal, *cancellation).await,
        Job::StayWithPlan { subscription } => stay_with_plan(portal, *subscription).await,
        Job::CarryPause { retention } => carry_on(portal, *retention).await,
        Job::Tell { order } => tell(portal, *order, work).await,
        Job::Read { order } => read(portal, *order, work).await,
    }
}
