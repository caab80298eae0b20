//! What can be asked for: the jobs of this feature.

use super::advance::advance;
use super::list::{find, list};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::{ChargeId, ProducerId, RefundId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Carries a refund one step on: send it, ask about it, watch it.
    #[serde(rename = "advance_refund")]
    Advance {
        /// The refund.
        refund: RefundId,
    },
    /// Asks the gateway what went back of a charge, by whomever.
    #[serde(rename = "list_refunds")]
    List {
        /// The charge.
        charge: ChargeId,
    },
    /// Asks the gateway of which charge a payment is a part, because some of it went back.
    #[serde(rename = "find_charge_paid_back")]
    Find {
        /// Whose account.
        producer: ProducerId,
        /// What orders call the gateway.
        gateway: String,
        /// The gateway's name of the payment.
        payment: String,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Advance { .. } => "advance_refund",
            Self::List { .. } => "list_refunds",
            Self::Find { .. } => "find_charge_paid_back",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Advance { refund } => Some(refund.0),
            Self::List { charge } => Some(charge.0),
            Self::Find { .. } => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Advance { refund } => Lane::Shared(format!("refund:{refund}")),
            Self::List { charge } => Lane::Shared(format!("refunds-of:{charge}")),
            Self::Find { payment, .. } => Lane::Shared(format!("refunds-of:{payment}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Advance { refund } => advance(portal, *refund, run).await,
        Job::List { charge } => list(portal, *charge, run).await,
        Job::Find { producer, gateway, payment } => find(portal, *producer, (gateway, payment), run).await,
    }
}
