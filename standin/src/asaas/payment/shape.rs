//! A payment as the API and the webhooks show it.

use super::{Billing, Payment, Status};
use crate::asaas::books::Books;
use crate::money::decimal;
use jiff::civil::Date;
use serde_json::{Value, json};

impl Books {
    /// A payment as the API shows it.
    pub(in crate::asaas) fn payment_shape(&self, payment: &Payment) -> Value {
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        let mut shape = json!({
            "object": "payment",
            "id": payment.id,
            "dateCreated": payment.created.to_string(),
            "customer": payment.customer,
            "checkoutSession": payment.checkout,
            "paymentLink": null,
            "value": decimal(payment.value),
            "netValue": decimal(payment.net()),
            "originalValue": null,
            "interestValue": null,
            "description": payment.description,
            "billingType": payment.billing.word(),
            "pixTransaction": null,
            "status": payment.status.word(),
            "dueDate": payment.due.to_string(),
            "originalDueDate": payment.first_due.to_string(),
            "paymentDate": day(payment.received),
            "clientPaymentDate": day(payment.confirmed),
            "installmentNumber": payment.part.as_ref().map(|part| part.number),
            "invoiceUrl": format!("{}/i/{}", self.address, payment.slug()),
            "invoiceNumber": format!("{:08}", payment.number),
            "externalReference": payment.external_reference,
            "deleted": payment.deleted,
            "anticipated": false,
            "anticipable": false,
            "creditDate": day(payment.credit),
            "estimatedCreditDate": day(payment.credit),
            "transactionReceiptUrl": self.receipt(payment),
            "nossoNumero": null,
            "bankSlipUrl": null,
            "lastInvoiceViewedDate": null,
            "lastBankSlipViewedDate": null,
        });
        shape["discount"] = json!({ "value": 0, "limitDate": null, "dueDateLimitDays": 0, "type": "FIXED" });
        shape["fine"] = json!({ "value": 0, "type": "FIXED" });
        shape["interest"] = json!({ "value": 0, "type": "PERCENTAGE" });
        shape["postalService"] = false.into();
        shape["escrow"] = Value::Null;
        let refunds = payment.refund_shapes();
        shape["refunds"] = if refunds.is_empty() { Value::Null } else { refunds.into() };
        self.add_what_only_some_have(payment, &mut shape);
        shape
    }

    /// Asaas leaves these out where they do not apply.
    fn add_what_only_some_have(&self, payment: &Payment, shape: &mut Value) {
        if let Some(subscription) = &payment.subscription {
            shape["subscription"] = subscription.clone().into();
        }
        if let Some(part) = &payment.part {
            shape["installment"] = part.whole.clone().into();
        }
        if payment.billing == Billing::CreditCard {
            shape["confirmedDate"] = payment.confirmed.map(|date| date.to_string()).into();
            shape["creditCard"] = self.card_shape(payment.card.as_deref());
        }
        if matches!(payment.billing, Billing::Boleto | Billing::Undefined) {
            shape["canBePaidAfterDueDate"] = true.into();
            shape["nossoNumero"] = payment.bank_number().into();
            shape["bankSlipUrl"] = format!("{}/b/pdf/{}", self.address, payment.slug()).into();
        }
        if payment.is_disputed {
            shape["chargeback"] = json!({ "status": "REQUESTED", "reason": "PROCESS_ERROR" });
        }
    }

    fn receipt(&self, payment: &Payment) -> Option<String> {
        let is_paid = !matches!(payment.status, Status::Pending | Status::Overdue);
        is_paid.then(|| format!("{}/comprovantes/{}", self.address, payment.slug()))
    }
}
