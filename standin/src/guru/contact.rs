//! Contacts: whoever buys.

use super::Guru;
use super::answer::{Answer, Refusal, Words, page};
use super::books::Books;
use super::buy::Buyer;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

/// Whoever buys.
pub(super) struct Contact {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    doc: String,
    phone: String,
    created: i64,
}

impl Contact {
    /// As subscriptions show it.
    pub(super) fn short(&self) -> Value {
        json!({
            "id": self.id, "name": self.name, "email": self.email, "doc": self.doc,
            "phone_local_code": "55", "phone_number": self.phone,
        })
    }

    /// As transactions show it.
    pub(super) fn long(&self) -> Value {
        let mut shape = self.short();
        shape["company_name"] = "".into();
        for name in ["", "_number", "_comp", "_district", "_city", "_state", "_state_full_name", "_zip_code"] {
            shape[format!("address{name}")] = "".into();
        }
        shape["address_country"] = "BR".into();
        shape["lead"] = json!([]);
        shape
    }

    /// As it shows itself.
    fn shape(&self) -> Value {
        let mut shape = self.long();
        shape["phone_full_number"] = format!("55{}", self.phone).into();
        shape["is_client"] = 1.into();
        shape["is_lead"] = 0.into();
        shape["created_at"] = self.created.into();
        // Guru's own spelling.
        shape["update_at"] = self.created.into();
        shape
    }
}

impl Books {
    /// The contact with the buyer's address, which may be new.
    pub(super) fn contact_of(&mut self, buyer: &Buyer) -> String {
        let email = buyer.email.trim();
        if let Some(known) = self.contacts.iter().find(|one| one.email.trim().eq_ignore_ascii_case(email)) {
            return known.id.clone();
        }
        let id = self.uuid();
        self.contacts.push(Contact {
            id: id.clone(),
            name: buyer.name.clone(),
            email: buyer.email.clone(),
            doc: buyer.doc.chars().filter(char::is_ascii_digit).collect(),
            phone: buyer.phone.chars().filter(char::is_ascii_digit).collect(),
            created: self.now,
        });
        id
    }

    pub(super) fn contact(&self, id: &str) -> Result<&Contact, Refusal> {
        self.contacts.iter().find(|one| one.id == id).ok_or_else(Refusal::not_found)
    }

    /// Returns whether the words `contact_id`, `contact_email`, `contact_doc` and `contact_name` mean this contact.
    pub(super) fn is_meant(&self, words: &Words, id: &str) -> bool {
        let Ok(contact) = self.contact(id) else { return false };
        let texts = [("id", &contact.id), ("email", &contact.email), ("doc", &contact.doc), ("name", &contact.name)];
        texts.iter().all(|(name, text)| words.allow(&format!("contact_{name}"), text.trim()))
    }
}

pub(super) fn routes() -> Router<Guru> {
    Router::new()
        .route("/contacts", get(all))
        .route("/contacts/{id}", get(one))
        .route("/contacts/{id}/subscriptions", get(subscriptions))
        .route("/contacts/{id}/transactions", get(transactions))
}

async fn all(State(guru): State<Guru>, Query(words): Query<Vec<(String, String)>>) -> Answer {
    let words = Words(words);
    let wanted = |one: &&Contact| {
        words.allow("email", one.email.trim()) && words.allow("doc", &one.doc) && words.allow("name", &one.name)
    };
    page(guru.look(|books| books.contacts.iter().rev().filter(wanted).map(Contact::shape).collect()), &words).map(Json)
}

async fn one(State(guru): State<Guru>, Path(id): Path<String>) -> Answer {
    guru.look(|books| books.contact(&id).map(|one| Json(one.shape())))
}

async fn subscriptions(
    State(guru): State<Guru>,
    Path(id): Path<String>,
    Query(words): Query<Vec<(String, String)>>,
) -> Answer {
    guru.look(|books| {
        books.contact(&id)?;
        let of_it = books.subscriptions.iter().rev().filter(|one| one.contact == id);
        page(of_it.map(|one| books.subscription_short(one)).collect(), &Words(words)).map(Json)
    })
}

async fn transactions(
    State(guru): State<Guru>,
    Path(id): Path<String>,
    Query(words): Query<Vec<(String, String)>>,
) -> Answer {
    guru.look(|books| {
        books.contact(&id)?;
        let of_it = books.transactions.iter().rev().filter(|one| one.contact == id);
        page(of_it.map(|one| books.transaction_shape(one)).collect(), &Words(words)).map(Json)
    })
}
