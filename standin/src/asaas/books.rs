//! The books: everything that is known, in memory.

use super::answer::Refusal;
use super::card::Card;
use super::checkout::Checkout;
use super::customer::Customer;
use super::event::Event;
use super::installment::Installment;
use super::payment::Payment;
use super::subscription::Subscription;
use super::webhook::Webhook;
use crate::calendar;
use jiff::civil::Date;
use std::collections::VecDeque;

/// All that the stand-in knows. Whatever changes it writes down the events of the change.
pub(super) struct Books {
    /// Where the stand-in answers, without a path.
    pub(super) address: String,
    /// The second since 1970 at which a change happens.
    pub(super) now: i64,
    pub(super) customers: Vec<Customer>,
    pub(super) payments: Vec<Payment>,
    pub(super) installments: Vec<Installment>,
    pub(super) subscriptions: Vec<Subscription>,
    pub(super) checkouts: Vec<Checkout>,
    pub(super) cards: Vec<Card>,
    pub(super) webhooks: Vec<Webhook>,
    /// What can be paid out, in centavos.
    pub(super) balance: i64,
    /// Codes with which the next cards are declined.
    pub(super) declines: VecDeque<String>,
    /// Payments whose refunds the bank will give back.
    pub(super) denied: Vec<String>,
    /// Whether the refund of a card is only under way at first.
    pub(super) refunds_take_time: bool,
    /// What happened and was not handed on yet.
    pub(super) events: Vec<Event>,
    made: u64,
}

impl Books {
    /// Empty books, with R$ 10,000.00 that can be paid out.
    pub(super) fn new(address: String) -> Self {
        Self {
            address,
            now: 0,
            customers: Vec::new(),
            payments: Vec::new(),
            installments: Vec::new(),
            subscriptions: Vec::new(),
            checkouts: Vec::new(),
            cards: Vec::new(),
            webhooks: Vec::new(),
            balance: 1_000_000,
            declines: VecDeque::new(),
            denied: Vec::new(),
            refunds_take_time: false,
            events: Vec::new(),
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

    /// An id such as `pay_standin00000012`.
    pub(super) fn id(&mut self, kind: &str) -> String {
        format!("{kind}_standin{:08}", self.number())
    }

    /// An id where Asaas has a UUID.
    pub(super) fn uuid(&mut self) -> String {
        format!("57a4d145-0000-4000-8000-{:012}", self.number())
    }

    pub(super) fn payment(&self, id: &str) -> Result<&Payment, Refusal> {
        self.payments.iter().find(|payment| payment.id == id).ok_or_else(|| Refusal::not_found("Cobrança"))
    }

    pub(super) fn payment_mut(&mut self, id: &str) -> Result<&mut Payment, Refusal> {
        self.payments.iter_mut().find(|payment| payment.id == id).ok_or_else(|| Refusal::not_found("Cobrança"))
    }
}
