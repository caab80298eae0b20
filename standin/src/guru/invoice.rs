//! Invoices: what a subscription is to pay for a cycle, or for an upgrade.

use super::books::Books;
use super::subscription::Subscription;
use crate::money::decimal;
use jiff::civil::Date;
use serde_json::{Value, json};

/// What a subscription is to pay.
pub(super) struct Invoice {
    pub(super) id: String,
    pub(super) code: String,
    pub(super) subscription: String,
    pub(super) cycle: i64,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) value: i64,
    pub(super) charge_at: Date,
    /// The first day that it pays for.
    pub(super) start: Date,
    /// The first day that it does not pay for.
    pub(super) until: Date,
    pub(super) paid: Option<Date>,
    /// How often a card was tried.
    pub(super) tries: i64,
    /// When a card is tried again.
    pub(super) again: Option<Date>,
    created: i64,
    pub(super) updated: i64,
    address: String,
}

/// What it is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Cycle,
    Upgrade,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    WaitingPayment,
    Paid,
    Pastdue,
    Canceled,
}

impl Invoice {
    fn status_word(&self) -> &'static str {
        match self.status {
            Status::WaitingPayment => "waiting_payment",
            Status::Paid => "paid",
            Status::Pastdue => "pastdue",
            Status::Canceled => "canceled",
        }
    }

    fn kind_word(&self) -> &'static str {
        match self.kind {
            Kind::Cycle => "cycle",
            Kind::Upgrade => "upgrade",
        }
    }

    /// Returns whether money is still to come by it.
    pub(super) fn is_open(&self) -> bool {
        matches!(self.status, Status::WaitingPayment | Status::Pastdue)
    }

    /// Its last day.
    fn last_day(&self) -> Date {
        crate::calendar::days_after(self.until, -1)
    }

    /// As a webhook of a subscription shows it: here two times are seconds.
    pub(super) fn hook(&self) -> Value {
        json!({
            "id": self.id,
            "code": self.code,
            "subscription_id": self.subscription,
            "cycle": self.cycle,
            "charge_at": self.charge_at.to_string(),
            "period_start": self.start.to_string(),
            "period_end": self.last_day().to_string(),
            "status": self.status_word(),
            "type": self.kind_word(),
            "value": decimal(self.value),
            "discount_value": 0,
            "increment_value": 0,
            "tax_value": 0,
            "payment_url": format!("{}/pay/{}/invoice", self.address, self.id),
            "created_at": self.created,
            "updated_at": self.updated,
        })
    }

    /// As REST shows it.
    pub(super) fn shape(&self) -> Value {
        let mut shape = self.hook();
        shape["days_until_payment"] = 0.into();
        shape["paid_at"] = self.paid.map(|day| day.to_string()).into();
        shape["payment_attempts"] = self.tries.into();
        shape["transaction_was_reissued"] = 0.into();
        shape
    }

    /// As a transaction shows it.
    pub(super) fn charged(&self) -> Value {
        json!({
            "id": self.id,
            "cycle": self.cycle,
            "charge_at": self.charge_at.to_string(),
            "created_at": super::hook::iso(self.created),
            "period_start": self.start.to_string(),
            "period_end": self.last_day().to_string(),
            "status": self.status_word(),
            "type": self.kind_word(),
            "value": decimal(self.value),
            "discount_value": 0,
            "increment_value": 0,
            "tax_value": 0,
            "try": self.tries,
            "tries": 3,
        })
    }
}

impl Books {
    pub(super) fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|one| one.id == id)
    }

    pub(super) fn invoice_mut(&mut self, id: &str) -> Option<&mut Invoice> {
        self.invoices.iter_mut().find(|one| one.id == id)
    }

    /// The invoice that a subscription shows as its current one.
    pub(super) fn invoice_of(&self, subscription: &Subscription) -> Option<&Invoice> {
        self.invoice(&subscription.invoice)
    }

    /// Adds an invoice of a subscription for these days.
    pub(super) fn add_invoice(
        &mut self,
        subscription: &str,
        kind: Kind,
        value: i64,
        (start, until): (Date, Date),
    ) -> String {
        let cycles = self.invoices.iter().filter(|one| one.subscription == subscription && one.kind == Kind::Cycle);
        let cycle = i64::try_from(cycles.count()).unwrap_or(i64::MAX) + i64::from(kind == Kind::Cycle);
        let (id, number) = (self.uuid(), self.number());
        self.invoices.push(Invoice {
            id: id.clone(),
            code: format!("in_standin{number:08}"),
            subscription: subscription.to_owned(),
            cycle,
            kind,
            status: Status::WaitingPayment,
            value,
            charge_at: self.today(),
            start,
            until,
            paid: None,
            tries: 0,
            again: None,
            created: self.now,
            updated: self.now,
            address: self.address.clone(),
        });
        id
    }
}
