//! A subscription as its buyer sees it, and the way out of it.

use super::{OrderView, ProducerView, RefundOffer, SubscriptionView};
use crate::{CancellationState, Code, Instant, Money, Protocol};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A subscription with all that a buyer may look at and do.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SubscriptionPage<O = OrderView> {
    /// The order it came with: producer, payment, charges, refund.
    pub order: O,
    /// Plan, price, period, status.
    pub plan: SubscriptionView,
    /// What is charged next; none when there will be nothing, or while something is overdue.
    pub next: Option<NextCharge>,
    /// What is overdue, if anything is.
    pub overdue: Option<OverdueView>,
    /// The latest wish to end it.
    pub cancellation: Option<CancellationView>,
    /// What was taken instead of cancelling.
    pub retention: Option<RetentionView>,
    /// What may be done, each with the reason when it may not.
    pub actions: Vec<(SubscriptionAction, Option<ActionRefusal>)>,
}

impl<O> SubscriptionPage<O> {
    /// The same with its order as people see it.
    pub fn with_order<P>(self, order: P) -> SubscriptionPage<P> {
        let Self { plan, next, overdue, cancellation, retention, actions, .. } = self;
        SubscriptionPage { order, plan, next, overdue, cancellation, retention, actions }
    }
}

/// The next charge.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NextCharge {
    /// When it is charged.
    pub at: Instant,
    /// How much, after the discount.
    pub amount: Money,
    /// The discount in per cent, if there is one.
    pub percent: Option<i64>,
}

/// A charge that did not go through.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OverdueView {
    /// Since when it is owed.
    pub since: Option<Instant>,
    /// What is overdue.
    pub amount: Money,
    /// In which way it is to be paid.
    pub method: crate::Method,
    /// Why, as the bank put it, if it is known.
    pub reason: Option<crate::DeclineReason>,
    /// When it is tried again.
    pub retries: Vec<Instant>,
    /// When access stops, if it has not.
    pub access_stops: Option<Instant>,
}

/// A wish to end a subscription.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CancellationView {
    /// Receipt number.
    pub protocol: Protocol,
    /// Where it stands.
    pub state: CancellationState,
    /// When it was asked.
    pub asked_at: Instant,
    /// When access ends; the last day is that of the second before.
    pub effective_at: Instant,
    /// Whether it can still be taken back.
    pub can_undo: bool,
    /// Whether the producer ends the charges, at a gateway that is not ours to bill, and has not reported that so far.
    pub is_by_producer: bool,
    /// Whether the gateway that charges it is still being told.
    pub is_being_told: bool,
}

/// What can be done with a subscription.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum SubscriptionAction {
    /// Swap the card or another way to pay.
    Card,
    /// Change the plan.
    Plan,
    /// End it.
    Cancel,
}

/// Why it cannot be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum ActionRefusal {
    /// Not with instalments that the producer already gave the whole product for.
    Installments,
    /// It is cancelled already, with access until this instant.
    Ending {
        /// When access ends.
        until: Instant,
    },
    /// It is over.
    Ended,
    /// A charge is overdue: that comes first.
    PastDue,
    /// The producer does not allow it here.
    Producer,
    /// The producer's payment company does not allow it here.
    Gateway,
}

/// What cancelling would do: the first screen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CancelPreview {
    /// What stands in the order's address.
    pub handle: String,
    /// Who sold it.
    pub producer: ProducerView,
    /// Plan, price, period, status.
    pub plan: SubscriptionView,
    /// What is overdue, if anything is.
    pub overdue: Option<OverdueView>,
    /// Whether the money can be had back instead.
    pub refund_offer: RefundOffer,
    /// When access ends.
    pub effective_at: Instant,
    /// Why that is at once, when it is.
    pub ends_now: Option<EndsNow>,
    /// Whether the producer ends the charges, at a gateway that is not ours to bill.
    pub is_by_producer: bool,
    /// Whether the producer pays money back by hand.
    pub is_refund_by_hand: bool,
}

/// Why a cancellation takes effect at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum EndsNow {
    /// A charge is overdue: it is not tried any more (rule 6).
    Overdue,
    /// The producer decided so.
    Producer,
    /// No period is paid beyond now.
    NothingPaid,
}

/// Reason and offer: the second screen.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CancelChoices {
    /// What the first screen said.
    pub preview: CancelPreview,
    /// Reasons to choose from.
    pub reasons: Vec<CancelReason>,
    /// What is offered whatever the reason is, if anything is.
    pub offer: Option<RetentionOffer>,
}

/// A reason a buyer may give.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CancelReason {
    /// Its code.
    pub code: Code,
    /// The producer's words by language; none for a built-in reason.
    pub texts: BTreeMap<String, String>,
    /// What is offered after this reason and not otherwise.
    pub offer: Option<RetentionOffer>,
}

/// What is offered instead of ending.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum RetentionOffer {
    /// Less to pay.
    Discount {
        /// How much less.
        percent: i64,
        /// For how many charges.
        cycles: i64,
        /// What a cycle costs then.
        price: Money,
    },
    /// Nothing to pay and no access for a while.
    Pause {
        /// When it begins: the end of what is paid.
        from: Instant,
        /// When it goes on.
        until: Instant,
    },
    /// Another plan.
    Plan {
        /// Its name.
        name: String,
        /// What a cycle of it costs.
        price: Money,
    },
    /// A word with the producer.
    Message,
}

/// What was taken instead of cancelling.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RetentionView {
    /// When the buyer took the offer.
    pub accepted_at: Instant,
    /// What; none for another plan, which speaks for itself.
    pub offer: Option<RetentionOffer>,
}
