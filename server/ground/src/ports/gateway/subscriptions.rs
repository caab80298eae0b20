//! Subscriptions that live at the gateway.

use super::{GatewayError, StoredCard};
use futures::future::BoxFuture;
use types::{Instant, Method, Money};

/// Subscriptions that the gateway charges by its own calendar and that can be changed from here.
///
/// The first gateway of this kind brings its use: until then a cancellation, a change of plan and a change of method of
/// such a subscription are mailed to the producer, who does them by hand. What is done here is told by a job after the
/// buyer's decision is written down; the decision counts, whatever the gateway reports meanwhile.
///
/// An adapter whose gateway cannot do one of these answers [`super::GatewayRefusal::Other`], and the producer is told
/// as before.
pub trait Subscriptions: Send + Sync {
    /// Ends it. Stripe and Guru know both ends. Asaas only knows now: an adapter has it end at the period's end by
    /// setting its last day. What is still to be paid at the gateway is voided with it, and nothing is paid back.
    fn cancel<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        at: CancelAt,
    ) -> BoxFuture<'a, Result<(), GatewayError>>;

    /// Takes a cancellation for the period's end back. Stripe: while it has not ended. Asaas: while it is only
    /// inactive. Guru: only more than five days before the next cycle, refused after that.
    fn undo_cancel<'a>(&'a self, instruction: &'a SubscriptionInstruction) -> BoxFuture<'a, Result<(), GatewayError>>;

    /// What another plan would cost now, by the gateway's own reckoning. Stripe counts seconds and repeats the figures
    /// for the same [`PlanChange::counted_at`]; Guru counts days. `None` where the gateway reckons nothing (Asaas):
    /// then our own figures hold, and the difference is a charge of its own.
    fn preview<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<Option<PlanPreview>, GatewayError>>;

    /// Changes the plan as it was previewed, with the same instant. What is due is paid, or nothing changes.
    fn change_plan<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        change: &'a PlanChange,
    ) -> BoxFuture<'a, Result<(), GatewayError>>;

    /// Pays by another method, or by another card, from the next charge on. Charges that are open already follow where
    /// the gateway can (Asaas, when it is told to).
    fn change_method<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        method: Method,
        card: Option<&'a StoredCard>,
    ) -> BoxFuture<'a, Result<(), GatewayError>>;
}

/// What an instruction about a subscription is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SubscriptionInstruction {
    /// Key of the decision, for gateways that make a call idempotent by it. For the others each call says how things
    /// are to be, so that it may come twice.
    pub key: String,
    /// Whose account at the gateway: what the producer's connection says, or the producer's id.
    pub account: String,
    /// The gateway's name of the subscription.
    pub reference: String,
}

/// When a subscription ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CancelAt {
    /// At once.
    Now,
    /// When the period that is paid ends.
    PeriodEnd,
}

/// Another plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanChange {
    /// The producer's code of the offer; the adapter knows what the gateway calls it.
    pub offer: String,
    /// The instant from which days are counted: fixed by the preview, so that what is charged is what was shown.
    pub counted_at: Instant,
}

/// What a change of plan would cost.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanPreview {
    /// What is charged at once.
    pub due: Money,
    /// What the days that are left of the old plan are worth.
    pub credit: Money,
    /// When the next whole period is charged.
    pub next_charge_at: Instant,
}
