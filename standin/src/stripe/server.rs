//! The accounts at a stand-in, and what they share.

use super::books::Books;
use super::{signature, webhook_endpoint};
use crate::clock::Clock;
use crate::fault::Faults;
use crate::hooks::{Hooks, Webhook};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What all accounts share.
pub(super) struct Server {
    pub(super) base_url: String,
    pub(super) clock: Clock,
    pub(super) faults: Faults,
    latency: Mutex<Duration>,
    accounts: Mutex<Vec<Arc<Account>>>,
}

/// An account: a key, its books and its webhooks.
pub(super) struct Account {
    key: String,
    pub(super) hooks: Hooks,
    books: Arc<Mutex<Books>>,
}

impl Server {
    pub(super) fn new(base_url: String) -> Self {
        Self {
            base_url,
            clock: Clock::default(),
            faults: Faults::default(),
            latency: Mutex::default(),
            accounts: Mutex::default(),
        }
    }

    pub(super) fn account(&self, key: &str) -> Option<Arc<Account>> {
        self.accounts().iter().find(|account| account.key == key).cloned()
    }

    pub(super) fn accounts(&self) -> Vec<Arc<Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_latency(&self, by: Duration) {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    pub(super) fn open(&self, key: &str) -> Arc<Account> {
        let account = Arc::new(Account::new(key, self.clock.clone(), &self.base_url));
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&account));
        account
    }
}

impl Account {
    fn new(key: &str, clock: Clock, base_url: &str) -> Self {
        let books = Arc::new(Mutex::new(Books::new(clock, base_url)));
        let signing = Arc::clone(&books);
        let sign = move |webhook: &Webhook| {
            let books = signing.lock().unwrap_or_else(PoisonError::into_inner);
            let secrets = webhook_endpoint::secrets(&books, &webhook.url);
            vec![("stripe-signature".to_owned(), signature::header(&secrets, books.clock.now(), &webhook.body))]
        };
        let hooks = Hooks::start(Arc::new(sign), |status| (200..300).contains(&status));
        Self { key: key.to_owned(), hooks, books }
    }

    /// Does something with the books, after all that has fallen due; what happens by it is sent.
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.catch_up();
        let result = work(&mut books);
        for webhook in std::mem::take(&mut books.outbox) {
            self.hooks.send(webhook);
        }
        result
    }
}
