//! A subscription begins, and goes on by itself.

use super::{State, Subscription};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::cycle::Cycle;
use crate::asaas::fields::Fields;
use crate::asaas::payment::{Billing, Draft, remote_ip};
use crate::calendar::days_after;
use jiff::civil::Date;

/// How many days before it is due a payment is made. The first is made with the subscription.
const AHEAD: i64 = 40;

/// What the field `cycle` says.
pub(super) fn cycle(fields: &Fields) -> Result<Option<Cycle>, Refusal> {
    let Some(word) = fields.text("cycle") else { return Ok(None) };
    let wrong = || Refusal::field("cycle", "A periodicidade informada é inválida.");
    Cycle::named(&word).map(Some).ok_or_else(wrong)
}

impl Books {
    /// Begins what a call asks for, with its first payment. A card is charged at once when that is due, and a declined
    /// one leaves nothing behind; otherwise it is kept for the due day.
    pub(super) fn create_subscription(&mut self, fields: &Fields) -> Result<String, Refusal> {
        let customer = self.payer(fields)?;
        let value = self.enough(fields.amount("value")?)?;
        if fields.day("nextDueDate")?.is_none() {
            return Err(Refusal::field("nextDueDate", "O campo nextDueDate deve ser informado."));
        }
        let mut draft = self.draft(fields, customer, value)?;
        let cycle = cycle(fields)?.ok_or_else(|| Refusal::field("cycle", "A periodicidade deve ser informada."))?;
        let (end, most) = (fields.day("endDate")?, fields.count("maxPayments")?);
        draft.card = self.subscribed_card(fields, &draft)?;
        let id = self.add_subscription(&draft, cycle);
        let subscription = self.subscription_mut(&id)?;
        (subscription.end, subscription.most) = (end, most);
        self.begin(&id);
        Ok(id)
    }

    fn subscribed_card(&mut self, fields: &Fields, draft: &Draft) -> Result<Option<String>, Refusal> {
        if draft.billing != Billing::CreditCard {
            return Ok(None);
        }
        let card = self.named_card(fields, &draft.customer)?;
        if let Some(token) = &card {
            remote_ip(fields)?;
            if draft.due <= self.today() {
                self.authorise(token, &draft.customer)?;
            }
        }
        Ok(card)
    }

    /// Adds a subscription whose payments are like the draft. Nothing is told or made before [`Self::begin`].
    pub(in crate::asaas) fn add_subscription(&mut self, draft: &Draft, cycle: Cycle) -> String {
        let id = self.id("sub");
        self.subscriptions.push(Subscription {
            id: id.clone(),
            created: self.today(),
            customer: draft.customer.clone(),
            value: draft.value,
            billing: draft.billing,
            cycle,
            first: draft.due,
            passed: 0,
            made: 0,
            end: None,
            most: None,
            state: State::Active,
            description: draft.description.clone(),
            external_reference: draft.external_reference.clone(),
            callback: draft.callback.clone(),
            checkout: draft.checkout.clone(),
            card: draft.card.clone(),
            deleted: false,
        });
        id
    }

    /// Its last day, of one that does not run for ever.
    pub(in crate::asaas) fn end_subscription(&mut self, id: &str, end: Option<Date>) {
        if let Ok(subscription) = self.subscription_mut(id) {
            subscription.end = end;
        }
    }

    /// Tells of the subscription and makes its first payment, which the bank has agreed to if it is due.
    pub(in crate::asaas) fn begin(&mut self, id: &str) {
        self.tell_of_subscription("SUBSCRIPTION_CREATED", id);
        let Some(payment) = self.make_payment(id) else { return };
        let is_due = self.payment(&payment).is_ok_and(|one| one.card.is_some() && one.due <= self.today());
        if is_due {
            self.confirm(&payment);
        }
    }

    /// Makes the next payment of a subscription. It carries the reference of the subscription.
    fn make_payment(&mut self, id: &str) -> Option<String> {
        let subscription = self.subscription_mut(id).ok()?;
        let draft = Draft {
            customer: subscription.customer.clone(),
            billing: subscription.billing,
            value: subscription.value,
            due: subscription.next_due(),
            description: subscription.description.clone(),
            external_reference: subscription.external_reference.clone(),
            callback: subscription.callback.clone(),
            card: subscription.card.clone().filter(|_| subscription.billing == Billing::CreditCard),
            subscription: Some(id.to_owned()),
            checkout: subscription.checkout.clone(),
            part: None,
        };
        subscription.passed += 1;
        subscription.made += 1;
        Some(self.add_payment(draft))
    }

    /// Makes the payments that are due soon, and ends what makes none any more.
    pub(in crate::asaas) fn go_on(&mut self) {
        let today = self.today();
        let active = self.subscriptions.iter().filter(|one| !one.deleted && one.state == State::Active);
        let ids: Vec<String> = active.map(|one| one.id.clone()).collect();
        for id in ids {
            while self.is_payment_near(&id) {
                self.make_payment(&id);
            }
            let Ok(subscription) = self.subscription_mut(&id) else { continue };
            let is_over = subscription.end.is_some_and(|end| end < today);
            if is_over || !subscription.reaches(Date::MIN) {
                subscription.state = State::Expired;
                self.tell_of_subscription("SUBSCRIPTION_INACTIVATED", &id);
            }
        }
    }

    fn is_payment_near(&self, id: &str) -> bool {
        let horizon = days_after(self.today(), AHEAD);
        self.subscription(id).is_ok_and(|one| one.next_due() <= horizon && one.reaches(one.next_due()))
    }
}
