//! What one line of an order gives now, and until when: a pure function of what is on file.

use super::entitlement::{LineFacts, Plan};
use std::time::Duration;
use types::{Instant, SubscriptionStatus};

/// How long an active subscription keeps its access when its period is over and no renewal was reported: reports come
/// late.
const RENEWAL_GRACE: Duration = Duration::from_secs(3 * 86_400);

/// How long access outlives the due time of the last try of a charge, so that the result of that try ends access, and
/// not its due time.
const LAST_TRY_MARGIN: Duration = Duration::from_secs(86_400);

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

/// What the facts about a line say at this instant.
pub(super) fn due(facts: &LineFacts, now: Instant) -> Due {
    let due = match &facts.plan {
        _ if !facts.is_paid => Due::No,
        // What was bought once beside a plan stays when the plan ends.
        Some(plan) if !facts.is_bump => {
            of_plan(plan).within_cycles(facts.cycles, facts.paid_cycles, plan.period_end).at_most(of_purchase(facts))
        }
        // Of what is sold in instalments, an unpaid one suspends everything until it is paid.
        None if facts.is_overdue => Due::No,
        _ => of_purchase(facts),
    };
    match due {
        Due::Yes { stops: Some(stops), .. } if stops <= now => Due::No,
        due => due,
    }
}

/// A plan that is past due keeps its access while it is tried again, and loses it then until it is paid.
fn of_plan(plan: &Plan) -> Due {
    match (plan.status, plan.grace_until) {
        (SubscriptionStatus::PastDue, Some(grace)) => {
            let until = grace.max(plan.period_end);
            Due::Yes { until: Some(until), stops: Some(until.plus(LAST_TRY_MARGIN)) }
        }
        (status, _) => of_status(status, plan.period_end),
    }
}

/// A plan that was cancelled keeps its access until the paid period ends.
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
fn of_purchase(facts: &LineFacts) -> Due {
    let Some((days, zone)) = &facts.days else { return Due::Yes { until: None, stops: None } };
    let end = zone.day_after(facts.paid_at, *days).and_then(|day| zone.last_second(day));
    Due::Yes { until: end, stops: end }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(status: SubscriptionStatus, period_end: Instant, grace_until: Option<Instant>) -> Due {
        of_plan(&Plan { status, period_end, grace_until })
    }

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
        let plan = given(SubscriptionStatus::Active, end, None);
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
            assert_eq!(given(status, end, None), Due::No);
        }
        let ending = given(SubscriptionStatus::Ending, end, None);
        assert_eq!(ending, Due::Yes { until: Some(end), stops: Some(end) });
        assert!(given(SubscriptionStatus::Active, end, None).is_yes());
        assert!(given(SubscriptionStatus::PastDue, end, Some(end)).is_yes(), "while it is tried again");
    }
}
