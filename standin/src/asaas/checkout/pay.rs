//! Somebody buys on a checkout.

use super::{Checkout, State};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::cycle::Cycle;
use crate::asaas::fields::Fields;
use crate::asaas::payment::{Billing, Draft};
use jiff::civil::Date;

impl Books {
    /// Somebody buys: with what was entered, by card or Pix. A declined card leaves the page open.
    pub(in crate::asaas) fn buy(&mut self, id: &str, entered: &Fields, by: Billing) -> Result<(), Refusal> {
        self.expire_checkouts();
        let checkout = self.checkout_mut(id)?;
        if checkout.state != State::Active {
            return Err(Refusal::action("Este checkout não está mais ativo."));
        }
        if !checkout.takes("billingTypes", by.word()) {
            return Err(Refusal::action("Esta forma de pagamento não é aceita."));
        }
        let customer = self.buyer(id, entered)?;
        let today = self.today();
        let draft = self.checkout_mut(id)?.draft(customer, by, today)?;
        let recurs = self.checkout_mut(id)?.takes("chargeTypes", "RECURRENT");
        match by {
            Billing::CreditCard => self.buy_by_card(id, entered, draft, recurs)?,
            _ if recurs => return Err(Refusal::action("Assinaturas são pagas por cartão de crédito.")),
            _ => {
                let payment = self.add_payment(draft);
                self.receive(&payment, Billing::Pix);
            }
        }
        self.checkout_mut(id)?.state = State::Paid;
        self.tell_of_checkout("CHECKOUT_PAID", id);
        Ok(())
    }

    fn buy_by_card(&mut self, id: &str, entered: &Fields, mut draft: Draft, recurs: bool) -> Result<(), Refusal> {
        let token = self.keep_card(entered, &draft.customer)?;
        draft.card = Some(token.clone());
        if !recurs || draft.due <= self.today() {
            self.authorise(&token, &draft.customer)?;
        }
        if recurs {
            let (cycle, end) = self.checkout_mut(id)?.recurrence()?;
            let subscription = self.add_subscription(&draft, cycle);
            self.end_subscription(&subscription, end);
            self.begin(&subscription);
            return Ok(());
        }
        let most = self.checkout_mut(id)?.most_parts();
        let parts = entered.count("installmentCount")?.unwrap_or(1).clamp(1, most.max(1));
        if parts > 1 {
            self.add_installment(draft, parts);
        } else {
            let payment = self.add_payment(draft);
            self.confirm(&payment);
        }
        Ok(())
    }

    /// Whoever buys: the customer that the checkout names, or one of the data that came with it or was entered.
    fn buyer(&mut self, id: &str, entered: &Fields) -> Result<String, Refusal> {
        let checkout = self.checkout_mut(id)?;
        if let Some(customer) = &checkout.customer {
            return Ok(customer.clone());
        }
        let data = checkout.said.below("customerData");
        let customer = self.add_customer(if data.text("name").is_some() { &data } else { entered })?;
        self.checkout_mut(id)?.customer = Some(customer.clone());
        Ok(customer)
    }
}

impl Checkout {
    fn draft(&self, customer: String, billing: Billing, today: Date) -> Result<Draft, Refusal> {
        let due = self.said.below("subscription").day("nextDueDate")?;
        Ok(Draft {
            customer,
            billing,
            value: self.total,
            due: due.filter(|day| *day > today).unwrap_or(today),
            description: Some(self.items().join(", ")),
            external_reference: self.said.text("externalReference"),
            callback: None,
            card: None,
            subscription: None,
            checkout: Some(self.id.clone()),
            part: None,
        })
    }

    fn recurrence(&self) -> Result<(Cycle, Option<Date>), Refusal> {
        let said = self.said.below("subscription");
        let cycle = said.text("cycle").as_deref().and_then(Cycle::named);
        let wrong = || Refusal::field("cycle", "A periodicidade informada é inválida.");
        Ok((cycle.ok_or_else(wrong)?, said.day("endDate")?))
    }
}
