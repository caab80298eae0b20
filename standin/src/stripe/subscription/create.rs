//! A new subscription, with its first invoice.

use super::{end, fields, item, period, update};
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::interval::next_end;
use crate::stripe::invoice::collect;
use crate::stripe::invoice::line;
use crate::stripe::invoice::make::{self, Draft};
use crate::stripe::params::Params;
use crate::stripe::value::{data, text, whole};
use serde_json::Value;

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
    let mut subscription = fields::blank(books, customer);
    fields::fill(books, &mut subscription, params)?;
    begin(books, &mut subscription, params)?;
    can_be_charged(books, &subscription, behaviour)?;
    let id = text(&subscription, "id").to_owned();
    books.put(subscription);
    books.tell("customer.subscription.created", &id);
    bill(books, &id, behaviour)?;
    books.find("subscription", &id, "id")
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
            Err(update::of_subscription(failure))
        }
        _ => Ok(()),
    }
}
