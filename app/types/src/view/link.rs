//! Links, and where they lead.

use super::CardPlace;
use crate::{Instant, Language, OrderRef, SubscriptionId};
use serde::{Deserialize, Serialize};

/// What an order link shows to whoever opens it: masked (rule 1).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderLinkView {
    /// The reference in the address.
    pub order_ref: OrderRef,
    /// Name of the first product.
    pub product: String,
    /// How many items stand behind the first.
    pub more_items: i64,
    /// `a***@example.com`.
    pub masked_email: String,
    /// The seller's name.
    pub seller: String,
}

/// What a sign-in link's page shows before the button is pressed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LinkView {
    /// `a***@example.com`.
    pub masked_email: String,
    /// When the link ends.
    pub expires_at: Instant,
    /// The language the link was asked in.
    pub language: Language,
}

/// Where a link leads after sign-in. Always one of these; an address never comes from outside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Target {
    /// The home page.
    Home,
    /// The buyer's account.
    Account,
    /// An order's page.
    Order {
        /// What stands in its address.
        handle: String,
    },
    /// An order's refund page.
    Refund {
        /// What stands in the order's address.
        handle: String,
    },
    /// The page of a card.
    Card {
        /// Whose card.
        place: CardPlace,
    },
    /// A subscription's page.
    Subscription {
        /// What stands in its address.
        id: SubscriptionId,
    },
    /// The page that cancels a subscription.
    Cancel {
        /// What stands in its address.
        id: SubscriptionId,
    },
    /// The page that changes the plan of a subscription.
    Plan {
        /// What stands in its address.
        id: SubscriptionId,
    },
}

impl Target {
    /// The address of the page.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::Order { handle } => format!("/orders/{handle}"),
            Self::Refund { handle } => format!("/orders/{handle}/refund"),
            Self::Card { place } => place.path(),
            Self::Subscription { id } => format!("/subscriptions/{id}"),
            Self::Cancel { id } => format!("/subscriptions/{id}/cancel"),
            Self::Plan { id } => format!("/subscriptions/{id}/plan"),
        }
    }
}
