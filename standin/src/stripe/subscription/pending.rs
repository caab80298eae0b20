//! Changes that wait until they are paid.

use super::change::Change;
use super::{end, item, period};
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::value::{text, whole};
use serde_json::{Value, json};

/// How long a change waits.
const WAITS: i64 = 23 * HOUR;

/// Shows that a change waits.
pub(super) fn wait(books: &mut Books, id: &str, change: &Change) {
    let expires = books.now() + WAITS;
    let pending = json!({"billing_cycle_anchor": change.anchor, "expires_at": expires,
        "subscription_items": change.items, "trial_end": change.trial_end, "trial_from_plan": null});
    books.change(id, |one| one["pending_update"] = pending);
    books.due(expires, Due::PendingUpdate(id.to_owned()));
}

/// The change is made.
pub(super) fn put(books: &mut Books, id: &str, change: &Change) {
    let before = books.get(id).map(item::period);
    let now = books.now();
    books.change(id, |one| {
        one["items"] = item::listed(id, &change.items);
        one["pending_update"] = Value::Null;
        if let Some(anchor) = change.anchor {
            one["billing_cycle_anchor"] = anchor.into();
        }
        if one["cancel_at_period_end"] == true {
            one["cancel_at"] = item::period(one).1.into();
        }
        if let Some(end) = change.trial_end {
            let is_over = end <= now;
            one["status"] = if is_over { "active" } else { "trialing" }.into();
            one["trial_end"] = end.into();
            if one["trial_start"].is_null() {
                one["trial_start"] = now.into();
            }
        }
    });
    if before != books.get(id).map(item::period) {
        period::plan(books, id);
    }
}

/// The change that waited was paid.
pub(super) fn apply(books: &mut Books, id: &str) {
    let Some(change) = books.changes.remove(id) else { return };
    let waited = books.get(id).is_some_and(|one| !one["pending_update"].is_null());
    put(books, id, &change);
    if waited {
        books.tell("customer.subscription.pending_update_applied", id);
    }
}

/// The change that waited was not paid in time: nothing changes, and its invoice is void.
pub(in crate::stripe) fn lapse(books: &mut Books, id: &str) {
    let now = books.now();
    let Some(before) = books.get(id).cloned() else { return };
    if whole(&before["pending_update"], "expires_at") != now || books.changes.remove(id).is_none() {
        return;
    }
    books.change(id, |one| one["pending_update"] = Value::Null);
    end::void(books, text(&before, "latest_invoice"));
    books.tell("customer.subscription.pending_update_expired", id);
}
