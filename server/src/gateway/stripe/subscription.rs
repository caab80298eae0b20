//! Ending a subscription, and taking that back.

use super::Stripe;
use super::failure::Failure;
use super::form::Form;
use super::http::id;
use super::wire::{Invoice, List, Subscription};
use portal::ports::{GatewayRefusal, SubscriptionInstruction};
/// The subscription after it was changed: it is done, whatever shape that has.
use serde::de::IgnoredAny as Unread;

/// What became of an invoice that was to be voided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Voided {
    /// Nobody owes it any more.
    Void,
    /// Somebody was faster and paid it.
    Paid,
}

impl Stripe {
    /// Ends it, pays nothing back and voids what is still to be paid. However often it is asked, it ends the same way.
    pub(super) async fn end_now(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let reference = id(&instruction.reference)?;
        let form = Form::new().with("invoice_now", false).with("prorate", false);
        match self.delete::<Unread>(&path(reference), form).await {
            Ok(_) => {}
            Err(failure) => self.unless_over(reference, failure).await?,
        }
        self.void_open(instruction).await.map_err(Failure::of_second_call)
    }

    async fn void_open(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let question =
            Form::new().with("subscription", &instruction.reference).with("status", "open").with("limit", 100);
        let open: List<Invoice> = self.get("/v1/invoices", question).await?;
        for invoice in open.data.into_iter().filter_map(|invoice| invoice.id) {
            self.void(&invoice, &instruction.key).await?;
        }
        Ok(())
    }

    /// Voids an invoice, or says that it was paid.
    pub(super) async fn void(&self, invoice: &str, key: &str) -> Result<Voided, Failure> {
        let path = format!("/v1/invoices/{}", id(invoice)?);
        let key = format!("{key}:void:{invoice}");
        let said = match self.post::<Invoice>(&format!("{path}/void"), Form::new(), &key).await {
            Ok(_) => return Ok(Voided::Void),
            Err(Failure::Said(said)) => said,
            Err(failure) => return Err(failure),
        };
        let now: Invoice = self.get(&path, Form::new()).await?;
        match now.status.as_deref() {
            Some("void") => Ok(Voided::Void),
            Some("paid") => Ok(Voided::Paid),
            _ => {
                let words = format!("the invoice {invoice} is still to be paid: {}", said.words());
                Err(Failure::No(GatewayRefusal::Other(words)))
            }
        }
    }

    pub(super) async fn end_with_period(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let reference = id(&instruction.reference)?;
        let failure = match self.set_end(reference, &instruction.key).await {
            Err(failure @ Failure::Said(_)) => failure,
            done => return done,
        };
        match self.subscription(reference).await {
            Ok(now) if now.schedule.is_some() => {
                self.release(&now, &instruction.key).await?;
                self.set_end(reference, &format!("{}:released", instruction.key)).await
            }
            _ => self.unless_over(reference, failure).await,
        }
    }

    async fn set_end(&self, reference: &str, key: &str) -> Result<(), Failure> {
        let form = Form::new().with("cancel_at_period_end", true);
        self.post::<Unread>(&path(reference), form, key).await.map(drop)
    }

    pub(super) async fn go_on(&self, instruction: &SubscriptionInstruction) -> Result<(), Failure> {
        let form = Form::new().with("cancel_at_period_end", false);
        self.post::<Unread>(&path(id(&instruction.reference)?), form, &instruction.key).await.map(|_| ())
    }

    /// Stripe changes nothing in a subscription that is over, and says no: what was to end has ended then.
    async fn unless_over(&self, reference: &str, failure: Failure) -> Result<(), Failure> {
        if !matches!(failure, Failure::Said(_)) {
            return Err(failure);
        }
        match self.subscription(reference).await {
            Ok(now) if matches!(now.status.as_str(), "canceled" | "incomplete_expired") => Ok(()),
            Ok(_) | Err(Failure::Said(_)) => Err(failure),
            Err(other) => Err(other),
        }
    }

    pub(super) async fn subscription(&self, reference: &str) -> Result<Subscription, Failure> {
        let question = Form::new().with_list("expand", &["latest_invoice"]);
        self.get(&path(id(reference)?), question).await
    }
}

/// Where a subscription is; `reference` is an id.
pub(super) fn path(reference: &str) -> String {
    format!("/v1/subscriptions/{reference}")
}
