//! Links, and where they lead.

use super::CardPlace;
use crate::place::buyer::Place;
use crate::{Instant, Language, Look, OrderRef, SubscriptionId};
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
    /// The producer's name.
    pub producer: String,
    /// How the producer's pages look.
    pub look: Look,
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
    /// The page it is.
    pub fn place(&self) -> Place<'_> {
        match self {
            Self::Home => Place::Home,
            Self::Account => Place::Account,
            Self::Order { handle } => Place::Order { handle },
            Self::Refund { handle } => Place::Refund { handle },
            Self::Card { place } => place.page(),
            Self::Subscription { id } => Place::Subscription { id: *id },
            Self::Cancel { id } => Place::Cancel { id: *id },
            Self::Plan { id } => Place::Plan { id: *id },
        }
    }

    /// The target that a page is; none when no link may lead there.
    pub fn at(place: Place<'_>) -> Option<Self> {
        Some(match place {
            Place::Home => Self::Home,
            Place::Account => Self::Account,
            Place::Order { handle } => Self::Order { handle: handle.to_owned() },
            Place::Refund { handle } => Self::Refund { handle: handle.to_owned() },
            Place::OrderCard { handle } => Self::Card { place: CardPlace::Order(handle.to_owned()) },
            Place::SubscriptionCard { id } => Self::Card { place: CardPlace::Subscription(id) },
            Place::Subscription { id } => Self::Subscription { id },
            Place::Cancel { id } => Self::Cancel { id },
            Place::Plan { id } => Self::Plan { id },
            _ => return None,
        })
    }
}
