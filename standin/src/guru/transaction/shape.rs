//! A transaction as REST and webhooks show it. What is empty is `[]`, as Guru has it.

use super::{Status, Transaction};
use crate::guru::books::Books;
use crate::guru::hook::iso;
use crate::guru::offer::{Method, Offer};
use crate::money::decimal;
use serde_json::{Value, json};

impl Books {
    /// As REST shows it: times are seconds.
    pub(in crate::guru) fn transaction_shape(&self, transaction: &Transaction) -> Value {
        let mut shape = self.transaction_base(transaction, Value::from);
        shape["has_order_bump"] = i32::from(transaction.offers.len() > 1).into();
        shape["is_order_bump"] = 0.into();
        shape["affiliations"] = json!([]);
        shape["trackings"] = json!({ "source": null, "checkout_source": null, "utm_source": null, "pptc": [] });
        shape
    }

    /// What both show. `time` writes seconds as they do.
    pub(in crate::guru) fn transaction_base(&self, transaction: &Transaction, time: impl Fn(i64) -> Value) -> Value {
        let offers: Vec<&Offer> = transaction.offers.iter().filter_map(|id| self.offer(id).ok()).collect();
        let when = |at: Option<i64>| at.map_or(Value::Null, &time);
        let contact = self.contact(&transaction.contact).map(|one| one.long()).unwrap_or_default();
        let invoice = transaction.invoice.as_deref().and_then(|id| self.invoice(id));
        let page = format!("{}/pay/{}", self.address, transaction.offers.first().map_or("", String::as_str));
        json!({
            "id": transaction.id,
            "status": transaction.status.word(),
            "type": "producer",
            "checkout_url": page,
            "checkout_invoice_url": invoice.map(|one| format!("{}/pay/{}/invoice", self.address, one.id)),
            "contact": contact,
            "dates": {
                "created_at": time(transaction.ordered),
                "ordered_at": time(transaction.ordered),
                "confirmed_at": when(transaction.confirmed),
                "canceled_at": when(transaction.cancelled),
                "expires_at": when(transaction.expires),
                "unavailable_until": time(transaction.ordered + 30 * 24 * 60 * 60),
                "updated_at": time(transaction.updated),
                "warranty_until": time(transaction.ordered + 7 * 24 * 60 * 60),
            },
            "invoice": invoice.map_or_else(|| json!([]), |one| one.charged()),
            "items": offers.iter().map(|offer| offer.sold()).collect::<Vec<_>>(),
            "payment": payment(transaction),
            "product": offers.first().map_or(Value::Null, |offer| offer.sold()),
            "subscription": self.subscription_in(transaction, &time),
            "shipping": [],
            "shipment": [],
            "extras": { "accepted_terms_url": 1, "back_url": null },
            "infrastructure": [],
            "ecommerces": [],
        })
    }

    fn subscription_in(&self, transaction: &Transaction, time: impl Fn(i64) -> Value) -> Value {
        let Some(subscription) = transaction.subscription.as_deref().and_then(|id| self.subscription(id).ok()) else {
            return json!([]);
        };
        let offer = self.offer(&subscription.offer).ok();
        json!({
            "can_cancel": i32::from(!subscription.is_over()),
            "canceled_at": subscription.cancelled.as_ref().map(|(when, _)| time(*when)),
            "charged_every_days": offer.map(Offer::days).unwrap_or_default(),
            "charged_times": subscription.charged,
            "id": subscription.marketplace_id,
            "internal_id": subscription.id,
            "last_status": subscription.status.word(),
            "last_status_at": time(subscription.status_at),
            "name": offer.map(|offer| offer.product.name.clone()).unwrap_or_default(),
            "started_at": time(subscription.started),
            "subscription_code": subscription.code,
            "trial_days": 0,
            "trial_finished_at": null,
            "trial_started_at": null,
        })
    }
}

fn payment(transaction: &Transaction) -> Value {
    let fee = (transaction.value * 7 + 50) / 100;
    let each = if transaction.parts > 1 { decimal(transaction.value / transaction.parts) } else { "".into() };
    let is_refused = transaction.status == Status::Canceled;
    json!({
        "method": transaction.method.word(),
        "gross": decimal(transaction.value),
        "net": decimal(transaction.value - fee),
        "total": decimal(transaction.value),
        "currency": "BRL",
        "discount_value": 0,
        "marketplace_value": decimal(fee),
        "affiliate_value": 0,
        "installments": { "qty": transaction.parts, "value": each, "interest": 0 },
        "credit_card": transaction.card.as_ref().map_or_else(|| json!([]), |card| card.charged()),
        "billet": billet(transaction),
        "pix": pix(transaction),
        "acquirer": {
            "code": if is_refused { "05" } else { "00" },
            "message": transaction.refuse_reason.as_deref().unwrap_or("approved"),
            "name": "standin",
            "nsu": format!("{:06}", transaction.number),
            "tid": format!("{:020}", transaction.number),
        },
        "can_try_again": i32::from(is_refused),
        "coupon": null,
        "refund_reason": transaction.refund_reason,
        "refuse_reason": transaction.refuse_reason,
        "marketplace_id": format!("ch_standin{:08}", transaction.number),
        "marketplace_name": "guru",
        "processing_times": { "started_at": iso(transaction.ordered) },
        "tax": { "rate": 0, "value": 0 },
    })
}

/// What is typed at a bank. It has the shape of the real thing, of a bank that does not exist.
pub(in crate::guru) fn code(transaction: &Transaction) -> String {
    match transaction.method {
        Method::Billet => {
            format!("00090.{:05} {:05}.000000 00000.000000 0 {:014}", 0, transaction.number, transaction.value)
        }
        _ => format!("00020101STANDIN-NO-MONEY{:08}", transaction.number),
    }
}

fn expiry(transaction: &Transaction) -> Option<String> {
    transaction.expires.map(|at| crate::calendar::day(at).to_string())
}

fn billet(transaction: &Transaction) -> Value {
    if transaction.method != Method::Billet {
        return json!([]);
    }
    let url = format!("https://standin.invalid/boleto/{}", transaction.id);
    json!({ "line": code(transaction), "url": url, "expiration_date": expiry(transaction) })
}

fn pix(transaction: &Transaction) -> Value {
    if transaction.method != Method::Pix {
        return json!([]);
    }
    let url = format!("https://standin.invalid/pix/{}", transaction.id);
    json!({ "qrcode": { "signature": code(transaction), "url": url }, "expiration_date": expiry(transaction) })
}
