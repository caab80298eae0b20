//! Customers.

use super::books::Books;
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::payment_method;
use super::value::text;
use serde_json::{Value, json};

const NAMES: &[&str] = &[
    "address",
    "balance",
    "description",
    "email",
    "invoice_settings",
    "metadata",
    "name",
    "phone",
    "preferred_locales",
    "tax_exempt",
];

/// `POST /v1/customers`
pub(super) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&[NAMES, &["payment_method"]].concat())?;
    let id = books.id("cus_");
    let prefix = id[id.len() - 8..].to_uppercase();
    let mut customer = json!({"id": id, "object": "customer", "address": null, "balance": 0, "created": books.now(),
        "currency": null, "default_source": null, "delinquent": false, "description": null, "discount": null,
        "email": null, "invoice_prefix": prefix,
        "invoice_settings": {"custom_fields": null, "default_payment_method": null, "footer": null,
            "rendering_options": null},
        "livemode": false, "metadata": {}, "name": null, "next_invoice_sequence": 1, "phone": null,
        "preferred_locales": [], "shipping": null, "tax_exempt": "none", "test_clock": null});
    fill(books, &mut customer, params)?;
    let method = params.text("payment_method")?.map(str::to_owned);
    books.put(customer);
    if let Some(method) = method
        && let Err(failure) = payment_method::attach_to(books, &method, &id)
    {
        books.remove(&id);
        return Err(failure);
    }
    books.tell("customer.created", &id);
    books.find("customer", &id, "id")
}

/// `POST /v1/customers/{id}`
pub(super) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(NAMES)?;
    let before = books.find("customer", id, "id")?;
    let mut customer = before.clone();
    fill(books, &mut customer, params)?;
    books.put(customer);
    books.tell_change("customer.updated", &before);
    books.find("customer", id, "id")
}

fn fill(books: &Books, customer: &mut Value, params: &Params) -> Result<(), Failure> {
    metadata::merge(customer, params)?;
    for name in ["description", "email", "name", "phone"] {
        if params.has(name) {
            customer[name] = json!(params.text(name)?);
        }
    }
    if let Some(email) = customer["email"].as_str().filter(|email| !email.contains('@')) {
        return Err(Failure::parameter("email_invalid", "email", format!("Invalid email address: {email}")));
    }
    if let Some(balance) = params.integer("balance")? {
        customer["balance"] = balance.into();
    }
    if params.has("preferred_locales") {
        customer["preferred_locales"] = json!(params.list("preferred_locales")?);
    }
    if let Some(word) = params.word("tax_exempt", &["exempt", "none", "reverse"])? {
        customer["tax_exempt"] = word.into();
    }
    if params.has("address") {
        customer["address"] = address(&params.part("address")?)?;
    }
    fill_settings(books, customer, &params.part("invoice_settings")?)
}

fn fill_settings(books: &Books, customer: &mut Value, settings: &Params) -> Result<(), Failure> {
    settings.only(&["default_payment_method"])?;
    if !settings.has("default_payment_method") {
        return Ok(());
    }
    let method = settings.text("default_payment_method")?;
    if let Some(method) = method {
        let name = settings.name("default_payment_method");
        let found = books.find("payment_method", method, &name)?;
        if found["customer"] != customer["id"] {
            let message = "The customer does not have a payment method with this ID. The payment method must be \
                           attached to the customer.";
            return Err(Failure::refused("resource_missing", message).with("param", name.into()));
        }
    }
    customer["invoice_settings"]["default_payment_method"] = json!(method);
    Ok(())
}

/// An address with the names that Stripe gives its parts; null if none was sent.
pub(super) fn address(part: &Params) -> Answer {
    part.only(&["city", "country", "line1", "line2", "postal_code", "state"])?;
    if part.is_empty() {
        return Ok(Value::Null);
    }
    Ok(json!({"city": part.text("city")?, "country": part.text("country")?, "line1": part.text("line1")?,
        "line2": part.text("line2")?, "postal_code": part.text("postal_code")?, "state": part.text("state")?}))
}

/// `GET /v1/customers/{id}`: one that was deleted is still shown, as such.
pub(super) fn retrieve(books: &Books, id: &str) -> Answer {
    match books.get(id) {
        Some(gone) if gone["deleted"] == true && text(gone, "object") == "customer" => Ok(gone.clone()),
        _ => books.find("customer", id, "id"),
    }
}

/// `GET /v1/customers`: the e-mail address is compared as it is written.
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["email"]))?;
    let email = params.text("email")?;
    list::page(books, "customer", "/v1/customers", params, |one| {
        one["deleted"] != true && email.is_none_or(|email| text(one, "email") == email)
    })
}

/// `DELETE /v1/customers/{id}`: the subscriptions end, the payment methods are let go.
pub(super) fn delete(books: &mut Books, id: &str) -> Answer {
    let customer = books.find("customer", id, "id")?;
    super::subscription::end::all_of(books, id);
    payment_method::let_go_all(books, id);
    let gone = json!({"id": id, "object": "customer", "deleted": true});
    books.put(gone.clone());
    books.tell_of("customer.deleted", customer, None);
    Ok(gone)
}
