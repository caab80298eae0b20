//! Money comes in, or is disputed.

use super::{Billing, Payment, Status};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::asaas::fields::Fields;
use crate::calendar::{business_day, days_after};
use serde_json::{Value, json};

/// After how many days the money of a card comes; that of the second part after twice as many, and so on.
const CARD_DAYS: i64 = 32;

impl Books {
    /// A card paid: the money comes later.
    pub(in crate::asaas) fn confirm(&mut self, id: &str) {
        let today = self.today();
        let Ok(payment) = self.payment_mut(id) else { return };
        let parts = payment.part.as_ref().map_or(1, |part| part.number);
        payment.charge(payment.value, Billing::CreditCard);
        payment.status = Status::Confirmed;
        payment.confirmed = Some(today);
        payment.credit = Some(business_day(days_after(today, CARD_DAYS * parts)));
        self.tell_of_payment("PAYMENT_CONFIRMED", id);
    }

    /// A boleto or Pix was paid: the money is there. Asaas tells of it by one event.
    pub(in crate::asaas) fn receive(&mut self, id: &str, by: Billing) {
        let today = self.today();
        let Ok(payment) = self.payment_mut(id) else { return };
        payment.charge(payment.value, by);
        payment.confirmed = Some(today);
        payment.credit = Some(today);
        self.credit(id);
    }

    /// What was paid is there.
    pub(in crate::asaas) fn credit(&mut self, id: &str) {
        let today = self.today();
        let Ok(payment) = self.payment_mut(id) else { return };
        payment.status = Status::Received;
        payment.received = Some(today);
        // What went back before the money came never comes.
        let left = payment.net() - payment.refunded();
        self.balance += left;
        self.tell_of_payment("PAYMENT_RECEIVED", id);
    }

    /// Charges the card of this token. A subscription is paid by it from then on.
    pub(in crate::asaas) fn pay_by_card(&mut self, id: &str, token: &str) -> Result<(), Refusal> {
        let customer = self.open_payment(id)?.customer.clone();
        self.authorise(token, &customer)?;
        self.payment_mut(id)?.card = Some(token.to_owned());
        self.confirm(id);
        self.keep_card_of(id);
        Ok(())
    }

    /// The card on file is charged on the due day. A declined one is told of, and the payment waits.
    pub(in crate::asaas) fn charge_stored_card(&mut self, id: &str, token: &str) {
        if let Ok(payment) = self.payment_mut(id) {
            payment.was_tried = true;
        }
        if self.pay_by_card(id, token).is_err() {
            self.tell_of_payment("PAYMENT_CREDIT_CARD_CAPTURE_REFUSED", id);
        }
    }

    /// The payment, if it can still be paid.
    pub(in crate::asaas) fn open_payment(&self, id: &str) -> Result<&Payment, Refusal> {
        let payment = self.payment(id)?;
        let why = "Esta cobrança não está mais pendente de pagamento.";
        if payment.is_open() { Ok(payment) } else { Err(Refusal::action(why)) }
    }

    /// The buyer pays, as a test has it.
    pub(in crate::asaas) fn pay(&mut self, id: &str) -> Result<Value, Refusal> {
        let payment = self.open_payment(id)?;
        let (billing, customer, card) = (payment.billing, payment.customer.clone(), payment.card.clone());
        match billing {
            Billing::CreditCard => {
                let token = match card {
                    Some(token) => token,
                    None => self.keep_card(&test_card(), &customer)?,
                };
                self.pay_by_card(id, &token)?;
            }
            Billing::Boleto => self.receive(id, Billing::Boleto),
            Billing::Pix | Billing::Undefined => self.receive(id, Billing::Pix),
        }
        self.payment(id).map(|payment| self.payment_shape(payment))
    }

    /// The buyer disputes the charge. The money that came goes back.
    pub(in crate::asaas) fn chargeback(&mut self, id: &str) -> Result<Value, Refusal> {
        let payment = self.payment_mut(id)?;
        if payment.billing != Billing::CreditCard {
            return Err(Refusal::action("Só cobranças por cartão de crédito recebem chargeback."));
        }
        let came = match payment.status {
            Status::Received => payment.value - payment.refunded(),
            Status::Confirmed => 0,
            _ => return Err(Refusal::action("Esta cobrança não está paga.")),
        };
        payment.status = Status::ChargebackRequested;
        payment.is_disputed = true;
        self.balance -= came;
        self.tell_of_payment("PAYMENT_CHARGEBACK_REQUESTED", id);
        self.payment(id).map(|payment| self.payment_shape(payment))
    }
}

/// A card that pays.
fn test_card() -> Fields {
    Fields(json!({
        "holderName": "STANDIN",
        "number": "4242424242424242",
        "expiryMonth": "12",
        "expiryYear": "2099",
        "ccv": "123",
    }))
}
