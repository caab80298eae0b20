//! A stand-in of Stripe, written from what Stripe documents, in the shapes of version 2025-09-30.clover.
//!
//! It differs from Stripe in this: invoices of a renewal are final at once and not after an hour, charges are available
//! at once and cost no fee, and there are no coupons, taxes, meters or connected accounts. A parameter that it doesn't
//! know is refused, so that nothing is silently left out.

mod agenda;
mod balance;
mod books;
mod calls;
mod card;
mod challenge;
mod charge;
mod checkout;
mod currency;
mod customer;
mod dispute;
mod error;
mod event;
mod expand;
mod form;
mod idempotency;
mod interval;
mod invoice;
mod list;
mod metadata;
mod pages;
mod params;
mod payment_intent;
mod payment_method;
mod price;
mod product;
mod proration;
mod refund;
mod router;
mod search;
mod setup_intent;
mod signature;
mod subscription;
#[cfg(test)]
mod tests;
mod value;
mod webhook_endpoint;

pub use books::AfterRetries;

use crate::clock::Clock;
use crate::fault::{self, Faults};
use crate::hooks::{Hooks, Webhook};
use agenda::{Due, HOUR};
use axum::Router;
use axum::middleware::from_fn_with_state;
use books::Books;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// An account at a running stand-in; clones are the same.
#[derive(Clone)]
pub struct Stripe {
    server: Arc<Server>,
    account: Arc<Account>,
}

struct Server {
    base_url: String,
    clock: Clock,
    faults: Faults,
    latency: Mutex<Duration>,
    accounts: Mutex<Vec<Arc<Account>>>,
}

struct Account {
    key: String,
    hooks: Hooks,
    books: Arc<Mutex<Books>>,
}

impl Server {
    fn account(&self, key: &str) -> Option<Arc<Account>> {
        self.accounts().iter().find(|account| account.key == key).cloned()
    }

    fn accounts(&self) -> Vec<Arc<Account>> {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn latency(&self) -> Duration {
        *self.latency.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn open(&self, key: &str) -> Arc<Account> {
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
    fn with<T>(&self, work: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.catch_up();
        let result = work(&mut books);
        for webhook in std::mem::take(&mut books.outbox) {
            self.hooks.send(webhook);
        }
        result
    }
}

impl Stripe {
    /// Listens at an address, of port 0 for any, with an account whose secret key is `secret_key`. Must be called on a
    /// Tokio runtime.
    ///
    /// # Errors
    ///
    /// If nothing can listen there.
    pub fn start(listen: SocketAddr, secret_key: &str) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(listen)?;
        listener.set_nonblocking(true)?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let server = Arc::new(Server {
            base_url,
            clock: Clock::default(),
            faults: Faults::default(),
            latency: Mutex::default(),
            accounts: Mutex::default(),
        });
        let account = server.open(secret_key);
        let router = Router::new()
            .fallback(router::answer)
            .with_state(Arc::clone(&server))
            .layer(from_fn_with_state(server.faults.clone(), fault::layer));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { server, account })
    }

    /// The account of another key at the same stand-in; it is opened if there is none yet.
    pub fn account(&self, key: &str) -> Self {
        let account = self.server.account(key).unwrap_or_else(|| self.server.open(key));
        Self { server: Arc::clone(&self.server), account }
    }

    /// Where it is: `http://127.0.0.1:4242`, without a slash at the end.
    pub fn base_url(&self) -> &str {
        &self.server.base_url
    }

    /// Its clock. What falls due when it is moved comes with the next call; [`Stripe::forward`] brings it at once.
    pub fn clock(&self) -> &Clock {
        &self.server.clock
    }

    /// Moves the clock ahead, from one thing that falls due to the next. The webhooks of each go out before the next, so
    /// that whoever hears of one finds things as they were then; that is waited for two seconds at most.
    pub async fn forward(&self, by: Duration) {
        let clock = &self.server.clock;
        let end = clock.now().saturating_add_unsigned(by.as_secs());
        let due = || {
            let accounts = self.server.accounts();
            accounts.iter().filter_map(|account| account.with(|books| books.next_due())).min()
        };
        while let Some(at) = due().filter(|at| *at <= end) {
            clock.forward(Duration::from_secs(at.saturating_sub(clock.now()).max(0).unsigned_abs()));
            self.catch_up().await;
        }
        clock.forward(Duration::from_secs(end.saturating_sub(clock.now()).max(0).unsigned_abs()));
        self.catch_up().await;
    }

    async fn catch_up(&self) {
        for account in self.server.accounts() {
            account.with(|_| ());
            let _ = tokio::time::timeout(Duration::from_secs(2), account.hooks.settle()).await;
        }
    }

    /// The calls that will fail, of all accounts.
    pub fn faults(&self) -> &Faults {
        &self.server.faults
    }

    /// The webhooks of this account.
    pub fn hooks(&self) -> &Hooks {
        &self.account.hooks
    }

    /// Each POST of the API takes this long from now on; its idempotency key is in use meanwhile.
    pub fn latency(&self, by: Duration) {
        *self.server.latency.lock().unwrap_or_else(PoisonError::into_inner) = by;
    }

    /// An object, as the API would show it.
    pub fn object(&self, id: &str) -> Option<Value> {
        self.account.with(|books| books.get(id).cloned())
    }

    /// All objects of a kind, which is what they have in `object`, in the order in which they came.
    pub fn all(&self, kind: &str) -> Vec<Value> {
        self.account.with(|books| books.all(kind).cloned().collect())
    }

    /// All charges, those that failed too.
    pub fn charges(&self) -> Vec<Value> {
        self.all("charge")
    }

    /// All refunds.
    pub fn refunds(&self) -> Vec<Value> {
        self.all("refund")
    }

    /// All subscriptions.
    pub fn subscriptions(&self) -> Vec<Value> {
        self.all("subscription")
    }

    /// All payment intents.
    pub fn payment_intents(&self) -> Vec<Value> {
        self.all("payment_intent")
    }

    /// All invoices.
    pub fn invoices(&self) -> Vec<Value> {
        self.all("invoice")
    }

    /// All events, whether an endpoint wanted them or not.
    pub fn events(&self) -> Vec<Value> {
        self.all("event")
    }

    /// What a customer has paid and not got back, in minor units of each currency.
    pub fn paid_by(&self, customer: &str) -> BTreeMap<String, i64> {
        self.account.with(|books| payment_intent::paid_by(books, customer))
    }

    /// The next charge of a card is declined with this code, such as `insufficient_funds`. Several are met one after
    /// the other.
    pub fn fail_next_charge(&self, code: &str) {
        self.account.with(|books| books.declines.push(code.to_owned()));
    }

    /// The bank takes a charge back as fraudulent. Returns the dispute; none if the charge is not paid, or is disputed
    /// already.
    pub fn dispute(&self, charge: &str) -> Option<String> {
        self.account.with(|books| dispute::open(books, charge, "fraudulent"))
    }

    /// The bank decides a dispute.
    pub fn close_dispute(&self, dispute: &str, is_won: bool) {
        self.account.with(|books| dispute::close(books, dispute, is_won));
    }

    /// A refund comes back in an hour.
    pub fn fail_refund_later(&self, refund: &str) {
        self.account.with(|books| {
            let at = books.now() + HOUR;
            books.due(at, Due::RefundFails(refund.to_owned()));
        });
    }

    /// A refund that is pending, or waits for bank details, comes through.
    pub fn settle_refund(&self, refund: &str) {
        self.account.with(|books| refund::succeed(books, refund));
    }

    /// The boleto or the Pix of a payment intent is paid. Returns whether one was to be paid.
    pub fn pay(&self, payment_intent: &str) -> bool {
        self.account.with(|books| payment_intent::pay(books, payment_intent))
    }

    /// What is available from now on, in minor units of each currency that the account has had.
    pub fn set_balance(&self, amount: i64) {
        self.account.with(|books| {
            books.balance.entry("brl".to_owned()).or_default();
            books.balance.values_mut().for_each(|available| *available = amount);
        });
    }

    /// What becomes of a subscription whose renewal failed for the last time.
    pub fn after_retries(&self, what: AfterRetries) {
        self.account.with(|books| books.after_retries = what);
    }

    /// A new secret for a webhook endpoint; the one before signs as well for so long. None if there is no such endpoint.
    pub fn roll_secret(&self, webhook_endpoint: &str, keep: Duration) -> Option<String> {
        self.account.with(|books| webhook_endpoint::roll(books, webhook_endpoint, keep))
    }
}
