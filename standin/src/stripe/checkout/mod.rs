//! Checkout sessions: a page of Stripe on which somebody saves a card or pays.

pub(super) mod complete;
mod lines;

use super::agenda::{Due, HOUR};
use super::books::Books;
use super::currency;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::setup_intent::{self, types_are_ours};
use super::value::{join, text};
use serde_json::{Value, json};

pub(super) use complete::address_after;
pub(super) use lines::line_items;

const NAMES: &[&str] = &[
    "allowed_payment_method_types",
    "cancel_url",
    "client_reference_id",
    "currency",
    "customer",
    "customer_creation",
    "customer_email",
    "excluded_payment_method_types",
    "expires_at",
    "line_items",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data",
    "payment_method_options",
    "payment_method_types",
    "setup_intent_data",
    "success_url",
];

/// `POST /v1/checkout/sessions`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(NAMES)?;
    types_are_ours(params)?;
    let mode = params.word("mode", &["payment", "setup"])?.ok_or_else(|| Failure::missing("mode"))?;
    let customer = params.text("customer")?;
    if let Some(customer) = customer {
        books.find("customer", customer, "customer")?;
    }
    let mut session = blank(mode, params)?;
    session["expires_at"] = expires(books, params)?.into();
    session["metadata"] = metadata::read(params)?;
    if mode == "setup" {
        fill_setup(books, &mut session, params)?
    } else {
        fill_payment(books, &mut session, params)?
    }
    let id = keep(books, session);
    if mode == "payment" {
        lines::keep(books, &id, params)?;
    }
    books.find("checkout.session", &id, "id")
}

fn blank(mode: &str, params: &Params) -> Answer {
    params.needed("success_url")?;
    let success_url = params.address("success_url")?;
    let payment_status = if mode == "setup" { "no_payment_required" } else { "unpaid" };
    let session = json!({"id": null, "object": "checkout.session", "adaptive_pricing": null,
        "after_expiration": null, "allow_promotion_codes": null, "amount_subtotal": null, "amount_total": null,
        "automatic_tax": {"enabled": false, "liability": null, "provider": null, "status": null},
        "billing_address_collection": null, "cancel_url": params.address("cancel_url")?,
        "client_reference_id": params.text("client_reference_id")?, "client_secret": null,
        "collected_information": null, "consent": null, "consent_collection": null, "created": 0, "currency": null,
        "currency_conversion": null, "custom_fields": [], "custom_text": {"after_submit": null,
            "shipping_address": null, "submit": null, "terms_of_service_acceptance": null},
        "customer": params.text("customer")?, "customer_account": null, "customer_creation": null,
        "customer_details": null, "customer_email": params.text("customer_email")?, "discounts": [],
        "invoice": null, "invoice_creation": null, "livemode": false, "locale": params.text("locale")?});
    let rest = json!({"metadata": {}, "mode": mode, "optional_items": null, "origin_context": null,
        "payment_intent": null,
        "payment_link": null, "payment_method_collection": "if_required",
        "payment_method_configuration_details": null, "payment_method_options": {}, "payment_method_types": ["card"],
        "payment_status": payment_status, "permissions": null, "phone_number_collection": {"enabled": false},
        "recovered_from": null, "saved_payment_method_options": null, "setup_intent": null,
        "shipping_address_collection": null, "shipping_cost": null, "shipping_options": [], "status": "open",
        "submit_type": null, "subscription": null, "success_url": success_url, "total_details": null,
        "ui_mode": "hosted", "url": null, "wallet_options": null});
    Ok(join(session, rest))
}

fn expires(books: &mut Books, params: &Params) -> Result<i64, Failure> {
    let now = books.now();
    let at = params.integer("expires_at")?.unwrap_or(now + 24 * HOUR);
    if !(now + HOUR / 2..=now + 24 * HOUR).contains(&at) {
        let message =
            "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.";
        return Err(Failure::parameter("", "expires_at", message));
    }
    Ok(at)
}

fn fill_setup(books: &mut Books, session: &mut Value, params: &Params) -> Result<(), Failure> {
    let data = params.part("setup_intent_data")?;
    data.only(&["description", "metadata"])?;
    if params.list("payment_method_types")?.is_empty() {
        session["currency"] = currency::read(params, "currency")?.into();
    }
    let metadata = metadata::read(&data)?;
    let intent = setup_intent::make(books, params.text("customer")?, &metadata, "off_session");
    books.change(&intent, |intent| intent["description"] = json!(data.text("description").ok().flatten()));
    books.tell("setup_intent.created", &intent);
    session["setup_intent"] = intent.into();
    Ok(())
}

fn fill_payment(books: &mut Books, session: &mut Value, params: &Params) -> Result<(), Failure> {
    let (currency, total) = lines::sum(books, params)?;
    currency::chargeable(total, &currency, "line_items")?;
    let data = params.part("payment_intent_data")?;
    data.only(&["description", "metadata", "setup_future_usage"])?;
    metadata::read(&data)?;
    let creation = params.word("customer_creation", &["always", "if_required"])?.unwrap_or("if_required");
    if currency == "brl" && params.list("payment_method_types")?.is_empty() {
        session["payment_method_types"] = json!(["card", "boleto", "pix"]);
    } else if params.has("payment_method_types") {
        session["payment_method_types"] = json!(params.list("payment_method_types")?);
    }
    let allowed = params.list("allowed_payment_method_types")?;
    let excluded = params.list("excluded_payment_method_types")?;
    if let Some(kinds) = session["payment_method_types"].as_array_mut() {
        let is_in = |list: &[String], kind: &Value| list.iter().any(|one| kind == one);
        kinds.retain(|kind| (allowed.is_empty() || is_in(&allowed, kind)) && !is_in(&excluded, kind));
    }
    session["customer_creation"] = json!(session["customer"].is_null().then_some(creation));
    session["currency"] = currency.into();
    session["amount_subtotal"] = total.into();
    session["amount_total"] = total.into();
    session["total_details"] = json!({"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0});
    Ok(())
}

fn keep(books: &mut Books, mut session: Value) -> String {
    let id = books.id("cs_test_");
    session["id"] = id.clone().into();
    session["created"] = books.now().into();
    session["url"] = format!("{}/c/pay/{id}", books.base_url).into();
    let expires = super::value::whole(&session, "expires_at");
    books.put(session);
    books.due(expires, Due::Session(id.clone()));
    id
}

/// `POST /v1/checkout/sessions/{id}/expire`
pub(super) fn expire_call(books: &mut Books, id: &str) -> Answer {
    let session = books.find("checkout.session", id, "id")?;
    if text(&session, "status") != "open" {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session \
                               has a status of {}.",
            text(&session, "status")
        );
        return Err(Failure::refused("", message));
    }
    expire(books, id);
    books.find("checkout.session", id, "id")
}

/// The page is there no longer.
pub(super) fn expire(books: &mut Books, id: &str) {
    if books.get(id).is_some_and(|session| text(session, "status") == "open") {
        books.change(id, |session| {
            session["status"] = "expired".into();
            session["url"] = Value::Null;
        });
        books.tell("checkout.session.expired", id);
    }
}

/// `GET /v1/checkout/sessions`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["customer", "payment_intent", "status", "subscription"]))?;
    let wanted = ["customer", "payment_intent", "status", "subscription"];
    let wanted: Vec<(&str, Option<&str>)> =
        wanted.iter().map(|name| Ok((*name, params.text(name)?))).collect::<Result<_, Failure>>()?;
    list::page(books, "checkout.session", "/v1/checkout/sessions", params, |one| {
        wanted.iter().all(|(name, value)| value.is_none_or(|value| text(one, name) == value))
    })
}

/// `GET /v1/checkout/sessions/{id}/line_items`
pub(super) fn lines_page(books: &Books, id: &str, params: &Params) -> Answer {
    books.find("checkout.session", id, "id")?;
    let lines = line_items(books, id);
    list::page_of(super::value::list(&lines, "data"), &format!("/v1/checkout/sessions/{id}/line_items"), params)
}
