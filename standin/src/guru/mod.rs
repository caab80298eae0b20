//! Digital Manager Guru, as far as the product talks to it: version 2 of its API, its webhooks, a page that buys, one
//! that pays an invoice, and one that makes a token of a card.
//!
//! What it promises: shapes are those of Guru's documents with their unevenness: REST has times as seconds and flags
//! as 0 or 1, webhooks have ISO times, plain days and `[]` for what is empty; `id` of a subscription is its UUID in
//! REST and its code at the marketplace in webhooks. Ids contain `standin` or begin with `57a4d145`. Subscriptions come
//! into being when somebody buys ([`Guru::buy`] or the page), as there is no call for it.
//!
//! Guru does not publish how it prorates: here a day of the old plan is worth its share of what was paid for the cycle,
//! and a day of the new one its share of the new price. It publishes no calendar for cards that decline either: here
//! they are tried on the day, two and four days later, and then the subscription is cancelled. Trials, coupons,
//! e-tickets, affiliates, the delay of webhooks and their switching off by itself are left out.

mod answer;
mod books;
mod buy;
mod card;
mod contact;
mod forward;
mod hook;
mod invoice;
mod offer;
mod pages;
mod server;
mod subscription;
#[cfg(test)]
mod tests;
mod transaction;

pub use answer::Refusal;
pub use buy::{Bought, Buyer};
pub use offer::{Interval, Method, Offer, Product};

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
pub struct Guru {
    shared: Arc<Shared>,
}

struct Shared {
    books: Mutex<Books>,
    clock: Clock,
    faults: Faults,
    hooks: Hooks,
    user_token: String,
}

/// Guru tries up to twenty times, and not at all after some answers. 0 is its word for no connection.
const PATIENCE: Patience = Patience {
    tries: 20,
    wait: |attempt| Duration::from_millis(20 * (u64::from(attempt) + 1)),
    halts: false,
    gives_up: |status| matches!(status.unwrap_or(0), 0 | 401 | 403 | 404 | 406 | 410 | 422 | 505 | 506 | 510 | 511),
};

impl Guru {
    /// Starts one that listens at this address (port 0: any that is free). `user_token` opens the API; `account_token`
    /// comes with webhooks and goes with cards. Within a runtime, in which it goes on until that ends.
    pub fn start(listen: SocketAddr, user_token: &str, account_token: &str) -> io::Result<Self> {
        let (listener, address) = bind(listen)?;
        let shared = Shared {
            books: Mutex::new(Books::new(format!("http://{address}"), account_token.to_owned())),
            clock: Clock::default(),
            faults: Faults::default(),
            hooks: Hooks::start_patient(Arc::new(|_| Vec::new()), |status| status == 200, PATIENCE),
            user_token: user_token.to_owned(),
        };
        let guru = Self { shared: Arc::new(shared) };
        let router = server::router(&guru);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(guru)
    }

    /// Address of its API, with `/api/v2` at the end.
    pub fn base_url(&self) -> String {
        self.look(|books| format!("{}/api/v2", books.address))
    }

    /// Address of the page that makes a token of a card. With `?return_url=` it leads back there, with `card_token`.
    pub fn card_page(&self) -> String {
        self.look(|books| format!("{}/card-token", books.address))
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

    /// From now on webhooks go to this address too.
    pub fn listen(&self, url: &str) {
        self.change(|books| books.listeners.push(url.to_owned()));
    }

    /// Something that can be bought. One with the same id is replaced.
    pub fn offer(&self, offer: Offer) {
        self.change(|books| {
            books.offers.retain(|one| one.id != offer.id);
            books.offers.push(offer);
        });
    }

    /// Somebody buys the first offer, and the others along with it; a card pays in one part. A plan begins a
    /// subscription.
    pub fn buy(&self, buyer: &Buyer, offers: &[&str], method: Method) -> Result<Bought, Refusal> {
        self.change(|books| books.buy(buyer, offers, method, card::TEST, 1))
    }

    /// The buyer pays a boleto or Pix.
    pub fn pay(&self, transaction: &str) -> Result<(), Refusal> {
        self.change(|books| books.pay(transaction))
    }

    /// The buyer disputes a charge with the bank.
    pub fn chargeback(&self, transaction: &str) -> Result<(), Refusal> {
        self.change(|books| books.chargeback(transaction))
    }

    /// The next card that is charged is declined for this reason. Several are met one after the other.
    pub fn decline_next(&self, reason: &str) {
        self.change(|books| books.declines.push_back(reason.to_owned()));
    }

    /// A token of a test card, as the page makes it: it lives for five minutes.
    pub fn card_token(&self, number: &str) -> Result<String, Refusal> {
        self.change(|books| books.make_token(&card::entered(number)))
    }

    /// A subscription as REST shows it, by UUID or code.
    pub fn subscription(&self, id: &str) -> Option<Value> {
        self.look(|books| books.subscription(id).ok().map(|one| books.subscription_full(one)))
    }

    /// All subscriptions that there ever were, the oldest first.
    pub fn subscriptions(&self) -> Vec<Value> {
        self.look(|books| books.subscriptions.iter().map(|one| books.subscription_full(one)).collect())
    }

    /// All transactions that there ever were, the oldest first.
    pub fn transactions(&self) -> Vec<Value> {
        self.look(|books| books.transactions.iter().map(|one| books.transaction_shape(one)).collect())
    }

    /// A transaction as REST shows it.
    pub fn transaction(&self, id: &str) -> Option<Value> {
        self.look(|books| books.transaction(id).ok().map(|one| books.transaction_shape(one)))
    }

    /// Reads the books.
    fn look<T>(&self, read: impl FnOnce(&Books) -> T) -> T {
        read(&self.shared.books.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the books. The webhooks of it go out in their order.
    fn change<T>(&self, change: impl FnOnce(&mut Books) -> T) -> T {
        let mut books = self.shared.books.lock().unwrap_or_else(PoisonError::into_inner);
        books.now = self.shared.clock.now();
        let outcome = change(&mut books);
        for webhook in std::mem::take(&mut books.webhooks) {
            self.shared.hooks.send(webhook);
        }
        outcome
    }
}
