//! What happens to documents, and to what a producer asks of the list of orders.

use serde::Serialize;
use types::{EventName, OrderId, OrderViewId};

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
