//! Collecting what an invoice asks for, and trying again after 1, 3, 5 and 7 days.

use super::{make, payment};
use crate::stripe::agenda::{Due, HOUR};
use crate::stripe::books::Books;
use crate::stripe::error::Failure;
use crate::stripe::payment_intent::confirm::{self, Terms};
use crate::stripe::subscription::{end, settle};
use crate::stripe::value::{maybe, text, whole};
use serde_json::Value;

/// How many days after the first failure each retry is.
const RETRIES: [i64; 4] = [1, 3, 5, 7];

/// Finalizes an invoice and, if it is to be charged, charges it.
pub(in crate::stripe) fn bill(books: &mut Books, id: &str) -> Result<(), Failure> {
    make::finalize(books, id);
    let is_open = books.get(id).is_some_and(|invoice| {
        text(invoice, "status") == "open" && text(invoice, "collection_method") == "charge_automatically"
    });
    if is_open { attempt(books, id, None) } else { Ok(()) }
}

/// Charges an open invoice to this payment method, or to that of its subscription, or to its customer's default.
pub(in crate::stripe) fn attempt(books: &mut Books, id: &str, method: Option<&str>) -> Result<(), Failure> {
    let invoice = books.find("invoice", id, "id")?;
    let Some(intent) = payment::intent_of(books, id) else { return Ok(()) };
    books.change(id, |invoice| {
        invoice["attempted"] = true.into();
        invoice["attempt_count"] = (whole(invoice, "attempt_count") + 1).into();
    });
    let Some(method) = method.map(str::to_owned).or_else(|| method_of(books, &invoice)) else {
        failed(books, id);
        let message = "There is no `default_payment_method` set on this Customer or Invoice. Please set a default \
                       payment method or pass one.";
        return Err(Failure::refused("resource_missing", message));
    };
    books.change(&intent, |intent| {
        intent["payment_method"] = method.into();
        intent["status"] = "requires_confirmation".into();
        intent["next_action"] = Value::Null;
    });
    let return_url = maybe(&invoice, "hosted_invoice_url");
    let terms = Terms { is_off_session: true, return_url, fails_if_asked: false };
    confirm::confirm(books, &intent, &terms)?;
    must_not_ask(books, &intent)
}

/// A charge that nobody waits for is not made while the bank asks.
fn must_not_ask(books: &Books, intent: &str) -> Result<(), Failure> {
    let intent = books.find("payment_intent", intent, "payment_intent")?;
    if text(&intent["next_action"], "type") != "redirect_to_url" {
        return Ok(());
    }
    let message = "This payment requires additional user action before it can be completed successfully. Payment can \
                   be completed using the PaymentIntent associated with the invoice.";
    Err(Failure::card("invoice_payment_intent_requires_action", None, message).with("payment_intent", intent))
}

fn method_of(books: &Books, invoice: &Value) -> Option<String> {
    let subscription = books.get(text(&invoice["parent"]["subscription_details"], "subscription"));
    let customer = books.get(text(invoice, "customer"));
    maybe(invoice, "default_payment_method")
        .or_else(|| subscription.and_then(|subscription| maybe(subscription, "default_payment_method")))
        .or_else(|| customer.and_then(|customer| maybe(&customer["invoice_settings"], "default_payment_method")))
}

/// The invoice is paid.
pub(in crate::stripe) fn paid(books: &mut Books, id: &str, amount: i64) {
    let now = books.now();
    books.change(id, |invoice| {
        invoice["status"] = "paid".into();
        invoice["attempted"] = true.into();
        invoice["amount_paid"] = amount.into();
        invoice["amount_remaining"] = (whole(invoice, "amount_due") - amount).max(0).into();
        invoice["next_payment_attempt"] = Value::Null;
        invoice["auto_advance"] = false.into();
        invoice["status_transitions"]["paid_at"] = now.into();
    });
    books.retries.remove(id);
    books.tell("invoice.paid", id);
    books.tell("invoice.payment_succeeded", id);
    settle::paid(books, id);
}

/// An attempt failed. The first of them plans the others, except for a subscription that never began.
pub(super) fn failed(books: &mut Books, id: &str) {
    let Some(invoice) = books.get(id).filter(|invoice| text(invoice, "status") == "open").cloned() else { return };
    let is_retried = invoice["auto_advance"] == true
        && text(&invoice, "collection_method") == "charge_automatically"
        && text(&invoice, "billing_reason") != "subscription_create";
    if is_retried && !books.retries.contains_key(id) {
        plan(books, id, books.now(), 0);
    }
    books.tell("invoice.payment_failed", id);
    settle::failed(books, id);
}

/// The bank asks, or a boleto or a Pix is to be paid: that is up to the customer.
pub(super) fn asked(books: &mut Books, id: &str, action: &str) {
    books.tell("invoice.payment_action_required", id);
    if matches!(action, "redirect_to_url" | "use_stripe_sdk") {
        failed(books, id);
    }
}

fn plan(books: &mut Books, id: &str, since: i64, tried: usize) {
    books.retries.insert(id.to_owned(), (since, tried));
    let next = RETRIES.get(tried).map(|days| since + days * 24 * HOUR);
    books.change(id, |invoice| invoice["next_payment_attempt"] = next.into());
    if let Some(at) = next {
        books.due(at, Due::Retry(id.to_owned()));
    }
}

/// Charges an invoice once more; after the last time its subscription ends, or what the account wants.
pub(in crate::stripe) fn retry(books: &mut Books, id: &str) {
    let is_due = books.get(id).is_some_and(|invoice| {
        text(invoice, "status") == "open"
            && invoice["auto_advance"] == true
            && whole(invoice, "next_payment_attempt") == books.now()
    });
    let Some((since, tried)) = books.retries.get(id).copied().filter(|_| is_due) else { return };
    plan(books, id, since, tried + 1);
    let is_last = tried + 1 >= RETRIES.len();
    if attempt(books, id, None).is_err() && is_last {
        end::exhausted(books, id);
    }
}

/// An invoice that was sent was not paid in time.
pub(in crate::stripe) fn overdue(books: &mut Books, id: &str) {
    if books.get(id).is_some_and(|invoice| text(invoice, "status") == "open") {
        books.tell("invoice.overdue", id);
        settle::failed(books, id);
    }
}
