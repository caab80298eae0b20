//! Where an order stands, as a pure function of its charges, its subscription and what is being paid back: the order in which they became known
//! plays no part.

use types::{ChargeStatus, Currency, OrderStatus, SubscriptionStatus};

/// What counts of a charge.
#[derive(Clone, Debug)]
pub(super) struct ChargeFact {
    pub status: ChargeStatus,
    pub created_at: i64,
    pub reference: String,
    pub paid_at: Option<i64>,
    pub changed_at: i64,
    pub currency: Currency,
}

/// What counts of a subscription: what its source reports.
#[derive(Clone, Debug)]
pub(super) struct SubscriptionFact {
    pub status: SubscriptionStatus,
    pub canceled_at: Option<i64>,
    pub paid_at: Option<i64>,
}

/// What follows.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Standing {
    pub status: OrderStatus,
    pub paid_at: Option<i64>,
    pub currency: Option<Currency>,
    /// Status and time of cancellation of the subscription.
    pub subscription: Option<(SubscriptionStatus, Option<i64>)>,
}

/// Everything that counts of an order.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    pub charges: &'a [ChargeFact],
    pub subscription: Option<&'a SubscriptionFact>,
    /// What went back by refunds of ours, minor units.
    pub given_back: i64,
    /// Whether what went back includes the plan itself, not only something beside it: that ends the subscription (rule 8).
    pub plan_given_back: bool,
    /// Total of all items.
    pub total: i64,
}

impl Facts<'_> {
    /// Works it out.
    pub(super) fn standing(&self) -> Standing {
        let status = match self.source_status() {
            OrderStatus::Paid if self.given_back > 0 && self.given_back >= self.total => OrderStatus::Refunded,
            OrderStatus::Paid if self.given_back > 0 => OrderStatus::PartlyRefunded,
            status => status,
        };
        let is_paid = !matches!(status, OrderStatus::Pending | OrderStatus::Canceled);
        let paid_at = self.first_payment().or(self.subscription.and_then(|fact| fact.paid_at));
        Standing {
            status,
            paid_at: paid_at.filter(|_| is_paid),
            currency: self.latest(|_| true).map(|charge| charge.currency),
            subscription: self.subscription.map(|fact| self.subscription_standing(fact, status)),
        }
    }

    /// The latest charge that took money decides; a renewal that failed does not undo what was paid before.
    fn source_status(&self) -> OrderStatus {
        let is_open = self.charges.iter().any(|charge| charge.status == ChargeStatus::Pending);
        let was_paid = self.subscription.is_some_and(|fact| fact.paid_at.is_some());
        let may_go_on = self.subscription.is_some_and(|fact| fact.status != SubscriptionStatus::Ended);
        match self.latest(took_money).map(|charge| charge.status) {
            Some(ChargeStatus::Refunded) => OrderStatus::Refunded,
            Some(ChargeStatus::Disputed) => OrderStatus::Disputed,
            Some(_) => OrderStatus::Paid,
            None if was_paid => OrderStatus::Paid,
            None if is_open || may_go_on => OrderStatus::Pending,
            None => OrderStatus::Canceled,
        }
    }

    /// A subscription whose order was paid back is over, whatever its source still says.
    fn subscription_standing(&self, fact: &SubscriptionFact, status: OrderStatus) -> (SubscriptionStatus, Option<i64>) {
        if status != OrderStatus::Refunded && !self.plan_given_back {
            return (fact.status, fact.canceled_at);
        }
        let paid_back = self.latest(|charge| charge.status == ChargeStatus::Refunded).map(|charge| charge.changed_at);
        (SubscriptionStatus::Ended, fact.canceled_at.or(paid_back))
    }

    fn latest(&self, counts: impl Fn(&ChargeFact) -> bool) -> Option<&ChargeFact> {
        self.charges.iter().filter(|charge| counts(charge)).max_by_key(|charge| (charge.created_at, &charge.reference))
    }

    fn first_payment(&self) -> Option<i64> {
        self.charges.iter().filter(|charge| took_money(charge)).filter_map(|charge| charge.paid_at).min()
    }
}

fn took_money(charge: &ChargeFact) -> bool {
    matches!(charge.status, ChargeStatus::Paid | ChargeStatus::Disputed | ChargeStatus::Refunded)
}

/// Whether money of an order in this status has arrived, now or before.
pub(super) fn was_paid(status: OrderStatus) -> bool {
    !matches!(status, OrderStatus::Pending | OrderStatus::Canceled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn charge(status: ChargeStatus, created_at: i64) -> ChargeFact {
        ChargeFact {
            status,
            created_at,
            reference: created_at.to_string(),
            paid_at: Some(created_at + 1),
            changed_at: created_at + 2,
            currency: Currency::BRL,
        }
    }

    fn standing(charges: &[ChargeFact], subscription: Option<SubscriptionStatus>, given_back: i64) -> Standing {
        let fact = subscription.map(|status| SubscriptionFact { status, canceled_at: None, paid_at: None });
        Facts { charges, subscription: fact.as_ref(), given_back, plan_given_back: false, total: 100 }.standing()
    }

    #[test]
    fn a_failed_renewal_does_not_undo_what_was_paid() {
        let charges =
            [charge(ChargeStatus::Paid, 1), charge(ChargeStatus::Failed, 2), charge(ChargeStatus::Pending, 3)];
        let standing = standing(&charges, Some(SubscriptionStatus::PastDue), 0);
        assert_eq!((standing.status, standing.paid_at), (OrderStatus::Paid, Some(2)));
        assert_eq!(standing.subscription, Some((SubscriptionStatus::PastDue, None)));
    }

    #[test]
    fn money_back_of_the_latest_cycle_ends_the_subscription() {
        let standing = standing(
            &[charge(ChargeStatus::Paid, 1), charge(ChargeStatus::Refunded, 5)],
            Some(SubscriptionStatus::Active),
            0,
        );
        assert_eq!(standing.status, OrderStatus::Refunded);
        assert_eq!(standing.subscription, Some((SubscriptionStatus::Ended, Some(7))));
    }

    #[test]
    fn a_refund_of_ours_is_not_undone_by_a_source_that_has_not_heard_of_it() {
        let charges = [charge(ChargeStatus::Paid, 1)];
        assert_eq!(standing(&charges, None, 40).status, OrderStatus::PartlyRefunded);
        assert_eq!(standing(&charges, None, 100).status, OrderStatus::Refunded);
    }

    #[test]
    fn without_money_an_order_waits_or_is_canceled() {
        assert_eq!(standing(&[charge(ChargeStatus::Pending, 1)], None, 0).status, OrderStatus::Pending);
        assert_eq!(standing(&[charge(ChargeStatus::Failed, 1)], None, 0).status, OrderStatus::Canceled);
        assert_eq!(standing(&[], Some(SubscriptionStatus::Ended), 0).status, OrderStatus::Canceled);
    }
}
