//! Payments: Asaas' word for whatever is charged, paid or not.

mod calls;
mod change;
mod create;
mod pay;
pub(super) mod refund;
mod shape;
pub(super) mod slip;

pub(super) use calls::routes;
pub(super) use create::{Draft, remote_ip};
pub(super) use refund::Refund;

use super::answer::Refusal;
use super::fields::Fields;
use jiff::civil::Date;
use serde_json::Value;

/// What is charged.
pub(super) struct Payment {
    pub(super) id: String,
    /// Its number: of its invoice, its boleto and its receipt.
    number: u64,
    created: Date,
    pub(super) customer: String,
    pub(super) subscription: Option<String>,
    /// The id of the whole, and which of its parts this is.
    pub(super) part: Option<Part>,
    pub(super) checkout: Option<String>,
    /// In centavos, like all amounts here.
    pub(super) value: i64,
    /// What Asaas keeps of it.
    pub(super) fee: i64,
    pub(super) billing: Billing,
    pub(super) status: Status,
    pub(super) due: Date,
    first_due: Date,
    pub(super) description: Option<String>,
    pub(super) external_reference: Option<String>,
    /// Token of the card that pays it.
    pub(super) card: Option<String>,
    /// When the buyer paid.
    pub(super) confirmed: Option<Date>,
    /// When the money came.
    received: Option<Date>,
    /// When the money comes, known once the buyer paid.
    pub(super) credit: Option<Date>,
    pub(super) deleted: bool,
    pub(super) refunds: Vec<Refund>,
    /// `successUrl` and `autoRedirect`.
    pub(super) callback: Option<Value>,
    /// Whether the stored card was tried on the due day.
    pub(super) was_tried: bool,
    is_disputed: bool,
}

/// Which part of an instalment plan a payment is.
#[derive(Clone)]
pub(super) struct Part {
    pub(super) whole: String,
    pub(super) number: i64,
}

/// How it is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Billing {
    Boleto,
    CreditCard,
    Pix,
    /// The buyer chooses.
    Undefined,
}

impl Billing {
    const ALL: [(Self, &str); 4] = [
        (Self::Boleto, "BOLETO"),
        (Self::CreditCard, "CREDIT_CARD"),
        (Self::Pix, "PIX"),
        (Self::Undefined, "UNDEFINED"),
    ];

    /// Its word.
    pub(super) fn word(self) -> &'static str {
        Self::ALL.iter().find(|(billing, _)| *billing == self).map_or("", |(_, word)| word)
    }

    /// What the field `billingType` says.
    pub(super) fn said(fields: &Fields) -> Result<Option<Self>, Refusal> {
        let Some(word) = fields.text("billingType") else { return Ok(None) };
        let known = Self::ALL.iter().find(|(_, known)| *known == word).map(|(billing, _)| *billing);
        known.map(Some).ok_or_else(|| Refusal::field("billingType", "Informe uma forma de pagamento válida."))
    }
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Pending,
    Overdue,
    /// A card paid; the money comes later.
    Confirmed,
    Received,
    ReceivedInCash,
    /// The buyer is to name an account.
    RefundRequested,
    RefundInProgress,
    Refunded,
    ChargebackRequested,
}

impl Status {
    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Overdue => "OVERDUE",
            Self::Confirmed => "CONFIRMED",
            Self::Received => "RECEIVED",
            Self::ReceivedInCash => "RECEIVED_IN_CASH",
            Self::RefundRequested => "REFUND_REQUESTED",
            Self::RefundInProgress => "REFUND_IN_PROGRESS",
            Self::Refunded => "REFUNDED",
            Self::ChargebackRequested => "CHARGEBACK_REQUESTED",
        }
    }
}

impl Payment {
    /// Returns whether it can still be paid, changed or removed.
    pub(super) fn is_open(&self) -> bool {
        !self.deleted && matches!(self.status, Status::Pending | Status::Overdue)
    }

    /// What goes into the paths of its pages: its id without `pay_`.
    pub(super) fn slug(&self) -> &str {
        self.id.trim_start_matches("pay_")
    }

    /// What comes of it when it is paid.
    pub(super) fn net(&self) -> i64 {
        self.value - self.fee
    }

    /// Its amount and method changed: what Asaas keeps follows.
    pub(super) fn charge(&mut self, value: i64, billing: Billing) {
        self.value = value;
        self.billing = billing;
        if self.part.is_none() {
            self.fee = crate::asaas::fee::fee(billing, value, 1);
        }
    }
}
