//! How invoices are paid: each has a payment intent, and an invoice payment that joins the two.

use super::collect;
use crate::stripe::books::Books;
use crate::stripe::error::Answer;
use crate::stripe::list;
use crate::stripe::params::Params;
use crate::stripe::payment_intent::create;
use crate::stripe::value::{list as items, maybe, text, whole};
use serde_json::{Value, json};

/// Gives an invoice its payment intent.
pub(super) fn make(books: &mut Books, invoice: &str) {
    let Some(invoice) = books.get(invoice).cloned() else { return };
    let (id, currency) = (text(&invoice, "id"), text(&invoice, "currency"));
    let mut intent = create::blank(whole(&invoice, "amount_due"), currency, Some(text(&invoice, "customer")));
    let types = items(&invoice["payment_settings"], "payment_method_types");
    intent["payment_method_types"] = match (types.is_empty(), currency) {
        (false, _) => json!(types),
        (true, "brl") => json!(["card", "boleto", "pix"]),
        (true, _) => json!(["card"]),
    };
    intent["description"] = match text(&invoice, "billing_reason") {
        "subscription_create" => "Subscription creation",
        "subscription_cycle" | "subscription_update" => "Subscription update",
        _ => "Payment for Invoice",
    }
    .into();
    if !invoice["parent"].is_null() {
        intent["setup_future_usage"] = "off_session".into();
    }
    let intent = create::keep(books, intent);
    books.tell("payment_intent.created", &intent);
    let payment = books.id("inpay_");
    books.put(json!({"id": payment, "object": "invoice_payment", "amount_paid": null,
        "amount_requested": invoice["amount_due"], "created": books.now(), "currency": currency, "invoice": id,
        "is_default": true, "livemode": false, "payment": {"payment_intent": intent, "type": "payment_intent"},
        "status": "open", "status_transitions": {"canceled_at": null, "paid_at": null}}));
}

/// The invoice payment of an invoice.
fn its(books: &Books, invoice: &str) -> Option<Value> {
    books.all("invoice_payment").rev().find(|payment| text(payment, "invoice") == invoice).cloned()
}

/// The payment intent of an invoice; none if nothing is to be paid.
pub(in crate::stripe) fn intent_of(books: &Books, invoice: &str) -> Option<String> {
    its(books, invoice).and_then(|payment| maybe(&payment["payment"], "payment_intent"))
}

/// The list `payments` of an invoice.
pub(in crate::stripe) fn of(books: &Books, invoice: &str) -> Value {
    let data: Vec<Value> = its(books, invoice).into_iter().collect();
    list::object(&format!("/v1/invoice_payments?invoice={invoice}"), data, false)
}

/// With what a page could pay an invoice.
pub(in crate::stripe) fn confirmation_secret(books: &Books, invoice: &str) -> Value {
    let intent = intent_of(books, invoice).and_then(|intent| books.get(&intent).cloned());
    intent.map_or(Value::Null, |intent| json!({"client_secret": intent["client_secret"], "type": "payment_intent"}))
}

/// What follows in an invoice from its payment intent.
pub(in crate::stripe) fn follow(books: &mut Books, intent: &str) {
    let is_its = |payment: &&Value| text(&payment["payment"], "payment_intent") == intent;
    let Some(payment) = books.all("invoice_payment").rev().find(is_its).cloned() else { return };
    let Some(intent) = books.get(intent).cloned() else { return };
    let invoice = text(&payment, "invoice");
    match text(&intent, "status") {
        "succeeded" => {
            let (amount, now) = (whole(&intent, "amount_received"), books.now());
            end(books, text(&payment, "id"), "paid", |payment| {
                payment["amount_paid"] = amount.into();
                payment["status_transitions"]["paid_at"] = now.into();
            });
            books.tell("invoice_payment.paid", text(&payment, "id"));
            collect::paid(books, invoice, amount);
        }
        "requires_action" => collect::asked(books, invoice, text(&intent["next_action"], "type")),
        "requires_payment_method" => collect::failed(books, invoice),
        _ => {}
    }
}

fn end(books: &mut Books, payment: &str, status: &str, more: impl FnOnce(&mut Value)) {
    books.change(payment, |payment| {
        payment["status"] = status.into();
        more(payment);
    });
}

/// Nothing pays an invoice any more.
pub(super) fn cancel(books: &mut Books, invoice: &str) {
    let Some(payment) = its(books, invoice).filter(|payment| text(payment, "status") == "open") else { return };
    let now = books.now();
    end(books, text(&payment, "id"), "canceled", |payment| payment["status_transitions"]["canceled_at"] = now.into());
    let intent = text(&payment["payment"], "payment_intent").to_owned();
    crate::stripe::payment_intent::stop(books, &intent, Some("void_invoice"));
}

/// `GET /v1/invoice_payments`
pub(in crate::stripe) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["invoice", "payment", "status"]))?;
    let (invoice, status) = (params.text("invoice")?, params.text("status")?);
    let payment = params.part("payment")?;
    payment.only(&["payment_intent", "payment_record", "type"])?;
    let intent = payment.text("payment_intent")?;
    list::page(books, "invoice_payment", "/v1/invoice_payments", params, |one| {
        invoice.is_none_or(|invoice| text(one, "invoice") == invoice)
            && status.is_none_or(|status| text(one, "status") == status)
            && intent.is_none_or(|intent| text(&one["payment"], "payment_intent") == intent)
    })
}
