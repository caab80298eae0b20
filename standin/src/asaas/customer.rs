//! Customers.

use super::Asaas;
use super::answer::{Answer, Refusal, Words, list, matches};
use super::books::Books;
use super::fields::Fields;
use crate::calendar;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// A customer.
pub(super) struct Customer {
    pub(super) id: String,
    created: Date,
    deleted: bool,
    /// Those of [`TEXTS`] that were said.
    texts: Map<String, Value>,
}

/// What a customer says of itself.
const TEXTS: [&str; 16] = [
    "name",
    "email",
    "company",
    "phone",
    "mobilePhone",
    "address",
    "addressNumber",
    "complement",
    "province",
    "postalCode",
    "cpfCnpj",
    "additionalEmails",
    "externalReference",
    "observations",
    "municipalInscription",
    "stateInscription",
];

impl Customer {
    /// One of its texts.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).and_then(Value::as_str)
    }

    fn write(&mut self, fields: &Fields) -> Result<(), Refusal> {
        for name in TEXTS {
            if let Some(text) = fields.text(name) {
                let text = if name == "cpfCnpj" { tax_id(&text)? } else { text };
                self.texts.insert(name.to_owned(), text.into());
            } else if fields.0.get(name).is_some() {
                self.texts.remove(name);
            }
        }
        if self.text("name").is_none() {
            return Err(Refusal::field("name", "O nome do cliente deve ser informado."));
        }
        Ok(())
    }

    fn shape(&self) -> Value {
        let mut shape = json!({
            "object": "customer",
            "id": self.id,
            "dateCreated": self.created.to_string(),
            "personType": self.text("cpfCnpj").map(|id| if id.len() > 11 { "JURIDICA" } else { "FISICA" }),
            "deleted": self.deleted,
            "notificationDisabled": false,
            "canDelete": true,
            "cannotBeDeletedReason": null,
            "canEdit": true,
            "cannotEditReason": null,
            "city": null,
            "cityName": null,
            "state": null,
            "country": "Brasil",
        });
        for name in TEXTS {
            shape[name] = self.texts.get(name).cloned().unwrap_or_default();
        }
        shape
    }
}

/// The digits of a CPF or CNPJ whose check digits are right. Asaas refuses a wrong one as `invalid_object`.
fn tax_id(text: &str) -> Result<String, Refusal> {
    let wrong = || Refusal::new(400, "invalid_object", "O CPF/CNPJ informado é inválido.");
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    let highest = match digits.len() {
        11 => 11,
        14 => 9,
        _ => return Err(wrong()),
    };
    let is_right = |at: usize| {
        let weights = (2..=highest).cycle();
        let sum: u32 = digits.iter().take(at).rev().zip(weights).map(|(digit, weight)| digit * weight).sum();
        digits.get(at) == Some(&(sum * 10 % 11 % 10))
    };
    let all_alike = digits.windows(2).all(|pair| pair.first() == pair.last());
    if all_alike || !is_right(digits.len() - 2) || !is_right(digits.len() - 1) {
        return Err(wrong());
    }
    Ok(digits.iter().map(u32::to_string).collect())
}

impl Books {
    /// The customer, if it is not removed.
    pub(super) fn customer(&self, id: &str) -> Result<&Customer, Refusal> {
        let customer = self.customers.iter().find(|customer| customer.id == id && !customer.deleted);
        customer.ok_or_else(|| Refusal::field("customer", "Customer inválido ou não informado."))
    }

    /// Somebody who can be charged: Asaas wants to know the CPF or CNPJ.
    pub(super) fn payer(&self, fields: &Fields) -> Result<String, Refusal> {
        let customer = self.customer(&fields.text("customer").unwrap_or_default())?;
        if customer.text("cpfCnpj").is_none() {
            let why = "Para criar esta cobrança é necessário preencher o CPF ou CNPJ do cliente.";
            return Err(Refusal::new(400, "invalid_object", why));
        }
        Ok(customer.id.clone())
    }

    /// Adds a customer.
    pub(super) fn add_customer(&mut self, fields: &Fields) -> Result<String, Refusal> {
        let mut customer =
            Customer { id: String::new(), created: calendar::day(self.now), deleted: false, texts: Map::new() };
        customer.write(fields)?;
        customer.id = self.id("cus");
        let id = customer.id.clone();
        self.customers.push(customer);
        Ok(id)
    }

    fn any_customer(&mut self, id: &str) -> Result<&mut Customer, Refusal> {
        self.customers.iter_mut().find(|customer| customer.id == id).ok_or_else(|| Refusal::not_found("Cliente"))
    }
}

pub(super) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/customers", get(all).post(add))
        .route("/customers/{id}", get(one).put(change).post(change).delete(remove))
        .route("/customers/{id}/restore", post(restore))
}

async fn all(State(asaas): State<Asaas>, Query(mut words): Query<Words>) -> Answer {
    if let Some(id) = words.get_mut("cpfCnpj") {
        id.retain(|letter| letter.is_ascii_digit());
    }
    let wanted = |customer: &&Customer| {
        let filters = ["email", "cpfCnpj", "externalReference", "name"];
        !customer.deleted && matches(&words, &filters.map(|name| (name, customer.text(name))))
    };
    let all = asaas.look(|books| books.customers.iter().rev().filter(wanted).map(Customer::shape).collect());
    Ok(Json(list(all, &words)))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let id = books.add_customer(&fields)?;
        Ok(Json(books.any_customer(&id)?.shape()))
    })
}

async fn one(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| Ok(Json(books.any_customer(&id)?.shape())))
}

async fn change(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    asaas.change(|books| {
        let customer = books.any_customer(&id)?;
        customer.write(&fields)?;
        Ok(Json(customer.shape()))
    })
}

/// What waits to be paid goes with the customer.
async fn remove(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.any_customer(&id)?.deleted = true;
        books.remove_all_of(&id);
        Ok(Json(json!({ "deleted": true, "id": id })))
    })
}

async fn restore(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        let customer = books.any_customer(&id)?;
        customer.deleted = false;
        Ok(Json(customer.shape()))
    })
}
