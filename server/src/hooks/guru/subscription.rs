//! What the webhook of a subscription says: where it stands, until when it is paid, what the next cycle is.

use super::event::{Reading, needed};
use super::items::{buyer, card, lines, method};
use super::wire::{
    CancelledBy, Card, Contact, Dates, Invoice, Offer, Payment, Plan, Product, Subscription, Transaction,
};
use super::{NotTaken, transaction};
use portal::intake::{NewCharge, NewOrder, NewPayment, NewSubscription, Sold, Version};
use portal::time::Zone;
use types::{Code, Currency, Instant, IntervalUnit, Line, OrderKind, SubscriptionStatus};

/// A subscription with its parts.
struct Parts<'a> {
    wire: &'a Subscription,
    zone: &'a Zone,
    dates: Dates,
    invoice: Invoice,
    card: Card,
    product: Product,
    /// Its last charge, where the body holds it whole.
    charge: Option<NewCharge>,
    currency: Currency,
    changed_at: Instant,
}

/// Reads a subscription; a status that we do not know is of no interest.
pub(super) fn read(wire: &Subscription, zone: &Zone) -> Result<Reading, NotTaken> {
    let id = needed(wire.subscription_code.text(), "subscription_code")?;
    let word = needed(wire.last_status.text(), "last_status")?;
    let dates: Dates = wire.dates.object().unwrap_or_default();
    let invoice: Invoice = wire.current_invoice.object().unwrap_or_default();
    let card: Card = wire.credit_card.object().unwrap_or_default();
    let cancelled: CancelledBy = wire.cancelled_by.object().unwrap_or_default();
    let times = [
        &dates.last_status_at,
        &invoice.updated_at,
        &dates.canceled_at,
        &cancelled.date,
        &card.updated_at,
        &dates.started_at,
    ];
    let changed_at = needed(times.into_iter().filter_map(|time| time.instant(zone)).max(), "dates.last_status_at")?;
    let last_transaction: Transaction = wire.last_transaction.object().unwrap_or_default();
    let last: Payment = last_transaction.payment.object().unwrap_or_default();
    let currency = needed(
        last.currency.text().map_or(Ok(Currency::BRL), Currency::parse).ok(),
        "last_transaction.payment.currency",
    )?;
    let parts = Parts {
        wire,
        zone,
        dates,
        invoice,
        card,
        product: wire.product.object().unwrap_or_default(),
        charge: transaction::charge(&last_transaction, zone),
        currency,
        changed_at,
    };
    let order = match parts.is_known(word) {
        true => Some(parts.order(id, word, cancelled.date.instant(zone))?),
        false => None,
    };
    Ok(Reading { id: id.to_owned(), status: word.to_owned(), changed_at, order })
}

impl Parts<'_> {
    fn is_known(&self, word: &str) -> bool {
        matches!(word, "active" | "started" | "trial" | "pastdue" | "canceled" | "expired" | "inactive")
    }

    fn order(&self, id: &str, word: &str, cancelled_at: Option<Instant>) -> Result<NewOrder, NotTaken> {
        let contact: Contact = self.wire.subscriber.object().unwrap_or_default();
        let interval = self.interval();
        let amount = self.amount();
        let (items, amount) = needed(lines(&self.product, &[], self.currency, amount, Some(interval)), "product")?;
        let subscription = self.subscription(word, cancelled_at, amount, interval, &items[0].sold)?;
        let method = method(self.wire.payment_method.text());
        Ok(NewOrder {
            code: needed(Code::parse(id).ok(), "subscription_code")?,
            kind: OrderKind::Subscription,
            buyer: buyer(&contact)?,
            items,
            currency: self.currency,
            ordered_at: self.started_at(),
            payment: NewPayment { method, card: card(&self.card) },
            installments: None,
            gateway: needed(Line::clean("guru"), "gateway")?,
            charge: self.charge.clone(),
            subscription: Some(subscription),
            version: Version::of_subscription(self.changed_at),
        })
    }

    /// The price of a cycle: what the current one owes, else the next one, else the offer's.
    fn amount(&self) -> Option<i64> {
        let offer: Offer = self.product.offer.object().unwrap_or_default();
        let prices = [&self.invoice.value, &self.wire.next_cycle_value, &offer.value];
        prices.into_iter().find_map(|price| price.amount(self.currency))
    }

    fn interval(&self) -> (IntervalUnit, i64) {
        let plan: Plan = self.product.offer.object::<Offer>().and_then(|offer| offer.plan.object()).unwrap_or_default();
        let unit = plan.interval_type.text().and_then(|word| word.parse().ok()).unwrap_or(IntervalUnit::Month);
        (unit, plan.interval.int().unwrap_or(1).clamp(1, 1000))
    }

    fn started_at(&self) -> Instant {
        let started =
            self.dates.started_at.instant(self.zone).or_else(|| self.dates.cycle_start_date.instant(self.zone));
        started.unwrap_or(self.changed_at)
    }

    fn subscription(
        &self,
        word: &str,
        cancelled_at: Option<Instant>,
        amount: i64,
        interval: (IntervalUnit, i64),
        main: &Sold,
    ) -> Result<NewSubscription, NotTaken> {
        let period_end = needed(self.period_end(), "dates.cycle_end_date")?;
        let asked_at = self.dates.canceled_at.instant(self.zone).or(cancelled_at);
        let status = self.status(word, period_end, asked_at.unwrap_or(self.changed_at));
        let is_over = matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
        let Sold::Reported { name, .. } = main else { return Err(super::event::unreadable("product")) };
        let start =
            self.dates.cycle_start_date.instant(self.zone).or_else(|| self.invoice.period_start.instant(self.zone));
        Ok(NewSubscription {
            status,
            plan: self.wire.name.text().and_then(Line::clean).or_else(|| Some(name.clone())),
            amount,
            interval,
            period_start: start.unwrap_or_else(|| self.started_at()),
            period_end,
            next_charge_at: self.dates.next_cycle_at.instant(self.zone).or(Some(period_end)).filter(|_| !is_over),
            canceled_at: asked_at.or(Some(self.changed_at)).filter(|_| is_over),
            paid_at: self.was_paid(word).then(|| self.started_at()),
        })
    }

    /// The start of the day after the last day of the cycle.
    fn period_end(&self) -> Option<Instant> {
        let last =
            [&self.dates.cycle_end_date, &self.invoice.period_end].into_iter().find_map(|day| day.day(self.zone));
        let after = last.and_then(|day| self.zone.first_instant(day.tomorrow().ok()?));
        after
            .or_else(|| self.dates.next_cycle_at.instant(self.zone))
            .or_else(|| self.wire.trial_finished_at.instant(self.zone))
    }

    fn was_paid(&self, word: &str) -> bool {
        word == "trial"
            || self.wire.charged_times.int().is_some_and(|times| times > 0)
            || self.invoice.status.text() == Some("paid")
    }

    /// A cancelled subscription lasts until the end of a cycle that was paid. Whether that end was ahead is judged by
    /// when it was cancelled, so that the answer does not depend on when we hear of it.
    fn status(&self, word: &str, period_end: Instant, canceled_at: Instant) -> SubscriptionStatus {
        let is_paid = self.invoice.status.text() == Some("paid");
        match word {
            "active" | "started" | "trial" if self.wire.cancel_at_cycle_end.is_true() => SubscriptionStatus::Ending,
            "active" | "started" => SubscriptionStatus::Active,
            "trial" => SubscriptionStatus::Trialing,
            "pastdue" => SubscriptionStatus::PastDue,
            "canceled" if is_paid && period_end > canceled_at => SubscriptionStatus::Ending,
            _ => SubscriptionStatus::Ended,
        }
    }
}
