//! An offer as choices, previews, subscriptions and transactions show it.

use super::Offer;
use crate::money::decimal;
use serde_json::{Value, json};

impl Offer {
    /// As a choice of plans shows it.
    pub(in crate::guru) fn choice(&self) -> Value {
        let (interval, interval_type) = self.interval();
        json!({
            "charge_every_days": self.days(),
            "currency": "BRL",
            "id": self.id,
            "image": "",
            "installments": {
                "interest_rate": 0, "max_with_interest": self.parts, "max_without_interest": self.parts,
            },
            "interval": interval.to_string(),
            "interval_type": interval_type,
            "name": self.name,
            "payment_methods": self.methods.iter().map(|method| method.word()).collect::<Vec<_>>(),
            "product": {
                "id": self.product.id,
                "group": { "id": "", "name": "" },
                "marketplace_id": self.product.marketplace_id,
                "marketplace_name": "guru",
                "name": self.product.name,
            },
            "value": decimal(self.value),
        })
    }

    /// As a preview begins.
    pub(in crate::guru) fn preview(&self) -> Value {
        let (interval, interval_type) = self.interval();
        json!({
            "charge_every_days": self.days(), "currency": "BRL", "id": self.id,
            "interval": interval, "interval_type": interval_type, "name": self.name,
        })
    }

    /// As a subscription shows its product.
    pub(in crate::guru) fn subscribed(&self) -> Value {
        let (interval, interval_type) = self.interval();
        let none = json!({ "cycles": 0, "value": 0 });
        json!({
            "id": self.product.id,
            "name": self.product.name,
            "marketplace_id": self.product.marketplace_id,
            "marketplace_name": "guru",
            "group": { "id": "", "name": "" },
            "offer": {
                "id": self.id, "name": self.name, "value": decimal(self.value),
                "cash_discount": 0, "units_per_sale": 1,
                "plan": {
                    "cycles": 0, "interval": interval, "interval_type": interval_type, "trial_days": 0,
                    "provider": "guru", "split_cycles": 0, "discount": none, "increment": none,
                },
            },
        })
    }

    /// As a transaction shows what was bought: here `id` is that of the marketplace.
    pub(in crate::guru) fn sold(&self) -> Value {
        json!({
            "id": self.product.marketplace_id,
            "internal_id": self.product.id,
            "marketplace_id": self.product.marketplace_id,
            "marketplace_name": "guru",
            "name": self.product.name,
            "offer": { "id": self.id, "name": self.name },
            "group": { "id": "", "name": "" },
            "producer": { "name": "Stand-in", "marketplace_id": "standin" },
            "qty": 1,
            "total_value": decimal(self.value),
            "unit_value": decimal(self.value),
            "type": if self.every.is_some() { "plan" } else { "product" },
        })
    }
}
