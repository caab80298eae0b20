//! Events: what happened, kept for reading, and sent to each endpoint that asked for it.

use super::books::Books;
use super::error::Answer;
use super::list;
use super::params::Params;
use super::value::{maybe, text};
use crate::hooks::Webhook;
use serde_json::{Map, Value, json};

/// The version of the API in which events are written.
pub(super) const VERSION: &str = "2025-09-30.clover";

impl Books {
    /// Records that something happened to an object, and sends it.
    pub(super) fn tell(&mut self, kind: &str, id: &str) {
        let object = self.get(id).cloned().unwrap_or_default();
        self.tell_of(kind, object, None);
    }

    /// The same for a change: with what the fields that differ were before. Nothing is told if none does.
    pub(super) fn tell_change(&mut self, kind: &str, before: &Value) {
        let object = self.get(text(before, "id")).cloned().unwrap_or_default();
        let previous = difference(before, &object);
        if !previous.is_empty() {
            self.tell_of(kind, object, Some(previous));
        }
    }

    /// The same for an object that is kept no more.
    pub(super) fn tell_of(&mut self, kind: &str, object: Value, previous: Option<Map<String, Value>>) {
        let endpoints = self.endpoints(kind);
        let id = self.id("evt_");
        let (request, key) = self.request.clone().unzip();
        let mut data = json!({"object": object});
        if let Some(previous) = previous {
            data["previous_attributes"] = Value::Object(previous);
        }
        let event = json!({"id": id, "object": "event", "api_version": VERSION, "created": self.now(), "data": data,
            "livemode": false, "pending_webhooks": endpoints.len(),
            "request": {"id": request, "idempotency_key": key.flatten()}, "type": kind});
        let body = serde_json::to_string_pretty(&event).unwrap_or_default();
        for url in endpoints {
            let headers = vec![("user-agent".to_owned(), "Stripe/1.0 (stand-in)".to_owned())];
            self.outbox.push(Webhook { url, headers, body: body.clone(), name: kind.to_owned() });
        }
        self.put(event);
    }

    /// The addresses that want to hear of this.
    fn endpoints(&self, kind: &str) -> Vec<String> {
        let wants = |endpoint: &&Value| {
            let wanted = super::value::list(endpoint, "enabled_events");
            text(endpoint, "status") == "enabled" && wanted.iter().any(|one| one == "*" || one == kind)
        };
        self.all("webhook_endpoint").filter(wants).filter_map(|endpoint| maybe(endpoint, "url")).collect()
    }
}

/// The fields of `before` that are others now.
fn difference(before: &Value, now: &Value) -> Map<String, Value> {
    let (Some(before), Some(now)) = (before.as_object(), now.as_object()) else { return Map::new() };
    let mut previous = Map::new();
    for (name, old) in before {
        let new = now.get(name).unwrap_or(&Value::Null);
        match (old, new) {
            _ if old == new => {}
            (Value::Object(_), Value::Object(_)) => {
                previous.insert(name.clone(), Value::Object(difference(old, new)));
            }
            _ => {
                previous.insert(name.clone(), old.clone());
            }
        }
    }
    previous
}

/// `GET /v1/events`
pub(super) fn page(books: &Books, params: &Params) -> Answer {
    params.only(&list::names(&["type", "types"]))?;
    let (kind, kinds) = (params.text("type")?, params.list("types")?);
    list::page(books, "event", "/v1/events", params, |event| {
        kind.is_none_or(|kind| text(event, "type") == kind)
            && (kinds.is_empty() || kinds.iter().any(|kind| kind == text(event, "type")))
    })
}
