//! Somebody buys.

use super::answer::Refusal;
use super::books::Books;
use super::card::entered;
use super::invoice::{Kind, Status as InvoiceStatus};
use super::offer::{Method, Offer};
use super::subscription::{Status as SubscriptionStatus, Subscription};
use super::transaction::{Charge, Status};

/// Somebody who buys.
#[derive(Clone, Debug)]
pub struct Buyer {
    /// Name.
    pub name: String,
    /// Address of e-mail; kept as it was typed, and one contact whatever its capitals and the spaces around it.
    pub email: String,
    /// CPF or CNPJ.
    pub doc: String,
    /// Phone with its area code, without that of the country.
    pub phone: String,
}

/// What came of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bought {
    /// The transaction.
    pub transaction: String,
    /// UUID of the subscription, of a plan.
    pub subscription: Option<String>,
}

impl Books {
    /// Somebody buys the first offer and the others along with it. A declined card leaves a cancelled transaction and
    /// no subscription. `card` is the number of a test card, for that method.
    pub(super) fn buy(
        &mut self,
        buyer: &Buyer,
        offers: &[&str],
        method: Method,
        card: &str,
        parts: i64,
    ) -> Result<Bought, Refusal> {
        let main = self.offer(offers.first().copied().unwrap_or_default())?.clone();
        if !main.methods.contains(&method) || !(1..=main.parts).contains(&parts) {
            return Err(Refusal::field("payment_type", "This offer is not paid like that."));
        }
        let mut charge = self.first_charge(buyer, offers, method)?;
        charge.parts = parts;
        if method == Method::CreditCard {
            charge.card = Some(self.card(&entered(card))?);
            if let Err(reason) = self.authorise(charge.card.as_ref()) {
                let id = self.add_transaction(charge);
                self.refuse(&id, &reason);
                return Err(Refusal::rule(&reason));
            }
        }
        if main.every.is_some() {
            let (subscription, invoice) = self.begin_subscription(&charge, &main);
            (charge.subscription, charge.invoice) = (Some(subscription), Some(invoice));
        }
        let subscription = charge.subscription.clone();
        let transaction = self.add_transaction(charge);
        if method == Method::CreditCard {
            self.settle(&transaction);
        } else {
            self.tell_of_transaction(&transaction);
        }
        Ok(Bought { transaction, subscription })
    }

    fn first_charge(&mut self, buyer: &Buyer, offers: &[&str], method: Method) -> Result<Charge, Refusal> {
        let mut value = 0;
        for offer in offers {
            value += self.offer(offer)?.value;
        }
        Ok(Charge {
            contact: self.contact_of(buyer),
            offers: offers.iter().map(|offer| (*offer).to_owned()).collect(),
            method,
            card: None,
            parts: 1,
            value,
            subscription: None,
            invoice: None,
        })
    }

    /// Begins a subscription that waits for its first payment. Its id and that of its invoice.
    fn begin_subscription(&mut self, charge: &Charge, plan: &Offer) -> (String, String) {
        let (today, id) = (self.today(), self.uuid());
        let next = plan.after(today);
        let invoice = self.add_invoice(&id, Kind::Cycle, plan.value, (today, next));
        let number = self.number();
        self.subscriptions.push(Subscription {
            id: id.clone(),
            code: format!("sub_standin{number:08}"),
            marketplace_id: format!("sub_standinMKT{number:08}"),
            contact: charge.contact.clone(),
            offer: plan.id.clone(),
            next_offer: None,
            pending_offer: None,
            status: SubscriptionStatus::Started,
            status_at: self.now,
            method: charge.method,
            card: charge.card.clone(),
            parts: charge.parts,
            started: self.now,
            charged: 0,
            ends_with_cycle: false,
            cancelled: None,
            cycle_start: today,
            next_cycle: next,
            invoice: invoice.clone(),
        });
        (id, invoice)
    }

    /// The money of a transaction came: its invoice is paid, and its subscription goes on.
    pub(super) fn settle(&mut self, id: &str) {
        let (now, today) = (self.now, self.today());
        let Ok(transaction) = self.transaction_mut(id) else { return };
        transaction.stand(Status::Approved, now);
        transaction.confirmed = Some(now);
        let (subscription, invoice) = (transaction.subscription.clone(), transaction.invoice.clone());
        if let Some(invoice) = invoice.as_deref().and_then(|id| self.invoice_mut(id)) {
            (invoice.status, invoice.paid, invoice.updated) = (InvoiceStatus::Paid, Some(today), now);
        }
        if let (Some(subscription), Some(invoice)) = (&subscription, &invoice) {
            self.go_on(subscription, invoice);
        }
        self.tell_of_transaction(id);
        if let Some(subscription) = subscription {
            self.tell_of_subscription(&subscription);
        }
    }

    /// An invoice of a subscription is paid: the cycle that it pays for, or the plan that it changes to, is there.
    fn go_on(&mut self, subscription: &str, invoice: &str) {
        let Some(paid) = self.invoice(invoice) else { return };
        let (kind, start, until) = (paid.kind, paid.start, paid.until);
        let now = self.now;
        let Ok(subscription) = self.subscription_mut(subscription) else { return };
        subscription.charged += 1;
        subscription.stand(SubscriptionStatus::Active, now);
        match kind {
            Kind::Cycle => (subscription.cycle_start, subscription.next_cycle) = (start, until),
            Kind::Upgrade => {
                subscription.offer = subscription.pending_offer.take().unwrap_or_else(|| subscription.offer.clone());
                subscription.next_offer = None;
            }
        }
    }
}
