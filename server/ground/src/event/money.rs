//! What happens to money.

use serde::Serialize;
use types::{
    CancellationId, CardUpdateId, ConnectionId, EventName, InvoiceId, Method, OrderId, QuoteId, RefundId, RefundState,
    RetentionId, SubscriptionCourse, SubscriptionId,
};

/// What happened to what an order owes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Billing {
    /// What happened to what is owed.
    #[serde(skip)]
    pub what: BillingEvent,
    /// The order.
    pub order: OrderId,
    /// The invoice, for what is about one.
    pub invoice: Option<InvoiceId>,
    /// How much it asks for, in minor units.
    pub amount: Option<i64>,
}

/// What can happen to what an order owes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BillingEvent {
    /// An invoice was paid.
    Paid,
    /// A try failed.
    Failed,
    /// A boleto or Pix waits to be paid.
    Waits,
    /// An invoice is not owed any more.
    Voided,
    /// A pause is over.
    Resumed,
    /// A cancelled subscription is over with its paid period.
    Ended,
    /// Money arrived for what is not owed any more.
    PaidInVain,
    /// Money arrived for what another charge has paid.
    PaidTwice,
}

impl Billing {
    pub(super) const fn name(&self) -> EventName {
        match self.what {
            BillingEvent::Paid => EventName::BillingPaid,
            BillingEvent::Failed => EventName::BillingFailed,
            BillingEvent::Waits => EventName::BillingWaits,
            BillingEvent::Voided => EventName::BillingVoided,
            BillingEvent::Resumed => EventName::BillingResumed,
            BillingEvent::Ended => EventName::BillingEnded,
            BillingEvent::PaidInVain => EventName::BillingPaidInVain,
            BillingEvent::PaidTwice => EventName::BillingPaidTwice,
        }
    }
}

/// What happened to the way an order is paid.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Card {
    /// Another card is on file.
    Changed {
        /// The order.
        order: OrderId,
        /// The update that brought the card.
        update: CardUpdateId,
    },
    /// The order is paid in another way.
    MethodChanged {
        /// The order.
        order: OrderId,
        /// The way.
        method: Method,
    },
}

impl Card {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Changed { .. } => EventName::CardChanged,
            Self::MethodChanged { .. } => EventName::MethodChanged,
        }
    }
}

/// What happened to a change of plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Plan {
    /// What happened to the change of plan.
    #[serde(skip)]
    pub what: PlanEvent,
    /// The change.
    pub change: QuoteId,
    /// The order.
    pub order: OrderId,
    /// The subscription.
    pub subscription: SubscriptionId,
    /// Price of a cycle of the new plan, in minor units.
    pub amount: i64,
}

/// What can happen to a change of plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlanEvent {
    /// The buyer agreed, and it is to be paid.
    Asked,
    /// The buyer agreed, and it costs nothing now: the new plan is there.
    Changed,
    /// The buyer agreed, and it waits for the renewal.
    Scheduled,
    /// The buyer took it back.
    Undone,
    /// The new plan is there.
    Applied,
    /// The money was not taken.
    Declined,
    /// The money came too late and goes back.
    GoesBack,
    /// The money is back.
    Returned,
    /// The money could not be paid back.
    NotReturned,
}

impl Plan {
    pub(super) const fn name(&self) -> EventName {
        match self.what {
            PlanEvent::Asked => EventName::PlanAsked,
            PlanEvent::Changed => EventName::PlanChanged,
            PlanEvent::Scheduled => EventName::PlanScheduled,
            PlanEvent::Undone => EventName::PlanUndone,
            PlanEvent::Applied => EventName::PlanApplied,
            PlanEvent::Declined => EventName::PlanDeclined,
            PlanEvent::GoesBack => EventName::PlanGoesBack,
            PlanEvent::Returned => EventName::PlanReturned,
            PlanEvent::NotReturned => EventName::PlanNotReturned,
        }
    }
}

/// What happened to a refund.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refund {
    /// What happened to the refund.
    #[serde(skip)]
    pub what: RefundEvent,
    /// The refund.
    pub refund: RefundId,
    /// The order.
    pub order: OrderId,
    /// Where it stands.
    pub state: RefundState,
    /// How much it asks for, in minor units.
    pub amount: i64,
}

/// What can happen to a refund.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefundEvent {
    /// The buyer asked.
    Requested,
    /// The producer gives it unasked.
    Given,
    /// The producer answered.
    Answered,
    /// The buyer took it back.
    Withdrawn,
    /// The gateway waits until the buyer has named the account that the money goes to, on a page of its own.
    PayeeAsked,
    /// The buyer named the account that the money goes to.
    PayeeNamed,
    /// The producer says that it was paid by hand.
    PaidByHand,
    /// It moved on at the gateway.
    Advanced,
}

impl Refund {
    pub(super) const fn name(&self) -> EventName {
        match self.what {
            RefundEvent::Requested => EventName::RefundRequested,
            RefundEvent::Given => EventName::RefundGiven,
            RefundEvent::Answered => EventName::RefundAnswered,
            RefundEvent::Withdrawn => EventName::RefundWithdrawn,
            RefundEvent::PayeeAsked => EventName::RefundPayeeAsked,
            RefundEvent::PayeeNamed => EventName::RefundPayeeNamed,
            RefundEvent::PaidByHand => EventName::RefundPaidByHand,
            RefundEvent::Advanced => EventName::RefundAdvanced,
        }
    }
}

/// What a buyer decided about a subscription, and its end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Subscription {
    /// The buyer cancelled.
    Canceled {
        /// The cancellation.
        cancellation: CancellationId,
        /// The order.
        order: OrderId,
    },
    /// The buyer took the cancellation back.
    CancelUndone {
        /// The cancellation.
        cancellation: CancellationId,
        /// The order.
        order: OrderId,
    },
    /// The buyer took something else instead of cancelling.
    Stayed {
        /// What was taken.
        retention: RetentionId,
        /// The order.
        order: OrderId,
    },
    /// The day of the cancellation has come.
    Ended {
        /// The cancellation.
        cancellation: CancellationId,
        /// The order.
        order: OrderId,
    },
    /// The gateway that charges it has it as it was told to.
    Told {
        /// The order.
        order: OrderId,
        /// How that is.
        course: SubscriptionCourse,
    },
    /// The gateway refused to have it so: the producer does it by hand.
    NotTaken {
        /// The order.
        order: OrderId,
        /// How it was to be.
        course: SubscriptionCourse,
    },
}

impl Subscription {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Canceled { .. } => EventName::SubscriptionCanceled,
            Self::CancelUndone { .. } => EventName::SubscriptionCancelUndone,
            Self::Stayed { .. } => EventName::SubscriptionStayed,
            Self::Ended { .. } => EventName::SubscriptionEnded,
            Self::Told { .. } => EventName::SubscriptionTold,
            Self::NotTaken { .. } => EventName::SubscriptionNotTaken,
        }
    }
}

/// What happened to a producer's own account at a gateway.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(untagged)]
pub enum Connection {
    /// It was written.
    Written {
        /// The connection.
        connection: ConnectionId,
    },
}

impl Connection {
    pub(super) const fn name(&self) -> EventName {
        match self {
            Self::Written { .. } => EventName::ConnectionWritten,
        }
    }
}
