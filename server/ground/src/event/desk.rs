//! What happens to documents.

use serde::Serialize;
use types::{EventName, OrderId};

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
