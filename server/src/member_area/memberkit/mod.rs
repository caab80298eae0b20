//! Memberkit: `POST {base}/users?api_key=…` creates or updates a person by e-mail and gives or takes what one request
//! names.
//!
//! What is known of it, and from where, is in the API document of its author and in the guides of shops that call it:
//! one access mode a request, any 2xx is success whether or not a body comes with it, and dates need four digits of
//! year (a shorter one became the year 121).

mod body;
mod target;

pub use target::Target;

use super::AreaKind;
use crate::guard::{Answer, CallError, Guard};
use body::body;
use futures::future::BoxFuture;
use portal::ports::{AccessTarget, AreaAddress, Clock, DeliveryAttempt, MemberArea, NotATarget, Telling, Verdict};
use reqwest::Url;
use std::sync::Arc;
use std::time::Duration;
use target::Mode;

/// Member areas at Memberkit.
pub const KIND: AreaKind = AreaKind { name: "memberkit", base_url: "https://memberkit.com.br/api/v1" };

/// What is kept of an answer.
const KEPT: usize = 20_000;

/// What stands in place of a key in everything that is kept.
const MASK: &str = "***";

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

    async fn call(&self, area: &AreaAddress, telling: &Telling) -> DeliveryAttempt {
        let mode = match Mode::of(&telling.targets) {
            Ok(mode) => mode,
            Err(error) => return DeliveryAttempt::not_made(error),
        };
        let body = body(telling, &mode, &day(self.clock.now())).to_string();
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
        DeliveryAttempt { request, status, answer, error, duration, verdict }
    }
}

impl MemberArea for Memberkit {
    fn read_target(&self, word: &str) -> Result<AccessTarget, NotATarget> {
        AccessTarget::parse(&Target::read(word)?.to_string())
    }

    /// Classes travel together; a call carries one level, or everything.
    fn group(&self, target: &AccessTarget) -> Option<&'static str> {
        matches!(Target::read(target.as_str()), Ok(Target::Classroom(_))).then_some("classrooms")
    }

    fn tell<'a>(&'a self, area: &'a AreaAddress, telling: &'a Telling) -> BoxFuture<'a, DeliveryAttempt> {
        Box::pin(self.call(area, telling))
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
