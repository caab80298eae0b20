//! Changing a subscription: what it costs, who pays, when it ends.

use super::change::{self, Change};
use super::wish::Wish;
use super::{end, fields, pending};
use crate::stripe::books::Books;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::invoice::make::{self, Draft};
use crate::stripe::invoice::{collect, line};
use crate::stripe::metadata;
use crate::stripe::params::Params;
use crate::stripe::value::{text, whole};
use serde_json::Value;

/// What a call may change only if it is paid.
const PENDING: &[&str] =
    &["billing_cycle_anchor", "items", "payment_behavior", "proration_behavior", "proration_date", "trial_end"];
const OTHERS: &[&str] = &[
    "cancel_at",
    "cancel_at_period_end",
    "cancellation_details",
    "collection_method",
    "days_until_due",
    "default_payment_method",
    "description",
    "metadata",
    "off_session",
    "payment_settings",
    "trial_settings",
];

/// `POST /v1/subscriptions/{id}`
pub(in crate::stripe) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&[PENDING, OTHERS].concat())?;
    let before = books.find("subscription", id, "id")?;
    if matches!(text(&before, "status"), "canceled" | "incomplete_expired") {
        return of_ended(books, &before, params);
    }
    let words = ["allow_incomplete", "default_incomplete", "error_if_incomplete", "pending_if_incomplete"];
    let behaviour = params.word("payment_behavior", &words)?.unwrap_or("allow_incomplete");
    if behaviour == "pending_if_incomplete"
        && let Some(name) = OTHERS.iter().find(|name| params.has(name) && **name != "off_session")
    {
        let message = format!("You cannot pass `{name}` when `payment_behavior` is set to `pending_if_incomplete`.");
        return Err(Failure::parameter("", name, message));
    }
    let wish = Wish::read(books, &before, params)?;
    let change = change::plan(books, &before, &wish)?;
    let mut subscription = before.clone();
    fields::fill(books, &mut subscription, params)?;
    drop_pending(books, &before, params);
    books.put(subscription);
    end::plan(books, id);
    let result = carry_out(books, id, &change, behaviour);
    if result.is_err() {
        restore(books, &before);
    }
    books.tell_change("customer.subscription.updated", &before);
    result?;
    books.find("subscription", id, "id")
}

/// Nothing of a change that had to be paid stays, but the invoice that was made void.
fn restore(books: &mut Books, before: &Value) {
    let latest = books.get(text(before, "id")).map(|one| one["latest_invoice"].clone());
    let mut subscription = before.clone();
    if let Some(latest) = latest {
        subscription["latest_invoice"] = latest;
    }
    books.put(subscription);
}

fn of_ended(books: &mut Books, before: &Value, params: &Params) -> Answer {
    if params.only(&["cancellation_details", "metadata"]).is_err() {
        let message = "A canceled subscription can only update its cancellation_details and metadata.";
        return Err(Failure::refused("", message));
    }
    let mut subscription = before.clone();
    metadata::merge(&mut subscription, params)?;
    end::fill(books, &mut subscription, params)?;
    books.put(subscription);
    books.tell_change("customer.subscription.updated", before);
    books.find("subscription", text(before, "id"), "id")
}

/// A change that waits gives way to a new one.
fn drop_pending(books: &mut Books, before: &Value, params: &Params) {
    if !before["pending_update"].is_null() && PENDING.iter().any(|name| params.has(name)) {
        books.changes.remove(text(before, "id"));
        end::void(books, text(before, "latest_invoice"));
    }
}

/// Makes a change, at once or when it is paid.
pub(super) fn carry_out(books: &mut Books, id: &str, change: &Change, behaviour: &str) -> Result<(), Failure> {
    for item in &change.lines {
        line::keep(books, item.clone());
    }
    if !change.is_billed_now {
        pending::put(books, id, change);
        return Ok(());
    }
    let must_be_paid = matches!(behaviour, "error_if_incomplete" | "pending_if_incomplete");
    if must_be_paid {
        books.changes.insert(id.to_owned(), change.clone());
    } else {
        pending::put(books, id, change);
    }
    let invoice = invoice(books, id, change);
    let result = match behaviour {
        "default_incomplete" => {
            make::finalize(books, &invoice);
            Ok(())
        }
        _ => collect::bill(books, &invoice),
    };
    let is_paid = books.get(&invoice).is_some_and(|invoice| text(invoice, "status") == "paid");
    match (result, behaviour) {
        (Err(failure), "error_if_incomplete") => {
            books.changes.remove(id);
            end::void(books, &invoice);
            Err(of_subscription(failure))
        }
        (_, "pending_if_incomplete") if !is_paid => {
            pending::wait(books, id, change);
            Ok(())
        }
        _ => {
            pending::apply(books, id);
            Ok(())
        }
    }
}

/// The bank's question has a code of its own where it keeps a subscription from being made or changed.
pub(super) fn of_subscription(failure: Failure) -> Failure {
    if !failure.is("invoice_payment_intent_requires_action") {
        return failure;
    }
    let message =
        "This subscription's payment requires additional user action before it can be completed successfully.";
    Failure::card("subscription_payment_intent_requires_action", None, message)
}

fn invoice(books: &mut Books, id: &str, change: &Change) -> String {
    let subscription = books.get(id).cloned().unwrap_or_default();
    let now = books.now();
    let draft = Draft {
        customer: text(&subscription, "customer"),
        subscription: Some(&subscription),
        reason: "subscription_update",
        period: (whole(&subscription, "start_date").max(change.at), now),
        currency: text(&subscription, "currency"),
        lines: change.whole.clone(),
        proration_date: Some(change.at),
    };
    make::make(books, draft)
}
