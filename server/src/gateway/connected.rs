//! The accounts that producers connected: an adapter for each kind, opened with the secrets of the account.

use super::asaas::{self, Asaas, AsaasAccount};
use super::guru::{self, Guru, GuruAccount};
use super::stripe::{self, Stripe, StripeAccount};
use crate::guard::{Guard, Times};
use ipnet::IpNet;
use portal::ports::{Abilities, CardPages, Clock, ConnectedAccount, Gateway, UnreadableSecrets};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// A charge may take a bank half a minute, and Asaas a whole one.
const TIMES: Times = Times { connect: Duration::from_secs(5), total: Duration::from_secs(75) };

/// The adapters of connected accounts.
pub struct Connected {
    guard: Arc<Guard>,
    clock: Arc<dyn Clock>,
    /// Whether accounts that move real money are opened.
    takes_live: bool,
}

/// What is on file of an account at Stripe, by the names of its parts.
#[derive(Deserialize)]
struct StripeParts {
    secret_key: String,
    base_url: Option<String>,
}

/// The same at Asaas.
#[derive(Deserialize)]
struct AsaasParts {
    access_token: String,
    base_url: Option<String>,
}

/// The same at Guru.
#[derive(Deserialize)]
struct GuruParts {
    user_token: String,
    base_url: Option<String>,
}

impl Connected {
    /// Adapters that call addresses of the open internet, and those that the operator listed. In development no account
    /// is opened that moves real money.
    pub fn new(private: &[IpNet], clock: Arc<dyn Clock>, takes_live: bool) -> Self {
        Self::waiting(private, TIMES, clock, takes_live)
    }

    /// The same, that wait so long for an answer.
    pub fn waiting(private: &[IpNet], times: Times, clock: Arc<dyn Clock>, takes_live: bool) -> Self {
        Self { guard: Arc::new(Guard::new(private, times)), clock, takes_live }
    }

    /// What an account of this kind can do when it is asked to.
    pub(super) fn abilities(kind: &str) -> Abilities {
        match kind {
            asaas::NAME => Abilities {
                refunds: true,
                charges: true,
                cards: CardPages::WithPayment,
                subscriptions: Some(asaas::SUBSCRIPTIONS),
                ..Abilities::default()
            },
            guru::NAME => Abilities { refunds: true, subscriptions: Some(guru::SUBSCRIPTIONS), ..Abilities::default() },
            stripe::NAME => Abilities {
                refunds: true,
                charges: true,
                cards: CardPages::Free,
                subscriptions: Some(stripe::SUBSCRIPTIONS),
                ..Abilities::default()
            },
            _ => Abilities::default(),
        }
    }

    pub(super) fn open(&self, account: &ConnectedAccount) -> Option<Result<Arc<dyn Gateway>, UnreadableSecrets>> {
        match account.kind.as_str() {
            asaas::NAME => Some(self.asaas(&account.secrets)),
            guru::NAME => Some(self.guru(&account.secrets)),
            stripe::NAME => Some(self.stripe(&account.secrets)),
            _ => None,
        }
    }

    fn asaas(&self, secrets: &str) -> Result<Arc<dyn Gateway>, UnreadableSecrets> {
        let AsaasParts { access_token, base_url } = serde_json::from_str(secrets).map_err(|_| UnreadableSecrets)?;
        if !self.takes_live && access_token.starts_with(asaas::LIVE) {
            return Err(UnreadableSecrets);
        }
        let base_url = base_url.unwrap_or_else(|| asaas::BASE_URL.to_owned());
        let account = AsaasAccount { base_url, access_token };
        Ok(Arc::new(Asaas::new(self.guard.clone(), self.clock.clone(), account)))
    }

    fn guru(&self, secrets: &str) -> Result<Arc<dyn Gateway>, UnreadableSecrets> {
        let GuruParts { user_token, base_url } = serde_json::from_str(secrets).map_err(|_| UnreadableSecrets)?;
        let base_url = base_url.unwrap_or_else(|| guru::BASE_URL.to_owned());
        let account = GuruAccount { base_url, user_token };
        if !self.takes_live && account.is_live() {
            return Err(UnreadableSecrets);
        }
        Ok(Arc::new(Guru::new(self.guard.clone(), self.clock.clone(), account)))
    }

    fn stripe(&self, secrets: &str) -> Result<Arc<dyn Gateway>, UnreadableSecrets> {
        let parts: StripeParts = serde_json::from_str(secrets).map_err(|_| UnreadableSecrets)?;
        if !self.takes_live && parts.secret_key.contains("_live_") {
            return Err(UnreadableSecrets);
        }
        let account = StripeAccount {
            base_url: parts.base_url.unwrap_or_else(|| stripe::BASE_URL.to_owned()),
            secret_key: parts.secret_key,
            prices: BTreeMap::new(),
        };
        Ok(Arc::new(Stripe::new(self.guard.clone(), self.clock.clone(), account)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemClock;
    use portal::connection::KINDS;

    /// What is known without opening an account is what its adapter can do.
    #[test]
    fn every_kind_is_opened_and_can_do_what_is_said_of_it() {
        let connected = Connected::new(&[], Arc::new(SystemClock), true);
        for kind in KINDS {
            let secrets = format!(r#"{{"{}":"a secret of a test"}}"#, kind.secret().unwrap());
            let account = ConnectedAccount { kind: kind.name.to_owned(), secrets };
            let adapter = connected.open(&account).expect("an adapter").expect("secrets that it reads");
            let can = Abilities::of(adapter.as_ref());
            assert_eq!(Connected::abilities(kind.name), can, "{}", kind.name);
            let unreadable = ConnectedAccount { secrets: "{}".to_owned(), ..account };
            assert!(connected.open(&unreadable).is_some_and(|opened| opened.is_err()), "{}", kind.name);
        }
        assert_eq!(Connected::abilities("nobody"), Abilities::default());
    }
}
