//! Asaas' objects, as far as they are read. What may be absent in one answer or another is absent here, too.

use super::amount;
use serde::Deserialize;
use serde_json::Number;
use types::RefundPartId;

/// Some of the objects of a kind.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    /// Whether these are not all.
    pub(super) has_more: Option<bool>,
}

#[derive(Deserialize)]
pub(super) struct ErrorBody {
    pub(super) errors: Vec<Said>,
}

/// Why a call was refused.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Said {
    pub(super) code: String,
    pub(super) description: String,
}

/// A payment: whatever is charged, paid or not.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Payment {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) value: Number,
    #[serde(default)]
    pub(super) billing_type: String,
    pub(super) customer: Option<String>,
    pub(super) external_reference: Option<String>,
    /// The plan that it is a part of.
    pub(super) installment: Option<String>,
    pub(super) installment_number: Option<i64>,
    /// The subscription that it is a part of.
    pub(super) subscription: Option<String>,
    pub(super) due_date: Option<String>,
    /// The day on which it was due before somebody moved it.
    pub(super) original_due_date: Option<String>,
    pub(super) date_created: Option<String>,
    pub(super) confirmed_date: Option<String>,
    pub(super) client_payment_date: Option<String>,
    pub(super) payment_date: Option<String>,
    #[serde(default)]
    pub(super) deleted: bool,
    pub(super) invoice_url: Option<String>,
    pub(super) credit_card: Option<Card>,
    pub(super) refunds: Option<Vec<Refund>>,
}

impl Payment {
    /// What it is about, in centavos.
    pub(super) fn centavos(&self) -> i64 {
        amount::of_asaas(&self.value).unwrap_or_default()
    }

    pub(super) fn is_boleto(&self) -> bool {
        self.billing_type == "BOLETO"
    }

    /// Whether it has a code by which it is paid.
    pub(super) fn is_slip(&self) -> bool {
        matches!(self.billing_type.as_str(), "BOLETO" | "PIX")
    }

    /// The day on which the period begins that it is for.
    pub(super) fn due(&self) -> Option<&str> {
        self.original_due_date.as_deref().or(self.due_date.as_deref())
    }
}

/// Payments that come again.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Subscription {
    pub(super) status: String,
    pub(super) value: Number,
    pub(super) cycle: String,
    /// The day on which the first payment is due that is not made yet.
    pub(super) next_due_date: Option<String>,
    pub(super) end_date: Option<String>,
    pub(super) date_created: Option<String>,
    #[serde(default)]
    pub(super) deleted: bool,
}

impl Subscription {
    /// Whether it is over for good.
    pub(super) fn is_over(&self) -> bool {
        self.deleted || self.status == "EXPIRED"
    }

    /// Whether it makes no payment more for now.
    pub(super) fn is_inactive(&self) -> bool {
        self.status == "INACTIVE"
    }
}

/// A card that Asaas keeps. When it ends is not said.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Card {
    pub(super) credit_card_token: Option<String>,
    pub(super) credit_card_brand: Option<String>,
    /// Its last four digits.
    pub(super) credit_card_number: Option<String>,
}

/// `GET /payments/{id}/billingInfo`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct BillingInfo {
    pub(super) credit_card: Option<Card>,
}

/// Money that goes back. It has no id.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Refund {
    pub(super) status: Option<String>,
    pub(super) value: Number,
    pub(super) description: Option<String>,
    pub(super) date_created: Option<String>,
}

impl Refund {
    pub(super) fn centavos(&self) -> i64 {
        amount::of_asaas(&self.value).unwrap_or_default()
    }

    /// What asked for it, if that was done from here: its key stands in the description.
    pub(super) fn part(&self) -> Option<RefundPartId> {
        self.description.as_deref()?.split_whitespace().find_map(|word| word.parse().ok())
    }

    /// Whether it came to nothing: the money is with the producer again.
    pub(super) fn is_cancelled(&self) -> bool {
        self.status.as_deref() == Some("CANCELLED")
    }

    pub(super) fn is_done(&self) -> bool {
        self.status.as_deref() == Some("DONE")
    }

    /// Whether its buyer is to name an account first.
    pub(super) fn waits_for_buyer(&self) -> bool {
        self.status.as_deref() == Some("AWAITING_CUSTOMER_EXTERNAL_AUTHORIZATION")
    }
}

/// `POST /payments/{id}/bankSlip/refund`.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Requested {
    pub(super) request_url: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) email: Option<String>,
}

/// What a Pix is paid with.
#[derive(Deserialize, Debug)]
pub(super) struct Pix {
    pub(super) payload: String,
}

/// What a boleto is paid with.
#[derive(Deserialize, Debug)]
#[serde(rename_all = "camelCase")]
pub(super) struct Boleto {
    pub(super) identification_field: String,
}
