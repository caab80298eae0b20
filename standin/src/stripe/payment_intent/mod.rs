//! Payment intents: from what is to be paid to what was paid.

pub(super) mod confirm;
pub(super) mod create;
pub(super) mod outcome;
pub(super) mod voucher;

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{maybe, text, whole};
use super::{checkout, currency};
use serde_json::{Value, json};

/// `GET /v1/payment_intents`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["customer"]))?;
    let customer = params.text("customer")?;
    list::page(books, "payment_intent", "/v1/payment_intents", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
    })
}

/// `POST /v1/payment_intents/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&[
        "amount",
        "currency",
        "customer",
        "description",
        "metadata",
        "payment_method",
        "payment_method_data",
        "payment_method_options",
        "receipt_email",
        "setup_future_usage",
        "statement_descriptor",
        "statement_descriptor_suffix",
    ])?;
    let mut intent = books.find("payment_intent", id, "id")?;
    let is_over = matches!(text(&intent, "status"), "succeeded" | "canceled");
    if is_over && ["amount", "currency", "customer", "payment_method"].iter().any(|name| params.has(name)) {
        return Err(unexpected(&intent, "update"));
    }
    metadata::merge(&mut intent, params)?;
    create::fill_texts(&mut intent, params)?;
    if let Some(amount) = params.integer("amount")? {
        currency::chargeable(amount, text(&intent, "currency"), "amount")?;
        intent["amount"] = amount.into();
    }
    if let Some(customer) = params.text("customer")? {
        books.find("customer", customer, "customer")?;
        intent["customer"] = customer.into();
    }
    books.put(intent);
    create::fill_method(books, id, params)?;
    books.find("payment_intent", id, "id")
}

/// `POST /v1/payment_intents/{id}/confirm`
pub(super) fn confirm_call(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&[
        "client_secret",
        "error_on_requires_action",
        "off_session",
        "payment_method",
        "payment_method_data",
        "payment_method_options",
        "receipt_email",
        "return_url",
        "setup_future_usage",
        "use_stripe_sdk",
    ])?;
    let intent = books.find("payment_intent", id, "id")?;
    if matches!(text(&intent, "status"), "succeeded" | "canceled" | "processing") {
        return Err(unexpected(&intent, "confirm"));
    }
    let terms = confirm::Terms::read(params)?;
    terms.can_return(&intent)?;
    create::fill_method(books, id, params)?;
    confirm::confirm(books, id, &terms)?;
    books.find("payment_intent", id, "id")
}

/// `POST /v1/payment_intents/{id}/cancel`
pub(super) fn cancel(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["cancellation_reason"])?;
    let words = ["duplicate", "fraudulent", "requested_by_customer", "abandoned"];
    let reason = params.word("cancellation_reason", &words)?;
    let intent = books.find("payment_intent", id, "id")?;
    if matches!(text(&intent, "status"), "succeeded" | "canceled") {
        return Err(unexpected(&intent, "cancel"));
    }
    stop(books, id, reason);
    books.find("payment_intent", id, "id")
}

/// The payment intent ends without a payment.
pub(super) fn stop(books: &mut Books, id: &str, reason: Option<&str>) {
    let now = books.now();
    books.change(id, |intent| {
        intent["status"] = "canceled".into();
        intent["canceled_at"] = now.into();
        intent["cancellation_reason"] = json!(reason);
        intent["next_action"] = Value::Null;
    });
    books.tell("payment_intent.canceled", id);
}

/// The error of a call that the status does not allow.
fn unexpected(intent: &Value, verb: &str) -> Failure {
    let status = text(intent, "status");
    let message = match (verb, status) {
        ("confirm", "succeeded") => {
            "You cannot confirm this PaymentIntent because it has already succeeded after being \
                                     previously confirmed."
                .to_owned()
        }
        _ => format!("You cannot {verb} this PaymentIntent because it has a status of {status}."),
    };
    Failure::refused("payment_intent_unexpected_state", message).with("payment_intent", intent.clone())
}

/// What follows in other objects from a payment intent that was paid, or was not.
fn follow(books: &mut Books, id: &str) {
    super::invoice::payment::follow(books, id);
    checkout::complete::follow(books, id);
}

/// Whoever pays a boleto or a Pix has paid.
pub(super) fn pay(books: &mut Books, id: &str) -> bool {
    let waits = books.get(id).is_some_and(|intent| {
        text(intent, "status") == "requires_action"
            && !text(&intent["next_action"], "type").starts_with("redirect")
            && text(&intent["next_action"], "type") != "use_stripe_sdk"
    });
    if waits {
        outcome::succeed(books, id);
    }
    waits
}

/// The sums that were paid by each currency, less what was given back, of a customer.
pub(super) fn paid_by(books: &Books, customer: &str) -> std::collections::BTreeMap<String, i64> {
    let mut sums = std::collections::BTreeMap::new();
    let theirs = |one: &&Value| maybe(one, "customer").as_deref() == Some(customer) && one["paid"] == true;
    for charge in books.all("charge").filter(theirs) {
        let sum = sums.entry(text(charge, "currency").to_owned()).or_default();
        *sum += whole(charge, "amount_captured") - whole(charge, "amount_refunded");
    }
    sums
}
