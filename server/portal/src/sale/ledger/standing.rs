//! The standing of an order: a pure function of its charges, its subscription, what is being paid back and what the
//! buyer decided. The order in which these became known plays no part.

use super::wishes::{Pause, Wishes};
use types::{ChargeStatus, Currency, Instant, OrderStatus, SubscriptionStatus};

/// What counts of a charge.
#[derive(Clone, Debug)]
pub(super) struct ChargeFact {
    pub status: ChargeStatus,
    pub created_at: i64,
    pub reference: String,
    pub paid_at: Option<i64>,
    pub changed_at: i64,
    pub currency: Currency,
    /// Whether its source gave a part of it back by itself.
    pub is_partly_back: bool,
}

/// What counts of a subscription: what its source reports.
#[derive(Clone, Debug)]
pub(super) struct SubscriptionFact {
    pub status: SubscriptionStatus,
    pub canceled_at: Option<i64>,
    pub paid_at: Option<i64>,
    pub next_charge_at: Option<i64>,
    pub period_end: i64,
}

/// Where a subscription stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct SubscriptionStanding {
    pub status: SubscriptionStatus,
    pub canceled_at: Option<i64>,
    pub next_charge_at: Option<i64>,
}

/// What follows.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct OrderStanding {
    pub status: OrderStatus,
    pub paid_at: Option<i64>,
    pub currency: Option<Currency>,
    pub subscription: Option<SubscriptionStanding>,
}

/// How much of an order went back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum GivenBack {
    Nothing,
    /// Money, but not for every item.
    Some,
    /// Every item.
    All,
}

/// Everything that counts of an order.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub charges: &'a [ChargeFact],
    pub subscription: Option<&'a SubscriptionFact>,
    /// What went back by refunds of ours.
    pub given_back: GivenBack,
    /// Whether what went back includes the plan itself, not only something beside it: that ends the subscription (rule
    /// 8).
    pub plan_given_back: bool,
    /// What the buyer decided about the subscription.
    pub wishes: Wishes,
}

impl Facts<'_> {
    /// Works it out.
    pub(super) fn standing(&self) -> OrderStanding {
        let status = match self.source_status() {
            OrderStatus::Paid if self.given_back == GivenBack::All => OrderStatus::Refunded,
            OrderStatus::Paid if self.given_back == GivenBack::Some || self.is_partly_back() => {
                OrderStatus::PartlyRefunded
            }
            status => status,
        };
        let paid_at = self.first_payment().or(self.subscription.and_then(|fact| fact.paid_at));
        OrderStanding {
            status,
            paid_at: paid_at.filter(|_| was_paid(status)),
            currency: self.latest(|_| true).map(|charge| charge.currency),
            subscription: self.subscription.map(|fact| self.subscription_standing(fact, status)),
        }
    }

    /// Whether the source gave a part of what is paid back by itself.
    fn is_partly_back(&self) -> bool {
        self.charges.iter().any(|charge| charge.status == ChargeStatus::Paid && charge.is_partly_back)
    }

    /// The latest charge that took money decides; a renewal that failed does not undo what was paid before.
    fn source_status(&self) -> OrderStatus {
        let is_open = self.charges.iter().any(|charge| charge.status == ChargeStatus::Pending);
        let was_paid = self.subscription.is_some_and(|fact| fact.paid_at.is_some());
        // Over by the source's word or by the buyer's, whichever is written down first.
        let is_over = self.wishes.cancellation.is_some_and(|wish| wish.is_done);
        let may_go_on = !is_over && self.subscription.is_some_and(|fact| fact.status != SubscriptionStatus::Ended);
        match self.latest(|charge| charge.status.took_money()).map(|charge| charge.status) {
            Some(ChargeStatus::Refunded) => OrderStatus::Refunded,
            Some(ChargeStatus::Disputed) => OrderStatus::Disputed,
            Some(_) => OrderStatus::Paid,
            None if was_paid => OrderStatus::Paid,
            None if is_open || may_go_on => OrderStatus::Pending,
            None => OrderStatus::Canceled,
        }
    }

    fn subscription_standing(&self, fact: &SubscriptionFact, status: OrderStatus) -> SubscriptionStanding {
        let (status, canceled_at) = self.subscription_status(fact, status);
        // What is over, or about to be, is not charged again, whatever its source plans; what pauses is charged after
        // the pause.
        let goes_on = !matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
        let resumes = self.wishes.pause.map(|pause| pause.ends_at.micros());
        let next_charge_at = fact.next_charge_at.filter(|_| goes_on).map(|at| resumes.map_or(at, |from| from.max(at)));
        SubscriptionStanding { status, canceled_at, next_charge_at }
    }

    /// A subscription whose order was paid back is over, and one that its buyer cancelled ends on its day, whatever its
    /// source still says.
    fn subscription_status(&self, fact: &SubscriptionFact, status: OrderStatus) -> (SubscriptionStatus, Option<i64>) {
        let asked_at = self.wishes.cancellation.map(|wish| wish.asked_at).map(Instant::micros);
        if status == OrderStatus::Refunded || self.plan_given_back {
            let paid_back = self.latest(|charge| charge.status == ChargeStatus::Refunded);
            return (
                SubscriptionStatus::Ended,
                fact.canceled_at.or(asked_at).or(paid_back.map(|charge| charge.changed_at)),
            );
        }
        let is_well = matches!(fact.status, SubscriptionStatus::Active | SubscriptionStatus::Trialing);
        // Whoever keeps the calendar ends a pause by reporting a period that begins with its end.
        let pauses = |pause: Pause| pause.is_running && is_well && fact.period_end < pause.ends_at.micros();
        match (self.wishes.cancellation, self.wishes.pause) {
            (Some(wish), _) if wish.is_done => (SubscriptionStatus::Ended, asked_at),
            (Some(_), _) => (SubscriptionStatus::Ending, asked_at),
            (None, Some(pause)) if pauses(pause) => (SubscriptionStatus::Paused, fact.canceled_at),
            (None, _) => (fact.status, fact.canceled_at),
        }
    }

    fn latest(&self, counts: impl Fn(&ChargeFact) -> bool) -> Option<&ChargeFact> {
        self.charges.iter().filter(|charge| counts(charge)).max_by_key(|charge| (charge.created_at, &charge.reference))
    }

    fn first_payment(&self) -> Option<i64> {
        let paid = self.charges.iter().filter(|charge| charge.status.took_money());
        paid.filter_map(|charge| charge.paid_at).min()
    }
}

/// Whether money of an order in this status has arrived, now or before.
pub(super) fn was_paid(status: OrderStatus) -> bool {
    !matches!(status, OrderStatus::Pending | OrderStatus::Canceled)
}

#[cfg(test)]
mod tests {
    use super::super::wishes::Wish;
    use super::*;

    const NOTHING: GivenBack = GivenBack::Nothing;

    fn charge(status: ChargeStatus, created_at: i64) -> ChargeFact {
        ChargeFact {
            status,
            created_at,
            reference: created_at.to_string(),
            paid_at: Some(created_at + 1),
            changed_at: created_at + 2,
            currency: Currency::BRL,
            is_partly_back: false,
        }
    }

    fn standing(
        charges: &[ChargeFact],
        subscription: Option<SubscriptionStatus>,
        given_back: GivenBack,
    ) -> OrderStanding {
        wished(charges, subscription, given_back, Wishes::default())
    }

    fn wished(
        charges: &[ChargeFact],
        subscription: Option<SubscriptionStatus>,
        given_back: GivenBack,
        wishes: Wishes,
    ) -> OrderStanding {
        let fact = subscription.map(|status| SubscriptionFact {
            status,
            canceled_at: None,
            paid_at: None,
            next_charge_at: Some(50),
            period_end: 50,
        });
        let subscription = fact.as_ref();
        Facts { charges, subscription, given_back, plan_given_back: false, wishes }.standing()
    }

    fn of_plan(standing: &OrderStanding) -> (SubscriptionStatus, Option<i64>, Option<i64>) {
        let plan = standing.subscription.unwrap();
        (plan.status, plan.canceled_at, plan.next_charge_at)
    }

    #[test]
    fn a_cancellation_counts_whatever_the_source_says() {
        let charges = [charge(ChargeStatus::Paid, 1)];
        let wish =
            |is_done| Wishes { cancellation: Some(Wish { asked_at: Instant::from_micros(9), is_done }), pause: None };
        for reported in SubscriptionStatus::ALL {
            let ending = wished(&charges, Some(*reported), NOTHING, wish(false));
            assert_eq!(of_plan(&ending), (SubscriptionStatus::Ending, Some(9), None));
            let ended = wished(&charges, Some(*reported), NOTHING, wish(true));
            assert_eq!(of_plan(&ended), (SubscriptionStatus::Ended, Some(9), None));
        }
        // Money back ends it at once, cancelled or not.
        let back = wished(&charges, Some(SubscriptionStatus::Active), GivenBack::All, wish(false));
        assert_eq!(of_plan(&back), (SubscriptionStatus::Ended, Some(9), None));
    }

    #[test]
    fn an_unpaid_plan_that_its_buyer_cancelled_is_over_whoever_says_so_first() {
        let wish =
            |is_done| Wishes { cancellation: Some(Wish { asked_at: Instant::from_micros(9), is_done }), pause: None };
        for reported in [SubscriptionStatus::Trialing, SubscriptionStatus::Ended] {
            assert_eq!(wished(&[], Some(reported), NOTHING, wish(true)).status, OrderStatus::Canceled, "{reported}");
        }
        assert_eq!(wished(&[], Some(SubscriptionStatus::Trialing), NOTHING, wish(false)).status, OrderStatus::Pending);
    }

    #[test]
    fn a_pause_holds_back_the_next_charge_and_what_is_overdue_stays_so() {
        let charges = [charge(ChargeStatus::Paid, 1)];
        let pause = |is_running| Wishes {
            cancellation: None,
            pause: Some(Pause { is_running, ends_at: Instant::from_micros(80) }),
        };
        let of = |status, is_running| of_plan(&wished(&charges, Some(status), NOTHING, pause(is_running)));
        assert_eq!(of(SubscriptionStatus::Active, false), (SubscriptionStatus::Active, None, Some(80)));
        assert_eq!(of(SubscriptionStatus::Active, true), (SubscriptionStatus::Paused, None, Some(80)));
        assert_eq!(of(SubscriptionStatus::PastDue, true).0, SubscriptionStatus::PastDue);
    }

    #[test]
    fn a_failed_renewal_does_not_undo_what_was_paid() {
        let charges =
            [charge(ChargeStatus::Paid, 1), charge(ChargeStatus::Failed, 2), charge(ChargeStatus::Pending, 3)];
        let standing = standing(&charges, Some(SubscriptionStatus::PastDue), NOTHING);
        assert_eq!((standing.status, standing.paid_at), (OrderStatus::Paid, Some(2)));
        assert_eq!(of_plan(&standing), (SubscriptionStatus::PastDue, None, Some(50)));
    }

    #[test]
    fn money_back_of_the_latest_cycle_ends_the_subscription() {
        let standing = standing(
            &[charge(ChargeStatus::Paid, 1), charge(ChargeStatus::Refunded, 5)],
            Some(SubscriptionStatus::Active),
            NOTHING,
        );
        assert_eq!(standing.status, OrderStatus::Refunded);
        assert_eq!(of_plan(&standing), (SubscriptionStatus::Ended, Some(7), None));
    }

    #[test]
    fn a_refund_of_ours_is_not_undone_by_a_source_that_has_not_heard_of_it() {
        let charges = [charge(ChargeStatus::Paid, 1)];
        assert_eq!(standing(&charges, None, GivenBack::Some).status, OrderStatus::PartlyRefunded);
        assert_eq!(standing(&charges, None, GivenBack::All).status, OrderStatus::Refunded);
    }

    #[test]
    fn a_part_that_the_source_gave_back_shows() {
        let part = |status| ChargeFact { is_partly_back: true, ..charge(status, 1) };
        assert_eq!(standing(&[part(ChargeStatus::Paid)], None, NOTHING).status, OrderStatus::PartlyRefunded);
        assert_eq!(standing(&[part(ChargeStatus::Disputed)], None, NOTHING).status, OrderStatus::Disputed);
    }

    #[test]
    fn without_money_an_order_waits_or_is_canceled() {
        assert_eq!(standing(&[charge(ChargeStatus::Pending, 1)], None, NOTHING).status, OrderStatus::Pending);
        assert_eq!(standing(&[charge(ChargeStatus::Failed, 1)], None, NOTHING).status, OrderStatus::Canceled);
        assert_eq!(standing(&[], Some(SubscriptionStatus::Ended), NOTHING).status, OrderStatus::Canceled);
    }
}
