//! Another plan: what it would cost, and the change. An upgrade is paid for the rest of the cycle and counts at once, a
//! downgrade counts from the next cycle on.

use super::Subscription;
use crate::guru::answer::Refusal;
use crate::guru::books::Books;
use crate::guru::invoice::{Invoice, Kind};
use crate::guru::offer::Offer;
use crate::guru::transaction::Status;
use crate::money::decimal;
use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::{Value, json};

/// What a change would cost, in centavos.
struct Quote {
    offer: Offer,
    is_upgrade: bool,
    credit: i64,
    debit: i64,
    charge_at: Date,
    days: i64,
    parts: i64,
}

/// `amount * part / whole`, rounded half up.
fn share(amount: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 { 0 } else { (2 * amount * part + whole) / (2 * whole) }
}

/// So many days from one day to another.
fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// Into how many parts it is divided at most: no more than whole months are left, and one at least.
pub(super) fn most_parts(today: Date, next_cycle: Date, most: i64) -> i64 {
    let months = (1..=most).take_while(|months| today.saturating_add(months.months()) <= next_cycle);
    months.last().unwrap_or(1)
}

impl Books {
    /// The plans that a subscription can change to.
    pub(super) fn choices(&self, id: &str) -> Result<Value, Refusal> {
        let offer = self.offer(&self.subscription(id)?.offer)?;
        let shapes = |ids: &[String]| -> Vec<Value> {
            ids.iter().filter_map(|id| self.offer(id).ok()).map(Offer::choice).collect()
        };
        Ok(json!({ "upgrade": shapes(&offer.upgrades), "downgrade": shapes(&offer.downgrades) }))
    }

    /// What another plan would cost.
    pub(super) fn preview(&self, id: &str, offer: &str) -> Result<Value, Refusal> {
        let quote = self.quote(id, offer)?;
        let mut shape = quote.offer.preview();
        shape["credit"] = decimal(quote.credit);
        shape["debit"] = decimal(quote.debit);
        shape["balance"] = decimal(quote.debit - quote.credit);
        shape["charge_date"] = quote.charge_at.to_string().into();
        shape["days_until_complete_cycle"] = quote.days.into();
        shape["installments"] = quote.parts.into();
        Ok(shape)
    }

    fn quote(&self, id: &str, offer: &str) -> Result<Quote, Refusal> {
        let id = self.changeable(id)?;
        let subscription = self.subscription(&id)?;
        let current = self.offer(&subscription.offer)?;
        let is_upgrade = current.upgrades.iter().any(|one| one == offer);
        if !is_upgrade && !current.downgrades.iter().any(|one| one == offer) {
            return Err(Refusal::field("offer_id", "This offer is no option."));
        }
        let (today, offer) = (self.today(), self.offer(offer)?.clone());
        let days = days_between(today, subscription.next_cycle);
        let length = days_between(subscription.cycle_start, subscription.next_cycle);
        let (credit, debit, charge_at) = if is_upgrade {
            let credit = share(self.paid_for_cycle(subscription), days, length);
            (credit, share(offer.value, days, days_between(today, offer.after(today))), today)
        } else {
            (0, offer.value, subscription.next_cycle)
        };
        let parts = most_parts(today, subscription.next_cycle, offer.parts);
        Ok(Quote { offer, is_upgrade, credit, debit, charge_at, days, parts })
    }

    /// What was paid for the cycle, its upgrades included.
    fn paid_for_cycle(&self, subscription: &Subscription) -> i64 {
        let is_of_cycle = |one: &&Invoice| {
            one.subscription == subscription.id && one.paid.is_some() && one.until == subscription.next_cycle
        };
        self.invoices.iter().filter(is_of_cycle).map(|one| one.value).sum()
    }

    /// Changes the plan; Guru's word for where that stands. A declined card changes nothing.
    pub(super) fn change_plan(&mut self, id: &str, offer: &str) -> Result<&'static str, Refusal> {
        let quote = self.quote(id, offer)?;
        let (id, balance) = (self.changeable(id)?, quote.debit - quote.credit);
        let subscription = self.subscription_mut(&id)?;
        if !quote.is_upgrade {
            subscription.next_offer = Some(quote.offer.id);
            self.tell_of_subscription(&id);
            return Ok("scheduled");
        }
        if balance <= 0 {
            (subscription.offer, subscription.next_offer) = (quote.offer.id, None);
            self.tell_of_subscription(&id);
            return Ok("approved");
        }
        let until = subscription.next_cycle;
        subscription.pending_offer = Some(quote.offer.id);
        let invoice = self.add_invoice(&id, Kind::Upgrade, balance, (quote.charge_at, until));
        let transaction = self.charge_invoice(&id, &invoice).unwrap_or_default();
        Ok(self.transaction(&transaction).map_or("canceled", |one| match one.status {
            Status::Approved => "approved",
            Status::BilletPrinted => "billet_printed",
            Status::WaitingPayment => "waiting_payment",
            _ => "canceled",
        }))
    }

    /// What the next cycle is charged for.
    pub(super) fn change_next_offer(&mut self, id: &str, offer: &str) -> Result<(), Refusal> {
        let id = self.changeable(id)?;
        let is_plan = self.offer(offer)?.every.is_some();
        let subscription = self.subscription_mut(&id)?;
        if !is_plan || subscription.next_offer.as_deref().unwrap_or(&subscription.offer) == offer {
            return Err(Refusal::field("new_offer_id", "This offer is no option."));
        }
        subscription.next_offer = Some(offer.to_owned());
        self.tell_of_subscription(&id);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::most_parts;
    use jiff::civil::date;

    #[test]
    fn there_are_no_more_parts_than_whole_months_are_left() {
        let next = date(2026, 7, 10);
        for (today, wanted) in
            [(date(2026, 3, 10), 4), (date(2026, 3, 11), 3), (date(2026, 3, 9), 4), (date(2026, 7, 9), 1)]
        {
            assert_eq!(most_parts(today, next, 12), wanted, "{today}");
        }
        assert_eq!(most_parts(date(2026, 1, 31), date(2026, 2, 28), 12), 1);
        assert_eq!(most_parts(date(2026, 1, 10), date(2027, 1, 10), 6), 6);
    }
}
