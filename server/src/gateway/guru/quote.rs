//! What another plan costs, by Guru's own reckoning.
//!
//! Guru counts whole days, from today: what it reckoned yesterday it reckons otherwise today.

use super::failure::Failure;
use super::record::{offer, period_end};
use super::subscription::path;
use super::wire::{Choice, Choices, Quote, Subscription};
use super::{Guru, no, zone};
use crate::hooks::guru::loose::Loose;
use jiff::ToSpan;
use jiff::civil::Date;
use portal::ports::{PlanChange, PlanPreview, SubscriptionInstruction};
use portal::time::Zone;
use serde_json::json;
use types::{Currency, Instant, Money};

/// How a subscription has a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Has {
    /// It runs by it, and goes on so.
    Now,
    /// The next cycle begins with it.
    Next,
    /// It runs by it, and the next cycle begins with another.
    UntilNext,
    /// It is another plan.
    Not,
}

impl Guru {
    pub(super) async fn reckon(
        &self,
        instruction: &SubscriptionInstruction,
        change: &PlanChange,
    ) -> Result<PlanPreview, Failure> {
        self.today(change)?;
        let subscription = self.subscription(&instruction.reference).await?;
        if subscription.has(&change.offer)? == Has::Not {
            return self.quote(&subscription, instruction, change).await;
        }
        let newest = self.history(&instruction.reference).await?.transactions.pop();
        let nothing = Money::new(0, newest.map_or(Currency::BRL, |one| one.currency));
        let next = next_cycle(&subscription, &zone()?)?;
        Ok(PlanPreview { due: nothing, credit: nothing, next_charge_at: next.ok_or_else(unreckoned)? })
    }

    /// What a plan costs that the subscription does not have.
    pub(super) async fn quote(
        &self,
        subscription: &Subscription,
        instruction: &SubscriptionInstruction,
        change: &PlanChange,
    ) -> Result<PlanPreview, Failure> {
        let today = self.today(change)?;
        let path = path(&instruction.reference)?;
        let choices: Choices = self.get(&format!("{path}/plans/available"), &[]).await?;
        let is_upgrade = is_among(&choices.upgrade, &change.offer)?;
        if !is_upgrade && !is_among(&choices.downgrade, &change.offer)? {
            return Err(no(format!("Guru offers no change to the offer {} for this subscription", change.offer)));
        }
        let body = json!({ "offer_id": change.offer });
        let quote = self.post::<Quote>(&format!("{path}/plans/simulate"), &body).await.map_err(Failure::of_question)?;
        figures(&quote, is_upgrade, today, next_cycle(subscription, &zone()?)?)?.ok_or_else(unreckoned)
    }

    /// Today, if that is the day from which the figures of a change are counted.
    pub(super) fn today(&self, change: &PlanChange) -> Result<Date, Failure> {
        let zone = zone()?;
        let today = zone.day_of(self.clock.now());
        match zone.day_of(change.counted_at) == today {
            true => Ok(today),
            false => Err(no("Guru counts whole days, and the figures are those of another day")),
        }
    }
}

impl Subscription {
    /// How it has this plan.
    pub(super) fn has(&self, wanted: &str) -> Result<Has, Failure> {
        let (now, next) = (offer(&self.product)?, offer(&self.next_product)?);
        let is_now = now.id.text()? == Some(wanted);
        let next = next.id.text()?;
        Ok(match (is_now, next) {
            (true, Some(next)) if next != wanted => Has::UntilNext,
            (true, _) => Has::Now,
            (false, Some(next)) if next == wanted => Has::Next,
            (false, _) => Has::Not,
        })
    }

    /// Whether it has this plan, or is to have it with the next cycle.
    pub(super) fn is_to_have(&self, wanted: &str) -> Result<bool, Failure> {
        Ok(matches!(self.has(wanted)?, Has::Now | Has::Next))
    }
}

fn is_among(choices: &Loose, wanted: &str) -> Result<bool, Failure> {
    for choice in choices.list::<Choice>()? {
        if choice.id.text()? == Some(wanted) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn next_cycle(subscription: &Subscription, zone: &Zone) -> Result<Option<Instant>, Failure> {
    Ok(subscription.next_cycle_at.instant(zone)?.or(period_end(subscription, zone)?))
}

fn unreckoned() -> Failure {
    Failure::NotDone("Guru reckoned nothing".to_owned())
}

/// The figures of an answer. An upgrade is charged on the day that the answer names, mostly today, and the cycle goes
/// on for as many days as are left of it; what is left of the old plan beyond the price of the new one is Guru's to
/// keep or to count. A downgrade is charged when it comes, with the next cycle.
fn figures(
    quote: &Quote,
    is_upgrade: bool,
    today: Date,
    next_cycle: Option<Instant>,
) -> Result<Option<PlanPreview>, Failure> {
    let zone = zone()?;
    let currency = quote.currency.text()?.map_or(Some(Currency::BRL), |code| Currency::parse(code).ok());
    let charged_on = quote.charge_date.day(&zone)?;
    let days = quote.days_until_complete_cycle.int(0..=3660)?;
    let is_due = is_upgrade && charged_on.is_none_or(|day| day <= today);
    let next = match (is_due, charged_on, days) {
        (true, day, Some(days)) => zone.first_instant(day.unwrap_or(today).saturating_add(days.days())),
        (true, _, None) => next_cycle,
        (false, day, _) => day.and_then(|day| zone.first_instant(day)).or(next_cycle),
    };
    let (Some(currency), Some(next_charge_at)) = (currency, next) else { return Ok(None) };
    let Some(balance) = owed(&quote.balance, currency)? else { return Ok(None) };
    let money = |amount| Money::new(amount, currency);
    let credit = quote.credit.amount(currency)?.unwrap_or_default();
    Ok(Some(PlanPreview { due: money(if is_due { balance } else { 0 }), credit: money(credit), next_charge_at }))
}

/// What is to be paid of a balance; nothing where it is in the buyer's favour.
fn owed(balance: &Loose, currency: Currency) -> Result<Option<i64>, Failure> {
    match balance.text()? {
        Some(text) if text.starts_with('-') => Ok(Some(0)),
        _ => Ok(balance.amount(currency)?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::Value;

    fn quote(fields: &str) -> Quote {
        serde_json::from_str(fields).unwrap()
    }

    fn day(text: &str) -> Instant {
        zone().unwrap().first_instant(text.parse().unwrap()).unwrap()
    }

    #[test]
    fn an_upgrade_is_due_today_and_a_downgrade_comes_with_the_next_cycle() {
        let today = date(2026, 12, 1);
        let said = r#"{"balance":22.58,"credit":22.56,"debit":45.14,"currency":"BRL","charge_date":"2026-12-01",
            "days_until_complete_cycle":7}"#;
        let up = figures(&quote(said), true, today, None).unwrap().unwrap();
        assert_eq!((up.due.amount, up.credit.amount, up.next_charge_at), (2_258, 2_256, day("2026-12-08")));
        let down = said.replace("2026-12-01", "2026-12-08");
        let down = figures(&quote(&down), false, today, None).unwrap().unwrap();
        assert_eq!((down.due.amount, down.next_charge_at), (0, day("2026-12-08")));
        let in_favour = said.replace("22.58", "-3.5");
        assert_eq!(figures(&quote(&in_favour), true, today, None).unwrap().unwrap().due.amount, 0);
    }

    #[test]
    fn figures_without_a_balance_or_a_day_are_none() {
        let today = date(2026, 12, 1);
        let next = Some(day("2027-01-01"));
        assert!(figures(&quote(r#"{"charge_date":"2026-12-01"}"#), true, today, next).unwrap().is_none());
        assert!(figures(&quote(r#"{"balance":1}"#), true, today, None).unwrap().is_none());
        assert!(figures(&quote(r#"{"balance":1,"currency":"coins"}"#), true, today, next).unwrap().is_none());
        assert_eq!(figures(&quote(r#"{"balance":1}"#), true, today, next).unwrap().unwrap().due.amount, 100);
    }

    #[test]
    fn a_plan_is_there_to_come_or_another() {
        let has = |next: Value| {
            let product = |id: Value| json!({ "offer": { "id": id } });
            let wire = json!({ "product": product(json!("month")), "next_product": product(next) });
            let one: Subscription = serde_json::from_str(&wire.to_string()).unwrap();
            (one.has("month").unwrap(), one.has("basic").unwrap())
        };
        assert_eq!(has(json!("month")), (Has::Now, Has::Not));
        assert_eq!(has(Value::Null), (Has::Now, Has::Not));
        assert_eq!(has(json!("basic")), (Has::UntilNext, Has::Next));
    }
}
