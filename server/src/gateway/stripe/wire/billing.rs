//! What Stripe bills by its own calendar.

use super::{Id, Linked, List};
use serde::Deserialize;

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Subscription {
    pub(in crate::gateway::stripe) id: String,
    pub(in crate::gateway::stripe) customer: Option<Id>,
    pub(in crate::gateway::stripe) status: String,
    pub(in crate::gateway::stripe) items: List<Item>,
    pub(in crate::gateway::stripe) collection_method: Option<String>,
    pub(in crate::gateway::stripe) pending_update: Option<serde_json::Value>,
    pub(in crate::gateway::stripe) latest_invoice: Option<Linked<Invoice>>,
    pub(in crate::gateway::stripe) payment_settings: Option<PaymentSettings>,
    #[serde(default)]
    pub(in crate::gateway::stripe) cancel_at_period_end: bool,
    pub(in crate::gateway::stripe) cancel_at: Option<i64>,
    pub(in crate::gateway::stripe) canceled_at: Option<i64>,
    /// What says how it goes on in later periods.
    pub(in crate::gateway::stripe) schedule: Option<Id>,
    /// Where versions before 2025-03-31 say it; the later ones say it of each item.
    pub(in crate::gateway::stripe) current_period_start: Option<i64>,
    pub(in crate::gateway::stripe) current_period_end: Option<i64>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Schedule {
    pub(in crate::gateway::stripe) id: String,
    #[serde(default)]
    pub(in crate::gateway::stripe) phases: Vec<Phase>,
    pub(in crate::gateway::stripe) end_behavior: Option<String>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Phase {
    pub(in crate::gateway::stripe) start_date: i64,
    pub(in crate::gateway::stripe) end_date: i64,
    pub(in crate::gateway::stripe) trial_end: Option<i64>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Item {
    pub(in crate::gateway::stripe) id: String,
    pub(in crate::gateway::stripe) price: Price,
    pub(in crate::gateway::stripe) quantity: Option<u64>,
    pub(in crate::gateway::stripe) current_period_start: Option<i64>,
    pub(in crate::gateway::stripe) current_period_end: Option<i64>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Price {
    pub(in crate::gateway::stripe) id: String,
    /// None where it is reckoned in steps, or by use.
    pub(in crate::gateway::stripe) unit_amount: Option<i64>,
    pub(in crate::gateway::stripe) currency: Option<String>,
    pub(in crate::gateway::stripe) recurring: Option<Recurring>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Recurring {
    pub(in crate::gateway::stripe) interval: String,
    pub(in crate::gateway::stripe) interval_count: i64,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct PaymentSettings {
    pub(in crate::gateway::stripe) payment_method_types: Option<Vec<String>>,
}

/// An invoice; one that is only reckoned has no id.
#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Invoice {
    pub(in crate::gateway::stripe) id: Option<String>,
    pub(in crate::gateway::stripe) status: Option<String>,
    pub(in crate::gateway::stripe) billing_reason: Option<String>,
    pub(in crate::gateway::stripe) created: Option<i64>,
    pub(in crate::gateway::stripe) status_transitions: Option<Transitions>,
    pub(in crate::gateway::stripe) hosted_invoice_url: Option<String>,
    pub(in crate::gateway::stripe) currency: String,
    pub(in crate::gateway::stripe) amount_due: i64,
    #[serde(default)]
    pub(in crate::gateway::stripe) amount_paid: i64,
    pub(in crate::gateway::stripe) lines: Option<List<Line>>,
    pub(in crate::gateway::stripe) payments: Option<List<InvoicePayment>>,
    /// Where versions before 2025-03-31 name what paid it.
    pub(in crate::gateway::stripe) payment_intent: Option<Id>,
    pub(in crate::gateway::stripe) charge: Option<Id>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Transitions {
    pub(in crate::gateway::stripe) paid_at: Option<i64>,
}

/// What pays an invoice.
#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct InvoicePayment {
    pub(in crate::gateway::stripe) status: String,
    pub(in crate::gateway::stripe) amount_paid: Option<i64>,
    pub(in crate::gateway::stripe) payment: PaidBy,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct PaidBy {
    pub(in crate::gateway::stripe) payment_intent: Option<Id>,
    pub(in crate::gateway::stripe) charge: Option<Id>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Line {
    pub(in crate::gateway::stripe) amount: i64,
    pub(in crate::gateway::stripe) period: Period,
    pub(in crate::gateway::stripe) parent: Option<LineParent>,
    /// Where versions before 2025-03-31 say it.
    pub(in crate::gateway::stripe) proration: Option<bool>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Period {
    pub(in crate::gateway::stripe) start: i64,
    pub(in crate::gateway::stripe) end: i64,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct LineParent {
    pub(in crate::gateway::stripe) invoice_item_details: Option<Proration>,
    pub(in crate::gateway::stripe) subscription_item_details: Option<Proration>,
}

#[derive(Deserialize, Debug)]
pub(in crate::gateway::stripe) struct Proration {
    #[serde(default)]
    pub(in crate::gateway::stripe) proration: bool,
}

impl Subscription {
    /// Its latest invoice.
    pub(in crate::gateway::stripe) fn latest(&self) -> Option<&str> {
        match self.latest_invoice.as_ref()? {
            Linked::Id(id) => Some(id),
            Linked::Whole(invoice) => invoice.id.as_deref(),
        }
    }
}

impl Line {
    /// Whether it counts a part of a period.
    pub(in crate::gateway::stripe) fn is_proration(&self) -> bool {
        let parent = self.parent.as_ref();
        let details = parent.and_then(|of| of.invoice_item_details.as_ref().or(of.subscription_item_details.as_ref()));
        details.map_or(self.proration, |details| Some(details.proration)).unwrap_or(false)
    }
}
