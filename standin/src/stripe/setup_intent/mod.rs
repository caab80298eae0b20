//! Setup intents: a payment method is saved for charges to come.

mod confirm;

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::payment_method;
use super::value::text;
use serde_json::{Value, json};

pub(super) use confirm::{answered, confirm_now};

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
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
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
    if let Err(failure) = fill_method(books, &id, params) {
        books.remove(&id);
        return Err(failure);
    }
    books.tell("setup_intent.created", &id);
    if does_confirm {
        confirm_now(books, &id, params.address("return_url")?)?;
    }
    books.find("setup_intent", &id, "id")
}

/// Since 2026-09-30 the three calls that make something payable no longer take `payment_method_types`.
pub(in crate::stripe) fn types_are_ours(params: &Params) -> Result<(), Failure> {
    if params.is_since("2026-09-30") && params.has("payment_method_types") {
        let message = "Received unknown parameter: payment_method_types";
        return Err(Failure::parameter("parameter_unknown", "payment_method_types", message));
    }
    Ok(())
}

/// A new setup intent that waits for a payment method.
pub(in crate::stripe) fn make(books: &mut Books, customer: Option<&str>, metadata: &Value, usage: &str) -> String {
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
pub(in crate::stripe) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
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
pub(in crate::stripe) fn confirm_call(books: &mut Books, id: &str, params: &Params) -> Answer {
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
    confirm_now(books, id, params.address("return_url")?)?;
    books.find("setup_intent", id, "id")
}

/// `POST /v1/setup_intents/{id}/cancel`
pub(in crate::stripe) fn cancel(books: &mut Books, id: &str, params: &Params) -> Answer {
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
pub(in crate::stripe) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["customer", "payment_method"]))?;
    let (customer, method) = (params.text("customer")?, params.text("payment_method")?);
    list::page(books, "setup_intent", "/v1/setup_intents", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
            && method.is_none_or(|method| text(one, "payment_method") == method)
    })
}
