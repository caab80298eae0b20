//! What the webhook of a subscription says: where it stands, until when it is paid, what the next cycle is.

use super::event::{Reading, needed, unreadable};
use super::items::{self, buyer, lines, method};
use super::transaction::LastTransaction;
use super::wire::{
    CancelledBy, Card, Contact, Dates, Invoice, Offer, Payment, Plan, Product, Subscription, Transaction,
};
use super::{NotTaken, transaction};
use portal::intake::{NewOrder, NewPayment, NewSubscription, Sold, Version};
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
    /// The offer of its product, empty when it has none.
    offer: Offer,
    /// Its last transaction, which knows some things that the subscription leaves out.
    last: LastTransaction,
    currency: Currency,
    changed_at: Instant,
}

/// Reads a subscription. A status that we do not know, and one that was only begun, without a cycle, are of no
/// interest.
pub(super) fn read(wire: &Subscription, zone: &Zone) -> Result<Reading, NotTaken> {
    let id = needed(wire.subscription_code.text()?, wire.subscription_code.at())?;
    let word = needed(wire.last_status.text()?, wire.last_status.at())?;
    let parts = Parts::read(wire, zone)?;
    let is_begun = word != "started" || parts.period_end()?.is_some();
    let order = match is_known(word) && is_begun {
        true => Some(parts.order(id, word)?),
        false => None,
    };
    Ok(Reading { id: id.to_owned(), status: word.to_owned(), changed_at: parts.changed_at, order })
}

fn is_known(word: &str) -> bool {
    matches!(word, "active" | "started" | "trial" | "pastdue" | "canceled" | "expired" | "inactive")
}

impl<'a> Parts<'a> {
    fn read(wire: &'a Subscription, zone: &'a Zone) -> Result<Self, NotTaken> {
        let dates: Dates = wire.dates.object()?.unwrap_or_default();
        let invoice: Invoice = wire.current_invoice.object()?.unwrap_or_default();
        let card: Card = wire.credit_card.object()?.unwrap_or_default();
        let transaction: Transaction = wire.last_transaction.object()?.unwrap_or_default();
        let payment: Payment = transaction.payment.object()?.unwrap_or_default();
        let last = transaction::last(&transaction, zone)?;
        let product = wire.product.object()?.unwrap_or_default();
        let product = if items::product_code(&product)?.is_some() {
            product
        } else {
            transaction.product.object()?.unwrap_or_default()
        };
        Ok(Self {
            wire,
            zone,
            changed_at: changed_at(wire, (&dates, &invoice, &card), &last, zone)?,
            dates,
            invoice,
            card,
            offer: product.offer.object()?.unwrap_or_default(),
            product,
            last,
            currency: transaction::currency(&payment)?,
        })
    }

    fn order(&self, id: &str, word: &str) -> Result<NewOrder, NotTaken> {
        let contact: Contact = self.wire.subscriber.object()?.unwrap_or_default();
        let interval = interval(&self.offer)?;
        let (items, amount) = lines(&self.product, &[], self.currency, self.amount()?, Some(interval))?;
        let subscription = self.subscription(word, amount, interval, &items[0].sold)?;
        Ok(NewOrder {
            code: needed(Code::parse(id).ok(), "subscription_code")?,
            kind: OrderKind::Subscription,
            buyer: buyer(&[&contact, &self.last.contact], id)?,
            items,
            currency: self.currency,
            ordered_at: self.started_at()?,
            payment: NewPayment { method: method(self.wire.payment_method.text()?), card: items::card(&self.card)? },
            installments: None,
            gateway: needed(Line::cut("guru"), "gateway")?,
            charge: self.last.charge.clone(),
            details: self.last.details.clone(),
            subscription: Some(subscription),
            version: Version::of_subscription(self.changed_at),
        })
    }

    /// The price of a cycle: what the current one owes, else the next one, else the offer's.
    fn amount(&self) -> Result<Option<i64>, NotTaken> {
        let prices = [&self.invoice.value, &self.wire.next_cycle_value, &self.offer.value];
        prices.into_iter().find_map(|price| price.amount(self.currency).transpose()).transpose()
    }

    fn started_at(&self) -> Result<Instant, NotTaken> {
        let started = self.dates.started_at.instant(self.zone)?;
        Ok(started.or(self.dates.cycle_start_date.instant(self.zone)?).unwrap_or(self.changed_at))
    }

    fn subscription(
        &self,
        word: &str,
        amount: i64,
        interval: (IntervalUnit, i64),
        main: &Sold,
    ) -> Result<NewSubscription, NotTaken> {
        let period_end = needed(self.period_end()?, "dates.cycle_end_date")?;
        let cancelled_by: CancelledBy = self.wire.cancelled_by.object()?.unwrap_or_default();
        let asked_at = self.dates.canceled_at.instant(self.zone)?.or(cancelled_by.date.instant(self.zone)?);
        let status = self.status(word, period_end, asked_at.unwrap_or(self.changed_at))?;
        let is_over = matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
        let Sold::Reported { name, .. } = main else { return Err(unreadable("product")) };
        let start = self.dates.cycle_start_date.instant(self.zone)?;
        let start = start.or(self.invoice.period_start.instant(self.zone)?);
        let next = self.dates.next_cycle_at.instant(self.zone)?;
        Ok(NewSubscription {
            status,
            plan: self.wire.name.text()?.and_then(Line::cut).or_else(|| Some(name.clone())),
            amount,
            interval,
            period_start: start.map_or_else(|| self.started_at(), Ok)?,
            period_end,
            next_charge_at: next.or(Some(period_end)).filter(|_| !is_over),
            canceled_at: asked_at.or(Some(self.changed_at)).filter(|_| is_over),
            paid_at: if self.was_paid(word)? { Some(self.first_paid_at(word)?) } else { None },
            reference: self.wire.internal_id.text()?.map(str::to_owned),
        })
    }

    /// The start of the day after the last day of the cycle, as the subscription, its invoice, or its last transaction
    /// names it.
    fn period_end(&self) -> Result<Option<Instant>, NotTaken> {
        let none = Invoice::default();
        let of_last = &self.last.invoice.as_ref().unwrap_or(&none).period_end;
        for day in [&self.dates.cycle_end_date, &self.invoice.period_end, of_last] {
            if let Some(day) = day.day(self.zone)? {
                return Ok(day.tomorrow().ok().and_then(|after| self.zone.first_instant(after)));
            }
        }
        Ok(self.dates.next_cycle_at.instant(self.zone)?.or(self.wire.trial_finished_at.instant(self.zone)?))
    }

    fn was_paid(&self, word: &str) -> Result<bool, NotTaken> {
        let is_charged = self.wire.charged_times.int(0..=i64::MAX)?.is_some_and(|times| times > 0);
        Ok(word == "trial" || is_charged || self.invoice.status.text()? == Some("paid"))
    }

    /// When it was first paid. Of a subscription that was charged once, that is when its invoice became paid: a boleto
    /// may be paid days after the subscription began. Of an older one only its beginning is known.
    fn first_paid_at(&self, word: &str) -> Result<Instant, NotTaken> {
        let started_at = self.started_at()?;
        let times = self.wire.charged_times.int(0..=i64::MAX)?.unwrap_or(0);
        if word == "trial" || times > 1 || self.invoice.status.text()? != Some("paid") {
            return Ok(started_at);
        }
        let of_charge = self.last.charge.as_ref().and_then(|charge| charge.paid_at);
        let of_invoice = self.invoice.updated_at.instant(self.zone)?;
        Ok(of_charge.or(of_invoice).map_or(started_at, |at| at.max(started_at)))
    }

    /// Whether the end of what was paid was ahead is judged by when it was cancelled, so that the answer does not
    /// depend on when we hear of it.
    fn status(&self, word: &str, period_end: Instant, canceled_at: Instant) -> Result<SubscriptionStatus, NotTaken> {
        let is_paid = self.invoice.status.text()? == Some("paid");
        Ok(status(word, self.wire.cancel_at_cycle_end.is_true()?, is_paid && period_end > canceled_at))
    }
}

/// Guru's words. A cancelled subscription lasts until the end of a cycle that was paid: `is_paid_on` says whether there
/// was something left of one.
pub(crate) fn status(word: &str, ends_with_cycle: bool, is_paid_on: bool) -> SubscriptionStatus {
    match word {
        "active" | "started" | "trial" if ends_with_cycle => SubscriptionStatus::Ending,
        "active" | "started" => SubscriptionStatus::Active,
        "trial" => SubscriptionStatus::Trialing,
        "pastdue" => SubscriptionStatus::PastDue,
        "canceled" if is_paid_on => SubscriptionStatus::Ending,
        _ => SubscriptionStatus::Ended,
    }
}

/// How long a cycle of an offer is.
pub(crate) fn interval(offer: &Offer) -> Result<(IntervalUnit, i64), NotTaken> {
    let plan: Plan = offer.plan.object()?.unwrap_or_default();
    let unit = match plan.interval_type.text()? {
        Some(word) => word.parse().map_err(|_| unreadable(format_args!("{} is unknown", plan.interval_type.at())))?,
        None => IntervalUnit::Month,
    };
    Ok((unit, plan.interval.int(0..=1000)?.unwrap_or(1).max(1)))
}

/// When anything of it last changed.
fn changed_at(
    wire: &Subscription,
    (dates, invoice, card): (&Dates, &Invoice, &Card),
    last: &LastTransaction,
    zone: &Zone,
) -> Result<Instant, NotTaken> {
    let cancelled: CancelledBy = wire.cancelled_by.object()?.unwrap_or_default();
    let times = [
        &dates.last_status_at,
        &invoice.updated_at,
        &dates.canceled_at,
        &cancelled.date,
        &card.updated_at,
        &dates.started_at,
    ];
    let at = transaction::latest(&times, zone)?.or(last.charge.as_ref().map(|charge| charge.changed_at));
    needed(at, "dates.last_status_at")
}
