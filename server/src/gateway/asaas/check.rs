//! Whether the token of a producer works, and what it may do; and an address for webhooks.

use super::failure::Failure;
use super::http::id;
use super::webhook::EVENTS;
use super::wire::List;
use super::{Asaas, LIVE};
use crate::clock::SystemRandom;
use data_encoding::HEXLOWER;
use portal::ports::{Checked, Random};
use serde::Deserialize;
use serde_json::{Value, json};

/// What a token should be allowed to see, and where that is asked. That it may also write there is not asked: only
/// doing it would tell.
const ASKED: &[(&str, &str)] = &[
    ("account", ACCOUNT),
    ("balance", "/finance/balance"),
    ("payments", "/payments"),
    ("customers", "/customers"),
    ("webhooks", WEBHOOKS),
];

/// What nothing needs that is done from here.
const UNNEEDED: &[&str] = &["account", "balance"];

const ACCOUNT: &str = "/myAccount";
const WEBHOOKS: &str = "/webhooks";

#[derive(Deserialize, Default)]
struct Account {
    name: Option<String>,
    email: Option<String>,
}

#[derive(Deserialize)]
struct Webhook {
    id: String,
    url: String,
}

impl Asaas {
    /// Asks Asaas what the token may see.
    pub(super) async fn look(&self) -> Result<Checked, Failure> {
        let is_live = self.account.access_token.starts_with(LIVE);
        let mut checked = Checked { is_live, account: None, lacks: Vec::new() };
        let mut denied: Vec<(&str, String)> = Vec::new();
        for (what, path) in ASKED {
            match self.get::<Value>(path, &[]).await {
                Ok(answer) if *what == "account" => {
                    checked.account = serde_json::from_value::<Account>(answer).ok().and_then(|account| account.name);
                }
                Ok(_) => {}
                Err(Failure::Denied(words)) => denied.push((what, words)),
                Err(failure) => return Err(failure),
            }
        }
        if denied.len() == ASKED.len()
            && let Some((_, words)) = denied.pop()
        {
            return Err(Failure::Denied(words));
        }
        let lacks = denied.iter().filter(|(what, _)| !UNNEEDED.contains(what));
        checked.lacks = lacks.map(|(what, _)| (*what).to_owned()).collect();
        Ok(checked)
    }

    /// Has Asaas send its webhooks to `url`; the secret that they carry, which is ours. An address that is registered
    /// already gets the new one.
    pub(super) async fn have_sent_to(&self, url: &str) -> Result<String, Failure> {
        let secret = secret();
        // Where it writes to when it could not send for long; a token that may not see it leaves that to Asaas.
        let Account { email, .. } = self.get(ACCOUNT, &[]).await.unwrap_or_default();
        let body = json!({
            "name": "Aftersale",
            "url": url,
            "email": email,
            "enabled": true,
            "interrupted": false,
            "apiVersion": 3,
            "authToken": secret,
            "sendType": "SEQUENTIALLY",
            "events": EVENTS,
        });
        let known: List<Webhook> = self.get(WEBHOOKS, &[("limit", "100")]).await?;
        match known.data.iter().find(|one| one.url == url) {
            Some(known) => self.put::<Value>(&format!("{WEBHOOKS}/{}", id(&known.id)?), &body).await?,
            None => self.post::<Value>(WEBHOOKS, &body).await?,
        };
        Ok(secret)
    }
}

/// A new secret, from the system's randomness.
fn secret() -> String {
    let mut bytes = [0; 32];
    SystemRandom.fill(&mut bytes);
    HEXLOWER.encode(&bytes)
}
