//! Addresses that hear of events.

use super::Asaas;
use super::answer::{Answer, Refusal, Words, list};
use super::books::Books;
use super::fields::Fields;
use crate::hooks;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

/// An address that hears of events.
pub(super) struct Webhook {
    id: String,
    name: String,
    url: String,
    email: Option<String>,
    enabled: bool,
    auth_token: Option<String>,
    send_type: String,
    events: Vec<String>,
}

/// How many addresses an account has at most.
const MOST: usize = 10;

impl Webhook {
    /// Returns whether it hears of events with this name.
    pub(super) fn wants(&self, event: &str) -> bool {
        self.enabled && self.events.iter().any(|wanted| wanted == event)
    }

    /// What goes there.
    pub(super) fn of(&self, event: &str, body: String) -> hooks::Webhook {
        let token = self.auth_token.iter().map(|token| ("asaas-access-token".to_owned(), token.clone()));
        hooks::Webhook { url: self.url.clone(), headers: token.collect(), body, name: event.to_owned() }
    }

    fn shape(&self, hooks: &hooks::Hooks) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "url": self.url,
            "email": self.email,
            "enabled": self.enabled,
            "interrupted": hooks.is_halted(&self.url),
            "apiVersion": 3,
            "hasAuthToken": self.auth_token.is_some(),
            "sendType": self.send_type,
            "penalizedRequestsCount": 0,
            "events": self.events,
        })
    }

    /// Takes over what a call says.
    fn write(&mut self, fields: &Fields) -> Result<(), Refusal> {
        if let Some(url) = fields.text("url") {
            self.url = url;
        }
        self.name = fields.text("name").unwrap_or_else(|| self.name.clone());
        self.email = fields.text("email").or_else(|| self.email.take());
        self.auth_token = fields.text("authToken").or_else(|| self.auth_token.take());
        self.enabled = fields.get("enabled").and_then(Value::as_bool).unwrap_or(self.enabled);
        self.send_type = send_type(fields, &self.send_type)?;
        if let Some(events) = fields.get("events").and_then(Value::as_array) {
            self.events = events.iter().filter_map(|event| event.as_str().map(str::to_owned)).collect();
        }
        if !self.url.starts_with("http") {
            return Err(Refusal::field("url", "A URL informada é inválida."));
        }
        if self.events.is_empty() {
            return Err(Refusal::field("events", "É necessário informar ao menos um evento."));
        }
        Ok(())
    }
}

/// Both kinds are sent one after the other here.
fn send_type(fields: &Fields, before: &str) -> Result<String, Refusal> {
    let word = fields.text("sendType").unwrap_or_else(|| before.to_owned());
    match &*word {
        "SEQUENTIALLY" | "NON_SEQUENTIALLY" => Ok(word),
        _ => Err(Refusal::field("sendType", "O tipo de envio informado é inválido.")),
    }
}

impl Books {
    fn webhook(&mut self, id: &str) -> Result<&mut Webhook, Refusal> {
        self.webhooks.iter_mut().find(|webhook| webhook.id == id).ok_or_else(|| Refusal::not_found("Webhook"))
    }

    fn add_webhook(&mut self, fields: &Fields) -> Result<&Webhook, Refusal> {
        if self.webhooks.len() >= MOST {
            return Err(Refusal::action("O limite de 10 webhooks foi atingido."));
        }
        let mut webhook = Webhook {
            id: self.uuid(),
            name: String::new(),
            url: String::new(),
            email: None,
            enabled: true,
            auth_token: None,
            send_type: "SEQUENTIALLY".to_owned(),
            events: Vec::new(),
        };
        webhook.write(fields)?;
        self.webhooks.push(webhook);
        self.webhooks.last().ok_or_else(|| Refusal::not_found("Webhook"))
    }
}

pub(super) fn routes() -> Router<Asaas> {
    Router::new()
        .route("/webhooks", get(all).post(add))
        .route("/webhooks/{id}", get(one).put(change).delete(remove))
        .route("/webhooks/{id}/removeBackoff", post(go_on))
}

async fn all(State(asaas): State<Asaas>, Query(words): Query<Words>) -> Answer {
    let hooks = asaas.hooks();
    let all = asaas.look(|books| books.webhooks.iter().rev().map(|webhook| webhook.shape(&hooks)).collect());
    Ok(Json(list(all, &words)))
}

async fn add(State(asaas): State<Asaas>, fields: Fields) -> Answer {
    let hooks = asaas.hooks();
    asaas.change(|books| books.add_webhook(&fields).map(|webhook| Json(webhook.shape(&hooks))))
}

async fn one(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    let hooks = asaas.hooks();
    asaas.change(|books| books.webhook(&id).map(|webhook| Json(webhook.shape(&hooks))))
}

/// `interrupted: false` lets the queue go on.
async fn change(State(asaas): State<Asaas>, Path(id): Path<String>, fields: Fields) -> Answer {
    let hooks = asaas.hooks();
    asaas.change(|books| {
        let webhook = books.webhook(&id)?;
        webhook.write(&fields)?;
        if fields.get("interrupted") == Some(&Value::Bool(false)) {
            hooks.resume(&webhook.url);
        }
        Ok(Json(webhook.shape(&hooks)))
    })
}

/// The queue goes on.
async fn go_on(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    let hooks = asaas.hooks();
    asaas.change(|books| {
        let webhook = books.webhook(&id)?;
        hooks.resume(&webhook.url);
        Ok(Json(webhook.shape(&hooks)))
    })
}

async fn remove(State(asaas): State<Asaas>, Path(id): Path<String>) -> Answer {
    asaas.change(|books| {
        books.webhook(&id)?;
        books.webhooks.retain(|webhook| webhook.id != id);
        Ok(Json(json!({ "deleted": true, "id": id })))
    })
}
