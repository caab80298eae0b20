//! A new subscription, with its first invoice.

use super::period;
use super::{end, item};
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::interval::next_end;
use crate::stripe::invoice::collect;
use crate::stripe::invoice::line;
use crate::stripe::invoice::make::{self, Draft};
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::value::{data, join, text, whole};
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "billing_mode",
    "cancel_at",
    "cancel_at_period_end",
    "collection_method",
    "currency",
    "customer",
    "days_until_due",
    "default_payment_method",
    "description",
    "items",
    "metadata",
    "off_session",
    "payment_behavior",
    "payment_settings",
    "proration_behavior",
    "trial_end",
    "trial_period_days",
    "trial_settings",
];

/// `POST /v1/subscriptions`
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(NAMES)?;
    let customer = params.needed("customer")?;
    books.find("customer", customer, "customer")?;
    let words = ["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"];
    let behaviour = params.word("payment_behavior", &words)?.unwrap_or("allow_incomplete");
    let mut subscription = blank(books, customer);
    fill(books, &mut subscription, params)?;
    begin(books, &mut subscription, params)?;
    can_be_charged(books, &subscription, behaviour)?;
    let id = text(&subscription, "id").to_owned();
    books.put(subscription);
    books.tell("customer.subscription.created", &id);
    bill(books, &id, behaviour)?;
    books.find("subscription", &id, "id")
}

fn blank(books: &mut Books, customer: &str) -> Value {
    let (id, now) = (books.id("sub_"), books.now());
    let first = json!({"id": id, "object": "subscription", "application": null, "application_fee_percent": null,
        "automatic_tax": {"disabled_reason": null, "enabled": false, "liability": null}, "billing_cycle_anchor": now,
        "billing_cycle_anchor_config": null,
        "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible", "updated_at": now},
        "billing_thresholds": null, "cancel_at": null, "cancel_at_period_end": false, "canceled_at": null,
        "cancellation_details": {"comment": null, "feedback": null, "reason": null},
        "collection_method": "charge_automatically", "created": now, "currency": null, "customer": customer,
        "customer_account": null, "days_until_due": null, "default_payment_method": null, "default_source": null,
        "default_tax_rates": [], "description": null, "discounts": [], "ended_at": null,
        "invoice_settings": {"account_tax_ids": null, "issuer": {"type": "self"}}, "items": null});
    let rest = json!({"latest_invoice": null, "livemode": false, "metadata": {}, "next_pending_invoice_item_invoice": null,
        "on_behalf_of": null, "pause_collection": null,
        "payment_settings": {"payment_method_options": null, "payment_method_types": null,
            "save_default_payment_method": "off"},
        "pending_invoice_item_interval": null, "pending_setup_intent": null, "pending_update": null,
        "schedule": null, "start_date": now, "status": "incomplete", "test_clock": null, "transfer_data": null,
        "trial_end": null, "trial_settings": {"end_behavior": {"missing_payment_method": "create_invoice"}},
        "trial_start": null});
    join(first, rest)
}

/// What a call sets of a subscription beside its items, its trial and its end.
pub(super) fn fill(books: &mut Books, subscription: &mut Value, params: &Params) -> Result<(), Failure> {
    metadata::merge(subscription, params)?;
    if params.has("description") {
        subscription["description"] = json!(params.text("description")?);
    }
    if params.has("default_payment_method") {
        let method = params.text("default_payment_method")?;
        if let Some(method) = method {
            let found = books.find("payment_method", method, "default_payment_method")?;
            if found["customer"] != subscription["customer"] {
                let message = "The customer does not have a payment method with this ID.";
                return Err(
                    Failure::refused("resource_missing", message).with("param", "default_payment_method".into())
                );
            }
        }
        subscription["default_payment_method"] = json!(method);
    }
    if let Some(method) = params.word("collection_method", &["charge_automatically", "send_invoice"])? {
        subscription["collection_method"] = method.into();
    }
    if params.has("days_until_due") {
        subscription["days_until_due"] = json!(params.integer("days_until_due")?);
    }
    if text(subscription, "collection_method") == "send_invoice" && subscription["days_until_due"].is_null() {
        return Err(Failure::missing("days_until_due"));
    }
    fill_settings(subscription, params)?;
    end::fill(books, subscription, params)
}

fn fill_settings(subscription: &mut Value, params: &Params) -> Result<(), Failure> {
    let settings = params.part("payment_settings")?;
    settings.only(&["payment_method_types", "save_default_payment_method"])?;
    if settings.has("payment_method_types") {
        let types = settings.list("payment_method_types")?;
        let known = |kind: &String| matches!(kind.as_str(), "boleto" | "card" | "pix");
        if let Some(kind) = types.iter().find(|kind| !known(kind)) {
            let message = format!("The stand-in does not know the payment method type {kind}.");
            return Err(Failure::parameter("", &settings.name("payment_method_types"), message));
        }
        if types.iter().any(|kind| kind == "pix") && !settings.is_since("2026-04-22") {
            let message = "Invalid payment_settings[payment_method_types]: pix is allowed since 2026-04-22.dahlia.";
            return Err(Failure::parameter("", &settings.name("payment_method_types"), message));
        }
        subscription["payment_settings"]["payment_method_types"] = json!((!types.is_empty()).then_some(types));
    }
    if let Some(saves) = settings.word("save_default_payment_method", &["off", "on_subscription"])? {
        subscription["payment_settings"]["save_default_payment_method"] = saves.into();
    }
    let trial = params.part("trial_settings")?.part("end_behavior")?;
    if let Some(word) = trial.word("missing_payment_method", &["cancel", "create_invoice", "pause"])? {
        subscription["trial_settings"]["end_behavior"]["missing_payment_method"] = word.into();
    }
    Ok(())
}

/// Its items, and its first period: a trial or a paid one.
fn begin(books: &mut Books, subscription: &mut Value, params: &Params) -> Result<(), Failure> {
    let (id, now) = (text(subscription, "id").to_owned(), books.now());
    let mut items = Vec::new();
    for wish in params.parts("items")? {
        wish.only(&["metadata", "price", "price_data", "quantity"])?;
        items.push(item::make(books, &id, &wish, (0, 0))?);
    }
    if items.is_empty() {
        return Err(Failure::missing("items"));
    }
    item::fit(&items)?;
    let trial_end = match (params.integer("trial_period_days")?, params.text("trial_end")?) {
        (Some(days), _) => Some(now + days * 24 * HOUR),
        (None, Some("now") | None) => None,
        (None, Some(_)) => params.integer("trial_end")?,
    };
    if trial_end.is_some_and(|end| end <= now) {
        return Err(Failure::parameter("", "trial_end", "A trial must end in the future."));
    }
    let end = trial_end.unwrap_or_else(|| next_end(now, now, &items[0]["price"]["recurring"]));
    if let Some(trial_end) = trial_end {
        subscription["status"] = "trialing".into();
        subscription["trial_start"] = now.into();
        subscription["trial_end"] = trial_end.into();
        subscription["billing_cycle_anchor"] = trial_end.into();
    } else if text(subscription, "collection_method") == "send_invoice" {
        subscription["status"] = "active".into();
    }
    subscription["currency"] = items[0]["price"]["currency"].clone();
    subscription["items"] = item::listed(&id, &item::in_period(items, (now, end)));
    Ok(())
}

/// What is to be charged at once needs something to be charged to.
fn can_be_charged(books: &Books, subscription: &Value, behaviour: &str) -> Result<(), Failure> {
    let customer = books.get(text(subscription, "customer")).cloned().unwrap_or_default();
    let is_free = data(subscription, "items").iter().all(|item| whole(&item["price"], "unit_amount") == 0);
    let has_method = !subscription["default_payment_method"].is_null()
        || !customer["invoice_settings"]["default_payment_method"].is_null();
    if has_method || is_free || behaviour == "default_incomplete" || text(subscription, "status") != "incomplete" {
        return Ok(());
    }
    let message = "This customer has no attached payment source or default payment method. Please consider adding a \
                   default payment method.";
    Err(Failure::refused("resource_missing", message))
}

fn bill(books: &mut Books, id: &str, behaviour: &str) -> Result<(), Failure> {
    let subscription = books.find("subscription", id, "id")?;
    let (now, is_trial) = (books.now(), text(&subscription, "status") == "trialing");
    let (start, end_of_period) = item::period(&subscription);
    let line = |item: &Value| line::whole_period(books, item, (start, end_of_period), is_trial);
    let draft = Draft {
        customer: text(&subscription, "customer"),
        subscription: Some(&subscription),
        reason: "subscription_create",
        period: (now, now),
        currency: text(&subscription, "currency"),
        lines: data(&subscription, "items").iter().map(line).collect(),
        proration_date: None,
    };
    let invoice = make::make(books, draft);
    period::plan(books, id);
    end::plan(books, id);
    books.due(now + 23 * HOUR, Due::Incomplete(id.to_owned()));
    if behaviour == "default_incomplete" {
        make::finalize(books, &invoice);
        return Ok(());
    }
    match collect::bill(books, &invoice) {
        Err(failure) if behaviour == "error_if_incomplete" => {
            books.remove(id);
            end::void(books, &invoice);
            Err(failure)
        }
        _ => Ok(()),
    }
}
