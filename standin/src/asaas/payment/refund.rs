//! Money goes back: all of it or some, at once or when the buyer has named an account, and perhaps not after all.

use super::{Billing, Payment, Status};
use crate::asaas::answer::Refusal;
use crate::asaas::books::Books;
use crate::calendar::stamp;
use crate::money::{decimal, reais};
use serde_json::{Value, json};

/// Money that goes back. Asaas gives it no id: it is told apart by its description.
#[derive(Clone)]
pub(in crate::asaas) struct Refund {
    /// Second since 1970.
    created: i64,
    pub(in crate::asaas) value: i64,
    description: Option<String>,
    pub(in crate::asaas) progress: Progress,
    /// Whether it was taken out of what can be paid out.
    is_paid_out: bool,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::asaas) enum Progress {
    Pending,
    /// The buyer of a boleto is to name an account.
    AwaitingCustomer,
    /// The bank gave it back.
    Cancelled,
    Done,
}

impl Progress {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::AwaitingCustomer => "AWAITING_CUSTOMER_EXTERNAL_AUTHORIZATION",
            Self::Cancelled => "CANCELLED",
            Self::Done => "DONE",
        }
    }
}

impl Payment {
    /// What went back or is about to.
    pub(in crate::asaas) fn refunded(&self) -> i64 {
        self.refunds.iter().filter(|refund| refund.progress != Progress::Cancelled).map(|refund| refund.value).sum()
    }

    /// Its refunds as the API shows them, the oldest first.
    pub(in crate::asaas) fn refund_shapes(&self) -> Vec<Value> {
        let shape = |refund: &Refund| {
            let end_to_end = format!("E00000000STANDIN{:016}", self.number);
            let is_pix = self.billing == Billing::Pix && refund.progress == Progress::Done;
            json!({
                "dateCreated": stamp(refund.created),
                "status": refund.progress.word(),
                "value": decimal(refund.value),
                "endToEndIdentifier": is_pix.then_some(end_to_end),
                "description": refund.description,
                "effectiveDate": is_pix.then(|| stamp(refund.created)),
                "transactionReceiptUrl": null,
                "refundedSplits": [],
            })
        };
        self.refunds.iter().map(shape).collect()
    }

    fn has_refund(&self, progress: Progress) -> bool {
        self.refunds.iter().any(|refund| refund.progress == progress)
    }

    /// Where the payment stands, by its refunds.
    fn refund_status(&self) -> Status {
        let before = if self.received.is_some() { Status::Received } else { Status::Confirmed };
        if self.has_refund(Progress::AwaitingCustomer) {
            Status::RefundRequested
        } else if self.refunded() < self.value {
            before
        } else if self.has_refund(Progress::Pending) {
            Status::RefundInProgress
        } else {
            Status::Refunded
        }
    }
}

impl Books {
    /// Pays back what a card or Pix paid: so much, or all that is left.
    pub(in crate::asaas) fn refund(
        &mut self,
        id: &str,
        value: Option<i64>,
        description: Option<String>,
    ) -> Result<(), Refusal> {
        if self.payment(id)?.billing == Billing::Boleto {
            return Err(Refusal::action("Cobranças pagas por boleto são estornadas em bankSlip/refund."));
        }
        let takes_time = self.refunds_take_time && self.payment(id)?.billing == Billing::CreditCard;
        self.begin_refund(id, value, description, Progress::Pending)?;
        if takes_time {
            self.tell_of_payment("PAYMENT_REFUND_IN_PROGRESS", id);
        } else {
            self.finish_refunds(id);
        }
        Ok(())
    }

    /// Pays a boleto back once the buyer has named an account, on the page whose address is answered.
    pub(in crate::asaas) fn refund_boleto(&mut self, id: &str) -> Result<String, Refusal> {
        let payment = self.payment(id)?;
        let url = format!("{}/solicitar-estorno/{}", self.address, payment.slug());
        if payment.has_refund(Progress::AwaitingCustomer) {
            return Ok(url);
        }
        if payment.billing != Billing::Boleto {
            return Err(Refusal::action("Esta cobrança não foi paga por boleto."));
        }
        self.begin_refund(id, None, None, Progress::AwaitingCustomer)?;
        self.tell_of_payment("PAYMENT_REFUND_IN_PROGRESS", id);
        Ok(url)
    }

    fn begin_refund(
        &mut self,
        id: &str,
        value: Option<i64>,
        description: Option<String>,
        progress: Progress,
    ) -> Result<(), Refusal> {
        let (created, balance) = (self.now, self.balance);
        let payment = self.payment_mut(id)?;
        let left = payment.value - payment.refunded();
        let value = value.unwrap_or(left);
        if payment.status == Status::ChargebackRequested {
            return Err(Refusal::action("Não é possível estornar uma cobrança em chargeback."));
        }
        if payment.status == Status::Refunded || payment.status == Status::RefundInProgress {
            return Err(Refusal::action("Esta cobrança já foi estornada."));
        }
        if !matches!(payment.status, Status::Received | Status::Confirmed) {
            return Err(Refusal::action("Só é possível estornar cobranças recebidas ou confirmadas."));
        }
        if value > left {
            let why = format!("O valor do estorno não pode ser maior que o restante da cobrança ({}).", reais(left));
            return Err(Refusal::field("value", &why));
        }
        let is_paid_out = payment.status == Status::Received;
        if is_paid_out && balance < value {
            return Err(Refusal::action("Saldo insuficiente para estornar esta cobrança."));
        }
        payment.refunds.push(Refund { created, value, description, progress, is_paid_out });
        payment.status = payment.refund_status();
        if is_paid_out {
            self.balance -= value;
        }
        Ok(())
    }

    /// Refunds that are under way are done.
    pub(in crate::asaas) fn finish_refunds(&mut self, id: &str) {
        let Ok(payment) = self.payment_mut(id) else { return };
        for refund in &mut payment.refunds {
            if matches!(refund.progress, Progress::Pending | Progress::AwaitingCustomer) {
                refund.progress = Progress::Done;
            }
        }
        payment.status = payment.refund_status();
        let is_whole = payment.status == Status::Refunded;
        self.tell_of_payment(if is_whole { "PAYMENT_REFUNDED" } else { "PAYMENT_PARTIALLY_REFUNDED" }, id);
    }

    /// The bank gives back all that was refunded.
    pub(in crate::asaas) fn deny_refunds(&mut self, id: &str) {
        let Ok(payment) = self.payment_mut(id) else { return };
        if payment.refunded() == 0 {
            return;
        }
        let mut back = 0;
        for refund in payment.refunds.iter_mut().filter(|refund| refund.progress != Progress::Cancelled) {
            refund.progress = Progress::Cancelled;
            back += if refund.is_paid_out { refund.value } else { 0 };
        }
        payment.status = payment.refund_status();
        self.balance += back;
        self.tell_of_payment("PAYMENT_REFUND_DENIED", id);
    }

    /// Payments whose refunds are under way at the bank.
    pub(in crate::asaas) fn refunds_under_way(&self) -> Vec<String> {
        let under_way = self.payments.iter().filter(|payment| payment.has_refund(Progress::Pending));
        under_way.map(|payment| payment.id.clone()).collect()
    }
}
