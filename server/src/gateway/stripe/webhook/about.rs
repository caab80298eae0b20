//! What an event is about.

use crate::gateway::stripe::wire::{Id, Intent, Linked, Refund, Session, our_key};
use crate::gateway::stripe::{intent, refund};
use portal::ports::{ChargeProgress, RefundProgress};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What an event is about. Keys are those of the instruction that made it, where it is of ours.
#[derive(Clone, PartialEq, Debug)]
pub enum About {
    /// A payment.
    Payment {
        /// `pi_…`.
        reference: String,
        /// Key of the charge.
        key: Option<String>,
        /// Where it stood then; none while it is under way.
        progress: Option<ChargeProgress>,
    },
    /// A refund.
    Refund {
        /// `re_…`.
        reference: String,
        /// Key of the refund's part.
        key: Option<String>,
        /// The payment that it is of, or the charge where there is none.
        payment: Option<String>,
        /// Where it stood then.
        progress: RefundProgress,
    },
    /// Some of a payment went back, by whomever.
    PaidBack {
        /// `ch_…`.
        charge: String,
        /// `pi_…`.
        payment: Option<String>,
    },
    /// A page that takes a card, or one of the producer's own.
    Page {
        /// `cs_…`.
        reference: String,
        /// Key of the card update.
        key: Option<String>,
    },
    /// The holder of the card wants the money back from the bank.
    Dispute {
        /// `ch_…`.
        charge: Option<String>,
        /// `pi_…`.
        payment: Option<String>,
        /// Whether it ended well for the producer; none while it has not ended.
        is_won: Option<bool>,
    },
    /// A subscription.
    Subscription {
        /// `sub_…`.
        reference: String,
    },
    /// An invoice.
    Invoice {
        /// `in_…`.
        reference: String,
        /// The subscription that it is of.
        subscription: Option<String>,
    },
    /// Anything else.
    Other,
}

impl About {
    /// What an event of this kind is about. None where that is not known here.
    pub(super) fn of(kind: &str, object: Value) -> Option<Self> {
        match kind {
            "charge.refund.updated" => refunded(object),
            "charge.refunded" => whole(object).map(|Charge { id, payment_intent }| About::PaidBack {
                charge: id,
                payment: payment_intent.map(|id| id.0),
            }),
            _ if kind.starts_with("payment_intent.") => whole(object).map(|of: Intent| About::Payment {
                key: our_key(of.metadata.as_ref()).map(str::to_owned),
                progress: intent::progress(&of),
                reference: of.id,
            }),
            _ if kind.starts_with("refund.") => refunded(object),
            _ if kind.starts_with("checkout.session.") => whole(object).map(|of: Session| About::Page {
                key: our_key(of.metadata.as_ref()).map(str::to_owned),
                reference: of.id,
            }),
            _ if kind.starts_with("charge.dispute.") => whole(object).map(disputed),
            _ if kind.starts_with("customer.subscription.") => {
                whole(object).map(|Named { id }| About::Subscription { reference: id })
            }
            _ if kind.starts_with("invoice.") => whole(object).map(invoiced),
            _ => None,
        }
    }
}

fn whole<T: DeserializeOwned>(object: Value) -> Option<T> {
    serde_json::from_value(object).ok()
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Charge {
    id: String,
    payment_intent: Option<Id>,
}

#[derive(Deserialize)]
struct Dispute {
    charge: Option<Id>,
    payment_intent: Option<Id>,
    status: String,
}

/// An invoice names its subscription in its parent, and did so at the top before 2025-03-31.
#[derive(Deserialize)]
struct InvoiceOf {
    id: String,
    parent: Option<Parent>,
    subscription: Option<Id>,
}

#[derive(Deserialize)]
struct Parent {
    subscription_details: Option<SubscriptionDetails>,
}

#[derive(Deserialize)]
struct SubscriptionDetails {
    subscription: Option<Linked<Named>>,
}

fn refunded(object: Value) -> Option<About> {
    let of: Refund = whole(object)?;
    Some(About::Refund {
        key: our_key(of.metadata.as_ref()).map(str::to_owned),
        progress: refund::progress(&of),
        payment: of.payment_intent.or(of.charge).map(|id| id.0),
        reference: of.id,
    })
}

fn disputed(of: Dispute) -> About {
    let is_won = match of.status.as_str() {
        "won" | "warning_closed" | "prevented" => Some(true),
        "lost" => Some(false),
        _ => None,
    };
    About::Dispute { charge: of.charge.map(|id| id.0), payment: of.payment_intent.map(|id| id.0), is_won }
}

fn invoiced(of: InvoiceOf) -> About {
    let named = of.parent.and_then(|parent| parent.subscription_details?.subscription);
    let named = named.map(|subscription| match subscription {
        Linked::Id(id) | Linked::Whole(Named { id }) => id,
    });
    About::Invoice { reference: of.id, subscription: named.or(of.subscription.map(|id| id.0)) }
}
