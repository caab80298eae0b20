//! The end of a period: the subscription ends, or goes on and is charged.

use super::{end, item, schedule};
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::interval::next_end;
use crate::stripe::invoice::make::{self, Draft};
use crate::stripe::invoice::{collect, line};
use crate::stripe::value::{data, text, whole};
use serde_json::Value;

/// Has the end of the current period done when it comes; that of a trial is said three days before.
pub(super) fn plan(books: &mut Books, id: &str) {
    let Some(subscription) = books.get(id).cloned() else { return };
    let (_, at) = item::period(&subscription);
    books.due(at, Due::Period(id.to_owned()));
    if text(&subscription, "status") == "trialing" {
        let warning = (at - 3 * 24 * HOUR).max(books.now());
        books.due(warning, Due::TrialEnds(id.to_owned()));
    }
}

/// A trial will end.
pub(in crate::stripe) fn warn(books: &mut Books, id: &str) {
    if books.get(id).is_some_and(|one| text(one, "status") == "trialing") {
        books.tell("customer.subscription.trial_will_end", id);
    }
}

/// The period of a subscription ends, if it still ends now.
pub(in crate::stripe) fn end(books: &mut Books, id: &str) {
    let now = books.now();
    let goes_on = |one: &&Value| matches!(text(one, "status"), "active" | "trialing" | "past_due" | "unpaid");
    let Some(before) = books.get(id).filter(goes_on).cloned() else { return };
    let (start, ends) = item::period(&before);
    if ends != now {
        return;
    }
    let is_over = before["cancel_at_period_end"] == true || before["cancel_at"].as_i64().is_some_and(|at| at <= now);
    if is_over {
        end::cancel(books, id, "cancellation_requested");
        return;
    }
    if text(&before, "status") == "trialing" && end_trial(books, &before) {
        return;
    }
    schedule::at_period_end(books, id);
    if books.get(id).is_none_or(|one| text(one, "status") == "canceled") {
        return;
    }
    roll(books, id, now);
    books.tell_change("customer.subscription.updated", &before);
    renew(books, id, (start, ends));
}

/// Returns whether the subscription stops with its trial, because there is nothing to charge.
fn end_trial(books: &mut Books, before: &Value) -> bool {
    let id = text(before, "id");
    let customer = books.get(text(before, "customer")).cloned().unwrap_or_default();
    let has_method = !before["default_payment_method"].is_null()
        || !customer["invoice_settings"]["default_payment_method"].is_null();
    let then = text(&before["trial_settings"]["end_behavior"], "missing_payment_method");
    match then {
        "cancel" if !has_method => end::cancel(books, id, "payment_failed"),
        "pause" if !has_method => {
            books.change(id, |one| one["status"] = "paused".into());
            books.tell_change("customer.subscription.updated", before);
            books.tell("customer.subscription.paused", id);
        }
        _ => {
            books.change(id, |one| one["status"] = "active".into());
            return false;
        }
    }
    true
}

/// The next period begins.
fn roll(books: &mut Books, id: &str, start: i64) {
    let Some(subscription) = books.get(id).cloned() else { return };
    let items = data(&subscription, "items").to_vec();
    let anchor = whole(&subscription, "billing_cycle_anchor").min(start);
    let end = next_end(anchor, start, &items[0]["price"]["recurring"]);
    books.change(id, |one| one["items"] = item::listed(id, &item::in_period(items, (start, end))));
    plan(books, id);
}

/// Charges the period that begins. What is not paid any more is written down and not charged.
fn renew(books: &mut Books, id: &str, before: (i64, i64)) {
    let Some(subscription) = books.get(id).cloned() else { return };
    let period = item::period(&subscription);
    let lines =
        data(&subscription, "items").iter().map(|item| line::whole_period(books, item, period, false)).collect();
    let draft = Draft {
        customer: text(&subscription, "customer"),
        subscription: Some(&subscription),
        reason: "subscription_cycle",
        period: before,
        currency: text(&subscription, "currency"),
        lines,
        proration_date: None,
    };
    let invoice = make::make(books, draft);
    if text(&subscription, "status") == "unpaid" {
        books.change(&invoice, |invoice| invoice["auto_advance"] = false.into());
        return;
    }
    // A charge that fails is told by its events, and is tried again.
    let _ = collect::bill(books, &invoice);
}
