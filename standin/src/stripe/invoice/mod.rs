//! Invoices.

pub(super) mod collect;
pub(super) mod line;
pub(super) mod make;
pub(super) mod manual;
pub(super) mod payment;
pub(super) mod preview;

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::payment_method;
use super::subscription::settle;
use super::value::{data, maybe, text, whole};
use serde_json::{Value, json};

/// `GET /v1/invoices`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["collection_method", "customer", "status", "subscription"]))?;
    let (customer, status) = (params.text("customer")?, params.text("status")?);
    let (subscription, method) = (params.text("subscription")?, params.text("collection_method")?);
    list::page(books, "invoice", "/v1/invoices", params, |one| {
        customer.is_none_or(|customer| text(one, "customer") == customer)
            && status.is_none_or(|status| text(one, "status") == status)
            && method.is_none_or(|method| text(one, "collection_method") == method)
            && subscription.is_none_or(|id| subscription_of(one).as_deref() == Some(id))
    })
}

/// The subscription of an invoice.
pub(super) fn subscription_of(invoice: &Value) -> Option<String> {
    maybe(&invoice["parent"]["subscription_details"], "subscription")
}

/// `GET /v1/invoices/{id}/lines`
pub(super) fn lines(books: &Books, id: &str, params: &Params) -> Answer {
    params.only(&list::names(&[]))?;
    let invoice = books.find("invoice", id, "id")?;
    list::page_of(data(&invoice, "lines"), &format!("/v1/invoices/{id}/lines"), params)
}

/// `POST /v1/invoices/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["auto_advance", "default_payment_method", "description", "metadata"])?;
    let before = books.find("invoice", id, "id")?;
    let mut invoice = before.clone();
    metadata::merge(&mut invoice, params)?;
    for name in ["default_payment_method", "description"] {
        if params.has(name) {
            invoice[name] = json!(params.text(name)?);
        }
    }
    if let Some(advance) = params.flag("auto_advance")? {
        invoice["auto_advance"] = advance.into();
    }
    books.put(invoice);
    books.tell_change("invoice.updated", &before);
    books.find("invoice", id, "id")
}

/// `POST /v1/invoices/{id}/finalize`
pub(super) fn finalize(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["auto_advance"])?;
    must_be(books, id, &["draft"], "finalized")?;
    make::finalize(books, id);
    books.find("invoice", id, "id")
}

/// `POST /v1/invoices/{id}/pay`
pub(super) fn pay(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["forgive", "off_session", "paid_out_of_band", "payment_method"])?;
    must_be(books, id, &["draft", "open", "uncollectible"], "paid")?;
    let method = match params.text("payment_method")? {
        Some(name) => Some(payment_method::named(books, name, "payment_method")?),
        None => None,
    };
    make::finalize(books, id);
    if params.flag("paid_out_of_band")?.unwrap_or(false) {
        payment::cancel(books, id);
        collect::paid(books, id, 0);
    } else if books.get(id).is_some_and(|invoice| text(invoice, "status") != "paid") {
        collect::attempt(books, id, method.as_deref())?;
    }
    books.find("invoice", id, "id")
}

/// `POST /v1/invoices/{id}/void`
pub(super) fn void(books: &mut Books, id: &str) -> Answer {
    must_be(books, id, &["open", "uncollectible"], "voided")?;
    end(books, id, "void", "voided_at", "invoice.voided");
    books.find("invoice", id, "id")
}

/// `POST /v1/invoices/{id}/mark_uncollectible`
pub(super) fn give_up(books: &mut Books, id: &str) -> Answer {
    must_be(books, id, &["open"], "marked as uncollectible")?;
    end(books, id, "uncollectible", "marked_uncollectible_at", "invoice.marked_uncollectible");
    books.find("invoice", id, "id")
}

/// Nobody collects the invoice any more.
pub(super) fn end(books: &mut Books, id: &str, status: &str, moment: &str, event: &str) {
    let now = books.now();
    if status == "void" {
        payment::cancel(books, id);
    }
    books.change(id, |invoice| {
        invoice["status"] = status.into();
        invoice["auto_advance"] = false.into();
        invoice["next_payment_attempt"] = Value::Null;
        invoice["status_transitions"][moment] = now.into();
        if status == "void" {
            invoice["amount_remaining"] = whole(invoice, "amount_due").into();
        }
    });
    books.retries.remove(id);
    books.tell(event, id);
    settle::dropped(books, id);
}

/// Refuses a call that the status does not allow.
fn must_be(books: &Books, id: &str, statuses: &[&str], verb: &str) -> Result<(), Failure> {
    let invoice = books.find("invoice", id, "id")?;
    let status = text(&invoice, "status");
    match status {
        _ if statuses.contains(&status) => Ok(()),
        "paid" if verb == "paid" => Err(Failure::refused("", "Invoice is already paid")),
        _ => Err(Failure::refused(
            "",
            format!(
                "You can only pass in {} invoices. This invoice is {status} and cannot be {verb}.",
                statuses.join(" or ")
            ),
        )),
    }
}
