//! What a screen or the API may see. Views are made by the rules; nobody renders a record.

mod account;
mod card;
mod document;
mod home;
mod link;
mod order;
mod refund;
mod subscription;

pub use account::{AccountView, EmailChangeView, ErasureOffer, ErasureView, OpenMatter, SessionView};
pub use card::{
    CardPlace, CardRefusal, CardUpdateView, OpenPayment, OtherPlan, OwedView, PaymentPage, SwapOutcome, SwapState,
    WaitsFor,
};
pub use document::{BillingData, DocumentKind, DocumentView, TermsItem, TermsPlan, TermsView};
pub use home::{Alert, AlertKind, Due, HomeView, OrderRow, ProducerOrders};
pub use link::{LinkView, OrderLinkView, Target};
pub use order::{
    AccessView, ChargeView, InstallmentView, InstallmentsView, ItemView, OrderView, SaleView, SoldLine, TimelineEntry,
    TimelineEvent,
};
pub use refund::{
    LateRefundView, PaybackView, PayeePageView, RefundOffer, RefundPreview, RefundRequestView, RefundView,
};
pub use subscription::{
    ActionRefusal, CancelChoices, CancelPreview, CancelReason, CancellationView, EndsNow, NextCharge, OverdueView,
    RetentionOffer, RetentionView, SubscriptionAction, SubscriptionPage,
};

use crate::money::share;
use crate::plan::{PlanPrice, ScheduledPlan};
use crate::{Currency, Email, Instant, Method, Money, Particulars, SubscriptionId, SubscriptionStatus};
use serde::{Deserialize, Serialize};

/// A producer as a buyer sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProducerView {
    /// Name to show.
    pub name: String,
    /// Short name, unique.
    pub slug: String,
    /// Where to ask for help.
    pub contact: Email,
    /// IANA name of the zone in which the producer counts days.
    pub time_zone: String,
    /// What else it says of itself.
    pub particulars: Particulars,
}

impl ProducerView {
    /// A producer as its columns say. It is asked for help where it wants to be, else at `email`, its own address.
    pub fn new(name: String, slug: String, email: Email, time_zone: String, particulars: Particulars) -> Self {
        let contact = particulars.contacts.email.clone().unwrap_or(email);
        Self { name, slug, contact, time_zone, particulars }
    }
}

/// A stored card: never more than this is known.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardView {
    /// `visa`, `mastercard` … as the gateway names it.
    pub brand: String,
    /// Last four digits.
    pub last4: String,
    /// Month of expiry, 1 to 12.
    pub exp_month: i64,
    /// Four-digit year of expiry.
    pub exp_year: i64,
}

/// How an order was paid.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PaymentView {
    /// The way in which the order is paid.
    pub method: Method,
    /// The card, when it was one.
    pub card: Option<CardView>,
}

/// A subscription as its order shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SubscriptionView {
    /// Its id, as in its address.
    pub id: SubscriptionId,
    /// Name of the plan.
    pub plan: String,
    /// Price of one cycle.
    pub price: Money,
    /// Length of one cycle: unit and count.
    pub interval: (crate::IntervalUnit, i64),
    /// Where the subscription stands now.
    pub status: SubscriptionStatus,
    /// When the paid period began.
    pub period_start: Instant,
    /// When the paid period ends.
    pub period_end: Instant,
    /// How many per cent less the next charge is, where something was promised.
    pub discount: Option<i64>,
    /// When the next charge is due; none when there will be none.
    pub next_charge_at: Option<Instant>,
    /// When it was cancelled.
    pub canceled_at: Option<Instant>,
    /// A change of plan that waits for the renewal.
    pub scheduled: Option<ScheduledPlan>,
}

impl SubscriptionView {
    /// Whether it is in its trial.
    pub fn is_trial(&self) -> bool {
        self.status == SubscriptionStatus::Trialing
    }

    /// Whether a charge of it is overdue.
    pub fn is_past_due(&self) -> bool {
        self.status == SubscriptionStatus::PastDue
    }

    /// What a cycle costs at `amount`, which is its own price or another one.
    pub fn cycle(&self, amount: Money) -> PlanPrice {
        PlanPrice { amount, interval: self.interval }
    }

    /// What the next charge comes to: of the plan that begins with it, if another one does, else of this one, less the
    /// discount. A discount belongs to the plan that it was promised on.
    pub fn next_amount(&self) -> Money {
        let begins = |scheduled: &&ScheduledPlan| self.next_charge_at.is_some_and(|at| scheduled.at <= at);
        let scheduled = self.scheduled.as_ref().filter(begins).filter(|_| !self.is_past_due());
        match (scheduled, self.discount) {
            (Some(scheduled), _) => scheduled.price.amount,
            (None, Some(percent)) => discounted(self.price, percent),
            (None, None) => self.price,
        }
    }
}

/// Whether what was sold for `total` cost nothing and never will: a plan whose first cycle is free is charged later.
pub fn is_free(total: Money, is_plan: bool) -> bool {
    total.amount == 0 && !is_plan
}

/// The price less `percent` of it, which is rounded half up: as it is charged.
pub fn discounted(price: Money, percent: i64) -> Money {
    Money::new(price.amount - share(price.amount, percent, 100), price.currency)
}

/// Sums amounts of one currency.
pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = i64>) -> Money {
    Money::new(amounts.into_iter().sum(), currency)
}
