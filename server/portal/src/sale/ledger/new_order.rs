//! A report about an order, with every value parsed.

use crate::catalogue::offer::SourceOffer;
use types::{
    ChargeStatus, Code, Currency, DeclineReason, Email, Instant, IntervalUnit, Line, Method, OrderKind, PostalAddress,
    SaleDetails, SubscriptionStatus,
};

/// An order as it comes in. For an order on file it is a report: each part of it counts when it is newer than what is
/// known.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// The producer's code, unique for the producer.
    pub code: Code,
    /// How the order is paid for: once, in instalments, again and again.
    pub kind: OrderKind,
    /// Who bought.
    pub buyer: NewBuyer,
    /// What was sold: 1 to 100 items, whose amounts sum up to the total. In a report, the first that is no bump is the
    /// order's main item.
    pub items: Vec<NewItem>,
    /// Currency of the amounts.
    pub currency: Currency,
    /// When it was ordered.
    pub ordered_at: Instant,
    /// How it is paid.
    pub payment: NewPayment,
    /// In how many monthly instalments it is paid, for those kinds; as many as its offer allows when nothing is said.
    pub installments: Option<i64>,
    /// Name of the gateway that keeps the money.
    pub gateway: Line,
    /// The charge that this is about, if it is about one.
    pub charge: Option<NewCharge>,
    /// What the sale says beside its items.
    pub details: SaleDetails,
    /// The subscription, for that kind of order.
    pub subscription: Option<NewSubscription>,
    /// Which report is the newer one.
    pub version: Version,
}

/// Who bought, as the checkout sent it.
#[derive(Clone, Debug)]
pub struct NewBuyer {
    /// Address; the person behind it is made when new.
    pub email: Email,
    /// Name, as the checkout sent it.
    pub name: Line,
    /// CPF or CNPJ or whatever stands for it.
    pub tax_id: Option<Line>,
    /// Phone number.
    pub phone: Option<Line>,
    /// Where the buyer lives.
    pub address: PostalAddress,
}

/// One line of an order.
#[derive(Clone, Debug)]
pub struct NewItem {
    /// The product, and the offer by which it was sold.
    pub sold: Sold,
    /// Minor units, 0 or more.
    pub amount: i64,
    /// Whether it was an order bump.
    pub is_bump: bool,
}

/// Product and offer of an item.
#[derive(Clone, Debug)]
pub enum Sold {
    /// Both must be on file.
    Known {
        /// The product's code.
        product: Code,
        /// The offer's code.
        offer: Code,
    },
    /// As a source names them: made when they are new.
    Reported {
        /// The product's code.
        product: Code,
        /// The product's name.
        name: Line,
        /// The offer.
        offer: Option<SourceOffer>,
    },
}

impl Sold {
    /// The product's code.
    pub(super) fn code(&self) -> &Code {
        let (Self::Known { product, .. } | Self::Reported { product, .. }) = self;
        product
    }
}

/// How an order is paid.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct NewPayment {
    /// The way in which the order is paid.
    pub method: Method,
    /// The card, if it is one.
    pub card: Option<Card>,
}

/// What is known of a card: never more than this.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Card {
    /// `visa`, `mastercard` …
    pub brand: Line,
    /// Four digits.
    pub last4: String,
    /// 1 to 12.
    pub exp_month: i64,
    /// Four digits.
    pub exp_year: i64,
}

/// One attempt to take money.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCharge {
    /// The gateway's name of it.
    pub reference: String,
    /// Minor units, 0 or more.
    pub amount: i64,
    /// Where it stands.
    pub status: ChargeStatus,
    /// The way in which it was or is to be paid.
    pub method: Method,
    /// In how many instalments it is billed, 1 or more.
    pub installments: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was paid.
    pub paid_at: Option<Instant>,
    /// Boleto line or Pix code.
    pub payment_code: Option<String>,
    /// Page of the boleto or Pix.
    pub payment_url: Option<String>,
    /// Last day to pay, `YYYY-MM-DD`.
    pub due_on: Option<String>,
    /// When the source last changed it.
    pub changed_at: Instant,
    /// What else the source tells of it.
    pub told: Told,
}

/// What a source may tell of a charge beside its money.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Told {
    /// Which instalment it is, 1 for the first.
    pub installment: Option<i64>,
    /// Why it failed.
    pub decline: Option<DeclineReason>,
}

/// The subscription of an order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewSubscription {
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// Name of the plan; the main item's offer when none is given.
    pub plan: Option<Line>,
    /// Price of a cycle, minor units.
    pub amount: i64,
    /// Length of a cycle.
    pub interval: (IntervalUnit, i64),
    /// Start of the paid period.
    pub period_start: Instant,
    /// End of the paid period; access lasts until then.
    pub period_end: Instant,
    /// When the next charge is due; none when there will be none.
    pub next_charge_at: Option<Instant>,
    /// When it was cancelled.
    pub canceled_at: Option<Instant>,
    /// When a cycle was first paid, if one was.
    pub paid_at: Option<Instant>,
    /// The gateway's own name of it, where the gateway charges it by its own calendar. Once known, it stays.
    pub reference: Option<String>,
}

/// Which of two reports counts. What a source says of a subscription itself outranks what it says of it while speaking
/// of one of its charges; then the later one counts. Kept as one number: rank times 4e18 and microseconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Version(i64);

impl Version {
    const RANK: i64 = 4_000_000_000_000_000_000;

    /// The version of a report about a charge or a whole order.
    pub fn of_charge(changed_at: Instant) -> Self {
        Self(changed_at.micros().clamp(0, Self::RANK - 1))
    }

    /// The version of a report about the subscription itself.
    pub fn of_subscription(changed_at: Instant) -> Self {
        Self(Self::RANK + Self::of_charge(changed_at).0)
    }

    /// Whether it is about the subscription itself.
    pub fn is_of_subscription(self) -> bool {
        self.0 >= Self::RANK
    }

    /// The next one, where two words of the same instant come one after the other.
    pub(super) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    pub(super) fn from_column(value: i64) -> Self {
        Self(value)
    }

    pub(super) fn column(self) -> i64 {
        self.0
    }
}
