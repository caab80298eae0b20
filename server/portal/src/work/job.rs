//! All jobs of all features as one type, and the few jobs that belong to no feature.

use crate::outbox::{Lane, Work};
use crate::{
    access, account, billing, card, drawer, ledger, login, plan, portal_link, purchases, refund, sign_in, subscription,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A job of any feature. In the queue, the word of its kind tells it from all others.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Job {
    /// A job of access.
    Access(access::Job),
    /// A job of billing.
    Billing(billing::Job),
    /// A job of refund.
    Refund(refund::Job),
    /// A job of card.
    Card(card::Job),
    /// A job of plan.
    Plan(plan::Job),
    /// A job of subscription.
    Subscription(subscription::Job),
    /// A job of account.
    Account(account::Job),
    /// A job of portal_link.
    PortalLink(portal_link::Job),
    /// A job of the ledger.
    Ledger(ledger::Job),
    /// A job of the house itself.
    House(House),
    /// A mail of access.
    AccessMail(access::Mail),
    /// A mail of billing.
    BillingMail(billing::Mail),
    /// A mail of refund.
    RefundMail(refund::Mail),
    /// A mail of card.
    CardMail(card::Mail),
    /// A mail of plan.
    PlanMail(plan::Mail),
    /// A mail of subscription.
    SubscriptionMail(subscription::Mail),
    /// A mail of account.
    AccountMail(account::Mail),
    /// A mail of login.
    LoginMail(login::Mail),
    /// A mail of sign_in.
    SignInMail(sign_in::Mail),
    /// A mail of drawer.
    DrawerMail(drawer::Mail),
    /// A mail of purchases.
    PurchaseMail(purchases::Mail),
    /// A mail of portal_link.
    PortalLinkMail(portal_link::Mail),
}

macro_rules! each {
    ($self:expr, $job:ident => $body:expr) => {
        match $self {
            Self::Access($job) => $body,
            Self::Billing($job) => $body,
            Self::Refund($job) => $body,
            Self::Card($job) => $body,
            Self::Plan($job) => $body,
            Self::Subscription($job) => $body,
            Self::Account($job) => $body,
            Self::PortalLink($job) => $body,
            Self::Ledger($job) => $body,
            Self::House($job) => $body,
            Self::AccessMail($job) => $body,
            Self::BillingMail($job) => $body,
            Self::RefundMail($job) => $body,
            Self::CardMail($job) => $body,
            Self::PlanMail($job) => $body,
            Self::SubscriptionMail($job) => $body,
            Self::AccountMail($job) => $body,
            Self::LoginMail($job) => $body,
            Self::SignInMail($job) => $body,
            Self::DrawerMail($job) => $body,
            Self::PurchaseMail($job) => $body,
            Self::PortalLinkMail($job) => $body,
        }
    };
}

impl Work for Job {
    fn kind(&self) -> &'static str {
        each!(self, job => job.kind())
    }

    fn subject(&self) -> Option<Uuid> {
        each!(self, job => job.subject())
    }

    fn lane(&self) -> Lane {
        each!(self, job => job.lane())
    }
}

macro_rules! from {
    ($($case:ident($job:ty),)*) => {$(
        impl From<$job> for Job {
            fn from(job: $job) -> Self {
                Self::$case(job)
            }
        }
    )*};
}

from! {
    Access(access::Job),
    Billing(billing::Job),
    Refund(refund::Job),
    Card(card::Job),
    Plan(plan::Job),
    Subscription(subscription::Job),
    Account(account::Job),
    PortalLink(portal_link::Job),
    Ledger(ledger::Job),
    House(House),
    AccessMail(access::Mail),
    BillingMail(billing::Mail),
    RefundMail(refund::Mail),
    CardMail(card::Mail),
    PlanMail(plan::Mail),
    SubscriptionMail(subscription::Mail),
    AccountMail(account::Mail),
    LoginMail(login::Mail),
    SignInMail(sign_in::Mail),
    DrawerMail(drawer::Mail),
    PurchaseMail(purchases::Mail),
    PortalLinkMail(portal_link::Mail),
}

/// The jobs of the house itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum House {
    /// Removes what is no longer needed: old counters, links and sessions.
    #[serde(rename = "tidy")]
    Tidy,
}

impl Work for House {
    fn kind(&self) -> &'static str {
        match self {
            Self::Tidy => "tidy",
        }
    }

    fn subject(&self) -> Option<Uuid> {
        match self {
            Self::Tidy => None,
        }
    }

    fn lane(&self) -> Lane {
        match self {
            Self::Tidy => Lane::Shared("tidy".to_owned()),
        }
    }
}
