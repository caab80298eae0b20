//! Setup intents: a payment method is saved for charges to come.

use super::books::{Books, Saved};
use super::card::{self, Behaviour};
use super::challenge;
use super::checkout;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::payment_method;
use super::value::{maybe, text};
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "allowed_payment_method_types",
    "automatic_payment_methods",
    "confirm",
    "customer",
    "description",
    "excluded_payment_method_types",
    "metadata",
    "payment_method",
    "payment_method_data",
    "payment_method_options",
    "payment_method_types",
    "return_url",
    "usage",
    "use_stripe_sdk",
];

/// `POST /v1/setup_intents`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(NAMES)?;
    types_are_ours(params)?;
    let customer = params.text("customer")?;
    if let Some(customer) = customer {
        books.find("customer", customer, "customer")?;
    }
    let usage = params.word("usage", &["off_session", "on_session"])?.unwrap_or("off_session");
    let (metadata, does_confirm) = (metadata::read(params)?, params.flag("confirm")?.unwrap_or(false));
    let id = make(books, customer, &metadata, usage);
    books.change(&id, |intent| intent["description"] = json!(params.text("description").ok().flatten()));
    fill_method(books, &id, params)?;
    books.tell("setup_intent.created", &id);
    if does_confirm {
        confirm_now(books, &id, params.text("return_url")?)?;
    }
    books.find("setup_intent", &id, "id")
}

/// Since 2026-09-30 the three calls that make something payable no longer take `payment_method_types`.
pub(super) fn types_are_ours(params: &Params) -> Result<(), Failure> {
    if params.is_since("2026-09-30") && params.has("payment_method_types") {
        let message = "Received unknown parameter: payment_method_types";
        return Err(Failure::parameter("parameter_unknown", "payment_method_types", message));
    }
    Ok(())
}

/// A new setup intent that waits for a payment method.
pub(super) fn make(books: &mut Books, customer: Option<&str>, metadata: &Value, usage: &str) -> String {
    let (id, secret) = (books.id("seti_"), books.secret());
    books.put(json!({"id": id, "object": "setup_intent", "application": null,
        "automatic_payment_methods": {"allow_redirects": "always", "enabled": true}, "cancellation_reason": null,
        "client_secret": format!("{id}_secret_{secret}"), "created": books.now(), "customer": customer,
        "customer_account": null, "description": null, "excluded_payment_method_types": null,
        "flow_directions": null, "last_setup_error": null, "latest_attempt": null, "livemode": false,
        "mandate": null, "metadata": metadata, "next_action": null, "on_behalf_of": null, "payment_method": null,
        "payment_method_configuration_details": null, "payment_method_options": {"card": {"mandate_options": null,
            "network": null, "request_three_d_secure": "automatic"}},
        "payment_method_types": ["card"], "single_use_mandate": null, "status": "requires_payment_method",
        "usage": usage}));
    id
}

fn fill_method(books: &mut Books, id: &str, params: &Params) -> Result<(), Failure> {
    let method = match (params.text("payment_method")?, params.has("payment_method_data")) {
        (Some(name), _) => payment_method::named(books, name, "payment_method")?,
        (None, true) => payment_method::make::from_data(books, &params.part("payment_method_data")?)?,
        (None, false) => return Ok(()),
    };
    books.change(id, |intent| {
        intent["payment_method"] = method.into();
        intent["status"] = "requires_confirmation".into();
    });
    Ok(())
}

/// `POST /v1/setup_intents/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["customer", "description", "metadata", "payment_method", "payment_method_data"])?;
    let mut intent = books.find("setup_intent", id, "id")?;
    metadata::merge(&mut intent, params)?;
    if let Some(customer) = params.text("customer")? {
        books.find("customer", customer, "customer")?;
        intent["customer"] = customer.into();
    }
    books.put(intent);
    fill_method(books, id, params)?;
    books.find("setup_intent", id, "id")
}

/// `POST /v1/setup_intents/{id}/confirm`
pub(super) fn confirm(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&[
        "client_secret",
        "payment_method",
        "payment_method_data",
        "payment_method_options",
        "return_url",
        "use_stripe_sdk",
    ])?;
    let intent = books.find("setup_intent", id, "id")?;
    if matches!(text(&intent, "status"), "succeeded" | "canceled") {
        let message = format!("You cannot confirm this SetupIntent because it is {}.", text(&intent, "status"));
        let failure = Failure::refused("setup_intent_unexpected_state", message);
        return Err(failure.with("setup_intent", intent));
    }
    fill_method(books, id, params)?;
    confirm_now(books, id, params.text("return_url")?)?;
    books.find("setup_intent", id, "id")
}

/// Has the bank look at the payment method. A decline is kept in the intent, and is the error of the call.
pub(super) fn confirm_now(books: &mut Books, id: &str, return_url: Option<&str>) -> Result<(), Failure> {
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
pub(super) fn answered(books: &mut Books, id: &str, does_confirm: bool) {
    let method = books.get(id).and_then(|intent| maybe(intent, "payment_method")).unwrap_or_default();
    if does_confirm {
        succeed(books, id, &method);
        return;
    }
    let message = "The latest attempt to set up the payment method has failed because authentication failed.";
    let failure = Failure::refused("setup_intent_authentication_failure", message);
    fail(books, id, &method, failure);
}

/// `POST /v1/setup_intents/{id}/cancel`
pub(super) fn cancel(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["cancellation_reason"])?;
    let intent = books.find("setup_intent", id, "id")?;
    if matches!(text(&intent, "status"), "succeeded" | "canceled") {
        let message = format!("You cannot cancel this SetupIntent because it is {}.", text(&intent, "status"));
        return Err(Failure::refused("setup_intent_unexpected_state", message).with("setup_intent", intent));
    }
    let reason = params.text("cancellation_reason")?;
    books.change(id, |intent| {
        intent["status"] = "canceled".into();
        intent["cancellation_reason"] = json!(reason);
        intent["next_action"] = Value::Null;
    });
    books.tell("setup_intent.canceled", id);
    books.find("setup_intent", id, "id")
}

/// `GET /v1/setup_intents`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["customer", "payment_method"]))?;
    let (customer, method) = (params.text("customer")?, params.text("payment_method")?);
    list::page(books, "setup_intent", "/v1/setup_intents", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
            && method.is_none_or(|method| text(one, "payment_method") == method)
    })
}
