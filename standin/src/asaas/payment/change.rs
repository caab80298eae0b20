//! A payment that waits is changed, removed, brought back, or settled in cash.

use super::{Billing, Status};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::fields::Fields;

impl Books {
    /// Changes amount, method, due day and texts of a payment that waits.
    pub(super) fn change_payment(&mut self, id: &str, fields: &Fields) -> Result<(), Refusal> {
        let today = self.today();
        let payment = self.open_payment(id)?;
        let value = self.enough(Some(fields.amount("value")?.unwrap_or(payment.value)))?;
        let billing = Billing::said(fields)?.unwrap_or(payment.billing);
        let due = fields.day("dueDate")?.unwrap_or(payment.due);
        if due < today && due != payment.due {
            return Err(Refusal::field("dueDate", "Não é permitido data de vencimento inferior a hoje."));
        }
        let payment = self.payment_mut(id)?;
        payment.charge(value, billing);
        if payment.due != due {
            (payment.due, payment.status, payment.was_tried) = (due, Status::Pending, false);
        }
        payment.description = fields.text("description").or_else(|| payment.description.take());
        payment.external_reference = fields.text("externalReference").or_else(|| payment.external_reference.take());
        payment.callback = fields.get("callback").cloned().or_else(|| payment.callback.take());
        self.tell_of_payment("PAYMENT_UPDATED", id);
        Ok(())
    }

    /// Removes a payment that waits.
    pub(in crate::asaas) fn remove_payment(&mut self, id: &str) -> Result<(), Refusal> {
        let payment = self.payment(id)?;
        if !payment.is_open() {
            return Err(Refusal::action("Só é possível remover cobranças pendentes ou vencidas."));
        }
        self.payment_mut(id)?.deleted = true;
        self.tell_of_payment("PAYMENT_DELETED", id);
        Ok(())
    }

    /// Removes what a customer still has to pay, and its subscriptions.
    pub(in crate::asaas) fn remove_all_of(&mut self, customer: &str) {
        let subscriptions = self.subscriptions.iter().filter(|one| one.customer == customer);
        let ids: Vec<String> = subscriptions.map(|one| one.id.clone()).collect();
        for id in ids {
            // One that was removed before says so.
            let _ = self.remove_subscription(&id);
        }
        let open = self.payments.iter().filter(|payment| payment.customer == customer && payment.is_open());
        let ids: Vec<String> = open.map(|payment| payment.id.clone()).collect();
        for id in ids {
            // It is open: nothing refuses.
            let _ = self.remove_payment(&id);
        }
    }

    /// Brings a removed payment back.
    pub(super) fn restore_payment(&mut self, id: &str) -> Result<(), Refusal> {
        let payment = self.payment_mut(id)?;
        if !payment.deleted {
            return Err(Refusal::action("Esta cobrança não está removida."));
        }
        payment.deleted = false;
        self.tell_of_payment("PAYMENT_RESTORED", id);
        Ok(())
    }

    /// The producer got the money in another way.
    pub(super) fn receive_in_cash(&mut self, id: &str, fields: &Fields) -> Result<(), Refusal> {
        self.open_payment(id)?;
        let today = self.today();
        let day = fields.day("paymentDate")?.unwrap_or(today);
        let value = fields.amount("value")?;
        let payment = self.payment_mut(id)?;
        payment.value = value.unwrap_or(payment.value);
        payment.status = Status::ReceivedInCash;
        payment.confirmed = Some(day);
        payment.received = Some(day);
        self.tell_of_payment("PAYMENT_RECEIVED", id);
        Ok(())
    }

    /// It did not, after all.
    pub(super) fn undo_cash(&mut self, id: &str) -> Result<(), Refusal> {
        let today = self.today();
        let payment = self.payment_mut(id)?;
        if payment.status != Status::ReceivedInCash {
            return Err(Refusal::action("Esta cobrança não foi recebida em dinheiro."));
        }
        payment.status = if payment.due < today { Status::Overdue } else { Status::Pending };
        payment.confirmed = None;
        payment.received = None;
        self.tell_of_payment("PAYMENT_RECEIVED_IN_CASH_UNDONE", id);
        Ok(())
    }

    /// The due day is over and nothing was paid.
    pub(in crate::asaas) fn overdue(&mut self, id: &str) -> Result<(), Refusal> {
        let payment = self.payment_mut(id)?;
        if payment.deleted || payment.status != Status::Pending {
            return Err(Refusal::action("Só cobranças pendentes podem vencer."));
        }
        payment.status = Status::Overdue;
        self.tell_of_payment("PAYMENT_OVERDUE", id);
        Ok(())
    }
}
