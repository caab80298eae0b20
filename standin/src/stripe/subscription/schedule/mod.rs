//! Schedules: what a subscription costs from which moment on, such as a smaller plan from its renewal.

mod phase;

use super::{end, update};
use crate::stripe::agenda::Due;
use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::list as lists;
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::value::{list, maybe, text, whole};
use serde_json::{Value, json};

const KIND: &str = "subscription_schedule";

/// `POST /v1/subscription_schedules`: only of a subscription that is there.
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["from_subscription"])?;
    let subscription = books.find("subscription", params.needed("from_subscription")?, "from_subscription")?;
    if subscription["schedule"].is_string() || text(&subscription, "status") == "canceled" {
        let id = text(&subscription, "id");
        let message = format!("You cannot migrate a subscription that is already attached to a schedule: {id}");
        return Err(Failure::refused("", message));
    }
    let (id, phase) = (books.id("sub_sched_"), phase::of_now(&subscription));
    let current = json!({"end_date": phase["end_date"], "start_date": phase["start_date"]});
    let settings = json!({"application_fee_percent": null, "automatic_tax": {"disabled_reason": null,
        "enabled": false, "liability": null}, "billing_cycle_anchor": "automatic", "billing_thresholds": null,
        "collection_method": subscription["collection_method"],
        "default_payment_method": subscription["default_payment_method"], "default_source": null,
        "description": null, "invoice_settings": {"account_tax_ids": null, "days_until_due": null,
            "issuer": {"type": "self"}}, "on_behalf_of": null, "transfer_data": null});
    books.put(json!({"id": id, "object": KIND, "application": null, "billing_mode": subscription["billing_mode"],
        "canceled_at": null, "completed_at": null, "created": books.now(), "current_phase": current,
        "customer": subscription["customer"], "customer_account": null, "default_settings": settings,
        "end_behavior": "release", "livemode": false, "metadata": {}, "phases": [phase], "released_at": null,
        "released_subscription": null, "status": "active", "subscription": subscription["id"], "test_clock": null}));
    books.change(text(&subscription, "id"), |one| one["schedule"] = id.clone().into());
    plan(books, &id);
    books.tell("subscription_schedule.created", &id);
    books.find(KIND, &id, "id")
}

/// `POST /v1/subscription_schedules/{id}`
pub(in crate::stripe) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["end_behavior", "metadata", "phases", "proration_behavior"])?;
    let before = active(books, id)?;
    let mut schedule = before.clone();
    metadata::merge(&mut schedule, params)?;
    if let Some(behaviour) = params.word("end_behavior", &["cancel", "release"])? {
        schedule["end_behavior"] = behaviour.into();
    }
    let wishes = params.parts("phases")?;
    if !wishes.is_empty() {
        schedule["phases"] = phase::read(books, &before, &wishes)?.into();
    }
    books.put(schedule);
    plan(books, id);
    step(books, id);
    books.tell_change("subscription_schedule.updated", &before);
    books.find(KIND, id, "id")
}

fn active(books: &Books, id: &str) -> Answer {
    let schedule = books.find(KIND, id, "id")?;
    if text(&schedule, "status") == "active" {
        return Ok(schedule);
    }
    let message = format!("You cannot change a subscription schedule that is {}.", text(&schedule, "status"));
    Err(Failure::refused("", message))
}

/// Has each phase begun, and the last one ended, when that is due.
fn plan(books: &mut Books, id: &str) {
    let phases = books.get(id).map(|schedule| list(schedule, "phases").to_vec()).unwrap_or_default();
    for moment in phases.iter().map(|phase| whole(phase, "end_date")) {
        if moment > books.now() {
            books.due(moment, Due::Phase(id.to_owned()));
        }
    }
}

/// Begins the phase of now, or ends the schedule after its last one.
pub(in crate::stripe) fn step(books: &mut Books, id: &str) {
    let now = books.now();
    let Some(schedule) = books.get(id).filter(|one| text(one, "status") == "active").cloned() else { return };
    let holds = |phase: &&Value| (whole(phase, "start_date")..whole(phase, "end_date")).contains(&now);
    match list(&schedule, "phases").iter().find(holds) {
        Some(phase) => enter(books, &schedule, phase),
        None => finish(books, &schedule),
    }
}

fn enter(books: &mut Books, schedule: &Value, phase: &Value) {
    let subscription = text(schedule, "subscription");
    if let Some(change) = phase::change(books, subscription, phase) {
        let before = books.get(subscription).cloned().unwrap_or_default();
        // What is not paid leaves the subscription late.
        let _ = update::carry_out(books, subscription, &change, "allow_incomplete");
        books.tell_change("customer.subscription.updated", &before);
    }
    let current = json!({"end_date": phase["end_date"], "start_date": phase["start_date"]});
    books.change(text(schedule, "id"), |one| one["current_phase"] = current);
    books.tell_change("subscription_schedule.updated", schedule);
}

fn finish(books: &mut Books, schedule: &Value) {
    let (id, subscription) = (text(schedule, "id"), text(schedule, "subscription"));
    if text(schedule, "end_behavior") == "release" {
        release(books, id);
        return;
    }
    let now = books.now();
    books.change(id, |one| {
        one["status"] = "completed".into();
        one["completed_at"] = now.into();
        one["current_phase"] = Value::Null;
    });
    books.tell("subscription_schedule.completed", id);
    end::cancel(books, subscription, "cancellation_requested");
}

/// The phase that begins with the next period of a subscription.
pub(super) fn at_period_end(books: &mut Books, subscription: &str) {
    if let Some(schedule) = books.get(subscription).and_then(|one| maybe(one, "schedule")) {
        step(books, &schedule);
    }
}

/// `POST /v1/subscription_schedules/{id}/release`: the subscription goes on as it is.
pub(in crate::stripe) fn release_call(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["preserve_cancel_date"])?;
    active(books, id)?;
    release(books, id);
    books.find(KIND, id, "id")
}

fn release(books: &mut Books, id: &str) {
    let (now, subscription) = (books.now(), books.get(id).and_then(|one| maybe(one, "subscription")));
    let Some(subscription) = subscription else { return };
    books.change(id, |one| {
        one["status"] = "released".into();
        one["released_at"] = now.into();
        one["released_subscription"] = one["subscription"].take();
        one["current_phase"] = Value::Null;
    });
    books.change(&subscription, |one| one["schedule"] = Value::Null);
    books.tell("subscription_schedule.released", id);
}

/// `POST /v1/subscription_schedules/{id}/cancel`: the subscription ends now, and what remains of it is credited
/// unless one says otherwise.
pub(in crate::stripe) fn cancel(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["invoice_now", "prorate"])?;
    let schedule = active(books, id)?;
    let subscription = books.find("subscription", text(&schedule, "subscription"), "subscription")?;
    let (prorates, bills) = (params.flag("prorate")?.unwrap_or(true), params.flag("invoice_now")?.unwrap_or(true));
    end::settle_up(books, &subscription, prorates, bills);
    end::cancel(books, text(&subscription, "id"), "cancellation_requested");
    books.find(KIND, id, "id")
}

/// A subscription has ended, and its schedule with it.
pub(super) fn subscription_ended(books: &mut Books, subscription: &Value) {
    let Some(id) = maybe(subscription, "schedule") else { return };
    if books.get(&id).is_none_or(|one| text(one, "status") != "active") {
        return;
    }
    let now = books.now();
    books.change(&id, |one| {
        one["status"] = "canceled".into();
        one["canceled_at"] = now.into();
        one["current_phase"] = Value::Null;
    });
    books.tell("subscription_schedule.canceled", &id);
}

/// `GET /v1/subscription_schedules`
pub(in crate::stripe) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&lists::names(&["customer"]))?;
    let customer = params.text("customer")?;
    lists::page(books, KIND, "/v1/subscription_schedules", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
    })
}
