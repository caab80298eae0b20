//! The home page.

use super::{InstallmentsView, OverdueView, PaymentView, ProducerView, SubscriptionView};
use crate::{
    Code, DeclineReason, Email, Instant, Method, Money, OrderKind, OrderStatus, PictureName, RefundState,
    SubscriptionId,
};
use serde::{Deserialize, Serialize};

/// The home page: everything of one person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HomeView {
    /// The address in use.
    pub email: Email,
    /// Orders of all producers, grouped by producer, newest first.
    pub producers: Vec<ProducerOrders>,
    /// What is at risk: money or access. Empty for most people.
    pub alerts: Vec<Alert>,
    /// When everything about the person is erased, where that was asked for.
    pub erased_at: Option<Instant>,
    /// Whether the person has any order at all, whatever the search.
    pub has_any: bool,
    /// Continues the list; none at its end.
    pub next_cursor: Option<String>,
}

/// What one producer sold to the person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProducerOrders {
    /// The producer.
    pub producer: ProducerView,
    /// Subscriptions first on the page, then the rest; both in here.
    pub orders: Vec<OrderRow>,
}

/// One order in a list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderRow {
    /// What stands in the address: the code, and the producer's slug where two producers use the same code.
    pub handle: String,
    /// The producer's code of the order.
    pub code: Code,
    /// How the order is paid for: once, in instalments, again and again.
    pub kind: OrderKind,
    /// Names of the items, first item first.
    pub title: String,
    /// Picture of the first item's product.
    pub picture: Option<PictureName>,
    /// How many items stand behind the first.
    pub more_items: i64,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// Sum of the items.
    pub total: Money,
    /// Where the order stands now.
    pub status: OrderStatus,
    /// The latest refund's state, if there is one.
    pub refund: Option<RefundState>,
    /// Until when money is given back on request, while that is still ahead.
    pub refundable_until: Option<Instant>,
    /// The plan, when it is a subscription.
    pub subscription: Option<SubscriptionView>,
    /// How far its price is paid, where that is done in instalments of ours.
    pub installments: Option<InstallmentsView>,
    /// What was tried in vain and is still owed.
    pub overdue: Option<OverdueView>,
    /// How it was paid.
    pub payment: PaymentView,
    /// What is to be paid now, if anything is.
    pub owed: Option<Due>,
    /// Address of the content, once the member area has confirmed access to something of the order.
    pub content_url: Option<String>,
}

impl OrderRow {
    /// As of [`super::OrderView::is_free`].
    pub fn is_free(&self) -> bool {
        super::is_free(self.total, self.subscription.is_some())
    }
}

/// Something that needs the buyer's eye.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// The order it is about.
    pub handle: String,
    /// Its plan, where it has one.
    pub subscription: Option<SubscriptionId>,
    /// The order's title.
    pub title: String,
    /// The zone in which its hours are meant.
    pub time_zone: String,
    /// What it is.
    pub kind: AlertKind,
    /// What is to be paid, where that is what it is about.
    pub owed: Option<Due>,
}

/// What is to be paid now.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Due {
    /// How much.
    pub amount: Money,
    /// In which way.
    pub method: Method,
    /// Last day to pay the boleto or Pix, `YYYY-MM-DD`, where it is known.
    pub due_on: Option<String>,
    /// Whether there is a boleto or Pix to pay with.
    pub is_open: bool,
}

/// What is at risk, the worst first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AlertKind {
    /// A subscription's charge failed.
    PastDue {
        /// Why, where it is known.
        reason: Option<DeclineReason>,
        /// When access stops, where that is ahead.
        access_stops: Option<Instant>,
    },
    /// An instalment of a price was not paid.
    PartLate {
        /// Why, where it is known.
        reason: Option<DeclineReason>,
        /// When access stops, where that is ahead.
        access_stops: Option<Instant>,
    },
    /// A refund came back from the bank.
    RefundFailed,
    /// The order waits for a boleto or Pix to be paid.
    PaymentPending,
    /// A boleto or Pix for what comes next, of a plan or a price in instalments, waits to be paid.
    ToPay,
    /// A cancelled subscription ends at this instant.
    AccessEnds(Instant),
}

impl AlertKind {
    /// Whether there is something to pay.
    pub fn is_about_money(self) -> bool {
        matches!(self, Self::PastDue { .. } | Self::PartLate { .. } | Self::PaymentPending | Self::ToPay)
    }

    /// Its place among the others: the worst first.
    pub fn rank(self) -> u8 {
        match self {
            Self::PastDue { .. } => 0,
            Self::PartLate { .. } => 1,
            Self::RefundFailed => 2,
            Self::PaymentPending => 3,
            Self::ToPay => 4,
            Self::AccessEnds(_) => 5,
        }
    }
}
