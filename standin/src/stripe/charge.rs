//! Charges: each attempt to move money, and what was given back of it.

use super::books::Books;
use super::error::Answer;
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{join, maybe, text, whole};
use super::{balance, card};
use serde_json::{Value, json};

/// The charge of a payment intent, declined for a reason or paid.
pub(super) fn make(books: &mut Books, intent: &str, declined: Option<&str>) -> String {
    let intent = books.get(intent).cloned().unwrap_or_default();
    let id = books.id("ch_");
    let method = books.get(text(&intent, "payment_method")).cloned().unwrap_or_default();
    let (amount, currency) = (whole(&intent, "amount"), text(&intent, "currency").to_owned());
    let (is_paid, failure) = (declined.is_none(), declined.map(card::decline));
    let transaction = is_paid.then(|| balance::book(books, amount, &currency, &id, "charge"));
    let receipt = is_paid.then(|| format!("{}/receipts/{id}", books.base_url));
    let charge = json!({"id": id, "object": "charge", "amount": amount,
        "amount_captured": if is_paid { amount } else { 0 }, "amount_refunded": 0, "application": null,
        "application_fee": null, "application_fee_amount": null, "balance_transaction": transaction,
        "billing_details": method["billing_details"], "calculated_statement_descriptor": "STAND-IN OF STRIPE",
        "captured": is_paid, "created": books.now(), "currency": currency, "customer": intent["customer"],
        "description": intent["description"], "disputed": false, "failure_balance_transaction": null,
        "failure_code": failure.map(|(code, ..)| code), "failure_message": failure.map(|(_, _, message)| message),
        "fraud_details": {}, "livemode": false, "metadata": intent["metadata"], "on_behalf_of": null,
        "outcome": outcome(failure), "paid": is_paid, "payment_intent": intent["id"], "payment_method": method["id"],
        "payment_method_details": details(&method), "receipt_email": intent["receipt_email"],
        "receipt_number": null});
    let rest = json!({"receipt_url": receipt, "refunded": false, "review": null, "shipping": null, "source": null,
        "source_transfer": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
        "status": if is_paid { "succeeded" } else { "failed" }, "transfer_data": null, "transfer_group": null});
    books.put(join(charge, rest));
    id
}

fn outcome(failure: Option<(&str, &str, &str)>) -> Value {
    match failure {
        None => json!({"advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal", "risk_score": 12,
            "seller_message": "Payment complete.", "type": "authorized"}),
        Some((_, decline_code, _)) => json!({"advice_code": "try_again_later", "network_advice_code": null,
            "network_decline_code": "01", "network_status": "declined_by_network", "reason": decline_code,
            "risk_level": "normal", "risk_score": 12,
            "seller_message": "The bank did not return any further details with this decline.",
            "type": "issuer_declined"}),
    }
}

fn details(method: &Value) -> Value {
    let kind = text(method, "type");
    let mut details = json!({"type": kind});
    details[kind] = method[kind].clone();
    if kind == "card" {
        let network = method["card"]["brand"].clone();
        if let Some(card) = details["card"].as_object_mut() {
            card.extend([("network".to_owned(), network), ("installments".to_owned(), Value::Null)]);
        }
    }
    details
}

/// The refunds of a charge, as it lists them.
pub(super) fn refunds(books: &Books, id: &str) -> Value {
    let data = books.all("refund").rev().filter(|refund| text(refund, "charge") == id).cloned().collect();
    list::object(&format!("/v1/charges/{id}/refunds"), data, false)
}

/// `POST /v1/charges/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["description", "metadata"])?;
    let before = books.find("charge", id, "id")?;
    let mut charge = before.clone();
    metadata::merge(&mut charge, params)?;
    if params.has("description") {
        charge["description"] = json!(params.text("description")?);
    }
    books.put(charge);
    books.tell_change("charge.updated", &before);
    books.find("charge", id, "id")
}

/// `GET /v1/charges`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["customer", "payment_intent"]))?;
    let (customer, intent) = (params.text("customer")?, params.text("payment_intent")?);
    list::page(books, "charge", "/v1/charges", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
            && intent.is_none_or(|intent| maybe(one, "payment_intent").as_deref() == Some(intent))
    })
}
