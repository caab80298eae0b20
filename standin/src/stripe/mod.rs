//! A stand-in of Stripe, written from what Stripe documents, in the shapes of version 2025-09-30.clover.
//!
//! It differs from Stripe in this: invoices of a renewal are final at once and not after an hour, charges are available
//! at once and cost no fee. There are no coupons, taxes, meters, connected accounts, credit notes, portal, test clocks
//! or captures by hand, and no checkout of subscriptions. A parameter that it doesn't know is refused, so that nothing
//! is silently left out.

mod agenda;
mod balance;
mod books;
mod calls;
mod card;
mod challenge;
mod charge;
mod checkout;
mod control;
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
mod server;
mod setup_intent;
mod signature;
mod subscription;
#[cfg(test)]
mod tests;
mod value;
mod webhook_endpoint;

pub use books::AfterRetries;

use crate::bind::bind;
use crate::clock::Clock;
use crate::fault::{self, Faults};
use crate::hooks::Hooks;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use server::{Account, Server};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// An account at a running stand-in; clones are the same.
#[derive(Clone)]
pub struct Stripe {
    server: Arc<Server>,
    account: Arc<Account>,
}

impl Stripe {
    /// Listens at an address, of port 0 for any, with an account whose secret key is `secret_key`. Must be called on a
    /// Tokio runtime.
    ///
    /// # Errors
    ///
    /// If nothing can listen there.
    pub fn start(listen: SocketAddr, secret_key: &str) -> io::Result<Self> {
        let (listener, address) = bind(listen)?;
        let base_url = format!("http://{address}");
        let server = Arc::new(Server::new(base_url));
        let account = server.open(secret_key);
        let router = Router::new()
            .fallback(router::answer)
            .with_state(Arc::clone(&server))
            .layer(from_fn_with_state(server.faults.clone(), fault::layer))
            .layer(from_fn(router::envelope));
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

    /// Moves the clock ahead, from one thing that falls due to the next. The webhooks of each go out before the next,
    /// so that whoever hears of one finds things as they were then; that is waited for two seconds at most.
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
}
