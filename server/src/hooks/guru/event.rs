//! From a body to an event: its secret, its key, what it says.

use super::NotTaken;
use super::loose::{Loose, Shape};
use super::{subscription, transaction};
use portal::fingerprint;
use portal::intake::{Event, NewOrder, Report};
use portal::time::Zone;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use types::Instant;

const LONGEST_KEY: usize = 200;

/// A body whose outer shape could be read: an object with a type and a token.
pub(super) struct Envelope {
    fields: BTreeMap<String, Box<RawValue>>,
    token: String,
    kind: String,
}

/// What a body says, read.
pub(super) struct Reading {
    /// The source's id of the thing.
    pub id: String,
    /// The source's word for where it stands.
    pub status: String,
    /// When the source last changed it.
    pub changed_at: Instant,
    /// The order; none when it is of no interest.
    pub order: Option<NewOrder>,
}

#[expect(clippy::needless_pass_by_value, reason = "reasons are literals and errors at hand")]
pub(super) fn unreadable(what: impl ToString) -> NotTaken {
    NotTaken::Unreadable(what.to_string())
}

impl Envelope {
    /// Reads the outer shape. The token is taken out of it and is in nothing that is kept.
    pub(super) fn read(body: &[u8]) -> Result<Self, NotTaken> {
        let body = crate::json::mended(body);
        let mut fields: BTreeMap<String, Box<RawValue>> = serde_json::from_slice(&body).map_err(unreadable)?;
        let token = fields.remove("api_token").and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        let kind = fields.get("webhook_type").and_then(|raw| serde_json::from_str::<String>(raw.get()).ok());
        let kind = kind.ok_or_else(|| unreadable("webhook_type is missing"))?;
        Ok(Self {
            fields,
            token: token.unwrap_or_default(),
            kind: kind.chars().filter(|letter| !letter.is_control()).take(64).collect(),
        })
    }

    /// What the sender gave as its secret.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// What it says. The key of the event holds type, thing, status, version and a hash of the rest: the same body
    /// again is the same event.
    pub(super) fn into_event(self, zone: &Zone, request_id: Option<&str>) -> Result<Event, NotTaken> {
        let mut body = serde_json::to_string(&self.fields).map_err(unreadable)?;
        if !self.token.is_empty() {
            body = body.replace(&self.token, "");
        }
        let hash = &fingerprint(body.as_bytes())[..32];
        let reading = match self.kind.as_str() {
            "transaction" => Some(transaction::read(&parse(&body)?, zone)?),
            "subscription" => Some(subscription::read(&parse(&body)?, zone)?),
            _ => None,
        };
        let (key, report) = match reading {
            // Both become keys of the database, which have a greatest length.
            Some(Reading { id, status, .. }) if id.len() > LONGEST_KEY || status.len() > LONGEST_KEY => {
                return Err(unreadable("id or status is too long"));
            }
            Some(Reading { id, status, changed_at, order }) => {
                let key = format!("{}:{id}:{status}:{}:{hash}", self.kind, changed_at.micros());
                (key, order.map_or(Report::Nothing, |order| Report::Order(Box::new(order))))
            }
            None => (format!("{}:{hash}", self.kind), Report::Nothing),
        };
        if self.kind == "webhook_deactivation" {
            tracing::warn!("Guru has switched a webhook off");
        }
        let request_id = request_id.map(|id| id.chars().take(200).collect());
        Ok(Event { key, request_id, kind: self.kind, body, report })
    }
}

fn parse<T: Shape>(body: &str) -> Result<T, NotTaken> {
    let mut whole: T = serde_json::from_str(body).map_err(unreadable)?;
    whole.stand("");
    Ok(whole)
}

/// The value, or which field is missing.
pub(super) fn needed<T>(value: Option<T>, field: &str) -> Result<T, NotTaken> {
    value.ok_or_else(|| unreadable(format_args!("{field} is missing")))
}

/// Text to be kept: 1,000 characters at most.
pub(super) fn kept(value: &Loose) -> Result<Option<String>, NotTaken> {
    Ok(value.text()?.map(|text| text.chars().take(1000).collect()))
}
