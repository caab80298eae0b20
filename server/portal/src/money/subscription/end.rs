//! When a cancellation takes effect (rule 6): a pure function of plan, payment, policy and instant.

use crate::policy::Effect;
use types::view::{EndsNow, SubscriptionView};
use types::{Instant, SubscriptionStatus};

/// At the end of the paid period; at once when something is overdue, when the producer wants it so, or when nothing is
/// paid beyond now.
pub(super) fn end(plan: &SubscriptionView, is_paid: bool, effect: Effect, now: Instant) -> (Instant, Option<EndsNow>) {
    let why = match plan.status {
        SubscriptionStatus::PastDue => Some(EndsNow::Overdue),
        _ if plan.period_end <= now || !(is_paid || plan.status == SubscriptionStatus::Trialing) => {
            Some(EndsNow::NothingPaid)
        }
        _ if effect == Effect::Now => Some(EndsNow::Producer),
        _ => None,
    };
    (if why.is_some() { now } else { plan.period_end }, why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{Currency, IntervalUnit, Money, SubscriptionId};

    const NOW: Instant = Instant::from_seconds(1000);
    const LATER: Instant = Instant::from_seconds(2000);

    fn plan(status: SubscriptionStatus, period_end: Instant) -> SubscriptionView {
        SubscriptionView {
            id: SubscriptionId(uuid::Uuid::nil()),
            plan: "Clube".to_owned(),
            price: Money::new(4990, Currency::BRL),
            interval: (IntervalUnit::Month, 1),
            status,
            period_start: NOW,
            period_end,
            discount: None,
            next_charge_at: Some(period_end),
            canceled_at: None,
            scheduled: None,
        }
    }

    #[test]
    fn what_is_paid_lasts_and_what_is_overdue_does_not() {
        let of = |status, is_paid, effect| end(&plan(status, LATER), is_paid, effect, NOW);
        assert_eq!(of(SubscriptionStatus::Active, true, Effect::PeriodEnd), (LATER, None));
        assert_eq!(of(SubscriptionStatus::Trialing, false, Effect::PeriodEnd), (LATER, None));
        assert_eq!(of(SubscriptionStatus::Active, true, Effect::Now), (NOW, Some(EndsNow::Producer)));
        assert_eq!(of(SubscriptionStatus::PastDue, true, Effect::PeriodEnd), (NOW, Some(EndsNow::Overdue)));
        assert_eq!(of(SubscriptionStatus::Active, false, Effect::PeriodEnd), (NOW, Some(EndsNow::NothingPaid)));
        let over = end(&plan(SubscriptionStatus::Active, NOW), true, Effect::PeriodEnd, NOW);
        assert_eq!(over, (NOW, Some(EndsNow::NothingPaid)));
    }
}
