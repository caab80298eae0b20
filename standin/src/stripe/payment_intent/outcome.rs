//! What becomes of a payment intent: it is paid, declined, or the bank asks.

use super::follow;
use crate::stripe::books::{Books, Saved};
use crate::stripe::card::{self, Behaviour};
use crate::stripe::error::Failure;
use crate::stripe::value::{maybe, text};
use crate::stripe::{challenge, charge, dispute, payment_method};
use serde_json::Value;

/// It is paid.
pub(in crate::stripe) fn succeed(books: &mut Books, id: &str) {
    let charge = charge::make(books, id, None);
    books.change(id, |intent| {
        intent["status"] = "succeeded".into();
        intent["amount_received"] = intent["amount"].clone();
        intent["latest_charge"] = charge.clone().into();
        intent["next_action"] = Value::Null;
        intent["last_payment_error"] = Value::Null;
    });
    save_for_later(books, id);
    books.tell("charge.succeeded", &charge);
    books.tell("payment_intent.succeeded", id);
    follow(books, id);
    let method = books.get(id).and_then(|intent| maybe(intent, "payment_method")).unwrap_or_default();
    if let Some(Saved { behaviour: Behaviour::Disputed(reason), .. }) = books.cards.get(&method) {
        dispute::open(books, &charge, reason);
    }
}

/// A payment method that the call wanted to keep becomes the customer's.
fn save_for_later(books: &mut Books, id: &str) {
    let Some(intent) = books.get(id).filter(|intent| intent["setup_future_usage"].is_string()).cloned() else { return };
    let method = text(&intent, "payment_method");
    if let Some(saved) = books.cards.get_mut(method) {
        saved.is_set_up = true;
    }
    payment_method::give(books, method, text(&intent, "customer"));
}

/// The bank declines it. Returns the error of the call.
pub(in crate::stripe) fn decline(books: &mut Books, id: &str, reason: &str) -> Failure {
    let charge = charge::make(books, id, Some(reason));
    let (code, decline_code, message) = card::decline(reason);
    let failure = Failure::card(code, Some(decline_code), message).with("charge", charge.clone().into());
    books.change(id, |intent| intent["latest_charge"] = charge.clone().into());
    books.tell("charge.failed", &charge);
    fail(books, id, failure)
}

/// The owner of the card did not confirm it.
pub(super) fn authentication_failed(books: &mut Books, id: &str) {
    let message = "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new \
                   PaymentMethod to attempt to fulfill this PaymentIntent again.";
    fail(books, id, Failure::refused("payment_intent_authentication_failure", message));
}

/// It waits for another payment method from here on.
pub(super) fn fail(books: &mut Books, id: &str, failure: Failure) -> Failure {
    let method = books.get(id).and_then(|intent| maybe(intent, "payment_method")).unwrap_or_default();
    let failure = failure.with("payment_method", books.get(&method).cloned().unwrap_or_default());
    let error = failure.error();
    books.change(id, |intent| {
        intent["status"] = "requires_payment_method".into();
        intent["payment_method"] = Value::Null;
        intent["next_action"] = Value::Null;
        intent["last_payment_error"] = error;
    });
    books.tell("payment_intent.payment_failed", id);
    follow(books, id);
    let intent = books.get(id).cloned().unwrap_or_default();
    failure.with("payment_intent", intent)
}

/// The bank asks the owner of the card.
pub(super) fn ask(books: &mut Books, id: &str, return_url: Option<&str>) {
    let action = challenge::next_action(books, id, return_url);
    books.change(id, |intent| {
        intent["status"] = "requires_action".into();
        intent["next_action"] = action;
    });
    books.tell("payment_intent.requires_action", id);
    follow(books, id);
}
