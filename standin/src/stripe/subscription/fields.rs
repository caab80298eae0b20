//! The fields of a subscription, and those that calls set.

use super::end;
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::value::{join, text};
use serde_json::{Value, json};

/// A subscription that has not begun.
pub(super) fn blank(books: &mut Books, customer: &str) -> Value {
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
    let rest = json!({"latest_invoice": null, "livemode": false, "metadata": {},
        "next_pending_invoice_item_invoice": null,
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
