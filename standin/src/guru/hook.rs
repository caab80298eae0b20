//! Webhooks, in the shape that Guru documents.

use super::books::Books;
use super::invoice::Invoice;
use super::subscription::Subscription;
use super::transaction::Transaction;
use crate::hooks;
use crate::money::decimal;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

/// A second since 1970, as webhooks say it.
pub(super) fn iso(seconds: i64) -> String {
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}

/// What goes to an address.
pub(super) fn webhook(url: &str, name: &str, request: &str, body: &Value) -> hooks::Webhook {
    hooks::Webhook {
        url: url.to_owned(),
        headers: vec![("x-request-id".to_owned(), request.to_owned())],
        body: body.to_string(),
        name: name.to_owned(),
    }
}

impl Books {
    /// Tells of a transaction as it is now.
    pub(super) fn tell_of_transaction(&mut self, id: &str) {
        let Ok(transaction) = self.transaction(id) else { return };
        let name = format!("transaction {}", transaction.status.word());
        let mut body = self.transaction_base(transaction, |seconds| iso(seconds).into());
        body["webhook_type"] = "transaction".into();
        body["api_token"] = self.account_token.clone().into();
        self.add_source(transaction, &mut body);
        self.tell(name, &body);
    }

    /// What only a webhook has of a transaction.
    fn add_source(&self, transaction: &Transaction, body: &mut Value) {
        body["source"] = json!({ "utm_source": "", "pptc": [] });
        let days = |after: i64| Value::from(crate::calendar::days_after(self.today_of(transaction), after).to_string());
        body["dates"]["unavailable_until"] = days(30);
        body["dates"]["warranty_until"] = days(7);
    }

    fn today_of(&self, transaction: &Transaction) -> Date {
        crate::calendar::day(transaction.ordered)
    }

    /// Tells of a subscription as it is now.
    pub(super) fn tell_of_subscription(&mut self, id: &str) {
        let Ok(subscription) = self.subscription(id) else { return };
        let name = format!("subscription {}", subscription.status.word());
        let body = self.subscription_hook(subscription);
        self.tell(name, &body);
    }

    fn subscription_hook(&self, subscription: &Subscription) -> Value {
        let offer = self.offer(&subscription.offer).ok();
        let next = self.offer(subscription.next_offer.as_ref().unwrap_or(&subscription.offer)).ok();
        let cancelled = subscription.cancelled.as_ref();
        let contact = self.contact(&subscription.contact).map(|one| one.short()).unwrap_or_default();
        let mut body = json!({
            "webhook_type": "subscription",
            "api_token": self.account_token,
            "id": subscription.marketplace_id,
            "internal_id": subscription.id,
            "subscription_code": subscription.code,
            "name": offer.map(|offer| offer.product.name.clone()).unwrap_or_default(),
            "last_status": subscription.status.word(),
            "provider": "guru",
            "payment_method": subscription.method.word(),
            "charged_every_days": offer.map(|offer| offer.days()).unwrap_or_default(),
            "charged_times": subscription.charged,
            "cancel_at_cycle_end": i32::from(subscription.ends_with_cycle),
            "cancel_reason": cancelled.map(|(_, reason)| reason.clone()),
            "cancelled_by": {
                "date": cancelled.map(|(when, _)| iso(*when)), "email": null, "name": null,
            },
            "credit_card": subscription.card.as_ref().map_or_else(|| json!([]), |card| card.subscribed()),
            "current_invoice": self.invoice_of(subscription).map(Invoice::hook),
            "next_cycle_installments": subscription.parts,
            "next_cycle_value": next.map(|offer| decimal(offer.value)).unwrap_or_default(),
            "product": offer.map(|offer| offer.subscribed()).unwrap_or_default(),
            "subscriber": contact,
            "contracts": [],
            "affiliations": [],
            "trial_days": 0,
            "trial_started_at": null,
            "trial_finished_at": null,
        });
        body["next_product"] = next.map(|offer| offer.subscribed()).unwrap_or_default();
        body["dates"] = json!({
            "started_at": iso(subscription.started),
            "cycle_start_date": subscription.cycle_start.to_string(),
            "cycle_end_date": subscription.cycle_end().to_string(),
            "next_cycle_at": subscription.next_cycle.to_string(),
            "last_status_at": iso(subscription.status_at),
            "canceled_at": cancelled.filter(|_| subscription.is_over()).map(|(when, _)| iso(*when)),
        });
        body
    }
}
