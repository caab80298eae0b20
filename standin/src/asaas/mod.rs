//! Asaas, as far as the product talks to it: version 3 of its API, its hosted pages, and its webhooks.
//!
//! What it promises: objects, lists, errors and events have Asaas' shape; amounts are decimals in BRL, days are those
//! of Brasília; a creation is answered by 200; there is no idempotency at all. Ids contain `standin`, or begin with
//! `57a4d145` where Asaas has UUIDs. Card numbers are compared with those of the table of tests and dropped.
//!
//! Where Asaas documents nothing, this stand-in chose, and says so at the place. Taxes, splits, anticipation, fiscal
//! documents, notifications, transfers, subaccounts and dunning are left out.

mod account;
mod answer;
mod books;
mod card;
mod checkout;
mod customer;
mod cycle;
mod event;
mod fee;
mod fields;
mod forward;
mod installment;
mod pages;
mod payment;
mod server;
mod subscription;
#[cfg(test)]
mod tests;
mod webhook;

pub use answer::Refusal;

use crate::bind::bind;
use crate::clock::Clock;
use crate::fault::Faults;
use crate::hooks::{Hooks, Patience};
use books::Books;
use serde_json::Value;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A running stand-in; clones are the same.
#[derive(Clone)]
pub struct Asaas {
    shared: Arc<Shared>,
}

struct Shared {
    books: Mutex<Books>,
    clock: Clock,
    faults: Faults,
    hooks: Hooks,
    access_token: String,
}

/// After fifteen failures the address gets nothing more. Asaas waits up to three hours between two tries; here one
/// does not want to.
const PATIENCE: Patience = Patience {
    tries: 15,
    wait: |attempt| Duration::from_millis(20 * (u64::from(attempt) + 1)),
    halts: true,
    gives_up: |_| false,
};

impl Asaas {
    /// Starts one that listens at this address (port 0: any that is free) and answers whoever knows the token. Within
    /// a runtime, in which it goes on until that ends.
    pub fn start(listen: SocketAddr, access_token: &str) -> io::Result<Self> {
        let (listener, address) = bind(listen)?;
        let shared = Shared {
            books: Mutex::new(Books::new(format!("http://{address}"))),
            clock: Clock::default(),
            faults: Faults::default(),
            hooks: Hooks::start_patient(Arc::new(|_| Vec::new()), |status| status == 200, PATIENCE),
            access_token: access_token.to_owned(),
        };
        let asaas = Self { shared: Arc::new(shared) };
        let router = server::router(&asaas);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(asaas)
    }

    /// Address of its API, with `/v3` at the end.
    pub fn base_url(&self) -> String {
        self.look(|books| format!("{}/v3", books.address))
    }

    /// Its time. To have done what falls due, move it with [`Self::forward`].
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// Calls that will fail.
    pub fn faults(&self) -> Faults {
        self.shared.faults.clone()
    }

    /// Its webhooks, and what goes wrong with them.
    pub fn hooks(&self) -> Hooks {
        self.shared.hooks.clone()
    }

    /// A payment as the API shows it.
    pub fn payment(&self, id: &str) -> Option<Value> {
        self.look(|books| books.payment(id).ok().map(|payment| books.payment_shape(payment)))
    }

    /// All payments that there ever were, the oldest first, deleted ones with `deleted: true`.
    pub fn payments(&self) -> Vec<Value> {
        self.look(|books| books.payments.iter().map(|payment| books.payment_shape(payment)).collect())
    }

    /// A subscription as the API shows it.
    pub fn subscription(&self, id: &str) -> Option<Value> {
        self.look(|books| books.subscription(id).ok().map(|one| books.subscription_shape(one)))
    }

    /// All subscriptions that there ever were, the oldest first, removed ones with `deleted: true`.
    pub fn subscriptions(&self) -> Vec<Value> {
        self.look(|books| books.subscriptions.iter().map(|one| books.subscription_shape(one)).collect())
    }

    /// All checkouts that there ever were, the oldest first.
    pub fn checkouts(&self) -> Vec<Value> {
        self.look(|books| books.checkouts.iter().filter_map(|one| books.checkout_shape(&one.id)).collect())
    }

    /// The refunds of a payment, the oldest first.
    pub fn refunds(&self, payment: &str) -> Vec<Value> {
        self.look(|books| books.payment(payment).map(|payment| payment.refund_shapes()).unwrap_or_default())
    }

    /// What can be paid out, in centavos.
    pub fn balance(&self) -> i64 {
        self.look(|books| books.balance)
    }

    /// From now on this can be paid out, in centavos. At the start it is R$ 10,000.00.
    pub fn set_balance(&self, centavos: i64) {
        self.change(|books| books.balance = centavos);
    }

    /// The next card that is charged or entered is declined, with this code in place of `invalid_action`. Several
    /// are met one after the other.
    pub fn decline_next(&self, code: &str) {
        self.change(|books| books.declines.push_back(code.to_owned()));
    }

    /// The buyer pays: with the card on file or a test card, else with what the payment asks for.
    pub fn pay(&self, payment: &str) -> Result<Value, Refusal> {
        self.change(|books| books.pay(payment))
    }

    /// The buyer disputes the charge with the bank.
    pub fn chargeback(&self, payment: &str) -> Result<Value, Refusal> {
        self.change(|books| books.chargeback(payment))
    }

    /// With the next [`Self::forward`] the bank gives back what was refunded of this payment, or will be until then.
    pub fn deny_refund_later(&self, payment: &str) {
        self.change(|books| books.denied.push(payment.to_owned()));
    }

    /// From now on the refund of a card takes until the next [`Self::forward`], or is done at once again.
    pub fn refunds_take_time(&self, they_do: bool) {
        self.change(|books| books.refunds_take_time = they_do);
    }

    /// Reads the books.
    fn look<T>(&self, read: impl FnOnce(&Books) -> T) -> T {
        read(&self.shared.books.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the books. The events of it go out in their order.
    fn change<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.shared.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.now = self.shared.clock.now();
        let outcome = change(&mut books);
        for webhook in books.take_webhooks() {
            self.shared.hooks.send(webhook);
        }
        outcome
    }
}
