//! A subscription as REST shows it: times are seconds, flags are 1 or 0 in full and true or false in lists.

use super::Subscription;
use crate::guru::books::Books;
use crate::guru::invoice::Invoice;
use crate::guru::offer::Offer;
use crate::money::decimal;
use serde_json::{Value, json};

impl Books {
    /// As a list shows it.
    pub(in crate::guru) fn subscription_short(&self, subscription: &Subscription) -> Value {
        let offer = self.offer(&subscription.offer).ok();
        let contact = self.contact(&subscription.contact).map(|one| one.short()).unwrap_or_default();
        let mut product = offer.map(Offer::subscribed).unwrap_or_default();
        if let Some(product) = product.as_object_mut() {
            product.remove("offer");
        }
        json!({
            "cancel_at_cycle_end": subscription.ends_with_cycle,
            "cancelled_at": subscription.cancelled.as_ref().map(|(when, _)| *when),
            "charged_every_days": offer.map(Offer::days).unwrap_or_default(),
            "charged_times": subscription.charged,
            "contact": contact,
            "contracts": null,
            "created_at": subscription.started,
            "current_invoice": self.invoice_of(subscription).map(Invoice::hook),
            "id": subscription.id,
            "is_cycling": true,
            "last_status": subscription.status.word(),
            "last_status_at": subscription.status_at,
            "next_cycle_at": subscription.next_cycle.to_string(),
            "own_engine": true,
            "payment_method": subscription.method.word(),
            "product": product,
            "started_at": subscription.started,
            "subscriber": contact,
            "subscription_code": subscription.code,
            "trial_finished_at": null,
            "trial_started_at": null,
            "updated_at": subscription.status_at,
        })
    }

    /// As it shows itself.
    pub(in crate::guru) fn subscription_full(&self, subscription: &Subscription) -> Value {
        let mut shape = self.subscription_short(subscription);
        let offer = self.offer(&subscription.offer).ok();
        let next = self.offer(subscription.next_offer.as_ref().unwrap_or(&subscription.offer)).ok();
        let cancelled = subscription.cancelled.as_ref();
        let value = offer.map(|offer| decimal(offer.value)).unwrap_or_default();
        let full = json!({
            "affiliations": [],
            "cancel_at_cycle_end": i32::from(subscription.ends_with_cycle),
            "cancel_reason": cancelled.map(|(_, reason)| reason.clone()).unwrap_or_default(),
            "cancelled_by": {
                "name": "", "email": "",
                "date": cancelled.map(|(when, _)| crate::guru::hook::iso(*when)).unwrap_or_default(),
            },
            "coupon": null,
            "cycle_end_date": subscription.cycle_end().to_string(),
            "cycle_start_date": subscription.cycle_start.to_string(),
            "is_cancelable": i32::from(!subscription.is_over()),
            "is_cycling": 1,
            "last_netvalue": value,
            "last_value": value,
            "next_cycle_installments": subscription.parts,
            "next_cycle_value": next.map(|offer| decimal(offer.value)).unwrap_or_default(),
            "next_product": next.map(Offer::subscribed).unwrap_or_default(),
            "own_engine": 1,
            "product": offer.map(Offer::subscribed).unwrap_or_default(),
            "provider": "guru",
            "subscription_name": offer.map(|offer| offer.product.name.clone()).unwrap_or_default(),
            "trial_days": 0,
            "total_cycles": 0,
        });
        for (name, field) in full.as_object().into_iter().flatten() {
            shape[name] = field.clone();
        }
        shape
    }
}
