//! What Asaas reports by itself: `asaas-access-token` carries a secret that never changes, and nothing signs the body.
//!
//! Events come more than once, and in one row: while one of them is not answered with 200, those behind it wait. Their
//! objects are as they were when the event was made. So an event names what to look at; what to do is decided by
//! whoever asks about it.

use super::payment::is_paid;
use super::wire::{Payment, Refund};
use portal::ports::ChargeProgress;
use serde::Deserialize;
use serde_json::Value;
use types::RefundPartId;
use uuid::Uuid;

/// The name of the header that carries the secret.
pub const SECRET: &str = "asaas-access-token";

/// The events that are read here: what an address is registered for.
pub const EVENTS: &[&str] = &[
    "PAYMENT_APPROVED_BY_RISK_ANALYSIS",
    "PAYMENT_AUTHORIZED",
    "PAYMENT_AWAITING_CHARGEBACK_REVERSAL",
    "PAYMENT_CHARGEBACK_DISPUTE",
    "PAYMENT_CHARGEBACK_REQUESTED",
    "PAYMENT_CONFIRMED",
    "PAYMENT_CREATED",
    "PAYMENT_CREDIT_CARD_CAPTURE_REFUSED",
    "PAYMENT_DELETED",
    "PAYMENT_OVERDUE",
    "PAYMENT_PARTIALLY_REFUNDED",
    "PAYMENT_RECEIVED",
    "PAYMENT_REFUNDED",
    "PAYMENT_REFUND_DENIED",
    "PAYMENT_REFUND_IN_PROGRESS",
    "PAYMENT_REPROVED_BY_RISK_ANALYSIS",
    "SUBSCRIPTION_DELETED",
    "SUBSCRIPTION_INACTIVATED",
    "SUBSCRIPTION_UPDATED",
];

/// The body is no event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the body cannot be read")]
pub struct Unreadable;

/// Something that happened at Asaas.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Tells it from all others.
    pub id: String,
    /// Asaas' word for what it is.
    pub kind: String,
    /// What changed.
    pub about: About,
}

/// What an event is about.
#[derive(Clone, PartialEq, Debug)]
pub enum About {
    /// A payment.
    Payment {
        /// `pay_…`.
        reference: String,
        /// Key of the charge, where it is of ours.
        key: Option<String>,
        /// Where it stood then, where that is known for good.
        progress: Option<ChargeProgress>,
    },
    /// Money of a payment went back, or is about to, by whomever.
    Refund {
        /// `pay_…`, and the plan that it is a part of, if it is one.
        names: Vec<String>,
        /// The newest refund of it that was asked for from here.
        ours: Option<RefundPartId>,
    },
    /// The holder of the card wants the money back from the bank.
    Dispute {
        /// `pay_…`.
        reference: String,
    },
    /// A subscription of Asaas' own, or a payment of one.
    Subscription {
        /// `sub_…`.
        reference: String,
    },
    /// Anything else.
    Other,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    event: String,
    payment: Option<Value>,
    subscription: Option<Value>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// Reads an event whose secret was right. One of a kind that is not known here is about `Other`; so is one whose
/// payment has another shape than here.
///
/// # Errors
/// When the body is no event.
pub fn read(body: &[u8]) -> Result<Event, Unreadable> {
    let Body { id, event, payment, subscription } = serde_json::from_slice(body).map_err(|_| Unreadable)?;
    let payment = payment.and_then(|payment| serde_json::from_value::<Payment>(payment).ok());
    let subscription = subscription.and_then(|one| serde_json::from_value::<Named>(one).ok());
    let about = match (payment, subscription) {
        (Some(payment), _) => about(&event, payment),
        (None, Some(Named { id })) => About::Subscription { reference: id },
        (None, None) => About::Other,
    };
    Ok(Event { id, kind: event, about })
}

fn about(kind: &str, payment: Payment) -> About {
    match kind {
        "PAYMENT_CHARGEBACK_REQUESTED" => About::Dispute { reference: payment.id },
        "PAYMENT_CHARGEBACK_DISPUTE" | "PAYMENT_AWAITING_CHARGEBACK_REVERSAL" => About::Other,
        _ if kind.contains("REFUND") => refunded(payment),
        _ if kind.starts_with("PAYMENT_") => paid(payment),
        _ => About::Other,
    }
}

/// Of what nobody here asked for, a payment of a subscription is the subscription's business.
fn paid(payment: Payment) -> About {
    let progress = is_paid(&payment).then_some(ChargeProgress::Paid);
    let key = payment.external_reference.filter(|key| is_key(key));
    match (key, payment.subscription) {
        (None, Some(reference)) => About::Subscription { reference },
        (key, _) => About::Payment { reference: payment.id, key, progress },
    }
}

fn refunded(payment: Payment) -> About {
    let mut refunds: Vec<&Refund> = payment.refunds.iter().flatten().collect();
    refunds.sort_by_key(|refund| refund.date_created.as_deref());
    let ours = refunds.iter().rev().find_map(|refund| refund.part());
    // Also where all are ours: one may arrive of a part that has failed meanwhile.
    About::Refund { names: [Some(payment.id), payment.installment].into_iter().flatten().collect(), ours }
}

/// Keys of ours begin with a UUID. What is none of ours may, too: then nothing is found with it.
fn is_key(text: &str) -> bool {
    text.get(..36).is_some_and(|id| id.parse::<Uuid>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KEY: &str = "01936b6e-7c1a-7e8b-9d3c-0123456789ab";

    fn about_of(kind: &str, mut payment: Value) -> About {
        payment["id"] = json!("pay_1");
        payment["value"] = json!(10);
        read(json!({"id": "evt_1&2", "event": kind, "payment": payment}).to_string().as_bytes()).unwrap().about
    }

    #[test]
    fn an_event_names_what_to_look_at() {
        let payment = |key: Option<&str>, progress| About::Payment {
            reference: "pay_1".to_owned(),
            key: key.map(str::to_owned),
            progress,
        };
        let ours = format!("{KEY}:2");
        let paid = Some(ChargeProgress::Paid);
        let of = |status: &str, key: &str| json!({"status": status, "externalReference": key});
        assert_eq!(about_of("PAYMENT_CONFIRMED", of("CONFIRMED", &ours)), payment(Some(&ours), paid.clone()));
        assert_eq!(about_of("PAYMENT_RECEIVED", of("RECEIVED", "pedido 7")), payment(None, paid));
        assert_eq!(about_of("PAYMENT_OVERDUE", of("OVERDUE", "pedido 7")), payment(None, None));
        let dispute = About::Dispute { reference: "pay_1".to_owned() };
        assert_eq!(about_of("PAYMENT_CHARGEBACK_REQUESTED", of("CHARGEBACK_REQUESTED", &ours)), dispute);
        assert_eq!(about_of("SUBSCRIPTION_CREATED", of("RECEIVED", &ours)), About::Other);
        let subscription = About::Subscription { reference: "sub_1".to_owned() };
        let renewal = json!({"status": "CONFIRMED", "subscription": "sub_1"});
        assert_eq!(about_of("PAYMENT_CONFIRMED", renewal), subscription);
        let ended = br#"{"id": "e", "event": "SUBSCRIPTION_DELETED", "subscription": {"id": "sub_1"}}"#;
        assert_eq!(read(ended).unwrap().about, subscription);
    }

    #[test]
    fn a_refund_is_told_by_the_key_in_its_description() {
        let of = |descriptions: &[&str]| {
            let refunds = descriptions.iter().map(|text| json!({"status": "DONE", "value": 1, "description": text}));
            json!({"status": "REFUNDED", "refunds": refunds.collect::<Value>()})
        };
        let text = format!("Aftersale {KEY}");
        let about = |names: &[&str], ours: Option<&str>| About::Refund {
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            ours: ours.map(|key| key.parse().unwrap()),
        };
        assert_eq!(about_of("PAYMENT_REFUNDED", of(&["x", &text])), about(&["pay_1"], Some(KEY)));
        assert_eq!(about_of("PAYMENT_REFUNDED", of(&[&text])), about(&["pay_1"], Some(KEY)));
        assert_eq!(about_of("PAYMENT_REFUND_DENIED", of(&["by hand"])), about(&["pay_1"], None));
        assert_eq!(about_of("PAYMENT_REFUNDED", json!({"status": "REFUNDED"})), about(&["pay_1"], None));
        let part = json!({"status": "REFUNDED", "installment": "57a4d145"});
        assert_eq!(about_of("PAYMENT_REFUNDED", part), about(&["pay_1", "57a4d145"], None));
    }

    #[test]
    fn what_is_no_event_is_said_to_be_none() {
        for body in ["", "{}", "[]", "{\"id\": 1}"] {
            assert_eq!(read(body.as_bytes()), Err(Unreadable), "{body}");
        }
        let odd = read(br#"{"id": "e", "event": "PAYMENT_RECEIVED", "payment": {"id": 5}}"#).unwrap();
        assert_eq!(odd.about, About::Other);
    }
}
