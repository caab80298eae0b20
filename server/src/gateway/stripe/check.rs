//! Whether the key of a producer works, and what it may do; and an endpoint for webhooks.

use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::webhook::EVENTS;
use super::wire::{List, Metadata};
use super::{Stripe, VERSION};
use serde::Deserialize;
use serde_json::Value;

/// What a key should be allowed to see, and where that is asked. That it may also write there is not asked: only doing
/// it would tell.
const ASKED: &[(&str, &str)] = &[
    ("account", "/v1/account"),
    ("balance", "/v1/balance"),
    ("payment_intents", "/v1/payment_intents"),
    ("refunds", "/v1/refunds"),
    ("customers", "/v1/customers"),
    ("checkout_sessions", "/v1/checkout/sessions"),
    ("webhook_endpoints", "/v1/webhook_endpoints"),
];

/// What nothing needs that is done from here.
pub(super) const UNNEEDED: &[&str] = &["account", "balance"];

const ENDPOINTS: &str = "/v1/webhook_endpoints";

/// The metadata of an endpoint that was registered from here.
const OURS: &str = "aftersale";

/// What was learnt of an account and its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// `acct_…`, where the key may see it.
    pub account: Option<String>,
    /// What the business calls itself.
    pub name: Option<String>,
    /// Whether real money moves.
    pub is_live: bool,
    /// What the key may do.
    pub rights: Vec<Right>,
}

/// Whether a key may see one kind of thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Right {
    /// Stripe's word for it.
    pub what: &'static str,
    /// Whether it may.
    pub is_allowed: bool,
}

/// Why a key was not checked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum CheckError {
    /// Stripe does not take it for anything.
    #[error("Stripe does not take the key: {0}")]
    Refused(String),
    /// Nobody knows: Stripe did not answer.
    #[error("Stripe did not answer: {0}")]
    Unavailable(String),
}

#[derive(Deserialize)]
struct Account {
    id: String,
    business_profile: Option<Named>,
    settings: Option<Settings>,
}

#[derive(Deserialize)]
struct Named {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Settings {
    dashboard: Option<Dashboard>,
}

#[derive(Deserialize)]
struct Dashboard {
    display_name: Option<String>,
}

#[derive(Deserialize)]
struct Endpoint {
    id: String,
    url: String,
    metadata: Option<Metadata>,
    secret: Option<String>,
}

impl Stripe {
    /// Asks Stripe what the key may see.
    ///
    /// # Errors
    /// When Stripe takes it for nothing, or does not answer.
    pub async fn check(&self) -> Result<Checked, CheckError> {
        let mut checked = Checked { account: None, name: None, is_live: self.has_live_key(), rights: Vec::new() };
        let mut last_no = String::new();
        for (what, path) in ASKED {
            // What is no list takes no limit.
            let is_list = !matches!(*what, "account" | "balance");
            let question = Form::new().with_some("limit", is_list.then_some(1));
            let is_allowed = match self.get::<Value>(path, question).await {
                Ok(answer) => {
                    checked.learn(what, answer);
                    true
                }
                Err(Failure::Denied(words)) => {
                    last_no = words;
                    false
                }
                Err(failure) => return Err(failure.into()),
            };
            checked.rights.push(Right { what, is_allowed });
        }
        match checked.rights.iter().any(|right| right.is_allowed) {
            true => Ok(checked),
            false => Err(CheckError::Refused(last_no)),
        }
    }

    fn has_live_key(&self) -> bool {
        self.account.secret_key.split('_').nth(1) == Some("live")
    }

    /// Has Stripe send its webhooks to `url`; the secret that they are signed with. An endpoint that was registered
    /// from here before with the same address is taken away: its secret cannot be read again.
    ///
    /// # Errors
    /// When the key may not do that, Stripe refuses the address, or does not answer.
    pub async fn register_webhook(&self, url: &str) -> Result<String, CheckError> {
        let known: List<Endpoint> = self.get(ENDPOINTS, Form::new().with("limit", 100)).await?;
        let form = Form::new()
            .with("url", url)
            .with_list("enabled_events", EVENTS)
            .with("api_version", VERSION)
            .with("description", "Aftersale")
            .with(format!("metadata[{OURS}]"), true);
        let made: Endpoint = self.post_freely(ENDPOINTS, form).await?;
        let is_old = |one: &Endpoint| {
            one.url == url && one.metadata.as_ref().is_some_and(|metadata| metadata.contains_key(OURS))
        };
        for old in known.data.iter().filter(|one| is_old(one)) {
            // One too many does no harm: what comes twice is taken once.
            if let Err(failure) = self.delete::<Value>(&format!("{ENDPOINTS}/{}", id(&old.id)?), Form::new()).await {
                tracing::warn!(endpoint = old.id, ?failure, "an old endpoint for webhooks stays at Stripe");
            }
        }
        made.secret.ok_or_else(|| CheckError::Unavailable("the new endpoint has no secret".to_owned()))
    }
}

impl Checked {
    fn learn(&mut self, what: &str, answer: Value) {
        if let Some(is_live) = answer.get("livemode").and_then(Value::as_bool) {
            self.is_live = is_live;
        }
        let account = (what == "account").then(|| serde_json::from_value::<Account>(answer).ok()).flatten();
        if let Some(Account { id, business_profile, settings }) = account {
            let shown = settings.and_then(|settings| settings.dashboard?.display_name);
            self.name = business_profile.and_then(|profile| profile.name).or(shown);
            self.account = Some(id);
        }
    }
}

impl From<Failure> for CheckError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Said(said) => Self::Refused(said.words().to_owned()),
            Failure::No(refusal) => Self::Refused(refusal.to_string()),
            Failure::Denied(words) => Self::Refused(words),
            Failure::NotDone(words) | Failure::Lost(words) => Self::Unavailable(words),
        }
    }
}
