//! Entitlements: what one line of one order gives in a member area, and until when.

use super::store::EntitlementRow;
use crate::db::{Db, Error};
use crate::ports::AccessTarget;
use crate::time::Zone;
use std::time::Duration;
use types::{Instant, ItemId, MemberAreaId, OrderId, OrderStatus, PersonId, ProducerId, SubscriptionStatus};

/// How long an active subscription keeps its access when its period is over and no renewal was reported: reports come
/// late.
const RENEWAL_GRACE: Duration = Duration::from_secs(3 * 86_400);

/// How long access outlives the due time of the last try of a charge, so that the result of that try ends access, and
/// not its due time.
const GRACE_OF_GRACE: Duration = Duration::from_secs(86_400);

/// One line of an order, seen against one target of one rule.
#[derive(Clone, Debug)]
pub(crate) struct Entitlement {
    pub(crate) order: OrderId,
    pub(crate) item: ItemId,
    pub(crate) area: MemberAreaId,
    pub(crate) target: AccessTarget,
    /// What the line gives now.
    pub(crate) due: Due,
    /// What the area was last told of the target, whichever order it was for.
    pub(crate) told: Option<Told>,
    pub(crate) content_url: Option<String>,
}

/// What the state of an order says about access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Due {
    /// Nothing.
    No,
    /// Access.
    Yes {
        /// The end that the area is told; none for ever.
        until: Option<Instant>,
        /// When it stops by itself; none for ever.
        stops: Option<Instant>,
    },
}

/// What an area was last told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Told {
    pub(crate) is_active: bool,
    pub(crate) until: Option<Instant>,
    pub(crate) at: Instant,
}

/// Every line of this person's orders with this producer, against every target it could give.
pub(crate) async fn entitlements(
    db: &Db,
    producer: ProducerId,
    person: PersonId,
    now: Instant,
) -> Result<Vec<Entitlement>, Error> {
    let rows = super::store::entitlements(db, producer, person).await?;
    rows.into_iter().map(|row| Entitlement::read(row, now)).collect()
}

impl Due {
    pub(crate) fn is_yes(self) -> bool {
        self != Self::No
    }

    /// When it stops by itself; none for never, and for nothing.
    pub(crate) fn stops(self) -> Option<Instant> {
        if let Self::Yes { stops, .. } = self { stops } else { None }
    }

    /// When it ends for good. An active plan, which is told an end and goes on, has none.
    pub(crate) fn end(self) -> Option<Instant> {
        if let Self::Yes { until, stops } = self { stops.filter(|_| until == stops) } else { None }
    }

    /// Limits the access where a product gives it for a number of paid cycles: it ends with the last of them.
    fn within_cycles(self, cycles: Option<i64>, paid: i64, end: Instant) -> Self {
        match cycles {
            Some(cycles) if paid > cycles => Self::No,
            Some(cycles) if paid == cycles && self.is_yes() => Self::Yes { until: Some(end), stops: Some(end) },
            _ => self,
        }
    }

    /// What both give: access as long as either does.
    fn at_most(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes { until: a, stops: c }, Self::Yes { until: b, stops: d }) => {
                Self::Yes { until: sooner(a, b), stops: sooner(c, d) }
            }
            _ => Self::No,
        }
    }

    /// The better of two: access, and the later end.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, due) | (due, Self::No) => due,
            (Self::Yes { until: a, stops: c }, Self::Yes { until: b, stops: d }) => {
                Self::Yes { until: later(a, b), stops: later(c, d) }
            }
        }
    }
}

/// The sooner of two ends, where none is for ever.
fn sooner(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    [a, b].into_iter().flatten().min()
}

/// The later of two ends, where none is for ever.
fn later(a: Option<Instant>, b: Option<Instant>) -> Option<Instant> {
    Some(a?.max(b?))
}

impl Entitlement {
    fn read(row: EntitlementRow, now: Instant) -> Result<Self, Error> {
        let wrong = |what: &str| Error::inconsistent("access_rule_targets", &row.target, what);
        let due = due(&row, now)?;
        let target = AccessTarget::from_word(&row.target).ok_or_else(|| wrong("not a target"))?;
        let told = match (row.told_active, row.told_at) {
            (Some(is_active), Some(at)) => {
                Some(Told { is_active, until: row.told_until.map(Instant::from_micros), at: Instant::from_micros(at) })
            }
            _ => None,
        };
        Ok(Self {
            order: OrderId(row.order_id),
            item: ItemId(row.item_id),
            area: MemberAreaId(row.area_id),
            target,
            due,
            told,
            content_url: row.content_url,
        })
    }
}

fn due(row: &EntitlementRow, now: Instant) -> Result<Due, Error> {
    let wrong = |what: String| Error::inconsistent("orders", row.order_id, what);
    let status: OrderStatus = row.status.parse().map_err(|_| wrong(row.status.clone()))?;
    let is_paid =
        matches!(status, OrderStatus::Paid | OrderStatus::PartlyRefunded) && !row.is_refunded && !row.is_erased;
    let due = match (&row.subscription_status, row.period_end) {
        _ if !is_paid => Due::No,
        // What was bought once beside a plan stays when the plan ends.
        (Some(status), Some(end)) if !row.is_bump => {
            let (status, end) = (status.parse().map_err(|_| wrong(status.clone()))?, Instant::from_micros(end));
            of_subscription(status, end, row.grace_until.map(Instant::from_micros))
                .within_cycles(row.access_cycles, row.paid_cycles, end)
                .at_most(of_purchase(row, &wrong)?)
        }
        // Sold in parts: a part that was not paid in the end holds the whole back until it is.
        (None, _) if row.is_overdue => Due::No,
        _ => of_purchase(row, &wrong)?,
    };
    Ok(match due {
        Due::Yes { stops: Some(stops), .. } if stops <= now => Due::No,
        due => due,
    })
}

/// A cancelled subscription keeps its access until the paid period ends; one that is past due keeps it while it is
/// tried again, and loses it then until it is paid.
fn of_subscription(status: SubscriptionStatus, end: Instant, grace: Option<Instant>) -> Due {
    match (status, grace) {
        (SubscriptionStatus::PastDue, Some(grace)) => {
            let until = grace.max(end);
            Due::Yes { until: Some(until), stops: Some(until.plus(GRACE_OF_GRACE)) }
        }
        (status, _) => of_status(status, end),
    }
}

fn of_status(status: SubscriptionStatus, end: Instant) -> Due {
    match status {
        SubscriptionStatus::Trialing | SubscriptionStatus::Active => {
            Due::Yes { until: Some(end), stops: Some(end.plus(RENEWAL_GRACE)) }
        }
        SubscriptionStatus::Ending => Due::Yes { until: Some(end), stops: Some(end) },
        SubscriptionStatus::PastDue | SubscriptionStatus::Paused | SubscriptionStatus::Ended => Due::No,
    }
}

/// Access for ever, or for so many whole local days after the payment.
fn of_purchase(row: &EntitlementRow, wrong: &impl Fn(String) -> Error) -> Result<Due, Error> {
    let Some(days) = row.access_days else { return Ok(Due::Yes { until: None, stops: None }) };
    let zone = Zone::named(&row.time_zone).map_err(|error| wrong(error.to_string()))?;
    let start = Instant::from_micros(row.paid_at.unwrap_or(row.ordered_at));
    let end = zone.day_after(start, days).and_then(|day| zone.last_second(day));
    Ok(Due::Yes { until: end, stops: end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_better_of_two_orders_counts() {
        let at = |seconds| Some(Instant::from_seconds(seconds));
        let due = |until, stops| Due::Yes { until, stops };
        assert_eq!(Due::No.or(due(at(1), at(1))), due(at(1), at(1)));
        assert_eq!(due(at(1), at(2)).or(due(at(3), at(1))), due(at(3), at(2)));
        assert_eq!(due(None, None).or(due(at(3), at(1))), due(None, None));
        assert_eq!(Due::No.or(Due::No), Due::No);
    }

    #[test]
    fn a_plan_ends_with_the_last_of_its_cycles_and_with_the_last_of_its_days() {
        let (end, sooner, later) =
            (Instant::from_seconds(1000), Instant::from_seconds(900), Instant::from_seconds(9000));
        let plan = of_subscription(SubscriptionStatus::Active, end, None);
        let for_good = |at| Due::Yes { until: Some(at), stops: Some(at) };
        assert_eq!(plan.within_cycles(None, 9, end), plan);
        assert_eq!(plan.within_cycles(Some(3), 2, end), plan);
        assert_eq!(plan.within_cycles(Some(3), 3, end), for_good(end));
        assert_eq!(plan.within_cycles(Some(3), 3, end).end(), Some(end), "which is told ahead");
        assert_eq!(plan.within_cycles(Some(3), 4, end), Due::No);
        assert_eq!(Due::No.within_cycles(Some(3), 3, end), Due::No);
        assert_eq!(plan.at_most(for_good(sooner)), for_good(sooner));
        assert_eq!(plan.at_most(Due::Yes { until: None, stops: None }), plan);
        assert!(
            plan.at_most(for_good(later)).is_yes()
                && plan.at_most(for_good(later)).end().is_none() == (plan.end().is_none())
        );
    }

    #[test]
    fn a_subscription_gives_access_by_its_status() {
        let end = Instant::from_seconds(1000);
        for status in [SubscriptionStatus::PastDue, SubscriptionStatus::Paused, SubscriptionStatus::Ended] {
            assert_eq!(of_subscription(status, end, None), Due::No);
        }
        let ending = of_subscription(SubscriptionStatus::Ending, end, None);
        assert_eq!(ending, Due::Yes { until: Some(end), stops: Some(end) });
        assert!(of_subscription(SubscriptionStatus::Active, end, None).is_yes());
        assert!(of_subscription(SubscriptionStatus::PastDue, end, Some(end)).is_yes(), "while it is tried again");
    }
}
