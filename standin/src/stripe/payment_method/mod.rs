//! Payment methods: cards, boleto and Pix.

pub(super) mod make;

use super::books::{Books, Saved};
use super::card::{self, Behaviour};
use super::error::{Answer, Failure};
use super::list;
use super::metadata;
use super::params::Params;
use super::value::{maybe, text};
use make::{details, from_data};
use serde_json::Value;

pub(super) use make::{keep_card, named, no_details};

/// `POST /v1/payment_methods`
pub(in crate::stripe) fn create(books: &mut Books, params: &Params) -> Answer {
    params.only(&["billing_details", "boleto", "card", "metadata", "pix", "type"])?;
    let metadata = metadata::read(params)?;
    let id = from_data(books, params)?;
    books.change(&id, |method| method["metadata"] = metadata);
    books.find("payment_method", &id, "id")
}

/// `POST /v1/payment_methods/{id}`
pub(in crate::stripe) fn update(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["billing_details", "card", "metadata"])?;
    let before = books.find("payment_method", id, "id")?;
    let mut method = before.clone();
    metadata::merge(&mut method, params)?;
    if params.has("billing_details") {
        method["billing_details"] = details(&params.part("billing_details")?)?;
    }
    let card = params.part("card")?;
    card.only(&["exp_month", "exp_year"])?;
    for name in ["exp_month", "exp_year"] {
        if let Some(number) = card.integer(name)? {
            method["card"][name] = number.into();
        }
    }
    books.put(method);
    books.tell_change("payment_method.updated", &before);
    books.find("payment_method", id, "id")
}

/// `POST /v1/payment_methods/{id}/attach`
pub(in crate::stripe) fn attach(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&["customer"])?;
    let customer = params.needed("customer")?;
    books.find("customer", customer, "customer")?;
    let id = attach_to(books, id, customer)?;
    books.find("payment_method", &id, "id")
}

/// Gives a payment method to a customer; the bank is asked whether the card is good. Returns its id.
pub(in crate::stripe) fn attach_to(books: &mut Books, name: &str, customer: &str) -> Result<String, Failure> {
    let id = named(books, name, "payment_method")?;
    let method = books.find("payment_method", &id, "payment_method")?;
    match maybe(&method, "customer") {
        Some(owner) if owner == customer => return Ok(id),
        Some(_) => {
            let message = "The payment method you provided has already been attached to a customer.";
            return Err(Failure::refused("", message));
        }
        None => {}
    }
    if let Some(Saved { behaviour: Behaviour::Declined(reason), .. }) = books.cards.get(&id) {
        let (code, decline_code, message) = card::decline(reason);
        return Err(Failure::card(code, Some(decline_code), message));
    }
    give(books, &id, customer);
    Ok(id)
}

/// The payment method is the customer's from now on.
pub(in crate::stripe) fn give(books: &mut Books, id: &str, customer: &str) {
    let is_theirs = books.get(id).is_some_and(|method| text(method, "customer") == customer);
    if is_theirs || customer.is_empty() {
        return;
    }
    books.change(id, |method| method["customer"] = customer.into());
    books.tell("payment_method.attached", id);
}

/// `POST /v1/payment_methods/{id}/detach`
pub(in crate::stripe) fn detach(books: &mut Books, id: &str, params: &Params) -> Answer {
    params.only(&[])?;
    let before = books.find("payment_method", id, "id")?;
    if before["customer"].is_null() {
        let message = "The payment method you provided is not attached to a customer so detachment is impossible.";
        return Err(Failure::refused("payment_method_unactivated", message));
    }
    let_go(books, &before);
    books.find("payment_method", id, "id")
}

/// Takes a payment method from its customer; where it was the default there is none any more.
fn let_go(books: &mut Books, before: &Value) {
    let (id, customer) = (text(before, "id"), text(before, "customer"));
    books.change(id, |method| method["customer"] = Value::Null);
    books.change(customer, |customer| {
        if text(&customer["invoice_settings"], "default_payment_method") == id {
            customer["invoice_settings"]["default_payment_method"] = Value::Null;
        }
    });
    let theirs = |one: &&Value| text(one, "default_payment_method") == id;
    let subscriptions: Vec<String> =
        books.all("subscription").filter(theirs).map(|one| text(one, "id").into()).collect();
    for subscription in subscriptions {
        books.change(&subscription, |one| one["default_payment_method"] = Value::Null);
    }
    books.tell_change("payment_method.detached", before);
}

/// A customer who is deleted has none.
pub(in crate::stripe) fn let_go_all(books: &mut Books, customer: &str) {
    let theirs: Vec<Value> =
        books.all("payment_method").filter(|one| text(one, "customer") == customer).cloned().collect();
    for method in theirs {
        let_go(books, &method);
    }
}

/// `GET /v1/payment_methods` and `GET /v1/customers/{id}/payment_methods`
pub(in crate::stripe) fn page(books: &Books, customer: Option<&str>, params: &Params) -> Answer {
    params.only(&list::names(&["customer", "type", "allow_redisplay"]))?;
    let kind = params.text("type")?;
    let (customer, parameter) = match customer {
        Some(customer) => (Some(customer), "id"),
        None => (params.text("customer")?, "customer"),
    };
    let Some(customer) = customer else {
        return Ok(list::object("/v1/payment_methods", Vec::new(), false));
    };
    books.find("customer", customer, parameter)?;
    list::page(books, "payment_method", "/v1/payment_methods", params, |one| {
        text(one, "customer") == customer && kind.is_none_or(|kind| text(one, "type") == kind)
    })
}
