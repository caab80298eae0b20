//! Views of a change of plan (rules 11 and 12).

use crate::view::{OpenPayment, PaymentView, ProducerView};
use crate::{Code, DeclineReason, Instant, IntervalUnit, Money, PlanChangeState, QuoteId, SubscriptionId};
use serde::{Deserialize, Serialize};

/// A price and the length of the cycle that it pays for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PlanPrice {
    /// Price of one cycle.
    pub amount: Money,
    /// Length of one cycle: unit and count.
    pub interval: (IntervalUnit, i64),
}

/// A subscription as the pages about its plan need it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlanOwner {
    /// The subscription, as in the address.
    pub subscription: SubscriptionId,
    /// What stands in the order's address.
    pub handle: String,
    /// The producer's code of the order.
    pub code: Code,
    /// The producer.
    pub producer: ProducerView,
    /// Name of the plan now.
    pub plan: String,
    /// Its price: the subscription's own, whatever the offer costs today.
    pub price: PlanPrice,
    /// When the paid period, or the trial, ends.
    pub period_end: Instant,
    /// How it is paid.
    pub payment: PaymentView,
}

/// Which plans a subscription may change to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlanView {
    /// The subscription.
    pub owner: PlanOwner,
    /// A change that waits for the renewal.
    pub scheduled: Option<ScheduledPlan>,
    /// Why nothing can be changed now, if nothing can.
    pub refusal: Option<PlanRefusal>,
    /// What the offer lists, in its order. Empty where nothing can be changed.
    pub targets: Vec<PlanTarget>,
}

/// A change that waits for the renewal.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ScheduledPlan {
    /// Its id.
    pub id: QuoteId,
    /// Name of the plan to come.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// When it begins.
    pub at: Instant,
}

/// A plan that may be chosen, or why it may not.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlanTarget {
    /// Code of the offer.
    pub code: Code,
    /// Name of the plan; the code where the producer has set up no such offer.
    pub name: String,
    /// What it is a plan of, when that is another product.
    pub product: Option<String>,
    /// Its price, when it has one that recurs.
    pub price: Option<PlanPrice>,
    /// Whether it can be chosen.
    pub choice: PlanChoice,
}

/// Whether a plan can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PlanChoice {
    /// It begins at once.
    Now,
    /// It begins with the next period.
    At(Instant),
    /// The producer has not set it up.
    Unknown,
    /// Its price is in another currency.
    OtherCurrency,
    /// It is charged once: no plan.
    NotAPlan,
    /// The producer lets nobody change to plans of this product.
    Closed,
    /// The gateway that charges the subscription cannot change to it.
    Gateway,
}

/// Why a plan cannot be changed now.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum PlanRefusal {
    /// The order is no subscription.
    NotASubscription,
    /// It is over.
    Ended,
    /// It was cancelled and runs until the period ends.
    Ending,
    /// A charge is overdue.
    PastDue,
    /// It is paused.
    Paused,
    /// Its first payment is not there yet.
    NotPaid,
    /// The bank decides about a charge.
    Disputed,
    /// Money of it goes back, or went back.
    Refund,
    /// The renewal is being charged.
    Renewing,
    /// Another change is being charged.
    UnderWay(QuoteId),
    /// Only the producer can change it.
    ProducerOnly,
    /// The plan has none to change to.
    NoTargets,
}

/// One line of a quote.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum QuoteLine {
    /// What is left unused of the plan that ends; taken off.
    Credit(Money),
    /// The new plan until its first renewal.
    Plan {
        /// Price of that part.
        amount: Money,
        /// Until when it lasts.
        until: Instant,
    },
    /// What of the credit is used as days.
    Days {
        /// What they are worth.
        amount: Money,
        /// How many days of the new plan these are.
        days: i64,
    },
}

/// The figures of one change, fixed for a while.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct QuoteView {
    /// Its id; none for figures that are only looked at.
    pub id: Option<QuoteId>,
    /// The subscription.
    pub owner: PlanOwner,
    /// Code of the offer.
    pub target: Code,
    /// Name of the new plan.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// Whether it begins now; else with the next period.
    pub is_now: bool,
    /// Whether the subscription is in its trial: then nothing is charged, and the trial ends when it would.
    pub is_trial: bool,
    /// What is counted together; empty when nothing is.
    pub lines: Vec<QuoteLine>,
    /// What is taken now.
    pub due: Money,
    /// In how many instalments the card may bill it.
    pub installments_max: i64,
    /// When the new plan begins.
    pub begins_at: Instant,
    /// When its price is charged next.
    pub next_charge_at: Instant,
    /// Until when the figures hold.
    pub expires_at: Instant,
    /// The change that is replaced by this one.
    pub replaces: Option<String>,
    /// The discount of the plan before, in percent, which ends with it.
    pub ends_discount: Option<i64>,
}

/// What became of a change.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PlanChangeView {
    /// Its id.
    pub id: QuoteId,
    /// The subscription as it is now.
    pub owner: PlanOwner,
    /// Where the change stands.
    pub state: PlanChangeState,
    /// Name of the plan before.
    pub from: String,
    /// Name of the new plan.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// What was or is to be taken.
    pub due: Money,
    /// In how many instalments the card bills it, 1 or more.
    pub installments: i64,
    /// When the new plan begins.
    pub begins_at: Instant,
    /// When its price is charged next.
    pub next_charge_at: Instant,
    /// Why the money was not taken.
    pub decline: Option<DeclineReason>,
    /// Where the buyer confirms or pays.
    pub pay_url: Option<String>,
    /// The boleto or Pix that it is paid with.
    pub open: Option<OpenPayment>,
    /// Whether the gateway could not pay the money back: the producer does.
    pub is_not_returned: bool,
}
