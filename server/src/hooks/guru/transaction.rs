//! What a transaction says: one charge of an order. A transaction of a subscription is a charge of the order that bears
//! the subscription's code.

use super::NotTaken;
use super::event::{Reading, kept, needed};
use super::items::{buyer, card, lines, method};
use super::wire::{
    Billet, Card, Contact, Dates, Installments, Invoice, Payment, Pix, Product, QrCode, SubscriptionOfTransaction,
    Transaction,
};
use portal::intake::{NewCharge, NewOrder, NewPayment, NewSubscription, Sold, Version};
use portal::time::Zone;
use types::{ChargeStatus, Code, Currency, Instant, IntervalUnit, Line, OrderKind, SubscriptionStatus};

/// A transaction with its parts.
struct Parts<'a> {
    id: &'a str,
    zone: &'a Zone,
    dates: Dates,
    payment: Payment,
    product: Product,
    items: Vec<Product>,
    invoice: Option<Invoice>,
    subscription: Option<SubscriptionOfTransaction>,
    currency: Currency,
    changed_at: Instant,
}

/// What is needed to know what a transaction is about.
struct Head<'a> {
    parts: Parts<'a>,
    word: &'a str,
    /// None for what is of no interest.
    status: Option<ChargeStatus>,
}

/// The charge that stands in the webhook of its subscription; none when what stands there is cut too short to be one.
pub(super) fn charge(wire: &Transaction, zone: &Zone) -> Option<NewCharge> {
    let Head { parts, status, .. } = head(wire, zone).ok()?;
    let total = parts.payment.total.amount(parts.currency).or_else(|| parts.payment.gross.amount(parts.currency));
    let (_, total) =
        lines(&parts.product, &parts.items, parts.currency, total, None).or(total.map(|total| (Vec::new(), total)))?;
    Some(parts.charge(status?, total))
}

/// Reads a transaction. Statuses that we do not know, and carts that were abandoned before a method was chosen, are of
/// no interest.
pub(super) fn read(wire: &Transaction, zone: &Zone) -> Result<Reading, NotTaken> {
    let Head { parts, word, status } = head(wire, zone)?;
    let order = match status {
        Some(status) => Some(parts.order(&wire.contact.object().unwrap_or_default(), status)?),
        None => None,
    };
    Ok(Reading { id: parts.id.to_owned(), status: word.to_owned(), changed_at: parts.changed_at, order })
}

fn head<'a>(wire: &'a Transaction, zone: &'a Zone) -> Result<Head<'a>, NotTaken> {
    let id = needed(wire.id.text(), "id")?;
    let word = needed(wire.status.text(), "status")?;
    let payment: Payment = wire.payment.object().unwrap_or_default();
    let dates: Dates = wire.dates.object().unwrap_or_default();
    let changed_at = needed(changed_at(&dates, zone), "dates.updated_at")?;
    let status = status(word).filter(|_| payment.method.text().is_some() || !matches!(word, "abandoned" | "started"));
    let currency = payment.currency.text().map_or(Ok(Currency::BRL), Currency::parse);
    let currency = needed(currency.ok(), "payment.currency")?;
    let parts = Parts {
        id,
        zone,
        dates,
        payment,
        product: wire.product.object().unwrap_or_default(),
        items: wire.items.list(),
        invoice: wire.invoice.object(),
        subscription: wire.subscription.object(),
        currency,
        changed_at,
    };
    Ok(Head { parts, word, status })
}

/// Guru's words. `dispute` is a refund that was asked for: the money is still there. `trial` is a first cycle that
/// costs what it says.
fn status(word: &str) -> Option<ChargeStatus> {
    Some(match word {
        "approved" | "completed" | "trial" | "dispute" | "pending_transfer" | "transferred" => ChargeStatus::Paid,
        "billet_printed" | "waiting_payment" | "pending" | "processing" | "analysis" | "started" | "scheduled"
        | "delayed" | "in_recovery" | "charging" => ChargeStatus::Pending,
        "canceled" | "expired" | "rejected" | "failed" | "blocked" | "abandoned" => ChargeStatus::Failed,
        "refunded" => ChargeStatus::Refunded,
        "chargeback" => ChargeStatus::Disputed,
        _ => return None,
    })
}

fn changed_at(dates: &Dates, zone: &Zone) -> Option<Instant> {
    let others = [&dates.canceled_at, &dates.confirmed_at, &dates.ordered_at, &dates.created_at];
    dates.updated_at.instant(zone).or_else(|| others.into_iter().filter_map(|date| date.instant(zone)).max())
}

impl Parts<'_> {
    fn order(&self, contact: &Contact, status: ChargeStatus) -> Result<NewOrder, NotTaken> {
        let interval = self.subscription.as_ref().map(interval);
        let total = self.payment.total.amount(self.currency).or_else(|| self.payment.gross.amount(self.currency));
        let (items, total) = needed(lines(&self.product, &self.items, self.currency, total, interval), "product")?;
        let ordered_at = self.dates.ordered_at.instant(self.zone).or_else(|| self.dates.created_at.instant(self.zone));
        let started_at = self.subscription.as_ref().and_then(|subscription| subscription.started_at.instant(self.zone));
        let code = self.subscription.as_ref().and_then(code_of).unwrap_or(self.id);
        let charge = self.charge(status, total);
        Ok(NewOrder {
            code: needed(Code::parse(code).ok(), "id")?,
            kind: if self.subscription.is_some() { OrderKind::Subscription } else { OrderKind::OneOff },
            buyer: buyer(contact)?,
            subscription: self
                .subscription
                .as_ref()
                .and_then(|subscription| self.subscription(subscription, &charge, &items[0].sold)),
            items,
            currency: self.currency,
            ordered_at: started_at.or(ordered_at).unwrap_or(self.changed_at),
            payment: NewPayment {
                method: charge.method,
                card: self.payment.credit_card.or(&self.payment.creditcard).object::<Card>().as_ref().and_then(card),
            },
            installments: None,
            gateway: needed(Line::clean("guru"), "gateway")?,
            charge: Some(charge),
            version: Version::of_charge(self.changed_at),
        })
    }

    fn charge(&self, status: ChargeStatus, amount: i64) -> NewCharge {
        let paid_at = self.dates.confirmed_at.instant(self.zone).or(Some(self.changed_at));
        let paid_at = paid_at.filter(|_| status.took_money());
        let created_at = self.dates.created_at.instant(self.zone).or_else(|| self.dates.ordered_at.instant(self.zone));
        let installments: Installments =
            self.payment.installments.or(&self.payment.instalments).object().unwrap_or_default();
        let (payment_code, payment_url, due_on) = self.open_payment();
        NewCharge {
            reference: self.id.to_owned(),
            amount,
            status,
            method: method(self.payment.method.text()),
            installments: installments.qty.int().unwrap_or(1).clamp(1, 100),
            created_at: created_at.unwrap_or(self.changed_at),
            paid_at,
            payment_code,
            payment_url,
            due_on,
            changed_at: self.changed_at,
        }
    }

    /// Line or code, page, and last day of a boleto or Pix.
    fn open_payment(&self) -> (Option<String>, Option<String>, Option<String>) {
        if let Some(billet) = self.payment.billet.object::<Billet>() {
            return (
                kept(&billet.line),
                web_page(kept(&billet.url)),
                billet.expiration_date.day(self.zone).map(|day| day.to_string()),
            );
        }
        let pix: Pix = self.payment.pix.object().unwrap_or_default();
        let code: QrCode = pix.qrcode.object().unwrap_or_default();
        (
            kept(&code.signature),
            web_page(kept(&code.url)),
            pix.expiration_date.day(self.zone).map(|day| day.to_string()),
        )
    }

    /// What a charge that took money says of its subscription; the webhook of the subscription itself says it better.
    fn subscription(
        &self,
        subscription: &SubscriptionOfTransaction,
        charge: &NewCharge,
        main: &Sold,
    ) -> Option<NewSubscription> {
        let paid_at = charge.paid_at?;
        let invoice = self.invoice.as_ref();
        let start = invoice
            .and_then(|invoice| invoice.period_start.day(self.zone))
            .unwrap_or_else(|| self.zone.day_of(paid_at));
        let last = invoice.and_then(|invoice| invoice.period_end.day(self.zone));
        let end = match last {
            Some(day) => day.tomorrow().ok()?,
            None => {
                start.checked_add(jiff::Span::new().days(subscription.charged_every_days.int()?.clamp(1, 3660))).ok()?
            }
        };
        let period_end = self.zone.first_instant(end)?;
        let Sold::Reported { name, offer, .. } = main else { return None };
        let status = match subscription.last_status.text() {
            Some("canceled" | "expired" | "inactive") => SubscriptionStatus::Ending,
            Some("trial") => SubscriptionStatus::Trialing,
            Some("pastdue") => SubscriptionStatus::PastDue,
            _ => SubscriptionStatus::Active,
        };
        Some(NewSubscription {
            status,
            plan: Some(offer.as_ref().map_or(name, |offer| &offer.name).clone()),
            amount: charge.amount,
            interval: interval(subscription),
            period_start: self.zone.first_instant(start)?,
            period_end,
            next_charge_at: (status != SubscriptionStatus::Ending).then_some(period_end),
            canceled_at: subscription.canceled_at.instant(self.zone).filter(|_| status == SubscriptionStatus::Ending),
            paid_at: Some(paid_at),
        })
    }
}

fn code_of(subscription: &SubscriptionOfTransaction) -> Option<&str> {
    subscription.subscription_code.text().or_else(|| subscription.id.text())
}

fn interval(subscription: &SubscriptionOfTransaction) -> (IntervalUnit, i64) {
    match subscription.charged_every_days.int().unwrap_or(30) {
        days @ (360 | 365 | 366) => (IntervalUnit::Year, days / 360),
        days if days > 0 && days % 30 == 0 => (IntervalUnit::Month, days / 30),
        days if days > 0 && days % 7 == 0 => (IntervalUnit::Week, days / 7),
        days => (IntervalUnit::Day, days.max(1)),
    }
}

/// An address that a buyer may be sent to.
fn web_page(url: Option<String>) -> Option<String> {
    url.filter(|url| url.starts_with("https://") && !url.contains([' ', '"', '<', '>']))
}
