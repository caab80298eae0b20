//! Subscriptions that live at the gateway.

use super::{GatewayError, StoredCard};
use futures::future::BoxFuture;
use types::{ChargeStatus, Instant, IntervalUnit, Method, Money, SubscriptionStatus};

/// Subscriptions that the gateway charges by its own calendar and that can be changed from here.
///
/// What a buyer decides is written down first and told by a job; the decision counts, whatever the gateway reports
/// meanwhile. Each call says how things are to be, so that it may come twice. What a gateway refuses, or cannot do at
/// all ([`SubscriptionAbilities`]), is mailed to the producer, who does it by hand.
pub trait Subscriptions: Send + Sync {
    /// What can be done beside ending a subscription.
    fn can(&self) -> SubscriptionAbilities;

    /// What the gateway has on file of the subscription with this name; `None` when it knows none.
    fn read<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<Option<SubscriptionRecord>, GatewayError>>;

    /// Ends it. Stripe and Guru know both ends. Asaas only knows now: until the period's end it is inactive. What is
    /// still to be paid at the gateway is voided with it, and nothing is paid back.
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

    /// Whether the next period can begin with this plan, for just this price. The question changes nothing.
    fn knows_plan<'a>(&'a self, reference: &'a str, plan: &'a NextPlan) -> BoxFuture<'a, Result<bool, GatewayError>>;

    /// The next period begins with this plan, and costs nothing before. With the plan that it has, it goes on as it is:
    /// what was to begin otherwise does not. Each call says how things are to be, so that it may come twice.
    fn plan_next<'a>(
        &'a self,
        instruction: &'a SubscriptionInstruction,
        plan: &'a NextPlan,
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

/// What can be done with a subscription of the gateway's own, beside ending it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SubscriptionAbilities {
    /// It can go on after its end was asked for, as long as it has not come.
    pub undo: bool,
    /// Its plan can be changed, with figures of the gateway's own.
    pub plans: bool,
    /// Which plans its next period can begin with.
    pub next_plans: NextPlans,
    /// The ways to pay that it can be changed to. A card is among them where the gateway charges another card.
    pub methods: &'static [Method],
}

impl SubscriptionAbilities {
    /// Whether its plan can be changed at all, now or with the next period.
    pub fn changes_plans(self) -> bool {
        self.plans || self.next_plans != NextPlans::None
    }
}

/// Which plans the next period of a subscription can begin with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum NextPlans {
    /// Only the one that it has.
    #[default]
    None,
    /// Those with a cycle of the same length.
    OfSameCycle,
    /// All.
    All,
}

/// What the gateway has on file of a subscription.
#[derive(Clone, PartialEq, Debug)]
pub struct SubscriptionRecord {
    /// Where it stands. One that ends with its period is `Ending`.
    pub status: SubscriptionStatus,
    /// What a cycle costs.
    pub price: Money,
    /// How long a cycle is: so many of this unit.
    pub interval: (IntervalUnit, i64),
    /// When the running period began.
    pub period_start: Instant,
    /// When it ends.
    pub period_end: Instant,
    /// When it is charged next; none when it is not.
    pub next_charge_at: Option<Instant>,
    /// When its end was asked for.
    pub canceled_at: Option<Instant>,
    /// What was charged for it, or waits to be paid, the oldest first; the newest hundred where there are more.
    pub charges: Vec<RecordedCharge>,
    /// Whether these are all: then the oldest is the one that the order began with.
    pub has_all_charges: bool,
}

/// A charge of a subscription, as the gateway has it.
#[derive(Clone, PartialEq, Debug)]
pub struct RecordedCharge {
    /// The gateway's name of it, as [`super::RefundInstruction::charge_reference`] takes it.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// Where it stands. One that failed is not listed.
    pub status: ChargeStatus,
    /// How it was paid, or is to be.
    pub method: Method,
    /// When it came into being.
    pub created_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// What a boleto or Pix that waits is paid with: line or code.
    pub payment_code: Option<String>,
    /// Its page at the gateway.
    pub payment_url: Option<String>,
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

/// The plan that the next period is to begin with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NextPlan {
    /// The producer's code of the offer; the adapter knows what the gateway calls it.
    pub offer: String,
    /// What a cycle of it costs.
    pub price: Money,
    /// How long a cycle is.
    pub interval: (IntervalUnit, i64),
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
