//! The transactions that a reference stands for. An order names the transaction of what was bought once, or its
//! subscription, by code (`sub_…`) or UUID; what a subscription was charged are transactions, too.

use super::failure::Failure;
use super::http::id;
use super::wire::{Page, Payment, Transaction};
use super::{Guru, no, zone};
use crate::hooks::guru::transaction;
use portal::intake::NewCharge;
use portal::time::Zone;
use types::{Currency, Money};

/// How many pages of a subscription's transactions are read, the newest first: Guru puts fifty on each.
const PAGES: usize = 2;

/// One transaction.
#[derive(Debug)]
pub(super) struct Transacted {
    /// What was charged by it.
    pub(super) charge: NewCharge,
    pub(super) currency: Currency,
    /// Why it went back, in the words of whoever asked for that.
    pub(super) refund_reason: Option<String>,
}

/// Transactions, the oldest first.
#[derive(Debug)]
pub(super) struct History {
    pub(super) transactions: Vec<Transacted>,
    /// Whether these are all.
    pub(super) is_all: bool,
}

impl Guru {
    /// What a reference stands for: one transaction, or those of a subscription, the oldest first.
    pub(super) async fn transactions_of(&self, reference: &str) -> Result<Vec<Transacted>, Failure> {
        if !reference.starts_with("sub_") {
            match self.get::<Transaction>(&format!("/transactions/{}", id(reference)?), &[]).await {
                Ok(one) => return Ok(Transacted::read(&one, &zone()?)?.into_iter().collect()),
                Err(failure) if failure.is_missing() => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(self.history(reference).await?.transactions)
    }

    /// What a subscription was charged.
    pub(super) async fn history(&self, reference: &str) -> Result<History, Failure> {
        let path = format!("/subscriptions/{}/transactions", id(reference)?);
        let (zone, mut transactions, mut cursor) = (zone()?, Vec::new(), None::<String>);
        for _ in 0..PAGES {
            let words: Vec<(&str, &str)> = cursor.iter().map(|cursor| ("cursor", cursor.as_str())).collect();
            let page: Page = self.get(&path, &words).await?;
            for one in page.data.list::<Transaction>()? {
                transactions.extend(Transacted::read(&one, &zone)?);
            }
            let next = page.next_cursor.text()?.map(str::to_owned);
            cursor = if page.has_more_pages.is_true()? { next } else { None };
            if cursor.is_none() {
                break;
            }
        }
        // What came in the same second keeps the order that Guru has it in, which begins with the newest.
        transactions.reverse();
        transactions.sort_by_key(|one: &Transacted| one.charge.created_at);
        Ok(History { transactions, is_all: cursor.is_none() })
    }
}

impl Transacted {
    /// None for what is no charge: a cart that was abandoned, a status that we do not know.
    pub(super) fn read(wire: &Transaction, zone: &Zone) -> Result<Option<Self>, Failure> {
        let payment: Payment = wire.payment.object()?.unwrap_or_default();
        let refund_reason = payment.refund_reason.text()?.map(str::to_owned);
        let currency = transaction::currency(&payment)?;
        let charge = transaction::last(wire, zone)?.charge;
        Ok(charge.map(|charge| Self { charge, currency, refund_reason }))
    }

    pub(super) fn money(&self) -> Money {
        Money::new(self.charge.amount, self.currency)
    }

    /// Its id, as it may stand in an address.
    pub(super) fn id(&self) -> Result<&str, Failure> {
        id(&self.charge.reference).map_err(|_| no("Guru calls the transaction by what is no id"))
    }
}
