//! A subscription is cancelled, at once or with its cycle, and that is taken back.

use super::Status;
use crate::calendar::days_after;
use crate::guru::answer::Refusal;
use crate::guru::books::Books;
use crate::guru::invoice::Status as InvoiceStatus;

/// So many days before the next cycle it is too late to take a cancellation back.
const DAYS: i64 = 5;

impl Books {
    /// Cancels; Guru's word for what it did. What is over cannot be cancelled: 403.
    pub(super) fn cancel(&mut self, id: &str, with_cycle: bool, comment: String) -> Result<&'static str, Refusal> {
        let now = self.now;
        let subscription = self.subscription_mut(id)?;
        if subscription.is_over() || (with_cycle && subscription.ends_with_cycle) {
            return Err(Refusal::new(403, "Assinatura não pode ser cancelada"));
        }
        let id = subscription.id.clone();
        subscription.cancelled = Some((now, comment));
        if with_cycle {
            subscription.ends_with_cycle = true;
            self.tell_of_subscription(&id);
            return Ok("subscription_marked_to_be_cancelled");
        }
        subscription.stand(Status::Canceled, now);
        self.void_invoices(&id);
        self.tell_of_subscription(&id);
        Ok("subscription_canceled")
    }

    /// What was still to be paid is not any more.
    fn void_invoices(&mut self, id: &str) {
        let open = self.invoices.iter_mut().filter(|one| one.subscription == id && one.is_open());
        let mut voided = Vec::new();
        for invoice in open {
            (invoice.status, invoice.updated, invoice.again) = (InvoiceStatus::Canceled, self.now, None);
            voided.push(invoice.id.clone());
        }
        for transaction in self.waiting_for(&voided) {
            self.refuse(&transaction, "Assinatura cancelada");
        }
    }

    /// Takes a cancellation with the cycle back, while the next cycle is more than five days away.
    pub(super) fn undo_cancel(&mut self, id: &str) -> Result<(), Refusal> {
        let limit = days_after(self.today(), DAYS);
        let subscription = self.settled(id)?;
        if !subscription.ends_with_cycle {
            return Err(Refusal::rule("A assinatura não está marcada para cancelar ao final do ciclo."));
        }
        if subscription.next_cycle <= limit {
            return Err(Refusal::rule("O próximo ciclo deve ser maior que a data atual mais 5 dias."));
        }
        let id = subscription.id.clone();
        let subscription = self.subscription_mut(&id)?;
        (subscription.ends_with_cycle, subscription.cancelled) = (false, None);
        self.tell_of_subscription(&id);
        Ok(())
    }
}
