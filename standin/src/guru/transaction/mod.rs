//! Transactions: every try to take money.

mod calls;
mod shape;

pub(super) use calls::routes;
pub(super) use shape::code;

use super::answer::Refusal;
use super::books::Books;
use super::card::Card;
use super::offer::Method;
use super::subscription::Status as SubscriptionStatus;

/// For how many seconds a boleto or Pix can be paid: three days.
const LIFE: i64 = 3 * 24 * 60 * 60;

/// A try to take money.
pub(super) struct Transaction {
    pub(super) id: String,
    pub(super) contact: String,
    /// What is bought, the main thing first.
    pub(super) offers: Vec<String>,
    pub(super) method: Method,
    pub(super) card: Option<Card>,
    pub(super) parts: i64,
    pub(super) value: i64,
    pub(super) subscription: Option<String>,
    pub(super) invoice: Option<String>,
    pub(super) status: Status,
    pub(super) ordered: i64,
    pub(super) confirmed: Option<i64>,
    cancelled: Option<i64>,
    /// Until when it can be paid at a bank.
    pub(super) expires: Option<i64>,
    updated: i64,
    refuse_reason: Option<String>,
    refund_reason: Option<String>,
    number: u64,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Approved,
    BilletPrinted,
    WaitingPayment,
    Canceled,
    Expired,
    Refunded,
    Chargeback,
}

impl Status {
    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::BilletPrinted => "billet_printed",
            Self::WaitingPayment => "waiting_payment",
            Self::Canceled => "canceled",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
            Self::Chargeback => "chargeback",
        }
    }
}

/// What a transaction is made of.
pub(super) struct Charge {
    pub(super) contact: String,
    pub(super) offers: Vec<String>,
    pub(super) method: Method,
    pub(super) card: Option<Card>,
    pub(super) parts: i64,
    pub(super) value: i64,
    pub(super) subscription: Option<String>,
    pub(super) invoice: Option<String>,
}

impl Transaction {
    /// From now on it stands like this.
    pub(super) fn stand(&mut self, status: Status, now: i64) {
        (self.status, self.updated) = (status, now);
    }

    /// Returns whether somebody can still pay it at a bank.
    pub(super) fn is_waiting(&self) -> bool {
        matches!(self.status, Status::BilletPrinted | Status::WaitingPayment)
    }
}

impl Books {
    pub(super) fn transaction(&self, id: &str) -> Result<&Transaction, Refusal> {
        self.transactions.iter().find(|one| one.id == id).ok_or_else(Refusal::not_found)
    }

    pub(super) fn transaction_mut(&mut self, id: &str) -> Result<&mut Transaction, Refusal> {
        self.transactions.iter_mut().find(|one| one.id == id).ok_or_else(Refusal::not_found)
    }

    /// Adds a transaction that waits. Nothing is told of it yet.
    pub(super) fn add_transaction(&mut self, charge: Charge) -> String {
        let (id, number, now) = (self.uuid(), self.number(), self.now);
        let is_card = charge.method == Method::CreditCard;
        self.transactions.push(Transaction {
            id: id.clone(),
            contact: charge.contact,
            offers: charge.offers,
            method: charge.method,
            card: charge.card,
            parts: charge.parts,
            value: charge.value,
            subscription: charge.subscription,
            invoice: charge.invoice,
            status: if charge.method == Method::Billet { Status::BilletPrinted } else { Status::WaitingPayment },
            ordered: now,
            confirmed: None,
            cancelled: None,
            expires: (!is_card).then_some(now + LIFE),
            updated: now,
            refuse_reason: None,
            refund_reason: None,
            number,
        });
        id
    }

    /// It comes to nothing, for this reason.
    pub(super) fn refuse(&mut self, id: &str, reason: &str) {
        let now = self.now;
        let Ok(transaction) = self.transaction_mut(id) else { return };
        transaction.stand(Status::Canceled, now);
        (transaction.cancelled, transaction.refuse_reason) = (Some(now), Some(reason.to_owned()));
        self.tell_of_transaction(id);
    }

    /// Transactions that wait to be paid for one of these invoices.
    pub(super) fn waiting_for(&self, invoices: &[String]) -> Vec<String> {
        let is_for = |one: &&Transaction| {
            one.is_waiting() && one.invoice.as_ref().is_some_and(|invoice| invoices.contains(invoice))
        };
        self.transactions.iter().filter(is_for).map(|one| one.id.clone()).collect()
    }

    /// The buyer pays a boleto or Pix.
    pub(super) fn pay(&mut self, id: &str) -> Result<(), Refusal> {
        if !self.transaction(id)?.is_waiting() {
            return Err(Refusal::rule("A transação não aguarda pagamento."));
        }
        self.settle(id);
        Ok(())
    }

    /// All of it goes back. The subscription stays as it is: whoever wants it to end cancels it.
    pub(super) fn refund(&mut self, id: &str, comment: String) -> Result<(), Refusal> {
        let now = self.now;
        let transaction = self.transaction_mut(id)?;
        if transaction.status != Status::Approved {
            return Err(Refusal::rule("A transação não pode ser reembolsada."));
        }
        transaction.stand(Status::Refunded, now);
        (transaction.cancelled, transaction.refund_reason) = (Some(now), Some(comment));
        self.tell_of_transaction(id);
        Ok(())
    }

    /// The buyer disputes it. The subscription ends.
    pub(super) fn chargeback(&mut self, id: &str) -> Result<(), Refusal> {
        let now = self.now;
        let transaction = self.transaction_mut(id)?;
        if transaction.status != Status::Approved || transaction.method != Method::CreditCard {
            return Err(Refusal::rule("A transação não está paga por cartão."));
        }
        transaction.stand(Status::Chargeback, now);
        transaction.cancelled = Some(now);
        let subscription = transaction.subscription.clone();
        self.tell_of_transaction(id);
        if let Some(id) = subscription {
            let subscription = self.subscription_mut(&id)?;
            subscription.cancelled = Some((now, "Chargeback".to_owned()));
            subscription.stand(SubscriptionStatus::Canceled, now);
            self.tell_of_subscription(&id);
        }
        Ok(())
    }
}
