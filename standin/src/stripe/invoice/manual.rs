//! Invoices that someone makes by hand, and their items.

use super::{line, make};
use crate::stripe::books::Books;
use crate::stripe::currency;
use crate::stripe::error::{Answer, Failure};
use crate::stripe::metadata;
use crate::stripe::params::Params;
use serde_json::{Value, json};

/// `POST /v1/invoices`: a draft, empty or with the customer's invoice items that wait.
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&[
        "auto_advance",
        "collection_method",
        "currency",
        "customer",
        "days_until_due",
        "description",
        "metadata",
        "pending_invoice_items_behavior",
        "default_payment_method",
    ])?;
    let customer = params.needed("customer")?;
    books.find("customer", customer, "customer")?;
    let currency = match params.text("currency")? {
        Some(_) => currency::read(params, "currency")?,
        None => "brl".to_owned(),
    };
    let method = params.word("collection_method", &["charge_automatically", "send_invoice"])?;
    let days = params.integer("days_until_due")?;
    let (metadata, now) = (metadata::read(params)?, books.now());
    let draft = make::Draft {
        customer,
        subscription: None,
        reason: "manual",
        period: (now, now),
        currency: &currency,
        lines: Vec::new(),
        proration_date: None,
    };
    let includes = params.word("pending_invoice_items_behavior", &["exclude", "include"])? == Some("include");
    let id = if includes { make::make(books, draft) } else { make::make_of(books, draft, &[]) };
    books.change(&id, |invoice| {
        invoice["metadata"] = metadata;
        invoice["auto_advance"] = (params.flag("auto_advance").ok().flatten() == Some(true)).into();
        invoice["description"] = json!(params.text("description").ok().flatten());
        invoice["default_payment_method"] = json!(params.text("default_payment_method").ok().flatten());
        invoice["collection_method"] = method.unwrap_or("charge_automatically").into();
        invoice["due_date"] = json!(days.map(|days| now + days * 86_400));
    });
    books.find("invoice", &id, "id")
}

/// `POST /v1/invoiceitems`
pub(in crate::stripe) fn create_item(books: &mut Books, params: &Params) -> Answer {
    params.only(&["amount", "currency", "customer", "description", "invoice", "metadata", "subscription"])?;
    let customer = params.needed("customer")?;
    books.find("customer", customer, "customer")?;
    let currency = currency::read(params, "currency")?;
    let amount = params.integer("amount")?.ok_or_else(|| Failure::missing("amount"))?;
    currency::whole(amount, &currency, "amount")?;
    let parent = match params.text("subscription")? {
        Some(id) => {
            books.find("subscription", id, "subscription")?;
            json!({"subscription_details": {"subscription": id, "subscription_item": null},
                "type": "subscription_details"})
        }
        None => Value::Null,
    };
    let now = books.now();
    let rest = json!({"id": null, "object": "invoiceitem", "customer": customer, "date": now, "discountable": true,
        "metadata": metadata::read(params)?, "parent": parent, "pricing": null, "proration": false, "quantity": 1});
    let item = line::pending(amount, &currency, params.text("description")?.unwrap_or_default(), (now, now), rest);
    let invoice = params.text("invoice")?;
    if let Some(invoice) = invoice {
        super::must_be(books, invoice, &["draft"], "added to")?;
    }
    let id = line::keep(books, item);
    if let Some(invoice) = invoice {
        make::add(books, invoice, &id);
    }
    books.find("invoiceitem", &id, "id")
}
