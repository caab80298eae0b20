//! What a screen or the API may see. Views are made by the rules; nobody renders a record.

use crate::plan::{PlanPrice, ScheduledPlan};
use crate::{
    ChargeId, ChargeStatus, Code, Currency, DeclineReason, Email, Instant, ItemId, Language, Method, Money, OrderKind,
    OrderRef, OrderStatus, Protocol, RefundState, SessionId, SubscriptionId, SubscriptionStatus, TaxId,
};
use serde::{Deserialize, Serialize};

mod card;

pub use card::{
    CardPlace, CardRefusal, CardUpdateView, OpenPayment, OtherPlan, OwedView, PaymentPage, SwapOutcome, SwapState,
};

mod subscription;

pub use subscription::{
    ActionRefusal, CancelChoices, CancelPreview, CancelReason, CancellationView, EndsNow, NextCharge, OverdueView,
    RetentionOffer, RetentionView, SubscriptionAction, SubscriptionPage,
};

/// A seller as a buyer sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SellerView {
    /// Name to show.
    pub name: String,
    /// Short name, unique.
    pub slug: String,
    /// Where to ask for help.
    pub contact: Email,
    /// IANA name of the zone in which the seller counts days.
    pub time_zone: String,
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
    /// The method.
    pub method: Method,
    /// The card, when it was one.
    pub card: Option<CardView>,
}

/// The home page: everything of one person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HomeView {
    /// The address in use.
    pub email: Email,
    /// Orders of all sellers, grouped by seller, newest first.
    pub sellers: Vec<SellerOrders>,
    /// What is at risk: money or access. Empty for most people.
    pub alerts: Vec<Alert>,
    /// Whether the person has any order at all, whatever the search.
    pub has_any: bool,
    /// Continues the list; none at its end.
    pub next_cursor: Option<String>,
}

/// What one seller sold to the person.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SellerOrders {
    /// The seller.
    pub seller: SellerView,
    /// Subscriptions first on the page, then the rest; both in here.
    pub orders: Vec<OrderRow>,
}

/// One order in a list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderRow {
    /// What stands in the address: the code, and the seller's slug where two sellers use the same code.
    pub handle: String,
    /// The seller's code of the order.
    pub code: Code,
    /// The kind.
    pub kind: OrderKind,
    /// Names of the items, first item first.
    pub title: String,
    /// How many items stand behind the first.
    pub more_items: i64,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// Total.
    pub total: Money,
    /// Status.
    pub status: OrderStatus,
    /// The latest refund's state, if there is one.
    pub refund: Option<RefundState>,
    /// Until when money is given back on request, while that is still ahead.
    pub refundable_until: Option<Instant>,
    /// The plan, when it is a subscription.
    pub subscription: Option<SubscriptionView>,
    /// What was tried in vain and is still owed.
    pub overdue: Option<OverdueView>,
    /// How it was paid.
    pub payment: PaymentView,
    /// Address of the content, once the member area has confirmed access to something of the order.
    pub content_url: Option<String>,
}

/// Something that needs the buyer's eye.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Alert {
    /// The order it is about.
    pub handle: String,
    /// The order's title.
    pub title: String,
    /// What it is.
    pub kind: AlertKind,
}

/// What is at risk.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum AlertKind {
    /// A subscription's charge failed.
    PastDue {
        /// Why, where it is known.
        reason: Option<DeclineReason>,
        /// When access stops, where that is ahead.
        access_stops: Option<Instant>,
    },
    /// A part of a price in instalments was not paid.
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
    ToPay {
        /// How much.
        amount: Money,
        /// Which of both.
        method: Method,
    },
    /// A cancelled subscription ends at this instant.
    AccessEnds(Instant),
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
    /// Status.
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
    /// What the next charge comes to: of the plan that begins with it, if another one does, less what was promised.
    pub fn next_amount(&self) -> Money {
        let begins = |scheduled: &&ScheduledPlan| self.next_charge_at.is_some_and(|at| scheduled.at <= at);
        let scheduled = self.scheduled.as_ref().filter(begins).filter(|_| self.status != SubscriptionStatus::PastDue);
        let price = scheduled.map_or(self.price, |scheduled| scheduled.price.amount);
        self.discount.map_or(price, |percent| discounted(price, percent))
    }
}

/// The price less `percent` of it, which is rounded half up: as it is charged.
pub fn discounted(price: Money, percent: i64) -> Money {
    let off = (2 * i128::from(price.amount) * i128::from(percent) + 100) / 200;
    Money::new(price.amount - i64::try_from(off).unwrap_or(0), price.currency)
}

/// One order, whole, as its buyer sees it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderView {
    /// What stands in the address.
    pub handle: String,
    /// The seller's code.
    pub code: Code,
    /// The seller.
    pub seller: SellerView,
    /// The kind.
    pub kind: OrderKind,
    /// Status.
    pub status: OrderStatus,
    /// Who bought, as the checkout sent it.
    pub buyer_name: String,
    /// The address on file.
    pub email: Email,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Total of all items.
    pub total: Money,
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
    /// The parts of a price in instalments, first to last; empty for every other order, and where somebody else bills them.
    pub parts: Vec<PartView>,
    /// What was tried in vain and is still owed.
    pub overdue: Option<OverdueView>,
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
    /// Product name as it was sold.
    pub name: String,
    /// Offer name as it was sold.
    pub offer: Option<String>,
    /// Amount.
    pub amount: Money,
    /// Whether it was an order bump.
    pub is_bump: bool,
    /// Whether its money went back or is going back.
    pub refund: Option<RefundState>,
    /// Whether its money may be asked back now: its window is open and no refund holds it.
    pub refundable: bool,
    /// Where its access stands.
    pub access: AccessView,
}

/// Where access to an item stands (rule 16).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum AccessView {
    /// No member area is set up for the product: the seller gives access in another way.
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
        /// When.
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
    /// Amount.
    pub amount: Money,
    /// Status.
    pub status: ChargeStatus,
    /// Method.
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

/// One part of a price in instalments.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PartView {
    /// 1 is the first.
    pub number: i64,
    /// When it is due.
    pub due_at: Instant,
    /// What it costs.
    pub amount: Money,
    /// Where it stands; none while it is ahead.
    pub state: Option<crate::InvoiceState>,
}

/// Whether the buyer may ask for the money back (rules 7 and 8).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum RefundOffer {
    /// Yes, by pressing a button, until this instant.
    Open {
        /// Last second of the window.
        until: Instant,
        /// What would come back for all items that are left.
        amount: Money,
    },
    /// The window closed.
    Closed {
        /// Its last second.
        until: Instant,
    },
    /// Nothing was paid, so nothing can come back.
    NotPaid,
    /// It was paid, and the source has not told of the charge that could be paid back.
    ChargeUntold,
    /// Everything went back or is going back.
    NothingLeft,
    /// A refund of this order is under way.
    UnderWay,
    /// The bank decides: the charge is disputed.
    Disputed,
}

/// A refund as its tracker shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefundView {
    /// Receipt number.
    pub protocol: Protocol,
    /// State.
    pub state: RefundState,
    /// Amount.
    pub amount: Money,
    /// What of it went back or is on its way.
    pub back: Money,
    /// Names of the items.
    pub items: Vec<String>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When the gateway took it.
    pub sent_at: Option<Instant>,
    /// When it settled, failed or was declined.
    pub ended_at: Option<Instant>,
    /// Until when the seller answers, for a request after the window.
    pub answer_by: Option<Instant>,
    /// What the seller said to it.
    pub answer: Option<String>,
    /// Whether it can be taken back: nobody outside has heard of it yet.
    pub may_be_withdrawn: bool,
    /// Whether the seller was told to pay it back by hand.
    pub is_by_hand: bool,
    /// Whether it waits for an account that the money can go to.
    pub waits_for_payee: bool,
    /// That account, masked.
    pub payee: Option<String>,
}

/// A request after the window, as the seller sees it who must decide.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefundRequestView {
    /// The seller.
    pub seller: SellerView,
    /// The seller's code of the order.
    pub code: Code,
    /// Who bought.
    pub buyer_name: String,
    /// The buyer's address.
    pub email: Email,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// The refund.
    pub refund: RefundView,
    /// What the buyer wrote.
    pub message: String,
}

/// What a refund of some items would do, before it is confirmed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefundPreview {
    /// The order it is about.
    pub order: OrderView,
    /// The items chosen.
    pub chosen: Vec<ItemId>,
    /// What comes back.
    pub amount: Money,
    /// Last second of the window.
    pub until: Instant,
    /// By which ways, the newest payment first.
    pub parts: Vec<PaybackView>,
    /// Whether an account is needed that the money can go to.
    pub needs_payee: bool,
    /// Whether a subscription is cancelled by it.
    pub cancels_subscription: bool,
    /// Items whose access another order still gives, by name: they stay (rule 9).
    pub access_kept: Vec<String>,
    /// Items whose access ends, by name.
    pub access_lost: Vec<String>,
}

/// What of a refund goes back by one payment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PaybackView {
    /// How much.
    pub amount: Money,
    /// When that payment was made.
    pub paid_at: Option<Instant>,
    /// How it was made.
    pub method: Method,
    /// The card, where it is known to be the one on file.
    pub card: Option<CardView>,
    /// How many days the bank takes: least and most.
    pub bank_days: (i64, i64),
}

/// One thing that happened to an order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TimelineEntry {
    /// When.
    pub at: Instant,
    /// What.
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
    /// A refund was asked for.
    RefundRequested(Protocol),
    /// The gateway took it.
    RefundSent(Protocol),
    /// The money is back.
    RefundSettled(Protocol),
    /// The gateway could not pay it back.
    RefundFailed(Protocol),
    /// The seller said no.
    RefundDeclined(Protocol),
    /// The buyer took the request back.
    RefundWithdrawn(Protocol),
    /// The subscription was cancelled.
    SubscriptionCanceled,
    /// A mail was handed over; the word says what it told: `purchase`, `refund_sent`.
    MailSent(String),
    /// Something that the audit log tells of the order, by its action: `card.change`.
    Recorded(String),
}

/// What an order link shows to whoever opens it: masked (rule 1).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OrderLinkView {
    /// The reference in the address.
    pub order_ref: OrderRef,
    /// Name of the first product.
    pub product: String,
    /// How many items stand behind the first.
    pub more_items: i64,
    /// `a***@example.com`.
    pub masked_email: String,
    /// The seller's name.
    pub seller: String,
}

/// What a sign-in link's page shows before the button is pressed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LinkView {
    /// `a***@example.com`.
    pub masked_email: String,
    /// When the link ends.
    pub expires_at: Instant,
    /// The language the link was asked in.
    pub language: Language,
}

/// Where a link leads after sign-in. Always one of these; an address never comes from outside.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum Target {
    /// The home page.
    Home,
    /// The buyer's account.
    Account,
    /// An order's page.
    Order {
        /// What stands in its address.
        handle: String,
    },
    /// An order's refund page.
    Refund {
        /// What stands in the order's address.
        handle: String,
    },
    /// The page of a card.
    Card {
        /// Whose card.
        place: CardPlace,
    },
    /// A subscription's page.
    Subscription {
        /// What stands in its address.
        id: SubscriptionId,
    },
    /// The page that cancels a subscription.
    Cancel {
        /// What stands in its address.
        id: SubscriptionId,
    },
    /// The page that changes the plan of a subscription.
    Plan {
        /// What stands in its address.
        id: SubscriptionId,
    },
}

impl Target {
    /// The address of the page.
    pub fn path(&self) -> String {
        match self {
            Self::Home => "/".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::Order { handle } => format!("/orders/{handle}"),
            Self::Refund { handle } => format!("/orders/{handle}/refund"),
            Self::Card { place } => place.path(),
            Self::Subscription { id } => format!("/subscriptions/{id}"),
            Self::Cancel { id } => format!("/subscriptions/{id}/cancel"),
            Self::Plan { id } => format!("/subscriptions/{id}/plan"),
        }
    }
}

/// Who somebody is here, as their account page shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AccountView {
    /// The address in use.
    pub email: Email,
    /// Name to be called by.
    pub name: String,
    /// Phone, as it was typed.
    pub phone: Option<String>,
    /// CPF or CNPJ. To be shown masked.
    pub tax_id: Option<TaxId>,
    /// The language that was chosen; none when pages follow the browser.
    pub language: Option<Language>,
    /// A new address that waits to be confirmed, and until when it can be.
    pub new_email: Option<(Email, Instant)>,
    /// Browsers that are signed in, the latest first.
    pub sessions: Vec<SessionView>,
    /// Years in which something was paid, the latest first.
    pub years: Vec<i64>,
    /// A request to erase that waits for its day.
    pub erasure: Option<ErasureView>,
}

/// A signed-in browser.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SessionView {
    /// Its id, as the form that ends it names it.
    pub id: SessionId,
    /// What the browser says of itself.
    pub browser: String,
    /// Network address it signed in from.
    pub address: String,
    /// When it signed in.
    pub since: Instant,
    /// When it was last seen.
    pub seen: Instant,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A request to have one's data erased.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ErasureView {
    /// Receipt number.
    pub protocol: Protocol,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it is done, unless it is undone before.
    pub due_at: Instant,
}

/// What stands in the way of erasing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OpenMatter {
    /// Money is on its way back.
    Refund,
    /// A subscription has not ended.
    Subscription,
    /// Something is still to be paid.
    Payment,
    /// Parts of a price are not paid yet.
    Parts,
    /// A purchase is disputed at the bank.
    Dispute,
}

/// What the page about erasing says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ErasureOffer {
    /// The address in use.
    pub email: Email,
    /// What is open, with the handle of its order.
    pub open: Vec<(OpenMatter, String)>,
    /// The day until which records of sales are kept, `YYYY-MM-DD`; none without any sale.
    pub kept_until: Option<String>,
    /// A request that waits for its day.
    pub waiting: Option<ErasureView>,
}

/// What a new address's confirmation page shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EmailChangeView {
    /// The address so far, masked.
    pub from: String,
    /// The new one, masked.
    pub to: String,
    /// When the link ends.
    pub expires_at: Instant,
}

/// A document about one payment, or about money that went back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct DocumentView {
    /// What stands in the order's address.
    pub handle: String,
    /// The seller's code of the order.
    pub code: Code,
    /// The seller.
    pub seller: SellerView,
    /// Who it is made out to.
    pub billing: BillingData,
    /// The buyer's address.
    pub email: Email,
    /// Lines: name and, where they add up to the amount, the price.
    pub items: Vec<(String, Option<Money>)>,
    /// Amount.
    pub amount: Money,
    /// How it was paid.
    pub payment: PaymentView,
    /// In how many instalments the card bills it.
    pub installments: i64,
    /// When it was paid, or sent back.
    pub at: Instant,
    /// When the order was placed.
    pub ordered_at: Instant,
    /// The gateway's own name of the charge.
    pub reference: String,
    /// What it is about.
    pub kind: DocumentKind,
}

/// The kinds of documents.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum DocumentKind {
    /// Something was paid.
    Receipt {
        /// The charge.
        charge: ChargeId,
        /// What of it went back or is going back.
        refunded: Money,
    },
    /// Money went back.
    CreditNote {
        /// The refund.
        protocol: Protocol,
        /// Whether the bank has confirmed it.
        is_settled: bool,
    },
    /// The source gave money back by itself.
    SourceCreditNote {
        /// Of this charge.
        charge: ChargeId,
    },
}

/// What is printed on documents of an order about the buyer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BillingData {
    /// Name.
    pub name: String,
    /// CPF or CNPJ with its marks, or what the checkout sent.
    pub tax_id: Option<String>,
    /// Address, one line.
    pub address: Option<String>,
}

/// What is on file of the sale itself.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsView {
    /// What stands in the order's address.
    pub handle: String,
    /// The seller's code.
    pub code: Code,
    /// The seller.
    pub seller: SellerView,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// Lines as they were sold.
    pub items: Vec<TermsItem>,
    /// Total.
    pub total: Money,
    /// The plan, when it renews.
    pub plan: Option<TermsPlan>,
    /// In how many parts the price is paid; 0 when in one.
    pub parts: i64,
}

/// A plan as it was sold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsPlan {
    /// Name.
    pub name: String,
    /// Price and rhythm.
    pub price: PlanPrice,
}

/// A line as it was sold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TermsItem {
    /// Product.
    pub name: String,
    /// Offer.
    pub offer: Option<String>,
    /// Price.
    pub amount: Money,
    /// Whether it was added in the checkout.
    pub is_bump: bool,
    /// For how many days its money went back on request.
    pub window_days: i64,
}

/// Sums amounts of one currency.
pub fn sum(currency: Currency, amounts: impl IntoIterator<Item = i64>) -> Money {
    Money::new(amounts.into_iter().sum(), currency)
}
