//! What can be asked for: the jobs of this feature.

use super::look::{look, look_at_product, wake};
use super::notice::notice;
use super::send_again::tell_again;
use super::sync::sync;
use crate::Portal;
use crate::db::Error;
use crate::outbox::{Lane, Outcome, Run, Work};
use serde::{Deserialize, Serialize};
use types::{MemberAreaId, PersonId, ProducerId, ProductId};
use uuid::Uuid;

/// The jobs of this feature: ids only.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Job {
    /// Brings a member area to what a person should have there.
    #[serde(rename = "sync_access")]
    Sync {
        /// The member area.
        area: MemberAreaId,
        /// The person.
        person: PersonId,
    },
    /// Something about this person's orders with this producer changed: every member area concerned is looked at again.
    #[serde(rename = "look_at_access")]
    Look {
        /// The producer.
        producer: ProducerId,
        /// The person.
        person: PersonId,
    },
    /// The person is called otherwise: every member area that gives them something is told again.
    #[serde(rename = "tell_access_again")]
    TellAgain {
        /// The person.
        person: PersonId,
    },
    /// The rules of this product changed: everybody who bought it is looked at again.
    #[serde(rename = "look_at_product")]
    LookAtProduct {
        /// The product.
        product: ProductId,
    },
    /// The member area's address or key changed: whatever failed there is tried again at once.
    #[serde(rename = "wake_area")]
    Wake {
        /// The member area.
        area: MemberAreaId,
    },
    /// Looks when access of a person with a producer ends, and sends notice before and at the end.
    #[serde(rename = "notice_access")]
    Notice {
        /// The producer.
        producer: ProducerId,
        /// The person.
        person: PersonId,
    },
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        match self {
            Self::Sync { .. } => "sync_access",
            Self::Look { .. } => "look_at_access",
            Self::TellAgain { .. } => "tell_access_again",
            Self::LookAtProduct { .. } => "look_at_product",
            Self::Wake { .. } => "wake_area",
            Self::Notice { .. } => "notice_access",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Sync { person, .. }
            | Self::Look { person, .. }
            | Self::TellAgain { person }
            | Self::Notice { person, .. } => Some(person.0),
            Self::LookAtProduct { product } => Some(product.0),
            Self::Wake { area } => Some(area.0),
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Sync { area, person } => Lane::Calling { area: area.0, lane: format!("access:{area}:{person}") },
            Self::Look { producer, person } => Lane::Shared(format!("look:{producer}:{person}")),
            Self::TellAgain { person } => Lane::Shared(format!("tell:{person}")),
            Self::LookAtProduct { product } => Lane::Shared(format!("look:{product}")),
            Self::Wake { area } => Lane::Shared(format!("wake:{area}")),
            Self::Notice { producer, person } => Lane::Shared(format!("notice:{producer}:{person}")),
        }
    }
}

/// Does a job of this feature.
pub(crate) async fn run(portal: &Portal, job: &Job, run: Run<'_>) -> Result<Outcome, Error> {
    match job {
        Job::Look { producer, person } => look(portal, *producer, *person).await,
        Job::TellAgain { person } => tell_again(portal, *person).await,
        Job::LookAtProduct { product } => look_at_product(portal, *product).await,
        Job::Wake { area } => wake(portal, *area).await,
        Job::Notice { producer, person } => notice(portal, *producer, *person).await,
        Job::Sync { area, person } => sync(portal, *area, *person, run).await,
    }
}
