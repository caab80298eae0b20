//! Subscriptions: what is charged again and again.

mod calls;
mod cancel;
mod method;
mod plan;
mod shape;

pub(super) use calls::routes;

use super::answer::Refusal;
use super::books::Books;
use super::card::Card;
use super::offer::Method;
use crate::calendar::days_after;
use jiff::civil::Date;

/// What is charged again and again.
pub(super) struct Subscription {
    /// Its UUID: `id` in REST, `internal_id` in webhooks.
    pub(super) id: String,
    /// `subscription_code` everywhere.
    pub(super) code: String,
    /// `id` in webhooks.
    pub(super) marketplace_id: String,
    pub(super) contact: String,
    pub(super) offer: String,
    /// What it changes to with the next cycle.
    pub(super) next_offer: Option<String>,
    /// What it changes to once that is paid.
    pub(super) pending_offer: Option<String>,
    pub(super) status: Status,
    pub(super) status_at: i64,
    pub(super) method: Method,
    pub(super) card: Option<Card>,
    pub(super) parts: i64,
    pub(super) started: i64,
    /// How often it was paid.
    pub(super) charged: i64,
    pub(super) ends_with_cycle: bool,
    /// When somebody cancelled it, and why.
    pub(super) cancelled: Option<(i64, String)>,
    pub(super) cycle_start: Date,
    pub(super) next_cycle: Date,
    /// The current invoice.
    pub(super) invoice: String,
}

/// Where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Status {
    /// Its first payment has not come.
    Started,
    Active,
    Pastdue,
    Canceled,
}

impl Status {
    /// Its word.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Started => "started",
            Self::Active => "active",
            Self::Pastdue => "pastdue",
            Self::Canceled => "canceled",
        }
    }
}

impl Subscription {
    /// From now on it stands like this.
    pub(super) fn stand(&mut self, status: Status, now: i64) {
        (self.status, self.status_at) = (status, now);
    }

    /// The last day of its cycle.
    pub(super) fn cycle_end(&self) -> Date {
        days_after(self.next_cycle, -1)
    }

    /// Returns whether it has ended.
    pub(super) fn is_over(&self) -> bool {
        self.status == Status::Canceled
    }
}

impl Books {
    /// The subscription with this UUID or code.
    pub(super) fn subscription(&self, id: &str) -> Result<&Subscription, Refusal> {
        self.subscriptions.iter().find(|one| one.id == id || one.code == id).ok_or_else(Refusal::not_found)
    }

    pub(super) fn subscription_mut(&mut self, id: &str) -> Result<&mut Subscription, Refusal> {
        self.subscriptions.iter_mut().find(|one| one.id == id || one.code == id).ok_or_else(Refusal::not_found)
    }

    /// The UUID of one that can be changed: it is active, nothing of it is being charged, and it does not end.
    pub(super) fn changeable(&self, id: &str) -> Result<String, Refusal> {
        let subscription = self.settled(id)?;
        if subscription.ends_with_cycle {
            return Err(Refusal::rule("A assinatura está marcada para cancelar ao final do ciclo."));
        }
        Ok(subscription.id.clone())
    }

    /// One that is active and of which nothing is being charged.
    fn settled(&self, id: &str) -> Result<&Subscription, Refusal> {
        let subscription = self.subscription(id)?;
        if subscription.status != Status::Active {
            return Err(Refusal::rule("A assinatura deve estar ativa."));
        }
        let is_charging = self.invoices.iter().any(|one| one.subscription == subscription.id && one.is_open());
        if is_charging {
            return Err(Refusal::rule("A assinatura está em processo de cobrança."));
        }
        Ok(subscription)
    }
}
