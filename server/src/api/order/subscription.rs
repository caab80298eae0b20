//! The subscription of an order that is sent.

use crate::api::checks::{Checks, MOST};
use crate::api::offers::Interval;
use crate::api::words;
use portal::intake::NewSubscription;
use serde::Deserialize;
use types::{Instant, SubscriptionStatus};
use utoipa::ToSchema;

/// A plan that renews, and the period that is paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct SubscriptionBody {
    /// Where it stands; `active` when absent.
    #[schema(schema_with = words::subscription_status_or_null)]
    status: Option<String>,
    /// Name of the plan; the first item's offer when absent.
    plan: Option<String>,
    /// Price of a cycle, minor units; the first item's amount when absent.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64)]
    amount: Option<i64>,
    /// Length of a cycle.
    interval: Interval,
    /// Start of the current period, RFC 3339.
    #[schema(example = "2026-11-10T03:00:00Z")]
    period_start: String,
    /// End of the current period, RFC 3339: access lasts until then.
    #[schema(example = "2027-11-10T03:00:00Z")]
    period_end: String,
    /// When the next charge is due; the end of the period when absent and it renews.
    next_charge_at: Option<String>,
    /// When it was cancelled; only for `ending` and `ended`.
    canceled_at: Option<String>,
}

impl SubscriptionBody {
    pub(super) fn check(
        self,
        checks: &mut Checks,
        first_amount: i64,
        ordered_at: Option<Instant>,
        paid_at: Option<Instant>,
    ) -> Option<NewSubscription> {
        let status = checks
            .take("subscription.status", self.status.as_deref().unwrap_or("active").parse::<SubscriptionStatus>());
        let plan = checks.optional_line("subscription.plan", self.plan.as_deref());
        let amount = checks.optional_within("subscription.amount", self.amount, 0..=MOST);
        let interval = self.interval.check(checks, "subscription.interval");
        let start = checks.time("subscription.period_start", &self.period_start);
        let end = checks.time("subscription.period_end", &self.period_end);
        let next = checks.optional_time("subscription.next_charge_at", self.next_charge_at.as_deref());
        let canceled = checks.optional_time("subscription.canceled_at", self.canceled_at.as_deref());
        if start.zip(end).is_some_and(|(start, end)| end <= start) {
            checks.refuse("subscription.period_end", "must be after period_start");
        }
        let is_over =
            status.is_some_and(|status| matches!(status, SubscriptionStatus::Ending | SubscriptionStatus::Ended));
        if !is_over && canceled.flatten().is_some() {
            checks.refuse("subscription.canceled_at", "must be absent unless the status is ending or ended");
        }
        let (status, period_end, next) = (status?, end?, next?);
        let renews = !is_over && status != SubscriptionStatus::Paused;
        Some(NewSubscription {
            status,
            plan: plan?,
            amount: amount?.unwrap_or(first_amount),
            interval: interval?,
            period_start: start?,
            period_end,
            next_charge_at: next.or(Some(period_end)).filter(|_| renews),
            canceled_at: canceled?.or(ordered_at).filter(|_| is_over),
            paid_at: paid_at.or(ordered_at.filter(|_| status == SubscriptionStatus::Trialing)),
            reference: None,
        })
    }
}
