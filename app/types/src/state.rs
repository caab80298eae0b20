//! Words with a fixed list of values, spelled the same in code, tables, API and documents.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The text is none of the words that are allowed here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("must be one of: {0}")]
pub struct InvalidWord(pub &'static str);

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
        pub enum $name {$(
            $(#[$case_doc])*
            #[serde(rename = $word)]
            $case,
        )*}

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$case),*];

            /// The word as it is stored and sent.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$case => $word),* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl FromStr for $name {
            type Err = InvalidWord;

            fn from_str(text: &str) -> Result<Self, InvalidWord> {
                match text {
                    $($word => Ok(Self::$case),)*
                    _ => Err(InvalidWord(concat!($($word, " ",)*))),
                }
            }
        }
    )*};
}

pub(crate) use words;

words! {
    /// What kind of sale an order is; it decides what the buyer may do.
    OrderKind {
        /// Bought once.
        OneOff = "one_off"
        /// A plan that renews.
        Subscription = "subscription"
        /// Monthly charges, each authorised by itself (*parcelamento inteligente*).
        SmartInstallments = "smart_installments"
        /// Instalments by boleto or Pix.
        SlipInstallments = "slip_installments"
    }

    /// Where an order stands. Ordered by how final it is: of two reports with the same version the later word wins.
    OrderStatus {
        /// Not paid yet.
        Pending = "pending"
        /// Will not be paid any more.
        Canceled = "canceled"
        /// Paid.
        Paid = "paid"
        /// Some items were paid back.
        PartlyRefunded = "partly_refunded"
        /// The buyer disputes the charge with the bank.
        Disputed = "disputed"
        /// Paid back whole.
        Refunded = "refunded"
    }

    /// Orders whose money may not stay, or not come.
    OrderRisk {
        /// In dispute, overdue, or charged by a card that is about to fail.
        Money = "money"
        /// A charge of its subscription or an instalment is overdue.
        Overdue = "overdue"
        /// It is charged by a card that ended last month, or ends by the end of the next.
        Card = "card"
        /// Its buyer asked for the money back and waits for an answer.
        Refund = "refund"
    }

    /// Where one charge stands.
    ChargeStatus {
        /// Waiting for the money.
        Pending = "pending"
        /// Refused or expired.
        Failed = "failed"
        /// Paid.
        Paid = "paid"
        /// Disputed.
        Disputed = "disputed"
        /// Paid back whole.
        Refunded = "refunded"
    }

    /// How money is paid.
    Method {
        /// Credit or debit card.
        Card = "card"
        /// Bank slip.
        Boleto = "boleto"
        /// Pix.
        Pix = "pix"
        /// Anything else that a source names.
        Other = "other"
    }

    /// Where a subscription stands.
    SubscriptionStatus {
        /// In its trial.
        Trialing = "trialing"
        /// Paid and renewing.
        Active = "active"
        /// A charge is overdue.
        PastDue = "past_due"
        /// Stopped for a while.
        Paused = "paused"
        /// Cancelled; access until the period ends.
        Ending = "ending"
        /// Over.
        Ended = "ended"
    }

    /// How a gateway that charges a subscription by its own calendar is to have it.
    SubscriptionCourse {
        /// It goes on.
        Runs = "runs"
        /// It ends with its paid period.
        Ends = "ends"
        /// It is over.
        Ended = "ended"
    }

    /// The unit of a plan's interval.
    IntervalUnit {
        /// Days.
        Day = "day"
        /// Weeks.
        Week = "week"
        /// Months.
        Month = "month"
        /// Years.
        Year = "year"
    }

    /// Where a refund stands.
    RefundState {
        /// Waits for the producer's word.
        Requested = "requested"
        /// Agreed; about to be sent to the gateway.
        Approved = "approved"
        /// The gateway did not answer clearly; it is asked before anything is sent again.
        Reconciling = "reconciling"
        /// The gateway took it.
        Sent = "sent"
        /// The money is back.
        Settled = "settled"
        /// The gateway could not pay it back.
        Failed = "failed"
        /// The producer said no.
        Declined = "declined"
        /// The buyer took the request back.
        Withdrawn = "withdrawn"
    }

    /// Where the part of a refund stands that goes back by one charge.
    RefundPartState {
        /// Not yet with the gateway.
        Waiting = "waiting"
        /// The producer was told to pay it back at a gateway that is out of reach from here.
        ByHand = "by_hand"
        /// A call was begun and its outcome is not known.
        Reconciling = "reconciling"
        /// The gateway took it.
        Sent = "sent"
        /// The money is back.
        Settled = "settled"
        /// The gateway could not pay it back.
        Failed = "failed"
        /// Not to be sent any more.
        Released = "released"
    }

    /// Where a delivery stands: one thing that a member area is told of one person's access.
    DeliveryState {
        /// About to be told, or told without a clear answer: it is told again.
        Sending = "sending"
        /// The member area took it.
        Confirmed = "confirmed"
        /// The member area said no, and will say no again until somebody looks.
        Refused = "refused"
        /// Given up after many attempts without a clear answer.
        Dead = "dead"
        /// Not needed any more: what it was to change has come about in another way.
        Superseded = "superseded"
    }

    /// What a buyer is told of access that ends by itself.
    AccessNoticeKind {
        /// It ends soon.
        Expiring = "expiring"
        /// It has ended.
        Expired = "expired"
    }

    /// A place of an order that its link may lead to.
    LinkPlace {
        /// The order.
        Order = "order"
        /// Getting the money back.
        Refund = "refund"
        /// Ending its subscription; the order where there is none.
        Cancel = "cancel"
        /// Its card and other ways to pay.
        Card = "card"
        /// Another plan; the order where there is none.
        Plan = "plan"
    }

    /// Where a buyer's wish to end a subscription stands.
    CancellationState {
        /// Asked; access until its day.
        Asked = "asked"
        /// Taken back.
        Undone = "undone"
        /// The subscription has ended.
        Done = "done"
    }

    /// What may be offered instead of cancelling.
    RetentionKind {
        /// Less to pay for some cycles.
        Discount = "discount"
        /// Some cycles without charge and access.
        Pause = "pause"
        /// Another plan.
        Plan = "plan"
        /// A word with the producer.
        Message = "message"
    }

    /// What somebody may do for a producer.
    MemberRole {
        /// Everything.
        Owner = "owner"
        /// Orders, requests and links; no settings, keys or people.
        Agent = "agent"
    }

    /// What a member of the support staff may do.
    StaffRole {
        /// Looks and acts with a reason.
        Agent = "agent"
        /// Also manages staff and producers.
        Admin = "admin"
    }

    /// Why a gateway did not take money, in words that a buyer can act on.
    DeclineReason {
        /// The bank gave no reason.
        Generic = "generic_decline"
        /// Not enough money or limit.
        InsufficientFunds = "insufficient_funds"
        /// The card expired.
        ExpiredCard = "expired_card"
        /// The number is wrong.
        IncorrectNumber = "incorrect_number"
        /// The security code is wrong.
        IncorrectCvc = "incorrect_cvc"
        /// The card was reported lost.
        LostCard = "lost_card"
        /// The card was reported stolen.
        StolenCard = "stolen_card"
        /// The bank could not answer; trying again may help.
        ProcessingError = "processing_error"
        /// The buyer did not confirm with the bank.
        AuthenticationFailed = "authentication_failed"
        /// The boleto or Pix was not paid in time.
        Expired = "expired"
    }

    /// Where an invoice stands.
    InvoiceState {
        /// To be paid; tried by the calendar.
        Open = "open"
        /// Every try failed: what it pays for is suspended until it is paid.
        Overdue = "overdue"
        /// Paid.
        Paid = "paid"
        /// Not owed any more.
        Void = "void"
    }

    /// Whose calendar takes renewals at a producer's own account.
    ConnectionBills {
        /// The gateway's, which reports.
        Gateway = "gateway"
        /// Ours.
        Calendar = "calendar"
    }

    /// Whether a producer's own account at a gateway is used.
    ConnectionState {
        /// It is.
        Active = "active"
        /// Not for what is new; what was charged there is still paid back there.
        Disabled = "disabled"
    }

    /// Where a change of plan stands.
    PlanChangeState {
        /// Waits for the renewal.
        Scheduled = "scheduled"
        /// Agreed; its money is about to be taken.
        Asked = "asked"
        /// The gateway did not answer clearly; it is asked before anything is sent again.
        Reconciling = "reconciling"
        /// The buyer confirms with the bank, or pays a slip.
        Waiting = "waiting"
        /// The new plan is there.
        Applied = "applied"
        /// The money was not taken: the old plan is untouched.
        Declined = "declined"
        /// The buyer took it back.
        Undone = "undone"
        /// A later change took its place.
        Replaced = "replaced"
        /// The subscription ended while the money was on its way: it goes back.
        Returning = "returning"
        /// It went back.
        Returned = "returned"
    }
}

impl Method {
    /// Whether it is paid by its buyer, by a code that is shown: no bank declines it, and nobody tries to charge it.
    pub const fn is_slip(self) -> bool {
        matches!(self, Self::Boleto | Self::Pix)
    }
}

impl ChargeStatus {
    /// Whether the money of the charge was taken, whatever became of it since.
    pub const fn took_money(self) -> bool {
        matches!(self, Self::Paid) || self.is_gone()
    }

    /// Whether money that was taken is not the producer's any more.
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Refunded | Self::Disputed)
    }
}
