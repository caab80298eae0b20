//! A new payment intent.

use super::confirm::{self, Terms};
use crate::stripe::books::Books;
use crate::stripe::currency;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::payment_method;
use crate::stripe::setup_intent::types_are_ours;
use crate::stripe::value::maybe;
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "allowed_payment_method_types",
    "amount",
    "automatic_payment_methods",
    "capture_method",
    "confirm",
    "confirmation_method",
    "currency",
    "customer",
    "description",
    "error_on_requires_action",
    "excluded_payment_method_types",
    "metadata",
    "off_session",
    "payment_method",
    "payment_method_data",
    "payment_method_options",
    "payment_method_types",
    "receipt_email",
    "return_url",
    "setup_future_usage",
    "statement_descriptor",
    "statement_descriptor_suffix",
    "transfer_group",
    "use_stripe_sdk",
];

/// `POST /v1/payment_intents`
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(NAMES)?;
    types_are_ours(params)?;
    let amount = params.integer("amount")?.ok_or_else(|| Failure::missing("amount"))?;
    let currency = currency::read(params, "currency")?;
    currency::chargeable(amount, &currency, "amount")?;
    let customer = params.text("customer")?;
    if let Some(customer) = customer {
        books.find("customer", customer, "customer")?;
    }
    params.word("confirmation_method", &["automatic"])?;
    if params.word("capture_method", &["automatic", "automatic_async", "manual"])? == Some("manual") {
        let message = "The stand-in has no capture by hand.";
        return Err(Failure::parameter("", "capture_method", message));
    }
    let mut intent = blank(amount, &currency, customer);
    intent["metadata"] = metadata::read(params)?;
    fill_texts(&mut intent, params)?;
    fill_types(&mut intent, params)?;
    let (does_confirm, terms) = (params.flag("confirm")?.unwrap_or(false), Terms::read(params)?);
    refuse_without_confirm(params, does_confirm)?;
    if does_confirm {
        terms.can_return(&intent)?;
    }
    let id = keep(books, intent);
    if let Err(failure) = fill_method(books, &id, params) {
        books.remove(&id);
        return Err(failure);
    }
    books.tell("payment_intent.created", &id);
    if does_confirm {
        confirm::confirm(books, &id, &terms)?;
    }
    books.find("payment_intent", &id, "id")
}

fn refuse_without_confirm(params: &Params, does_confirm: bool) -> Result<(), Failure> {
    let wrong = ["off_session", "error_on_requires_action", "return_url"].into_iter().find(|name| params.has(name));
    match wrong {
        Some(name) if !does_confirm => Err(Failure::parameter(
            "",
            name,
            format!("The parameter `{name}` cannot be passed without `confirm`=true."),
        )),
        _ => Ok(()),
    }
}

/// A payment intent without id that waits for a payment method.
pub(in crate::stripe) fn blank(amount: i64, currency: &str, customer: Option<&str>) -> Value {
    json!({"id": null, "object": "payment_intent", "amount": amount, "amount_capturable": 0,
        "amount_details": {"tip": {}}, "amount_received": 0, "application": null, "application_fee_amount": null,
        "automatic_payment_methods": null, "canceled_at": null, "cancellation_reason": null,
        "capture_method": "automatic_async", "client_secret": null, "confirmation_method": "automatic",
        "created": 0, "currency": currency, "customer": customer, "customer_account": null, "description": null,
        "excluded_payment_method_types": null, "last_payment_error": null, "latest_charge": null, "livemode": false,
        "metadata": {}, "next_action": null, "on_behalf_of": null, "payment_method": null,
        "payment_method_configuration_details": null, "payment_method_options": {}, "payment_method_types": ["card"],
        "processing": null, "receipt_email": null, "review": null, "setup_future_usage": null, "shipping": null,
        "source": null, "statement_descriptor": null, "statement_descriptor_suffix": null,
        "status": "requires_payment_method", "transfer_data": null, "transfer_group": null})
}

/// Gives it an id and keeps it.
pub(in crate::stripe) fn keep(books: &mut Books, mut intent: Value) -> String {
    let (id, secret) = (books.id("pi_"), books.secret());
    intent["id"] = id.clone().into();
    intent["client_secret"] = format!("{id}_secret_{secret}").into();
    intent["created"] = books.now().into();
    books.put(intent);
    id
}

pub(super) fn fill_texts(intent: &mut Value, params: &Params) -> Result<(), Failure> {
    let names = [
        "description",
        "receipt_email",
        "setup_future_usage",
        "statement_descriptor",
        "statement_descriptor_suffix",
        "transfer_group",
    ];
    for name in names {
        if params.has(name) {
            intent[name] = json!(params.text(name)?);
        }
    }
    Ok(())
}

/// The kinds of payment that are possible: those that were sent, or those that the currency has.
fn fill_types(intent: &mut Value, params: &Params) -> Result<(), Failure> {
    let (types, automatic) = (params.list("payment_method_types")?, params.part("automatic_payment_methods")?);
    automatic.only(&["allow_redirects", "enabled"])?;
    if !types.is_empty() {
        intent["payment_method_types"] = json!(types);
        return Ok(());
    }
    let redirects = automatic.word("allow_redirects", &["always", "never"])?.unwrap_or("always");
    let (allowed, excluded) =
        (params.list("allowed_payment_method_types")?, params.list("excluded_payment_method_types")?);
    let brazil = if intent["currency"] == "brl" { &["card", "boleto", "pix"][..] } else { &["card"] };
    let is_possible = |kind: &&&str| {
        (allowed.is_empty() || allowed.iter().any(|one| one == **kind)) && !excluded.iter().any(|one| one == **kind)
    };
    intent["payment_method_types"] = brazil.iter().filter(is_possible).copied().collect();
    intent["automatic_payment_methods"] = json!({"allow_redirects": redirects, "enabled": true});
    Ok(())
}

/// The payment method that a call names or describes, and what it says about boleto and Pix.
pub(super) fn fill_method(books: &mut Books, id: &str, params: &Params) -> Result<(), Failure> {
    fill_options(books, id, params)?;
    let method = match (params.text("payment_method")?, params.has("payment_method_data")) {
        (Some(name), _) => payment_method::named(books, name, "payment_method")?,
        (None, true) => payment_method::make::from_data(books, &params.part("payment_method_data")?)?,
        (None, false) => return Ok(()),
    };
    let (found, intent) =
        (books.find("payment_method", &method, "payment_method")?, books.find("payment_intent", id, "id")?);
    if let Some(owner) = maybe(&found, "customer")
        && intent["customer"] != owner.as_str()
    {
        let message = "The PaymentMethod belongs to another customer than the PaymentIntent. Please pass its customer.";
        return Err(
            Failure::refused("payment_intent_invalid_parameter", message).with("param", "payment_method".into())
        );
    }
    let is_possible = crate::stripe::value::list(&intent, "payment_method_types").contains(&found["type"]);
    if !is_possible {
        let message = format!("The PaymentMethod provided ({}) is not allowed for this PaymentIntent.", found["type"]);
        return Err(Failure::refused("payment_intent_incompatible_payment_method", message));
    }
    books.change(id, |intent| {
        intent["payment_method"] = method.into();
        intent["status"] = "requires_confirmation".into();
    });
    Ok(())
}

fn fill_options(books: &mut Books, id: &str, params: &Params) -> Result<(), Failure> {
    let options = params.part("payment_method_options")?;
    options.only(&["boleto", "card", "pix"])?;
    let (boleto, pix) = (options.part("boleto")?, options.part("pix")?);
    boleto.only(&["expires_after_days", "setup_future_usage"])?;
    pix.only(&["expires_after_seconds", "expires_at", "setup_future_usage"])?;
    for (part, kind, name, most) in [
        (&boleto, "boleto", "expires_after_days", 60),
        (&pix, "pix", "expires_after_seconds", 1_209_600),
        (&pix, "pix", "expires_at", i64::MAX),
    ] {
        let Some(number) = part.integer(name)? else { continue };
        if !(0..=most).contains(&number) {
            return Err(Failure::parameter("parameter_invalid_integer", &part.name(name), "Out of range."));
        }
        books.change(id, |intent| intent["payment_method_options"][kind][name] = number.into());
    }
    Ok(())
}
