//! What happened, as webhooks tell it.

use super::books::Books;
use crate::calendar;
use crate::hooks;
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Something that happened. What it is about is kept as it was then.
pub(super) struct Event {
    id: String,
    name: &'static str,
    created: String,
    /// `payment`, `subscription` or `checkout`.
    kind: &'static str,
    about: Value,
}

impl Books {
    /// Writes an event down.
    pub(super) fn tell(&mut self, name: &'static str, kind: &'static str, about: Value) {
        let id = format!("evt_{}&{}", name_hash(name), self.number());
        let created = calendar::stamp(self.now);
        self.events.push(Event { id, name, created, kind, about });
    }

    /// Writes down an event of a payment.
    pub(super) fn tell_of_payment(&mut self, name: &'static str, id: &str) {
        if let Ok(payment) = self.payment(id) {
            let about = self.payment_shape(payment);
            self.tell(name, "payment", about);
        }
    }

    /// The webhooks of what happened since the last time.
    pub(super) fn take_webhooks(&mut self) -> Vec<hooks::Webhook> {
        let events = std::mem::take(&mut self.events);
        let wanted = |event: &Event| -> Vec<hooks::Webhook> {
            let listening = self.webhooks.iter().filter(|webhook| webhook.wants(event.name));
            listening.map(|webhook| webhook.of(event.name, event.body())).collect()
        };
        events.iter().flat_map(wanted).collect()
    }
}

impl Event {
    fn body(&self) -> String {
        json!({ "id": self.id, "event": self.name, "dateCreated": self.created, self.kind: self.about }).to_string()
    }
}

/// The same for all events of a name, as at Asaas: only what stands behind the `&` tells them apart.
fn name_hash(name: &str) -> String {
    let hash = HEXLOWER.encode(&Sha256::digest(name.as_bytes()));
    format!("standin{}", hash.get(..25).unwrap_or_default())
}
