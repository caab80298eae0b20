//! What a test or a demo reads and does beside the API.

use super::agenda::{Due, HOUR};
use super::{AfterRetries, Stripe, dispute, payment_intent, refund, webhook_endpoint};
use serde_json::Value;
use std::collections::BTreeMap;
use std::time::Duration;

impl Stripe {
    /// Each POST of the API takes this long from now on; its idempotency key is in use meanwhile.
    pub fn latency(&self, by: Duration) {
        self.server.set_latency(by);
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

    /// A new secret for a webhook endpoint; the one before signs as well for so long. None if there is no such
    /// endpoint.
    pub fn roll_secret(&self, webhook_endpoint: &str, keep: Duration) -> Option<String> {
        self.account.with(|books| webhook_endpoint::roll(books, webhook_endpoint, keep))
    }
}
