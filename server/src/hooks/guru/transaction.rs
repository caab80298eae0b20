//! What a transaction says: one charge of an order. A transaction of a subscription is a charge of the order that bears
//! the subscription's code.

use super::NotTaken;
use super::details::details;
use super::event::{Reading, kept, needed, unreadable};
use super::items::{self, buyer, lines, method, product_code};
use super::loose::Loose;
use super::wire::{
    Billet, Card, Contact, Dates, Installments, Invoice, Payment, Pix, Product, QrCode, SubscriptionOfTransaction,
    Transaction,
};
use portal::intake::{NewCharge, NewOrder, NewPayment, NewSubscription, Sold, Told, Version};
use portal::time::Zone;
use types::{ChargeStatus, Code, Currency, Instant, IntervalUnit, Line, OrderKind, SaleDetails, SubscriptionStatus};

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

/// What a boleto or Pix is paid with.
struct OpenPayment {
    /// Line or code.
    code: Option<String>,
    /// Its page.
    url: Option<String>,
    /// Last day, `YYYY-MM-DD`.
    due_on: Option<String>,
}

/// What is needed to know what a transaction is about.
struct Head<'a> {
    parts: Parts<'a>,
    word: &'a str,
    /// None for what is of no interest.
    status: Option<ChargeStatus>,
}

/// What a subscription's webhook says through its last transaction.
#[derive(Default)]
pub(crate) struct LastTransaction {
    /// The charge; none when what stands there is cut too short to be one.
    pub charge: Option<NewCharge>,
    /// Who bought.
    pub contact: Contact,
    /// The cycle that it paid for.
    pub invoice: Option<Invoice>,
    /// What it says beside its items.
    pub details: SaleDetails,
}

/// Reads the transaction that stands in the webhook of its subscription.
pub(crate) fn last(wire: &Transaction, zone: &Zone) -> Result<LastTransaction, NotTaken> {
    let contact = wire.contact.object()?.unwrap_or_default();
    let invoice = wire.invoice.object()?;
    if wire.id.text()?.is_none() || wire.status.text()?.is_none() {
        return Ok(LastTransaction { contact, invoice, ..LastTransaction::default() });
    }
    let Some(Head { parts, status, .. }) = head(wire, zone)? else {
        return Ok(LastTransaction { contact, invoice, ..LastTransaction::default() });
    };
    let total = parts.total()?;
    let has_lines = product_code(&parts.product)?.is_some() || !parts.items.is_empty();
    let total = match has_lines {
        true => Some(lines(&parts.product, &parts.items, parts.currency, total, None)?.1),
        false => total,
    };
    let charge = match (status, total) {
        (Some(status), Some(total)) => Some(parts.charge(status, total)?),
        _ => None,
    };
    Ok(LastTransaction { charge, contact, invoice, details: details(&parts.payment, parts.currency) })
}

/// Reads a transaction. Statuses that we do not know, and carts that were abandoned before a method was chosen, are of
/// no interest.
pub(super) fn read(wire: &Transaction, zone: &Zone) -> Result<Reading, NotTaken> {
    let Head { parts, word, status } = needed(head(wire, zone)?, "dates.updated_at")?;
    let order = match status {
        Some(status) => Some(parts.order(&wire.contact.object()?.unwrap_or_default(), status)?),
        None => None,
    };
    Ok(Reading { id: parts.id.to_owned(), status: word.to_owned(), changed_at: parts.changed_at, order })
}

/// What a transaction is about; none when nothing says when it changed.
fn head<'a>(wire: &'a Transaction, zone: &'a Zone) -> Result<Option<Head<'a>>, NotTaken> {
    let id = needed(wire.id.text()?, wire.id.at())?;
    let word = needed(wire.status.text()?, wire.status.at())?;
    let payment: Payment = wire.payment.object()?.unwrap_or_default();
    let dates: Dates = wire.dates.object()?.unwrap_or_default();
    let Some(changed_at) = changed_at(&dates, zone)? else { return Ok(None) };
    let has_method = payment.method.text()?.is_some();
    let status = status(word).filter(|_| has_method || !matches!(word, "abandoned" | "started"));
    let parts = Parts {
        id,
        zone,
        dates,
        currency: currency(&payment)?,
        payment,
        product: wire.product.object()?.unwrap_or_default(),
        items: wire.items.list()?,
        invoice: wire.invoice.object()?,
        subscription: wire.subscription.object()?,
        changed_at,
    };
    Ok(Some(Head { parts, word, status }))
}

/// The currency of a payment; reals where nothing is said.
pub(crate) fn currency(payment: &Payment) -> Result<Currency, NotTaken> {
    let Some(code) = payment.currency.text()? else { return Ok(Currency::BRL) };
    Currency::parse(code).map_err(|_| unreadable(format_args!("{} cannot be read", payment.currency.at())))
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

fn changed_at(dates: &Dates, zone: &Zone) -> Result<Option<Instant>, NotTaken> {
    if let Some(at) = dates.updated_at.instant(zone)? {
        return Ok(Some(at));
    }
    let others = [&dates.canceled_at, &dates.confirmed_at, &dates.ordered_at, &dates.created_at];
    latest(&others, zone)
}

/// The latest of these times.
pub(super) fn latest(times: &[&Loose], zone: &Zone) -> Result<Option<Instant>, NotTaken> {
    let times = times.iter().map(|time| time.instant(zone)).collect::<Result<Vec<_>, _>>()?;
    Ok(times.into_iter().flatten().max())
}

impl Parts<'_> {
    fn total(&self) -> Result<Option<i64>, NotTaken> {
        Ok(self.payment.total.amount(self.currency)?.or(self.payment.gross.amount(self.currency)?))
    }

    fn order(&self, contact: &Contact, status: ChargeStatus) -> Result<NewOrder, NotTaken> {
        let subscription = self.subscription.as_ref();
        let interval = subscription.map(interval).transpose()?;
        let (items, total) = lines(&self.product, &self.items, self.currency, self.total()?, interval)?;
        let started_at = subscription.map(|subscription| subscription.started_at.instant(self.zone)).transpose()?;
        let code = subscription.map(code_of).transpose()?.flatten().unwrap_or(self.id);
        let charge = self.charge(status, total)?;
        let card = self.payment.credit_card.or(&self.payment.creditcard).object::<Card>()?;
        Ok(NewOrder {
            code: needed(Code::parse(code).ok(), "id")?,
            kind: if subscription.is_some() { OrderKind::Subscription } else { OrderKind::OneOff },
            buyer: buyer(&[contact], code)?,
            subscription: match subscription {
                Some(subscription) => self.subscription(subscription, &charge, &items[0].sold)?,
                None => None,
            },
            items,
            currency: self.currency,
            ordered_at: started_at.flatten().or(self.ordered_at()?).unwrap_or(self.changed_at),
            payment: NewPayment { method: charge.method, card: card.as_ref().map(items::card).transpose()?.flatten() },
            installments: None,
            gateway: needed(Line::cut("guru"), "gateway")?,
            charge: Some(charge),
            details: details(&self.payment, self.currency),
            version: Version::of_charge(self.changed_at),
        })
    }

    fn ordered_at(&self) -> Result<Option<Instant>, NotTaken> {
        Ok(self.dates.ordered_at.instant(self.zone)?.or(self.dates.created_at.instant(self.zone)?))
    }

    fn charge(&self, status: ChargeStatus, amount: i64) -> Result<NewCharge, NotTaken> {
        let paid_at = self.dates.confirmed_at.instant(self.zone)?.or(Some(self.changed_at));
        let created_at = self.dates.created_at.instant(self.zone)?.or(self.dates.ordered_at.instant(self.zone)?);
        let installments: Installments =
            self.payment.installments.or(&self.payment.instalments).object()?.unwrap_or_default();
        let open = self.open_payment()?;
        Ok(NewCharge {
            reference: self.id.to_owned(),
            amount,
            status,
            method: method(self.payment.method.text()?),
            installments: installments.qty.int(0..=100)?.unwrap_or(1).max(1),
            created_at: created_at.unwrap_or(self.changed_at),
            paid_at: paid_at.filter(|_| status.took_money()),
            payment_code: open.code,
            payment_url: open.url,
            due_on: open.due_on,
            changed_at: self.changed_at,
            told: Told::default(),
        })
    }

    fn open_payment(&self) -> Result<OpenPayment, NotTaken> {
        let due_on = |date: &Loose| Ok::<_, NotTaken>(date.day(self.zone)?.map(|day| day.to_string()));
        if let Some(Billet { line, url, expiration_date }) = self.payment.billet.object()? {
            return Ok(OpenPayment {
                code: kept(&line)?,
                url: web_page(kept(&url)?),
                due_on: due_on(&expiration_date)?,
            });
        }
        let pix: Pix = self.payment.pix.object()?.unwrap_or_default();
        let QrCode { signature, url } = pix.qrcode.object()?.unwrap_or_default();
        let due_on = due_on(&pix.expiration_date)?;
        Ok(OpenPayment { code: kept(&signature)?, url: web_page(kept(&url)?), due_on })
    }

    /// What a charge that took money says of its subscription; the webhook of the subscription itself says it better.
    fn subscription(
        &self,
        subscription: &SubscriptionOfTransaction,
        charge: &NewCharge,
        main: &Sold,
    ) -> Result<Option<NewSubscription>, NotTaken> {
        let (Some(paid_at), Sold::Reported { name, offer, .. }) = (charge.paid_at, main) else { return Ok(None) };
        let Some((period_start, period_end)) = self.period(subscription, paid_at)? else { return Ok(None) };
        let status = match subscription.last_status.text()? {
            Some("canceled" | "expired" | "inactive") => SubscriptionStatus::Ending,
            Some("trial") => SubscriptionStatus::Trialing,
            Some("pastdue") => SubscriptionStatus::PastDue,
            _ => SubscriptionStatus::Active,
        };
        let is_ending = status == SubscriptionStatus::Ending;
        Ok(Some(NewSubscription {
            status,
            plan: Some(offer.as_ref().map_or(name, |offer| &offer.name).clone()),
            amount: charge.amount,
            interval: interval(subscription)?,
            period_start,
            period_end,
            next_charge_at: (!is_ending).then_some(period_end),
            canceled_at: subscription.canceled_at.instant(self.zone)?.filter(|_| is_ending),
            paid_at: Some(paid_at),
            reference: None,
        }))
    }

    /// Begin and end of the period that a payment paid for; none when nothing says how long it is.
    fn period(
        &self,
        subscription: &SubscriptionOfTransaction,
        paid_at: Instant,
    ) -> Result<Option<(Instant, Instant)>, NotTaken> {
        let none = Invoice::default();
        let invoice = self.invoice.as_ref().unwrap_or(&none);
        let start = invoice.period_start.day(self.zone)?.unwrap_or_else(|| self.zone.day_of(paid_at));
        let days = subscription.charged_every_days.int(0..=3660)?.filter(|days| *days > 0);
        let end = match (invoice.period_end.day(self.zone)?, days) {
            (Some(last), _) => last.tomorrow().ok(),
            (None, Some(days)) => start.checked_add(jiff::Span::new().days(days)).ok(),
            (None, None) => None,
        };
        Ok(self.zone.first_instant(start).zip(end.and_then(|end| self.zone.first_instant(end))))
    }
}

fn code_of(subscription: &SubscriptionOfTransaction) -> Result<Option<&str>, NotTaken> {
    Ok(subscription.subscription_code.text()?.or(subscription.id.text()?))
}

fn interval(subscription: &SubscriptionOfTransaction) -> Result<(IntervalUnit, i64), NotTaken> {
    Ok(match subscription.charged_every_days.int(0..=3660)?.unwrap_or(30) {
        days @ (360 | 365 | 366) => (IntervalUnit::Year, days / 360),
        days if days > 0 && days % 30 == 0 => (IntervalUnit::Month, days / 30),
        days if days > 0 && days % 7 == 0 => (IntervalUnit::Week, days / 7),
        days => (IntervalUnit::Day, days.max(1)),
    })
}

/// An address that a buyer may be sent to.
fn web_page(url: Option<String>) -> Option<String> {
    url.filter(|url| types::web_page::host(url).is_some())
}
