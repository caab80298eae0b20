//! Memberkit: `POST {base}/users?api_key=…` creates or updates a person by e-mail and gives or takes what one request
//! names.
//!
//! What is known of it, and from where, is in the API document of its author and in the guides of shops that call it:
//! one access mode a request, any 2xx is success whether or not a body comes with it, and dates need four digits of
//! year (a shorter one became the year 121).

use crate::guard::{Answer, CallError, Guard};
use futures::future::BoxFuture;
use portal::ports::{AccessTarget, AreaAddress, Attempt, Clock, MemberArea, Telling, Verdict};
use reqwest::Url;
use serde_json::{Map, Value, json};
use std::sync::Arc;
use std::time::Duration;

/// What is kept of an answer.
const KEPT: usize = 20_000;

/// What stands in place of a key in everything that is kept.
const MASK: &str = "***";

/// A membership without an end: what everybody sends who means "never expires".
const NEVER: &str = "2200-01-01";

/// The connector of Memberkit.
pub struct Memberkit {
    guard: Arc<Guard>,
    clock: Arc<dyn Clock>,
}

impl Memberkit {
    /// A connector that calls through `guard`; `clock` says what today is when a membership ends without a date, and
    /// how long calls take.
    pub fn new(guard: Arc<Guard>, clock: Arc<dyn Clock>) -> Self {
        Self { guard, clock }
    }

    async fn call(&self, area: &AreaAddress, telling: &Telling) -> Attempt {
        let today = day(self.clock.now());
        let body = body(telling, &today).to_string();
        let request = format!("POST {}?api_key={MASK}\n{}", shown(&users(area)), mask(&body, &area.api_key));
        let started = self.clock.now();
        let outcome = match address(area) {
            Some(url) => self.guard.post_json(&url, body).await,
            None => Err(CallError::NotAllowed("it is not an address")),
        };
        let verdict = verdict(&outcome, telling.is_active);
        let duration = self.clock.now().since(started);
        let (status, answer, error) = match outcome {
            Ok(answer) => (Some(answer.status), keep(&answer.body, &area.api_key), None),
            Err(error) => (None, String::new(), Some(mask(&error.to_string(), &area.api_key))),
        };
        Attempt { request, status, answer, error, duration, verdict }
    }
}

impl MemberArea for Memberkit {
    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, Attempt> {
        Box::pin(self.call(area, telling))
    }

    fn batches(&self) -> bool {
        true
    }
}

/// `{base}/users`, whether or not the base ends in a slash.
fn users(area: &AreaAddress) -> String {
    format!("{}/users", area.base_url.trim_end_matches('/'))
}

fn address(area: &AreaAddress) -> Option<Url> {
    let mut url = Url::parse(&users(area)).ok()?;
    url.query_pairs_mut().append_pair("api_key", &area.api_key);
    Some(url)
}

/// An address without what a person may have put in front of the host.
fn shown(address: &str) -> String {
    let Ok(mut url) = Url::parse(address) else { return address.to_owned() };
    if url.password().is_some() {
        let _ = url.set_password(Some(MASK));
    }
    url.to_string()
}

/// The body for a telling. Targets of one mode only: the caller never mixes them, and of a mix the first mode is sent.
fn body(telling: &Telling, today: &str) -> Value {
    let person = &telling.person;
    let mut body = Map::new();
    body.insert("email".into(), json!(person.email));
    body.insert("full_name".into(), json!(full_name(&person.name, &person.email)));
    body.insert("status".into(), json!(if telling.is_active { "active" } else { "inactive" }));
    for (name, value) in [("cpf_cnpj", &person.tax_id), ("phone_number", &person.phone)] {
        if let Some(value) = value.as_deref().filter(|value| !value.trim().is_empty()) {
            body.insert(name.into(), json!(value));
        }
    }
    add_targets(&mut body, telling, today);
    Value::Object(body)
}

fn add_targets(body: &mut Map<String, Value>, telling: &Telling, today: &str) {
    match telling.targets.first() {
        Some(AccessTarget::Classroom(_)) => {
            let ids = telling.targets.iter().filter_map(|target| match target {
                AccessTarget::Classroom(id) => Some(*id),
                _ => None,
            });
            body.insert("classroom_ids".into(), json!(ids.collect::<Vec<_>>()));
            // An enrolment without an end is told none, unless it has one over there that is no more.
            if let Some(until) = telling.until.as_deref().or(telling.clears_end.then_some(NEVER)) {
                body.insert("expires_at".into(), json!(until));
            }
        }
        Some(AccessTarget::MembershipLevel(id)) => {
            let otherwise = if telling.is_active { NEVER } else { today };
            body.insert("membership_level_id".into(), json!(id));
            body.insert("expires_at".into(), json!(telling.until.as_deref().unwrap_or(otherwise)));
        }
        // Not a list of ids but a quality of the person: taking it away says so itself, beside the status.
        Some(AccessTarget::Unlimited) => {
            body.insert("unlimited".into(), json!(telling.is_active));
        }
        None => {}
    }
}

/// A name is required over there; who has none is called by the front of the address.
fn full_name<'a>(name: &'a str, email: &'a str) -> &'a str {
    let front = email.split('@').next().unwrap_or(email);
    Some(name.trim()).filter(|name| !name.is_empty()).unwrap_or(front)
}

fn verdict(outcome: &Result<Answer, CallError>, is_grant: bool) -> Verdict {
    match outcome {
        Ok(Answer { status: 200..=299, .. }) => Verdict::Confirmed,
        // Whoever is not there has no access.
        Ok(Answer { status: 404, .. }) if !is_grant => Verdict::Confirmed,
        Ok(Answer { status: 408 | 425 | 429 | 500..=599, retry_after, .. }) => Verdict::Again(retry_after.map(bounded)),
        Ok(_) | Err(CallError::NotAllowed(_)) => Verdict::Refused,
        Err(_) => Verdict::Again(None),
    }
}

/// Neither a storm nor an eternity.
fn bounded(wait: Duration) -> Duration {
    wait.clamp(Duration::from_secs(1), Duration::from_secs(3600))
}

/// The first 20 kB of an answer, without the key should it come back.
fn keep(answer: &str, key: &str) -> String {
    let mut kept = mask(answer, key);
    kept.truncate(kept.floor_char_boundary(KEPT));
    kept
}

fn mask(text: &str, key: &str) -> String {
    if key.is_empty() {
        return text.to_owned();
    }
    let encoded = percent_encoding::utf8_percent_encode(key, percent_encoding::NON_ALPHANUMERIC).to_string();
    text.replace(key, MASK).replace(&encoded, MASK)
}

fn day(instant: types::Instant) -> String {
    let timestamp = jiff::Timestamp::from_microsecond(instant.micros()).unwrap_or_default();
    timestamp.to_zoned_datetime(jiff::tz::TimeZone::UTC).date().to_string()
}

#[cfg(test)]
mod tests;
