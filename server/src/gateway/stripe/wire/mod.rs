//! Stripe's objects, as far as they are read. What may be absent in one version or another is absent here, too.

mod billing;

pub(super) use billing::{Invoice, Item, Phase, Price, Schedule, Subscription};

use serde::Deserialize;
use std::collections::BTreeMap;

/// Names and values that whoever made an object put on it.
pub(super) type Metadata = BTreeMap<String, String>;

/// The key of ours on an object.
pub(super) fn our_key(metadata: Option<&Metadata>) -> Option<&str> {
    metadata?.get("aftersale_key").map(String::as_str)
}

/// Some of the objects of a kind, the newest first.
#[derive(Deserialize, Debug)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// Something that another object names, or holds whole.
#[derive(Deserialize, Debug)]
#[serde(untagged)]
pub(super) enum Linked<T> {
    Id(String),
    Whole(T),
}

/// The id of something that another object names, or holds whole.
#[derive(Deserialize, Debug)]
#[serde(from = "Linked<WithId>")]
pub(super) struct Id(pub(super) String);

#[derive(Deserialize, Debug)]
struct WithId {
    id: String,
}

impl From<Linked<WithId>> for Id {
    fn from(linked: Linked<WithId>) -> Self {
        match linked {
            Linked::Id(id) | Linked::Whole(WithId { id }) => Self(id),
        }
    }
}

impl<T> Linked<T> {
    pub(super) fn whole(self) -> Option<T> {
        match self {
            Self::Whole(whole) => Some(whole),
            Self::Id(_) => None,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct ErrorBody {
    pub(super) error: Said,
}

/// An error, of a call or of the last try of a payment.
#[derive(Deserialize, Debug, Default)]
#[serde(default)]
pub(super) struct Said {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) code: Option<String>,
    pub(super) decline_code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) param: Option<String>,
    pub(super) payment_intent: Option<Box<Intent>>,
    pub(super) payment_method: Option<PaymentMethod>,
}

/// A payment.
#[derive(Deserialize, Debug)]
pub(super) struct Intent {
    pub(super) id: String,
    pub(super) status: String,
    pub(super) metadata: Option<Metadata>,
    pub(super) next_action: Option<NextAction>,
    pub(super) last_payment_error: Option<Box<Said>>,
}

/// What paid a payment or a charge.
#[derive(Deserialize, Debug)]
pub(super) struct Paid {
    pub(super) payment_method: Option<Id>,
}

/// What the buyer has to do.
#[derive(Deserialize, Debug)]
pub(super) struct NextAction {
    pub(super) redirect_to_url: Option<Redirect>,
    pub(super) boleto_display_details: Option<Boleto>,
    pub(super) pix_display_qr_code: Option<Pix>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Redirect {
    pub(super) url: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Boleto {
    pub(super) number: String,
    pub(super) hosted_voucher_url: String,
    pub(super) expires_at: i64,
}

#[derive(Deserialize, Debug)]
pub(super) struct Pix {
    pub(super) data: String,
    pub(super) hosted_instructions_url: String,
    pub(super) expires_at: i64,
}

#[derive(Deserialize, Debug)]
pub(super) struct Refund {
    pub(super) id: String,
    pub(super) status: Option<String>,
    pub(super) amount: Option<i64>,
    pub(super) currency: Option<String>,
    pub(super) created: Option<i64>,
    pub(super) failure_reason: Option<String>,
    pub(super) metadata: Option<Metadata>,
    pub(super) payment_intent: Option<Id>,
    pub(super) charge: Option<Id>,
}

#[derive(Deserialize, Debug)]
pub(super) struct PaymentMethod {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) customer: Option<Id>,
    pub(super) card: Option<Card>,
}

#[derive(Deserialize, Debug)]
pub(super) struct Card {
    pub(super) brand: String,
    pub(super) last4: String,
    pub(super) exp_month: i64,
    pub(super) exp_year: i64,
}

#[derive(Deserialize, Debug)]
pub(super) struct Customer {
    pub(super) id: String,
    pub(super) metadata: Option<Metadata>,
}

/// A page of Stripe's.
#[derive(Deserialize, Debug)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) status: Option<String>,
    pub(super) url: Option<String>,
    pub(super) metadata: Option<Metadata>,
    pub(super) setup_intent: Option<Linked<SetupIntent>>,
}

#[derive(Deserialize, Debug)]
pub(super) struct SetupIntent {
    pub(super) status: String,
    pub(super) last_setup_error: Option<Said>,
    pub(super) payment_method: Option<Linked<PaymentMethod>>,
}
