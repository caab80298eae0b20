//! How subscriptions end: on demand, at the end of a period, or because nobody pays.

use super::schedule;
use super::{change, update};
use crate::stripe::agenda::Due;
use crate::stripe::books::{AfterRetries, Books};
use crate::stripe::error::{Answer, Failure};
use crate::stripe::invoice::{self, line, subscription_of};
use crate::stripe::params::Params;
use crate::stripe::value::{data, maybe, text};
use serde_json::{Value, json};

const FEEDBACK: [&str; 8] = [
    "customer_service",
    "low_quality",
    "missing_features",
    "other",
    "switched_service",
    "too_complex",
    "too_expensive",
    "unused",
];

/// What a call says about the end of a subscription.
pub(super) fn fill(books: &Books, subscription: &mut Value, params: &Params) -> Result<(), Failure> {
    let now = books.now();
    if let Some(ends) = params.flag("cancel_at_period_end")? {
        if let Some(schedule) = maybe(subscription, "schedule") {
            return Err(Failure::refused(
                "",
                format!(
                    "The subscription is managed by the subscription schedule \
                `{schedule}`, and updating any cancelation behavior directly is not allowed. Please update the \
                schedule instead."
                ),
            ));
        }
        let (_, end) = super::item::period(subscription);
        subscription["cancel_at_period_end"] = ends.into();
        subscription["canceled_at"] = json!(ends.then_some(now));
        subscription["cancel_at"] = json!(ends.then_some(end).filter(|end| *end > 0));
        subscription["cancellation_details"]["reason"] = json!(ends.then_some("cancellation_requested"));
    }
    if params.has("cancel_at") {
        let at = params.integer("cancel_at")?;
        subscription["cancel_at"] = json!(at);
        subscription["canceled_at"] = json!(at.map(|_| now));
        subscription["cancellation_details"]["reason"] = json!(at.map(|_| "cancellation_requested"));
    }
    details(subscription, &params.part("cancellation_details")?)
}

fn details(subscription: &mut Value, part: &Params) -> Result<(), Failure> {
    part.only(&["comment", "feedback"])?;
    if part.has("comment") {
        subscription["cancellation_details"]["comment"] = json!(part.text("comment")?);
    }
    if part.has("feedback") {
        subscription["cancellation_details"]["feedback"] = json!(part.word("feedback", &FEEDBACK)?);
    }
    Ok(())
}

/// `DELETE /v1/subscriptions/{id}`
pub(in crate::stripe) fn delete(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["cancellation_details", "invoice_now", "prorate"])?;
    let mut subscription = books.find("subscription", id, "id")?;
    if matches!(text(&subscription, "status"), "canceled" | "incomplete_expired") {
        return Err(Failure::no_such("subscription", id, "id"));
    }
    details(&mut subscription, &params.part("cancellation_details")?)?;
    books.put(subscription.clone());
    let (prorates, bills) = (params.flag("prorate")?.unwrap_or(false), params.flag("invoice_now")?.unwrap_or(false));
    settle_up(books, &subscription, prorates, bills);
    cancel(books, id, "cancellation_requested");
    books.find("subscription", id, "id")
}

/// What remains of a period is credited, what waits for an invoice is billed, if one wants that.
pub(super) fn settle_up(books: &mut Books, subscription: &Value, prorates: bool, bills: bool) {
    let id = text(subscription, "id");
    let (_, ends) = super::item::period(subscription);
    if prorates && text(subscription, "status") == "active" {
        let at = books.now().min(ends);
        for item in change::credits(books, subscription, data(subscription, "items"), at) {
            line::keep(books, item);
        }
    }
    if bills && !line::waiting(books, text(subscription, "customer"), Some(id)).is_empty() {
        let mut last = change::Change::none(subscription);
        last.is_billed_now = true;
        last.at = books.now();
        // What is not paid stays open.
        let _ = update::carry_out(books, id, &last, "allow_incomplete");
    }
}

/// The subscription ends. Its open invoices are not charged any more by themselves.
pub(in crate::stripe) fn cancel(books: &mut Books, id: &str, reason: &str) {
    let Some(before) = books.get(id).cloned() else { return };
    let now = books.now();
    books.changes.remove(id);
    books.change(id, |one| {
        one["status"] = "canceled".into();
        one["ended_at"] = now.into();
        one["pending_update"] = Value::Null;
        if one["canceled_at"].is_null() {
            one["canceled_at"] = now.into();
        }
        one["cancellation_details"]["reason"] = reason.into();
    });
    let open = |invoice: &&Value| text(invoice, "status") == "open" && subscription_of(invoice).as_deref() == Some(id);
    let open: Vec<String> = books.all("invoice").filter(open).map(|one| text(one, "id").to_owned()).collect();
    for invoice in &open {
        books.change(invoice, |invoice| {
            invoice["auto_advance"] = false.into();
            invoice["next_payment_attempt"] = Value::Null;
        });
        if text(&before, "status") == "incomplete" {
            void(books, invoice);
        }
    }
    schedule::subscription_ended(books, &before);
    books.tell("customer.subscription.deleted", id);
}

/// Has a subscription end at its `cancel_at`, which may be within a period.
pub(super) fn plan(books: &mut Books, id: &str) {
    if let Some(at) = books.get(id).and_then(|one| one["cancel_at"].as_i64()) {
        books.due(at, Due::Cancel(id.to_owned()));
    }
}

/// The moment of `cancel_at` has come, unless it was moved.
pub(in crate::stripe) fn at_moment(books: &mut Books, id: &str) {
    let now = books.now();
    let is_due = |one: &&Value| one["cancel_at"] == now && text(one, "status") != "canceled";
    if books.get(id).filter(is_due).is_some() {
        cancel(books, id, "cancellation_requested");
    }
}

/// An invoice that nobody will pay becomes void.
pub(super) fn void(books: &mut Books, invoice: &str) {
    if books.get(invoice).is_some_and(|invoice| text(invoice, "status") == "open") {
        invoice::end(books, invoice, "void", "voided_at", "invoice.voided");
    }
}

/// The first payment was not made in time.
pub(in crate::stripe) fn lapse(books: &mut Books, id: &str) {
    let Some(latest) = books.get(id).filter(|one| text(one, "status") == "incomplete") else { return };
    let latest = text(latest, "latest_invoice").to_owned();
    void(books, &latest);
}

/// The last retry of a renewal failed.
pub(in crate::stripe) fn exhausted(books: &mut Books, invoice: &str) {
    let Some(id) = books.get(invoice).and_then(subscription_of) else { return };
    let Some(before) = books.get(&id).filter(|one| text(one, "status") == "past_due").cloned() else { return };
    match books.after_retries {
        AfterRetries::Cancel => cancel(books, &id, "payment_failed"),
        AfterRetries::Unpaid => {
            books.change(&id, |one| one["status"] = "unpaid".into());
            books.tell_change("customer.subscription.updated", &before);
        }
        AfterRetries::PastDue => {}
    }
}

/// A customer who is deleted has no subscriptions any more.
pub(in crate::stripe) fn all_of(books: &mut Books, customer: &str) {
    let theirs = |one: &&Value| {
        text(one, "customer") == customer && !matches!(text(one, "status"), "canceled" | "incomplete_expired")
    };
    let ids: Vec<String> = books.all("subscription").filter(theirs).map(|one| text(one, "id").to_owned()).collect();
    for id in ids {
        cancel(books, &id, "cancellation_requested");
    }
}
