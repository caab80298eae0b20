//! What falls due with time.

use super::Guru;
use super::books::Books;
use super::invoice::{Kind, Status as InvoiceStatus};
use super::offer::Method;
use super::subscription::Status;
use super::transaction::{Charge, Status as TransactionStatus};
use crate::calendar::days_after;
use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a card is tried for an invoice, and how many days lie between two tries.
const TRIES: (i64, i64) = (3, 2);

impl Guru {
    /// Moves the clock ahead and does, day by day, what falls due: cycles are charged or end, cards are tried again,
    /// boletos and Pix expire. Returns when what the webhooks have to tell is told.
    pub async fn forward(&self, by: Duration) {
        let mut left = by;
        loop {
            let step = left.min(DAY);
            self.shared.clock.forward(step);
            self.change(Books::fall_due);
            left -= step;
            if left.is_zero() {
                break;
            }
        }
        self.hooks().settle().await;
    }
}

impl Books {
    fn fall_due(&mut self) {
        self.expire_transactions();
        let ids: Vec<String> = self.subscriptions.iter().map(|one| one.id.clone()).collect();
        for id in ids {
            self.next_cycle(&id);
            self.try_again(&id);
        }
    }

    /// What was to be paid at a bank and was not.
    fn expire_transactions(&mut self) {
        let now = self.now;
        let late = self.transactions.iter().filter(|one| one.is_waiting() && one.expires.is_some_and(|at| at <= now));
        let ids: Vec<String> = late.map(|one| one.id.clone()).collect();
        for id in ids {
            let Ok(transaction) = self.transaction_mut(&id) else { continue };
            transaction.stand(TransactionStatus::Expired, now);
            let invoice = transaction.invoice.clone();
            self.tell_of_transaction(&id);
            self.fail_invoice(invoice.as_deref().unwrap_or_default());
        }
    }

    /// The cycle of an active subscription is over: the next one is charged, or it ends.
    fn next_cycle(&mut self, id: &str) {
        let (now, today) = (self.now, self.today());
        let Ok(subscription) = self.subscription_mut(id) else { return };
        if subscription.status != Status::Active || subscription.next_cycle > today {
            return;
        }
        if subscription.ends_with_cycle {
            subscription.stand(Status::Canceled, now);
            self.tell_of_subscription(id);
            return;
        }
        if self.subscription(id).ok().and_then(|one| self.invoice_of(one)).is_some_and(|open| open.is_open()) {
            return;
        }
        self.begin_cycle(id);
    }

    fn begin_cycle(&mut self, id: &str) {
        let Ok(subscription) = self.subscription_mut(id) else { return };
        if let Some(next) = subscription.next_offer.take() {
            subscription.offer = next;
        }
        let (offer, start) = (subscription.offer.clone(), subscription.next_cycle);
        let Ok(plan) = self.offer(&offer).cloned() else { return };
        let invoice = self.add_invoice(id, Kind::Cycle, plan.value, (start, plan.after(start)));
        if let Ok(subscription) = self.subscription_mut(id) {
            subscription.invoice = invoice.clone();
        }
        self.charge_invoice(id, &invoice);
    }

    /// Charges an invoice as the subscription is paid. The transaction, and whether it is paid by now.
    pub(super) fn charge_invoice(&mut self, id: &str, invoice: &str) -> Option<String> {
        let value = self.invoice(invoice)?.value;
        let subscription = self.subscription(id).ok()?;
        let charge = Charge {
            contact: subscription.contact.clone(),
            offers: vec![subscription.pending_offer.clone().unwrap_or_else(|| subscription.offer.clone())],
            method: subscription.method,
            card: subscription.card.clone(),
            parts: subscription.parts,
            value,
            subscription: Some(id.to_owned()),
            invoice: Some(invoice.to_owned()),
        };
        let (method, card) = (charge.method, charge.card.clone());
        let transaction = self.add_transaction(charge);
        if method != Method::CreditCard {
            self.tell_of_transaction(&transaction);
            return Some(transaction);
        }
        if let Some(open) = self.invoice_mut(invoice) {
            open.tries += 1;
        }
        match self.authorise(card.as_ref()) {
            Ok(()) => self.settle(&transaction),
            Err(reason) => {
                self.refuse(&transaction, &reason);
                self.fail_invoice(invoice);
            }
        }
        Some(transaction)
    }

    /// An invoice was not paid: the subscription is past due, and after the last try of a card cancelled. That of an
    /// upgrade changes nothing.
    fn fail_invoice(&mut self, invoice: &str) {
        let (now, today) = (self.now, self.today());
        let Some(open) = self.invoice_mut(invoice) else { return };
        let id = open.subscription.clone();
        open.updated = now;
        if open.kind == Kind::Upgrade {
            open.status = InvoiceStatus::Canceled;
            if let Ok(subscription) = self.subscription_mut(&id) {
                subscription.pending_offer = None;
            }
            return;
        }
        let is_last = open.tries >= TRIES.0;
        open.status = if is_last { InvoiceStatus::Canceled } else { InvoiceStatus::Pastdue };
        open.again = (open.tries > 0 && !is_last).then(|| days_after(today, TRIES.1));
        let Ok(subscription) = self.subscription_mut(&id) else { return };
        if is_last {
            subscription.cancelled = Some((now, "Falta de pagamento".to_owned()));
        }
        subscription.stand(if is_last { Status::Canceled } else { Status::Pastdue }, now);
        self.tell_of_subscription(&id);
    }

    /// A card that declined is tried again.
    fn try_again(&mut self, id: &str) {
        let today = self.today();
        let Ok(subscription) = self.subscription(id) else { return };
        let open = self.invoice_of(subscription).filter(|open| open.is_open());
        let is_due = open.is_some_and(|open| open.again.is_some_and(|day| day <= today));
        if is_due && subscription.status == Status::Pastdue {
            let invoice = subscription.invoice.clone();
            self.charge_invoice(id, &invoice);
        }
    }
}
