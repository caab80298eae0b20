//! Confirming a setup intent: the bank looks at the card, and may ask its owner.

use crate::stripe::books::{Books, Saved};
use crate::stripe::card::{self, Behaviour};
use crate::stripe::error::Failure;
use crate::stripe::value::maybe;
use crate::stripe::{challenge, checkout, payment_method};
use serde_json::Value;

/// Has the bank look at the payment method. A decline is kept in the intent, and is the error of the call.
pub(in crate::stripe) fn confirm_now(books: &mut Books, id: &str, return_url: Option<&str>) -> Result<(), Failure> {
    let intent = books.find("setup_intent", id, "id")?;
    let method = maybe(&intent, "payment_method").ok_or_else(|| Failure::missing("payment_method"))?;
    match books.cards.get(&method).map(|saved| saved.behaviour) {
        Some(Behaviour::Unavailable) => Err(Failure::server("Something went wrong on Stripe's end.")),
        Some(Behaviour::Declined(reason)) => Err(declined(books, id, &method, reason)),
        Some(Behaviour::AsksOnce | Behaviour::AsksAlways | Behaviour::AsksThenDeclined(_)) => {
            let action = challenge::next_action(books, id, return_url);
            books.change(id, |intent| {
                intent["status"] = "requires_action".into();
                intent["next_action"] = action;
            });
            books.tell("setup_intent.requires_action", id);
            Ok(())
        }
        _ => {
            succeed(books, id, &method);
            Ok(())
        }
    }
}

fn succeed(books: &mut Books, id: &str, method: &str) {
    books.change(id, |intent| {
        intent["status"] = "succeeded".into();
        intent["next_action"] = Value::Null;
        intent["last_setup_error"] = Value::Null;
    });
    if let Some(Saved { is_set_up, .. }) = books.cards.get_mut(method) {
        *is_set_up = true;
    }
    let customer = books.get(id).and_then(|intent| maybe(intent, "customer")).unwrap_or_default();
    payment_method::give(books, method, &customer);
    books.tell("setup_intent.succeeded", id);
    checkout::complete::follow(books, id);
}

fn declined(books: &mut Books, id: &str, method: &str, reason: &str) -> Failure {
    let (code, decline_code, message) = card::decline(reason);
    let failure = Failure::card(code, Some(decline_code), message);
    fail(books, id, method, failure)
}

fn fail(books: &mut Books, id: &str, method: &str, failure: Failure) -> Failure {
    let failure = failure.with("payment_method", books.get(method).cloned().unwrap_or_default());
    let error = failure.error();
    books.change(id, |intent| {
        intent["status"] = "requires_payment_method".into();
        intent["payment_method"] = Value::Null;
        intent["next_action"] = Value::Null;
        intent["last_setup_error"] = error;
    });
    books.tell("setup_intent.setup_failed", id);
    let intent = books.get(id).cloned().unwrap_or_default();
    failure.with("setup_intent", intent)
}

/// The owner of the card answered the bank.
pub(in crate::stripe) fn answered(books: &mut Books, id: &str, does_confirm: bool) {
    let method = books.get(id).and_then(|intent| maybe(intent, "payment_method")).unwrap_or_default();
    if does_confirm {
        succeed(books, id, &method);
        return;
    }
    let message = "The latest attempt to set up the payment method has failed because authentication failed.";
    let failure = Failure::refused("setup_intent_authentication_failure", message);
    fail(books, id, &method, failure);
}
