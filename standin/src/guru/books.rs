//! The books: everything that is known, in memory.

use super::card::Token;
use super::contact::Contact;
use super::invoice::Invoice;
use super::offer::Offer;
use super::subscription::Subscription;
use super::transaction::Transaction;
use super::{Refusal, hook};
use crate::calendar;
use crate::hooks::Webhook;
use jiff::civil::Date;
use serde_json::Value;
use std::collections::VecDeque;

/// All that the stand-in knows. Whatever changes it writes down the webhooks of the change.
pub(super) struct Books {
    /// Where the stand-in answers, without a path.
    pub(super) address: String,
    pub(super) account_token: String,
    /// The second since 1970 at which a change happens.
    pub(super) now: i64,
    pub(super) offers: Vec<Offer>,
    pub(super) contacts: Vec<Contact>,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) invoices: Vec<Invoice>,
    pub(super) transactions: Vec<Transaction>,
    pub(super) tokens: Vec<Token>,
    /// Reasons for which the next cards are declined.
    pub(super) declines: VecDeque<String>,
    /// Where webhooks go.
    pub(super) listeners: Vec<String>,
    /// What goes there and was not handed on yet.
    pub(super) webhooks: Vec<Webhook>,
    made: u64,
}

impl Books {
    /// Empty books.
    pub(super) fn new(address: String, account_token: String) -> Self {
        Self {
            address,
            account_token,
            now: 0,
            offers: Vec::new(),
            contacts: Vec::new(),
            subscriptions: Vec::new(),
            invoices: Vec::new(),
            transactions: Vec::new(),
            tokens: Vec::new(),
            declines: VecDeque::new(),
            listeners: Vec::new(),
            webhooks: Vec::new(),
            made: 0,
        }
    }

    /// Today, in Brasília.
    pub(super) fn today(&self) -> Date {
        calendar::day(self.now)
    }

    /// A number that nothing else has.
    pub(super) fn number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }

    /// An id where Guru has a UUID.
    pub(super) fn uuid(&mut self) -> String {
        format!("57a4d145-0000-4000-9000-{:012}", self.number())
    }

    pub(super) fn offer(&self, id: &str) -> Result<&Offer, Refusal> {
        self.offers.iter().find(|one| one.id == id).ok_or_else(|| Refusal::field("offer_id", "Unknown offer."))
    }

    /// Writes a webhook down. Each has a number that rises with time.
    pub(super) fn tell(&mut self, name: String, body: &Value) {
        let number = self.number();
        let request = format!("{:012}-{number:08}", self.now);
        let of = |url: &String| hook::webhook(url, &name, &request, body);
        let webhooks: Vec<Webhook> = self.listeners.iter().map(of).collect();
        self.webhooks.extend(webhooks);
    }
}
