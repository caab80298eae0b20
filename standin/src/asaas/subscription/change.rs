//! A subscription is changed, paid by another card, or ends.

use super::create::cycle;
use super::{State, Subscription};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::fields::Fields;
use crate::asaas::payment::{Billing, Status};

impl Books {
    /// Changes what a call says. Payments that wait follow where it says `updatePendingPayments`, with their amount
    /// and method only.
    pub(super) fn change_subscription(&mut self, id: &str, fields: &Fields) -> Result<(), Refusal> {
        let today = self.today();
        let value = fields.amount("value")?.map(|value| self.enough(Some(value))).transpose()?;
        let state = state(fields)?;
        let subscription = self.subscription_mut(id)?;
        if subscription.state == State::Expired {
            return Err(Refusal::action("Esta assinatura expirou."));
        }
        let resumes = subscription.state == State::Inactive && state == Some(State::Active);
        if resumes && fields.day("nextDueDate")?.is_none() {
            return Err(Refusal::field("nextDueDate", "Informe o próximo vencimento para retomar a assinatura."));
        }
        let (cycle, next) = (cycle(fields)?.unwrap_or(subscription.cycle), fields.day("nextDueDate")?);
        if next.is_some_and(|day| day < today) {
            return Err(Refusal::field("nextDueDate", "Não é permitido data de vencimento inferior a hoje."));
        }
        let (billing, end, most) = (Billing::said(fields)?, fields.day("endDate")?, fields.count("maxPayments")?);
        if next.is_some() || cycle != subscription.cycle {
            subscription.begin_at(next.unwrap_or_else(|| subscription.next_due()), cycle);
        }
        subscription.value = value.unwrap_or(subscription.value);
        subscription.billing = billing.unwrap_or(subscription.billing);
        // A last day is taken away by a null.
        subscription.end = if fields.0.get("endDate").is_some() { end } else { subscription.end };
        subscription.most = most.or(subscription.most);
        subscription.write_texts(fields);
        let was = subscription.state;
        self.set_state(id, was, state.unwrap_or(was))?;
        if fields.flag("updatePendingPayments") {
            self.change_waiting(id);
        }
        Ok(())
    }

    fn set_state(&mut self, id: &str, was: State, is: State) -> Result<(), Refusal> {
        self.subscription_mut(id)?.state = is;
        let ends = was == State::Active && is == State::Inactive;
        self.tell_of_subscription(if ends { "SUBSCRIPTION_INACTIVATED" } else { "SUBSCRIPTION_UPDATED" }, id);
        Ok(())
    }

    /// Payments that wait, overdue ones or not.
    fn waiting_of(&self, id: &str) -> Vec<(String, Status)> {
        let waits = self.payments.iter().filter(|one| one.is_open() && one.subscription.as_deref() == Some(id));
        waits.map(|one| (one.id.clone(), one.status)).collect()
    }

    /// Payments that are pending get amount, method and card of the subscription.
    fn change_waiting(&mut self, id: &str) {
        let Ok(subscription) = self.subscription(id) else { return };
        let (value, billing, card) = (subscription.value, subscription.billing, subscription.card.clone());
        for (payment, _) in self.waiting_of(id).into_iter().filter(|(_, status)| *status == Status::Pending) {
            if let Ok(one) = self.payment_mut(&payment) {
                one.charge(value, billing);
                one.card = card.clone().filter(|_| billing == Billing::CreditCard);
            }
            self.tell_of_payment("PAYMENT_UPDATED", &payment);
        }
    }

    /// Another card pays from now on, what waits included. Nothing is charged by it.
    pub(in crate::asaas) fn swap_card(&mut self, id: &str, token: &str) -> Result<(), Refusal> {
        let subscription = self.subscription_mut(id)?;
        if subscription.billing != Billing::CreditCard {
            return Err(Refusal::action("Esta assinatura não é paga por cartão de crédito."));
        }
        subscription.card = Some(token.to_owned());
        for (payment, _) in self.waiting_of(id) {
            if let Ok(one) = self.payment_mut(&payment) {
                one.card = Some(token.to_owned());
                one.was_tried = false;
            }
        }
        self.tell_of_subscription("SUBSCRIPTION_UPDATED", id);
        Ok(())
    }

    /// A payment of a subscription was paid by this card: from now on the subscription is.
    pub(in crate::asaas) fn keep_card_of(&mut self, payment: &str) {
        let Ok(payment) = self.payment(payment) else { return };
        let (Some(subscription), Some(token)) = (payment.subscription.clone(), payment.card.clone()) else { return };
        let is_known = self.subscription(&subscription).is_ok_and(|one| one.card.as_ref() == Some(&token));
        if !is_known {
            // A subscription that no card pays, or that was removed, stays as it is.
            let _ = self.swap_card(&subscription, &token);
        }
    }

    /// Removes a subscription, with what waits to be paid.
    pub(in crate::asaas) fn remove_subscription(&mut self, id: &str) -> Result<(), Refusal> {
        let subscription = self.subscription_mut(id)?;
        (subscription.deleted, subscription.state) = (true, State::Inactive);
        for (payment, _) in self.waiting_of(id) {
            self.remove_payment(&payment)?;
        }
        self.tell_of_subscription("SUBSCRIPTION_DELETED", id);
        Ok(())
    }
}

impl Subscription {
    fn write_texts(&mut self, fields: &Fields) {
        self.description = fields.text("description").or_else(|| self.description.take());
        self.external_reference = fields.text("externalReference").or_else(|| self.external_reference.take());
        self.callback = fields.get("callback").cloned().or_else(|| self.callback.take());
    }
}

/// What the field `status` says.
fn state(fields: &Fields) -> Result<Option<State>, Refusal> {
    match fields.text("status").as_deref() {
        None => Ok(None),
        Some("ACTIVE") => Ok(Some(State::Active)),
        Some("INACTIVE") => Ok(Some(State::Inactive)),
        Some(_) => Err(Refusal::field("status", "O status informado é inválido.")),
    }
}
