//! What Stripe reports by itself: `Stripe-Signature: t=SECONDS,v1=HEX[,v1=HEX]`, HMAC-SHA256 over time and body.
//!
//! Events come more than once, late and in any order, and their objects are as they were when the event was made. So an
//! event names what to look at; what to do is decided by whoever asks about it.

mod about;

pub use about::About;

use data_encoding::HEXLOWER;
use portal::is_mac;
use serde::Deserialize;
use serde_json::Value;
use types::Instant;

/// The name of the header that carries time and signatures.
pub const SIGNATURE: &str = "stripe-signature";

/// The events that are read here: what an endpoint is registered for.
pub const EVENTS: &[&str] = &[
    "charge.dispute.closed",
    "charge.dispute.created",
    "charge.refunded",
    "checkout.session.completed",
    "checkout.session.expired",
    "customer.subscription.created",
    "customer.subscription.deleted",
    "customer.subscription.paused",
    "customer.subscription.pending_update_applied",
    "customer.subscription.pending_update_expired",
    "customer.subscription.resumed",
    "customer.subscription.updated",
    "invoice.finalized",
    "invoice.marked_uncollectible",
    "invoice.overdue",
    "invoice.paid",
    "invoice.payment_action_required",
    "invoice.payment_failed",
    "invoice.voided",
    "payment_intent.canceled",
    "payment_intent.payment_failed",
    "payment_intent.processing",
    "payment_intent.requires_action",
    "payment_intent.succeeded",
    "refund.created",
    "refund.failed",
    "refund.updated",
];

/// How far the time of a signature may be from ours, in seconds.
const TOLERANCE: i64 = 300;

/// A header is shorter than this, with any number of secrets that are in use at once.
const LONGEST_HEADER: usize = 2000;

/// Why an event is not Stripe's.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Reject {
    /// The header has no time, several, or no signature.
    #[error("the signature cannot be read")]
    Unreadable,
    /// It was signed more than five minutes before or after now.
    #[error("the signature is too old, or of the future")]
    WrongTime,
    /// No secret fits.
    #[error("the signature is wrong")]
    WrongSignature,
}

/// The body is no event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the body cannot be read")]
pub struct Unreadable;

/// Something that happened at Stripe.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Tells it from all others.
    pub id: String,
    /// Stripe's word for what it is.
    pub kind: String,
    /// Whose account, where one endpoint hears of several.
    pub account: Option<String>,
    /// When it happened.
    pub created: Instant,
    /// Whether it is about real money.
    pub is_live: bool,
    /// What changed.
    pub about: About,
}

/// Whether `body` is Stripe's word: any of the secrets may have signed it, because two are in use while one is changed.
///
/// # Errors
/// When it is not.
pub fn verify(secrets: &[&str], header: &str, body: &[u8], now: Instant) -> Result<(), Reject> {
    let values = |name: &'static str| {
        let pairs = header.split(',').filter_map(|pair| pair.trim().split_once('='));
        pairs.filter(move |(key, _)| *key == name).map(|(_, value)| value)
    };
    let times: Vec<&str> = values("t").collect();
    let ([time], true) = (times.as_slice(), header.len() <= LONGEST_HEADER) else { return Err(Reject::Unreadable) };
    let signed_at: i64 = time.parse().map_err(|_| Reject::Unreadable)?;
    let signatures: Vec<Vec<u8>> = values("v1").filter_map(|hex| HEXLOWER.decode(hex.as_bytes()).ok()).collect();
    if signatures.is_empty() {
        return Err(Reject::Unreadable);
    }
    let fits = |secret: &str, sent: &[u8]| is_mac(secret.as_bytes(), &[time.as_bytes(), b".", body], sent);
    if !secrets.iter().any(|secret| !secret.is_empty() && signatures.iter().any(|sent| fits(secret, sent))) {
        return Err(Reject::WrongSignature);
    }
    match now.seconds().saturating_sub(signed_at).saturating_abs() {
        0..=TOLERANCE => Ok(()),
        _ => Err(Reject::WrongTime),
    }
}

#[derive(Deserialize)]
struct Body {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    account: Option<String>,
    created: i64,
    #[serde(default)]
    livemode: bool,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: Value,
}

/// Reads an event whose signature was verified. One of a kind that is not known here is about `Other`; so is one whose
/// object has another shape than here, because a later version of Stripe's may have sent it.
///
/// # Errors
/// When the body is no event.
pub fn read(body: &[u8]) -> Result<Event, Unreadable> {
    let Body { id, kind, account, created, livemode, data } = serde_json::from_slice(body).map_err(|_| Unreadable)?;
    let about = About::of(&kind, data.object).unwrap_or(About::Other);
    Ok(Event { id, kind, account, created: Instant::from_seconds(created), is_live: livemode, about })
}

#[cfg(test)]
mod tests;
