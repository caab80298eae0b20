//! Money back.

use super::{CardView, OrderView, ProducerView};
use crate::{Code, Email, Instant, ItemId, Method, Money, Protocol, RefundState};
use serde::{Deserialize, Serialize};

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
    /// It cost nothing, so nothing can come back.
    Free,
    /// Nothing was paid, so nothing can come back.
    NotPaid,
    /// It was paid, and the source has not reported the charge that could be paid back.
    ChargeNotReported,
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
    /// Where the refund stands now.
    pub state: RefundState,
    /// What goes back in all its parts.
    pub amount: Money,
    /// What of it went back or is on its way.
    pub back: Money,
    /// Names of the items.
    pub items: Vec<String>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// Since when a gateway is being asked that has not answered yet.
    pub asking_since: Option<Instant>,
    /// When the gateway took it.
    pub sent_at: Option<Instant>,
    /// When it settled, failed or was declined.
    pub ended_at: Option<Instant>,
    /// Until when the producer answers, for a request after the window.
    pub answer_by: Option<Instant>,
    /// What the producer said to it.
    pub answer: Option<String>,
    /// Whether the producer gave it unasked.
    pub is_given: bool,
    /// Whether it can be taken back: nobody outside has heard of it yet.
    pub may_be_withdrawn: bool,
    /// Whether the producer pays it back by hand, at a gateway that this installation does not reach.
    pub is_by_hand: bool,
    /// Since when the producer knows.
    pub by_hand_since: Option<Instant>,
    /// Whether it waits for an account that the money can go to.
    pub waits_for_payee: bool,
    /// That account, masked.
    pub payee: Option<String>,
    /// Where gateways wait until the buyer has named an account on a page of their own.
    pub payee_pages: Vec<PayeePageView>,
}

/// A page of a gateway's own, on which the buyer is to name the account that money goes to.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PayeePageView {
    /// How much waits for it.
    pub amount: Money,
    /// Since when.
    pub since: Instant,
    /// The address, where the gateway told it.
    pub url: Option<String>,
}

/// A request after the window, as the producer sees it who must decide.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefundRequestView {
    /// The producer.
    pub producer: ProducerView,
    /// The producer's code of the order.
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

/// What a producer may be asked for after the window, before anything is asked.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct LateRefundView {
    /// What is left, each with what of the money would come back for it alone.
    pub items: Vec<(ItemId, String, Money)>,
    /// What would come back for all of it.
    pub amount: Money,
    /// Until when the producer would have to answer a request that is sent now.
    pub answer_by: Instant,
}

/// What a refund of some items would do, before it is confirmed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RefundPreview<O = OrderView> {
    /// The order it is about.
    pub order: O,
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
    /// Whether the producer pays any of it back by hand: until that is done, nothing else changes.
    pub is_by_hand: bool,
    /// Whether a subscription is cancelled by it.
    pub cancels_subscription: bool,
    /// Whether the instalments of its price that are still to come are not charged any more.
    pub stops_installments: bool,
    /// Items whose access another order still gives, by name: they stay (rule 9).
    pub access_kept: Vec<String>,
    /// Items whose access ends, by name.
    pub access_lost: Vec<String>,
}

impl<O> RefundPreview<O> {
    /// The same with its order as people see it.
    pub fn with_order<P>(self, order: P) -> RefundPreview<P> {
        let Self {
            chosen,
            amount,
            until,
            parts,
            needs_payee,
            is_by_hand,
            cancels_subscription,
            stops_installments,
            access_kept,
            access_lost,
            ..
        } = self;
        RefundPreview {
            order,
            chosen,
            amount,
            until,
            parts,
            needs_payee,
            is_by_hand,
            cancels_subscription,
            stops_installments,
            access_kept,
            access_lost,
        }
    }
}

/// What of a refund goes back by one payment.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PaybackView {
    /// What goes back this way.
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
