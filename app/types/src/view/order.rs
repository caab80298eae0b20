//! One order.

use super::{OverdueView, PaymentView, ProducerView, RefundOffer, RefundView, SubscriptionView};
use crate::{
    ChargeId, ChargeStatus, Code, Email, Instant, ItemId, MailKind, Method, Money, OrderKind, OrderStatus, PictureName,
    PostalAddress, Protocol, RefundState, SaleDetails,
};
use serde::{Deserialize, Serialize};

/// What a checkout asked of the buyer, and what the sale says beside its items.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct SaleView {
    /// CPF, CNPJ or the like.
    pub tax_id: Option<String>,
    /// Phone number.
    pub phone: Option<String>,
    /// Where the buyer lives.
    pub address: PostalAddress,
    /// Coupon, subtotal, taxes, number of the transaction.
    pub details: SaleDetails,
}

/// One order, whole, as its buyer sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderView {
    /// What stands in the address.
    pub handle: String,
    /// The producer's code.
    pub code: Code,
    /// The producer.
    pub producer: ProducerView,
    /// How the order is paid for: once, in instalments, again and again.
    pub kind: OrderKind,
    /// Where the order stands now.
    pub status: OrderStatus,
    /// Who bought, as the checkout sent it.
    pub buyer_name: String,
    /// The address on file.
    pub email: Email,
    /// What the checkout asked of the buyer, and what the sale says beside its items.
    pub sale: SaleView,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Total of all items, as they are now.
    pub total: Money,
    /// Total of all items, as they were sold.
    pub sold: Money,
    /// What was or is being paid back.
    pub refunded: Money,
    /// How it was paid.
    pub payment: PaymentView,
    /// Lines, in order.
    pub items: Vec<ItemView>,
    /// Charges, newest first.
    pub charges: Vec<ChargeView>,
    /// The plan, when it is a subscription.
    pub subscription: Option<SubscriptionView>,
    /// Whether its gateway is one at which our calendar charges: then card, way to pay and plan are changed here.
    /// Elsewhere its producer changes them.
    pub is_billed_here: bool,
    /// Whether its plan can be changed from here.
    pub changes_plans: bool,
    /// Whether another card can be entered for it.
    pub takes_cards: bool,
    /// The instalments of a price, first to last; empty for every other order, and where somebody else bills
    /// them.
    pub installments: Vec<InstallmentView>,
    /// What was tried in vain and is still owed.
    pub overdue: Option<OverdueView>,
    /// Whether our calendar charges this order. If not, whoever sold it does, and knows how it is paid.
    pub has_calendar: bool,
    /// Whether, and until when, the buyer may ask for the money back.
    pub refund_offer: RefundOffer,
    /// Refunds, newest first.
    pub refunds: Vec<RefundView>,
    /// What happened, oldest first.
    pub timeline: Vec<TimelineEntry>,
}

/// One line of an order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ItemView {
    /// Its id, as forms name it.
    pub id: ItemId,
    /// Product name.
    pub name: String,
    /// Offer name.
    pub offer: Option<String>,
    /// Price of the line.
    pub amount: Money,
    /// Product, offer and price as they were sold: a change of plan does not change them.
    pub sold: SoldLine,
    /// The product's picture.
    pub picture: Option<PictureName>,
    /// Whether it was an order bump.
    pub is_bump: bool,
    /// Whether its money went back or is going back.
    pub refund: Option<RefundState>,
    /// Whether its money may be asked back now: its window is open and no refund holds it.
    pub refundable: bool,
    /// Whether the producer may be asked for its money: its window has closed, and no refund holds it.
    pub askable: bool,
    /// Where its access stands.
    pub access: AccessView,
}

/// A line as it was sold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SoldLine {
    /// The product.
    pub name: String,
    /// The offer.
    pub offer: Option<String>,
    /// The price.
    pub amount: Money,
}

/// Where access to an item stands (rule 16).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum AccessView {
    /// No member area is set up for the product: the producer gives access in another way.
    NotManaged,
    /// Nothing is due: not paid, or paid back, and the member area was never told or has taken it away.
    None,
    /// Due, and being sent.
    Sending,
    /// The member area has not accepted it so far; it is tried again.
    Delayed {
        /// When it was last tried.
        since: Instant,
    },
    /// The member area confirmed.
    Confirmed {
        /// When the member area said so.
        at: Instant,
        /// Until when access lasts, if it has an end.
        until: Option<Instant>,
        /// Where the content is.
        content_url: Option<String>,
    },
    /// To be taken away, and the member area has not confirmed that yet.
    Ending,
    /// Taken away.
    Removed {
        /// When the member area confirmed.
        at: Instant,
    },
}

/// One charge.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ChargeView {
    /// Its id, as the address of its receipt names it.
    pub id: ChargeId,
    /// What was charged, in all its instalments.
    pub amount: Money,
    /// Where the charge stands now.
    pub status: ChargeStatus,
    /// The way in which it was or is to be paid.
    pub method: Method,
    /// In how many instalments the card bills it.
    pub installments: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Boleto line or Pix code to pay with, while it is open.
    pub payment_code: Option<String>,
    /// Page of the boleto or Pix.
    pub payment_url: Option<String>,
    /// Last day to pay, `YYYY-MM-DD`.
    pub due_on: Option<String>,
    /// When the source gave how much of it back by itself.
    pub back_by_source: Option<(Instant, Money)>,
    /// From when until when it pays for, where it is one of a calendar.
    pub period: Option<(Instant, Instant)>,
}

impl OrderView {
    /// Whether its plan is in its trial.
    pub fn is_trial(&self) -> bool {
        self.subscription.as_ref().is_some_and(SubscriptionView::is_trial)
    }

    /// Whether a charge of its plan is overdue.
    pub fn is_past_due(&self) -> bool {
        self.subscription.as_ref().is_some_and(SubscriptionView::is_past_due)
    }

    /// Whether it cost nothing and never will: a plan whose first cycle is free is charged later.
    pub fn is_free(&self) -> bool {
        super::is_free(self.total, self.subscription.is_some())
    }
}

impl ChargeView {
    /// Whether it waits to be paid.
    pub fn is_open(&self) -> bool {
        self.status == ChargeStatus::Pending
    }

    /// When the money was taken that there is a receipt of; none while nothing was, and for what cost nothing.
    pub fn receipt_at(&self) -> Option<Instant> {
        self.paid_at.filter(|_| self.status.took_money() && self.amount.amount > 0)
    }
}

/// One instalment of a price.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct InstallmentView {
    /// 1 is the first.
    pub number: i64,
    /// When it is due.
    pub due_at: Instant,
    /// What it costs.
    pub amount: Money,
    /// Where it stands; none while it is ahead.
    pub state: Option<crate::InvoiceState>,
}

/// How far a price in instalments is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct InstallmentsView {
    /// How many are paid.
    pub paid: i64,
    /// How many there are.
    pub count: i64,
    /// What is left to pay of all.
    pub left: Money,
    /// The next one: when it is due, and what it costs. None once all are paid.
    pub next: Option<(Instant, Money)>,
}

impl InstallmentsView {
    /// Of the instalments of a price, first to last; none where nobody knows them.
    pub fn of(installments: &[InstallmentView]) -> Option<Self> {
        let first = installments.first()?;
        let is_paid = |one: &&InstallmentView| one.state == Some(crate::InvoiceState::Paid);
        let is_left = |one: &&InstallmentView| !is_paid(one) && one.state != Some(crate::InvoiceState::Void);
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        let left = installments.iter().filter(is_left);
        Some(Self {
            paid: count(installments.iter().filter(is_paid).count()),
            count: count(installments.len()),
            left: super::sum(first.amount.currency, left.clone().map(|one| one.amount.amount)),
            next: left.map(|one| (one.due_at, one.amount)).next(),
        })
    }
}

/// One thing that happened to an order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: TimelineEvent,
}

/// Things a timeline tells.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum TimelineEvent {
    /// The order was placed.
    Ordered,
    /// It was paid.
    Paid,
    /// The member area confirmed access.
    AccessConfirmed,
    /// The member area confirmed that access was taken away.
    AccessRemoved,
    /// Access is back, after a refund that failed.
    AccessGivenBack,
    /// A refund was asked for.
    RefundRequested(Protocol),
    /// The producer gave one unasked.
    RefundGiven(Protocol),
    /// The gateway took it.
    RefundSent(Protocol),
    /// The money is back.
    RefundSettled(Protocol),
    /// The gateway could not pay it back.
    RefundFailed(Protocol),
    /// The producer said no.
    RefundDeclined(Protocol),
    /// The buyer took the request back.
    RefundWithdrawn(Protocol),
    /// The subscription was cancelled.
    SubscriptionCanceled,
    /// Access was sent to the member area.
    AccessSent,
    /// Another card is on file.
    CardChanged,
    /// It is paid in another way.
    MethodChanged,
    /// The account was named that the money goes to.
    RefundPayeeNamed,
    /// The cancellation was taken back.
    CancelUndone,
    /// Something else was taken instead of cancelling.
    Stayed,
    /// The subscription ended.
    SubscriptionEnded,
    /// A change of plan was agreed to and is to be paid.
    PlanAsked,
    /// The new plan is there.
    PlanChanged,
    /// The money of a change of plan was not taken.
    PlanDeclined,
    /// The money of a change of plan came too late and goes back.
    PlanGoesBack,
    /// The money of a change of plan is back.
    PlanReturned,
    /// The money of a change of plan could not be paid back.
    PlanNotReturned,
    /// A change of plan waits for the renewal.
    PlanScheduled,
    /// A change of plan was taken back.
    PlanUndone,
    /// A charge was paid.
    ChargePaid,
    /// A charge failed.
    ChargeFailed,
    /// A boleto or Pix waits to be paid.
    ChargeWaits,
    /// What was open is not owed any more.
    ChargeVoided,
    /// A pause is over: charging goes on.
    ChargingResumed,
    /// Money arrived for what was not owed any more.
    PaidInVain,
    /// Money arrived for what another charge had paid.
    PaidTwice,
    /// What is printed on documents was written.
    BillingDataWritten,
    /// A mail was handed over.
    MailSent(MailKind),
}
