//! What follows in a subscription from its invoices.

use super::pending;
use crate::stripe::books::Books;
use crate::stripe::invoice::{payment, subscription_of};
use crate::stripe::payment_method;
use crate::stripe::value::{maybe, text};
use serde_json::Value;

/// The subscription of an invoice, if it is its latest one.
fn of_latest(books: &Books, invoice: &str) -> Option<Value> {
    let id = books.get(invoice).and_then(subscription_of)?;
    books.get(&id).filter(|one| text(one, "latest_invoice") == invoice).cloned()
}

/// An invoice was paid: a subscription that waited for that goes on.
pub(in crate::stripe) fn paid(books: &mut Books, invoice: &str) {
    mark_delinquent(books, invoice);
    let Some(before) = of_latest(books, invoice) else { return };
    let id = text(&before, "id");
    save_method(books, id, invoice);
    if matches!(text(&before, "status"), "incomplete" | "past_due" | "unpaid") {
        books.change(id, |one| one["status"] = "active".into());
    }
    if books.changes.contains_key(id) {
        pending::apply(books, id);
    }
    books.tell_change("customer.subscription.updated", &before);
}

/// Whether a customer owes an invoice that was charged in vain.
fn mark_delinquent(books: &mut Books, invoice: &str) {
    let Some(customer) = books.get(invoice).and_then(|invoice| maybe(invoice, "customer")) else { return };
    let owes =
        |one: &Value| text(one, "customer") == customer && text(one, "status") == "open" && one["attempted"] == true;
    let is_delinquent = books.all("invoice").any(owes);
    let Some(before) = books.get(&customer).cloned() else { return };
    books.change(&customer, |customer| customer["delinquent"] = is_delinquent.into());
    books.tell_change("customer.updated", &before);
}

/// The payment method that paid is the customer's, and the default of a subscription that wants that.
fn save_method(books: &mut Books, id: &str, invoice: &str) {
    let intent = payment::intent_of(books, invoice).and_then(|intent| books.get(&intent).cloned());
    let Some(method) = intent.and_then(|intent| maybe(&intent, "payment_method")) else { return };
    let Some(subscription) = books.get(id).cloned() else { return };
    if text(&subscription["payment_settings"], "save_default_payment_method") == "on_subscription" {
        payment_method::give(books, &method, text(&subscription, "customer"));
        books.change(id, |one| one["default_payment_method"] = method.into());
    }
}

/// An invoice was not paid: a subscription that had begun is late.
pub(in crate::stripe) fn failed(books: &mut Books, invoice: &str) {
    mark_delinquent(books, invoice);
    let Some(before) = of_latest(books, invoice) else { return };
    let id = text(&before, "id");
    let is_late = matches!(text(&before, "status"), "active" | "trialing") && !books.changes.contains_key(id);
    if is_late {
        books.change(id, |one| one["status"] = "past_due".into());
        books.tell_change("customer.subscription.updated", &before);
    }
}

/// An invoice is not collected any more: a subscription that was late because of it goes on, one that had not begun
/// never will.
pub(in crate::stripe) fn dropped(books: &mut Books, invoice: &str) {
    mark_delinquent(books, invoice);
    let Some(before) = of_latest(books, invoice) else { return };
    let id = text(&before, "id");
    let now = books.now();
    let is_void = books.get(invoice).is_some_and(|invoice| text(invoice, "status") == "void");
    books.change(id, |one| match text(&before, "status") {
        "past_due" => one["status"] = "active".into(),
        "incomplete" if is_void => {
            one["status"] = "incomplete_expired".into();
            one["ended_at"] = now.into();
        }
        _ => {}
    });
    books.tell_change("customer.subscription.updated", &before);
}
