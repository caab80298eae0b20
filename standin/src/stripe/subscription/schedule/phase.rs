//! The phases of a schedule.

use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::interval::after;
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::price;
use crate::stripe::subscription::change::{self, Change};
use crate::stripe::subscription::item;
use crate::stripe::subscription::wish::Wish;
use crate::stripe::value::{data, list, text, whole};
use serde_json::{Value, json};

/// The phase that a subscription is in: its items until the end of its period.
pub(super) fn of_now(subscription: &Value) -> Value {
    let (start, end) = item::period(subscription);
    let item = |one: &Value| item_of(&one["price"]["id"], whole(one, "quantity"), json!({}));
    let items: Vec<Value> = data(subscription, "items").iter().map(item).collect();
    blank(items, (start, end), text(subscription, "currency"), "create_prorations", json!({}))
}

fn item_of(price: &Value, quantity: i64, metadata: Value) -> Value {
    json!({"billing_thresholds": null, "discounts": [], "metadata": metadata, "plan": price, "price": price,
        "quantity": quantity, "tax_rates": []})
}

fn blank(items: Vec<Value>, period: (i64, i64), currency: &str, proration: &str, metadata: Value) -> Value {
    json!({"add_invoice_items": [], "application_fee_percent": null, "automatic_tax": {"disabled_reason": null,
        "enabled": false, "liability": null}, "billing_cycle_anchor": null, "billing_thresholds": null,
        "collection_method": null, "currency": currency, "default_payment_method": null, "default_tax_rates": [],
        "description": null, "discounts": [], "end_date": period.1, "invoice_settings": null, "items": items,
        "metadata": metadata, "on_behalf_of": null, "proration_behavior": proration, "start_date": period.0,
        "transfer_data": null, "trial_end": null})
}

/// The phases that a call describes. The current one has to be among them, with its beginning.
pub(super) fn read(books: &mut Books, schedule: &Value, wishes: &[Params]) -> Result<Vec<Value>, Failure> {
    let begin = whole(&schedule["current_phase"], "start_date");
    let mut phases: Vec<Value> = Vec::new();
    for (at, wish) in wishes.iter().enumerate() {
        let follows = phases.last().map(|phase| whole(phase, "end_date"));
        let start = start(books, wish, follows)?;
        if at == 0 && start != begin {
            let message = "You can not modify the start date of the current phase.";
            return Err(Failure::parameter("", &wish.name("start_date"), message));
        }
        phases.push(one(books, wish, start, at + 1 == wishes.len())?);
    }
    Ok(phases)
}

fn start(books: &Books, wish: &Params, follows: Option<i64>) -> Result<i64, Failure> {
    let start = match wish.text("start_date")? {
        Some("now") => Some(books.now()),
        Some(_) => wish.integer("start_date")?,
        None => None,
    };
    let missing = || {
        let message = "The subscription schedule update is missing at least one phase with a `start_date` to anchor \
                       end dates to.";
        Failure::parameter("", "phases", message)
    };
    let start = start.or(follows).ok_or_else(missing)?;
    if follows.is_some_and(|follows| follows != start) {
        let message = "The start date of a phase must be the end date of the one before.";
        return Err(Failure::parameter("", &wish.name("start_date"), message));
    }
    Ok(start)
}

fn one(books: &mut Books, wish: &Params, start: i64, is_last: bool) -> Answer {
    wish.only(&["duration", "end_date", "items", "iterations", "metadata", "proration_behavior", "start_date"])?;
    let (mut items, mut first) = (Vec::new(), None);
    for part in wish.parts("items")? {
        part.only(&["metadata", "price", "price_data", "quantity"])?;
        let price = price::named_or_new(books, &part)?;
        items.push(item_of(&price["id"], part.integer("quantity")?.unwrap_or(1), metadata::read(&part)?));
        first.get_or_insert(price);
    }
    let price = first.ok_or_else(|| Failure::missing(&wish.name("items")))?;
    let end = end(wish, start, &price["recurring"], is_last)?;
    if end <= start {
        return Err(Failure::parameter("", &wish.name("end_date"), "A phase must end after it begins."));
    }
    let words = ["always_invoice", "create_prorations", "none"];
    let proration = wish.word("proration_behavior", &words)?.unwrap_or("create_prorations");
    Ok(blank(items, (start, end), text(&price, "currency"), proration, metadata::read(wish)?))
}

/// The end of a phase: a moment, a duration, or, before 2025-09-30, so many periods of its price.
fn end(wish: &Params, start: i64, recurring: &Value, is_last: bool) -> Result<i64, Failure> {
    let duration = wish.part("duration")?;
    duration.only(&["interval", "interval_count"])?;
    if wish.has("iterations") && wish.is_since("2025-09-30") {
        let name = wish.name("iterations");
        return Err(Failure::parameter("parameter_unknown", &name, format!("Received unknown parameter: {name}")));
    }
    if let Some(end) = wish.integer("end_date")? {
        return Ok(end);
    }
    if let Some(interval) = duration.word("interval", &["day", "week", "month", "year"])? {
        return Ok(after(start, &json!({"interval": interval}), duration.integer("interval_count")?.unwrap_or(1)));
    }
    match wish.integer("iterations")? {
        Some(count) => Ok(after(start, recurring, count)),
        None if is_last => Ok(after(start, recurring, 1)),
        None => Err(Failure::missing(&wish.name("end_date"))),
    }
}

/// What a phase changes of its subscription; none if nothing.
pub(super) fn change(books: &Books, subscription: &str, phase: &Value) -> Option<Change> {
    let subscription = books.get(subscription)?;
    let old = data(subscription, "items");
    let wanted = list(phase, "items");
    let is_same = old.len() == wanted.len()
        && old
            .iter()
            .zip(wanted)
            .all(|(one, other)| one["price"]["id"] == other["price"] && one["quantity"] == other["quantity"]);
    if is_same {
        return None;
    }
    let items = item::of_phase(books, subscription, wanted);
    change::plan(books, subscription, &Wish::of_phase(books, items, text(phase, "proration_behavior"))).ok()
}
