//! A subscription and its transactions as Guru has them, in the words of the port.

use super::failure::Failure;
use super::history::{History, Transacted};
use super::wire::{Invoice, Offer, Product, Subscription};
use super::{Guru, zone};
use crate::hooks::guru::loose::Loose;
use crate::hooks::guru::subscription::{interval, status};
use portal::ports::{RecordedCharge, SubscriptionRecord};
use portal::time::Zone;
use types::{ChargeStatus, Currency, Instant, Money, SubscriptionStatus};

/// How many charges are told at most.
const MOST: usize = 100;

impl Guru {
    pub(super) async fn record(&self, reference: &str) -> Result<Option<SubscriptionRecord>, Failure> {
        let subscription = match self.subscription(reference).await {
            Ok(subscription) => subscription,
            Err(failure) if failure.is_missing() => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let history = self.history(reference).await?;
        read(&subscription, history, self.clock.now(), &zone()?).map(Some)
    }
}

fn read(wire: &Subscription, history: History, now: Instant, zone: &Zone) -> Result<SubscriptionRecord, Failure> {
    let offer = offer(&wire.product)?;
    let period_end = needed(period_end(wire, zone)?, "the end of its cycle")?;
    let period_start = wire.cycle_start_date.instant(zone)?.or(wire.started_at.instant(zone)?);
    let canceled_at = wire.cancelled_at.instant(zone)?;
    let status = standing(wire, period_end, canceled_at, now)?;
    let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
    let next = wire.next_cycle_at.instant(zone)?.or(Some(period_end));
    let currency = history.transactions.last().map_or(Currency::BRL, |one| one.currency);
    Ok(SubscriptionRecord {
        status,
        price: Money::new(needed(price(wire, &offer, currency)?, "its price")?, currency),
        interval: interval(&offer)?,
        period_start: needed(period_start, "the beginning of its cycle")?,
        period_end,
        next_charge_at: next.filter(|_| goes_on),
        canceled_at: canceled_at.filter(|_| !goes_on),
        has_all_charges: history.is_all && history.transactions.len() <= MOST,
        charges: charges(history.transactions),
    })
}

fn needed<T>(read: Option<T>, what: &str) -> Result<T, Failure> {
    read.ok_or_else(|| Failure::NotDone(format!("Guru's answer about a subscription lacks {what}")))
}

/// The offer of a product; an empty one where there is none.
pub(super) fn offer(product: &Loose) -> Result<Offer, Failure> {
    let product: Product = product.object()?.unwrap_or_default();
    Ok(product.offer.object()?.unwrap_or_default())
}

/// The start of the day after the last one of the cycle.
pub(super) fn period_end(wire: &Subscription, zone: &Zone) -> Result<Option<Instant>, Failure> {
    if let Some(last) = wire.cycle_end_date.day(zone)? {
        return Ok(last.tomorrow().ok().and_then(|after| zone.first_instant(after)));
    }
    Ok(wire.next_cycle_at.instant(zone)?.or(wire.trial_finished_at.instant(zone)?))
}

/// Guru calls canceled what may still be paid for some days: it lasts until then, as its webhook is read.
fn standing(
    wire: &Subscription,
    period_end: Instant,
    canceled_at: Option<Instant>,
    now: Instant,
) -> Result<SubscriptionStatus, Failure> {
    let invoice: Invoice = wire.current_invoice.object()?.unwrap_or_default();
    let is_paid = invoice.status.text()? == Some("paid");
    let is_paid_on = is_paid && period_end > now && canceled_at.is_some_and(|at| period_end > at);
    let word = needed(wire.last_status.text()?, "its status")?;
    Ok(status(word, wire.cancel_at_cycle_end.is_true()?, is_paid_on))
}

/// What the next cycle costs, with all that was agreed on for this subscription alone. Where another plan comes with
/// it, what the offer of this one costs.
fn price(wire: &Subscription, offer: &Offer, currency: Currency) -> Result<Option<i64>, Failure> {
    let next = self::offer(&wire.next_product)?;
    let now = offer.id.text()?;
    let has_same = next.id.text()?.is_none_or(|next| Some(next) == now);
    let of_next = wire.next_cycle_value.amount(currency)?.filter(|_| has_same);
    Ok(of_next.or(offer.value.amount(currency)?))
}

/// What was charged or waits to be paid, the newest hundred.
fn charges(transactions: Vec<Transacted>) -> Vec<RecordedCharge> {
    let mut charges: Vec<RecordedCharge> = transactions
        .into_iter()
        .filter(|one| one.charge.status != ChargeStatus::Failed)
        .map(|one| {
            let (amount, charge) = (one.money(), one.charge);
            let waits = charge.status == ChargeStatus::Pending;
            RecordedCharge {
                reference: charge.reference,
                amount,
                status: charge.status,
                method: charge.method,
                created_at: charge.created_at,
                paid_at: charge.paid_at,
                payment_code: charge.payment_code.filter(|_| waits),
                payment_url: charge.payment_url.filter(|_| waits),
            }
        })
        .collect();
    charges.drain(..charges.len().saturating_sub(MOST));
    charges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::guru::wire::Transaction;
    use serde_json::{Value, json};
    use types::IntervalUnit;

    fn record(fields: Value) -> SubscriptionRecord {
        let offer = json!({ "id": "month", "value": 49.9, "plan": { "interval": 1, "interval_type": "month" } });
        let mut wire = json!({
            "last_status": "active", "cancel_at_cycle_end": 0, "started_at": 1_700_000_000,
            "cycle_start_date": "2026-12-01", "cycle_end_date": "2026-12-31", "next_cycle_at": "2027-01-01",
            "current_invoice": { "status": "paid" }, "next_cycle_value": 44.9,
            "product": { "offer": offer }, "next_product": { "offer": offer },
        });
        wire.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
        let wire: Subscription = serde_json::from_str(&wire.to_string()).unwrap();
        let none = History { transactions: Vec::new(), is_all: true };
        read(&wire, none, day("2026-12-10"), &zone().unwrap()).unwrap()
    }

    fn day(text: &str) -> Instant {
        zone().unwrap().first_instant(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn where_it_stands_is_said_in_our_words() {
        let running = record(json!({}));
        assert_eq!((running.status, running.next_charge_at), (SubscriptionStatus::Active, Some(day("2027-01-01"))));
        assert_eq!((running.period_start, running.period_end), (day("2026-12-01"), day("2027-01-01")));
        assert_eq!(running.interval, (IntervalUnit::Month, 1));
        let asked_at = day("2026-12-05").seconds();
        let marked = record(json!({ "cancel_at_cycle_end": true, "cancelled_at": asked_at }));
        assert_eq!((marked.status, marked.next_charge_at), (SubscriptionStatus::Ending, None));
        assert_eq!(marked.canceled_at, Some(day("2026-12-05")));
        for (word, status) in [
            ("started", SubscriptionStatus::Active),
            ("trial", SubscriptionStatus::Trialing),
            ("pastdue", SubscriptionStatus::PastDue),
            ("expired", SubscriptionStatus::Ended),
            ("inactive", SubscriptionStatus::Ended),
        ] {
            assert_eq!(record(json!({ "last_status": word })).status, status, "{word}");
        }
    }

    #[test]
    fn a_cancelled_one_lasts_as_long_as_it_is_paid() {
        let canceled = |fields: Value| {
            let mut all = json!({ "last_status": "canceled", "cancelled_at": day("2026-12-05").seconds() });
            all.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
            record(all).status
        };
        assert_eq!(canceled(json!({})), SubscriptionStatus::Ending);
        assert_eq!(canceled(json!({ "current_invoice": { "status": "canceled" } })), SubscriptionStatus::Ended);
        assert_eq!(canceled(json!({ "current_invoice": [] })), SubscriptionStatus::Ended);
        assert_eq!(canceled(json!({ "cycle_end_date": "2026-12-08" })), SubscriptionStatus::Ended, "that is over");
    }

    #[test]
    fn the_price_is_that_of_the_next_cycle_unless_another_plan_begins_with_it() {
        assert_eq!(record(json!({})).price.amount, 4_490);
        let another = json!({ "next_product": { "offer": { "id": "basic" } } });
        assert_eq!(record(another).price.amount, 4_990);
    }

    #[test]
    fn of_more_than_a_hundred_charges_the_newest_are_told() {
        let one = |at: usize, status: &str| {
            let body = json!({ "id": format!("t{at}"), "status": status, "dates": { "created_at": 1_000 + at,
                "updated_at": 1_000 + at }, "payment": { "method": "pix", "total": 49.9 } });
            let wire: Transaction = serde_json::from_str(&body.to_string()).unwrap();
            Transacted::read(&wire, &zone().unwrap()).unwrap().unwrap()
        };
        let charges = charges((0..103).map(|at| one(at, if at == 50 { "canceled" } else { "approved" })).collect());
        assert_eq!(charges.len(), MOST);
        assert_eq!((charges[0].reference.as_str(), charges[MOST - 1].reference.as_str()), ("t2", "t102"));
        assert!(charges.iter().all(|one| one.reference != "t50"), "it failed");
    }
}
