//! Payment gateways, by what they can do.
//!
//! A gateway is a set of abilities. A rule asks for the one that it needs ([`Gateway::refunds`] and so on), and where
//! it is missing takes the road for what cannot be done from here: the producer is told by mail and does it by hand, or
//! the buyer is told that it is not possible. No rule asks for a gateway by its name.
//!
//! What every ability promises:
//!
//! - *A key is one effect.* Each instruction carries a key of ours. Stripe takes it as `Idempotency-Key`; it forgets
//!   the key after a day, and refuses the same key with other parameters. Asaas and Guru know no such header. Their
//!   adapters send the key along (Asaas: `externalReference`) and look for it before they send.
//! - *Ask before sending again.* After [`GatewayError::OutcomeUnknown`] (a time-out, a lost connection, a 5xx, a 409
//!   for the same key under way) a rule first asks with `find_…`, and treats a "no" that follows as doubtful for an
//!   hour. An adapter never repeats a call by itself.
//! - *One handle is one account.* The secrets of a producer's connection are in the adapter's hands, never in an
//!   instruction. The instruction names the account, for a gateway that serves several with one secret.
//! - *What happens later is said twice.* The gateway's webhook is heard at the door (`/hooks/…`), which knows its
//!   signature and the answer that it expects: Asaas takes nothing but 200 as success. The job of the rule asks all the
//!   same, because a webhook may be lost. Both lead to the same step.

mod cards;
mod charges;
mod checks;
mod named;
mod refunds;
mod subscriptions;

pub use cards::{CardInstruction, CardPage, CardPages, CardProgress, Cards, SavedCard};
pub use charges::{ChargeInstruction, ChargeProgress, ChargeReport, Charges, Payer, StoredCard};
pub use checks::{Checked, Checks};
pub use named::{Abilities, ConnectedAccount, NamedGateway, UnreadableConnection};
pub use refunds::{RecordedRefund, RefundInstruction, RefundProgress, RefundReport, Refunds};
pub use subscriptions::{
    CancelAt, NextPlan, NextPlans, PlanChange, PlanPreview, RecordedCharge, SubscriptionAbilities,
    SubscriptionInstruction, SubscriptionRecord, Subscriptions,
};

use std::sync::Arc;

/// A payment gateway: what it can do.
pub trait Gateway: Send + Sync + 'static {
    /// It pays money back when it is asked to.
    fn refunds(&self) -> Option<&dyn Refunds>;

    /// It takes money when it is asked to.
    fn charges(&self) -> Option<&dyn Charges>;

    /// It has a page on which a buyer enters a card.
    fn cards(&self) -> Option<&dyn Cards>;

    /// It tells about the account itself.
    fn checks(&self) -> Option<&dyn Checks> {
        None
    }

    /// Subscriptions live there, and can be changed from here.
    fn subscriptions(&self) -> Option<&dyn Subscriptions> {
        None
    }
}

/// The gateways that this installation reaches: its own, by their names, and the accounts that producers connected.
pub trait Gateways: Send + Sync + 'static {
    /// What the gateway that an order names can do from here; nothing where it is not reached.
    fn abilities(&self, gateway: &NamedGateway) -> Abilities;

    /// A gateway of the installation's own.
    fn own(&self, name: &str) -> Option<Arc<dyn Gateway>>;

    /// The gateway of an account that a producer connected; none for a kind that this program has no adapter for. An
    /// error for secrets that the adapter cannot read.
    fn connect(&self, account: ConnectedAccount) -> Option<Result<Arc<dyn Gateway>, UnreadableSecrets>>;

    /// Whether our calendar takes renewals and instalments there. Elsewhere the gateway does so itself, and reports.
    fn bills(&self, gateway: &NamedGateway) -> bool;
}

/// The secrets of a connection are none that its adapter reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the secrets of the connection cannot be read")]
pub struct UnreadableSecrets;

/// Why a gateway did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// It said no, and will say no again.
    #[error("the gateway refused: {0}")]
    Refused(GatewayRefusal),
    /// It certainly did nothing: not reached, 429, 503 before any effect.
    #[error("the gateway is unavailable: {0}")]
    Unavailable(String),
    /// Nobody knows whether it did it: time-out, connection lost. Ask before sending again.
    #[error("the outcome at the gateway is unknown: {0}")]
    OutcomeUnknown(String),
}

/// What a gateway says no to.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum GatewayRefusal {
    /// More than what is left of the charge.
    #[error("more than what is left of the charge")]
    OverRefund,
    /// All of the charge went back before.
    #[error("the charge was paid back before")]
    AlreadyRefunded,
    /// No money came by it.
    #[error("the charge is not paid")]
    NotPaid,
    /// The bank decides.
    #[error("the charge is disputed with the bank")]
    Disputed,
    /// It does not know where the money is to go; with an account it says yes.
    #[error("an account to pay to is needed")]
    NeedsPayee,
    /// Anything else, in its words.
    #[error("{0}")]
    Other(String),
}
