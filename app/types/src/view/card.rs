//! Views of the card and the other ways to pay.

use super::{CardView, PaymentView, ProducerView};
use crate::place::buyer::Place;
use crate::{CardUpdateId, Code, DeclineReason, Instant, Method, Money, OrderKind, SubscriptionId};
use serde::{Deserialize, Serialize};

/// Whose card it is about: a subscription, or an order without one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CardPlace {
    /// A subscription by its id.
    Subscription(SubscriptionId),
    /// An order by what stands in its address.
    Order(String),
}

impl CardPlace {
    /// The page of the card and other ways to pay; another card is asked for there.
    pub fn page(&self) -> Place<'_> {
        match self {
            Self::Subscription(id) => Place::SubscriptionCard { id: *id },
            Self::Order(handle) => Place::OrderCard { handle },
        }
    }

    /// Where what is owed is tried.
    pub fn pay(&self) -> Place<'_> {
        match self {
            Self::Subscription(id) => Place::SubscriptionPay { id: *id },
            Self::Order(handle) => Place::OrderPay { handle },
        }
    }

    /// What came of a card update.
    pub fn update(&self, update: CardUpdateId) -> Place<'_> {
        match self {
            Self::Subscription(id) => Place::SubscriptionCardUpdate { id: *id, update },
            Self::Order(handle) => Place::OrderCardUpdate { handle, update },
        }
    }
}

/// How an order is paid, and what is open of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PaymentPage {
    /// Where the page is.
    pub place: CardPlace,
    /// What stands in the order's address.
    pub handle: String,
    /// The producer's code of the order.
    pub code: Code,
    /// Name of the plan, or of the first item.
    pub title: String,
    /// The producer.
    pub producer: ProducerView,
    /// The kind of the order.
    pub kind: OrderKind,
    /// What is on file.
    pub payment: PaymentView,
    /// What is owed now, if anything is.
    pub owed: Option<OwedView>,
    /// A boleto or Pix that can be paid now.
    pub open: Option<OpenPayment>,
    /// Why another card cannot be entered here; none when it can.
    pub refusal: Option<CardRefusal>,
    /// Ways without a card to which it may be changed.
    pub methods: Vec<Method>,
    /// Whether what is owed can be tried again with what is on file, or its boleto or Pix made anew.
    pub may_pay: bool,
    /// What is paid on the gateway's page with another card, where a card is entered there in no other way.
    pub pays: Option<Money>,
    /// The origin of the gateway's page for a card, where that is another site and known before.
    pub leads_to: Option<String>,
}

/// What is owed now.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OwedView {
    /// What is owed in all, in the order's currency.
    pub amount: Money,
    /// Since when.
    pub due_at: Instant,
    /// Why the last try failed.
    pub failure: Option<DeclineReason>,
    /// What the try that is under way waits for, if one is.
    pub waits_for: Option<WaitsFor>,
    /// Until when access lasts meanwhile.
    pub access_until: Option<Instant>,
}

/// What a try to charge waits for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum WaitsFor {
    /// The gateway: nobody knows yet what came of it.
    Answer,
    /// The buyer's word at the bank.
    Bank,
    /// The payment of a boleto or Pix, or word of what was not done in time.
    Payment,
}

/// A boleto or Pix that waits to be paid.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OpenPayment {
    /// Boleto or Pix.
    pub method: Method,
    /// What the boleto or Pix asks for.
    pub amount: Money,
    /// Its line or code.
    pub code: String,
    /// Its page at the gateway.
    pub url: Option<String>,
    /// Last instant to pay, where it is known to the second.
    pub until: Option<Instant>,
    /// Last day to pay, `YYYY-MM-DD`, where only that is known.
    pub due_on: Option<String>,
    /// Whether it takes the place of one that is over.
    pub replaces: bool,
}

/// Why a card cannot be changed here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum CardRefusal {
    /// Bought once and paid: nothing more is charged.
    OneOff,
    /// Bought once and never paid: there is something to pay while a code is good, and nothing after its last day.
    NotPaid,
    /// Paid in instalments by boleto or Pix.
    SlipInstallments,
    /// It has ended or was paid back: nothing more is charged.
    Ended,
    /// The buyer wants the money back from the bank: until that is decided nothing is charged.
    Disputed,
    /// The producer's gateway keeps the card out of our reach.
    Gateway,
    /// The producer does not allow it.
    Policy,
}

/// A card update, and what came of it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CardUpdateView {
    /// Its id, as in its address.
    pub id: CardUpdateId,
    /// How the order stands now.
    pub page: PaymentPage,
    /// Where it stands.
    pub state: SwapState,
    /// Other plans of the same buyer and producer that could use the same card.
    pub others: Vec<OtherPlan>,
    /// Whether a boleto or Pix that is waited for no more can still be paid: nobody should.
    pub has_dead_code: bool,
}

/// What came of a card update.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum SwapState {
    /// No card so far; the page of the gateway is still open.
    Open {
        /// Its address.
        url: String,
        /// Why the last card was refused, if one was typed.
        declined: Option<DeclineReason>,
    },
    /// The gateway has the card, and is being told to charge the subscription to it.
    Telling {
        /// The card.
        card: CardView,
    },
    /// The card is on file.
    Saved {
        /// The card.
        card: CardView,
        /// What became of what was owed.
        outcome: SwapOutcome,
    },
    /// Over without a card.
    Closed,
}

/// What became of what was owed when the card was saved.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum SwapOutcome {
    /// Nothing was owed.
    Nothing,
    /// It is paid.
    Paid(Money),
    /// It had been paid before the card was tried.
    PaidBefore(Money),
    /// It is not owed any more, and nothing was charged.
    Void(Money),
    /// The bank refused it.
    Declined {
        /// Why the gateway did not take the money.
        reason: DeclineReason,
        /// What was tried and is still owed.
        amount: Money,
    },
    /// The bank wants the buyer to confirm.
    Action {
        /// The gateway's page on which the buyer confirms.
        url: String,
    },
    /// Not known so far.
    Unknown,
}

/// Another plan that could use the card.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OtherPlan {
    /// Its id.
    pub id: SubscriptionId,
    /// Name of the plan.
    pub plan: String,
    /// The card it uses now.
    pub card: Option<CardView>,
    /// Whether it was told to use the new card.
    pub is_changed: bool,
}
