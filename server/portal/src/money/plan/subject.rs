//! The subscription whose plan is to change, with everything that decides about the change.

use super::proration::{Figures, Running, days_between};
use super::quote::Quote;
use super::store::{self, ChangesRow, SubjectRow, TargetRow};
use super::target::Candidate;
use crate::Portal;
use crate::db::{Conn, Error};
use crate::fingerprint;
use crate::order::{Found, OrderRecord};
use crate::policy::PlanPolicy;
use jiff::civil::Date;
use types::plan::{PlanOwner, PlanPrice, PlanRefusal, ScheduledPlan};
use types::{
    ChargeStatus, Code, Instant, IntervalUnit, Method, Money, OfferId, OrderId, OrderKind, OrderStatus, PersonId,
    QuoteId, RefundState, SubscriptionId, SubscriptionStatus,
};

/// A subscription and its order.
pub(super) struct Subject {
    pub(super) id: SubscriptionId,
    pub(super) record: OrderRecord,
    pub(super) status: SubscriptionStatus,
    pub(super) plan: String,
    pub(super) amount: i64,
    pub(super) interval: (IntervalUnit, i64),
    pub(super) period_start: Instant,
    pub(super) period_end: Instant,
    pub(super) next_charge_at: Option<Instant>,
    pub(super) offer: Option<OfferId>,
    pub(super) product_code: Code,
    pub(super) policy: PlanPolicy,
    pub(super) under_way: Option<QuoteId>,
    /// The paid plan that began inside the running period, if one did.
    begun: Option<Begun>,
    /// Whether the running period was given away: a discount of all of it.
    was_free: bool,
    /// Whether a pause was agreed to that has not begun: it counts from the day that the paid period ends on.
    has_pause_ahead: bool,
    /// What its offer lists.
    pub(super) targets: Vec<TargetRow>,
}

/// A plan that began inside the running period: what its days are worth, money and credit alike, counts from the day it
/// was quoted on.
struct Begun {
    quoted_at: Instant,
    figures: Figures,
}

impl Subject {
    /// The buyer's own subscription; absent and somebody else's are the same `None`.
    pub(super) async fn of_buyer(
        mut conn: Conn<'_>,
        subscription: SubscriptionId,
        person: PersonId,
    ) -> Result<Option<Self>, Error> {
        match store::of_buyer(conn.again(), subscription, person).await? {
            Some(found) => Self::load(conn, found).await.map(Some),
            None => Ok(None),
        }
    }

    /// The buyer's own subscription and a quote for it; absent and somebody else's are the same `None`.
    pub(super) async fn with_quote(
        mut conn: Conn<'_>,
        subscription: SubscriptionId,
        quote: QuoteId,
        person: PersonId,
    ) -> Result<Option<(Self, Quote)>, Error> {
        let Some(Found { order, more, also }) = store::seen(conn.again(), quote, subscription, person).await? else {
            return Ok(None);
        };
        let subject = Self::load(conn, Found { order, more: more.subject, also }).await?;
        Ok(Some((subject, Quote::try_from(more.quote)?)))
    }

    /// The subscription that a job is about.
    pub(super) async fn of_order(mut conn: Conn<'_>, order: OrderId) -> Result<Option<Self>, Error> {
        match store::of_order(conn.again(), order).await? {
            Some(found) => Self::load(conn, found).await.map(Some),
            None => Ok(None),
        }
    }

    /// Few plans were ever changed: if this one was not, its changes are not read.
    async fn load(conn: Conn<'_>, found: Found<SubjectRow, TargetRow>) -> Result<Self, Error> {
        let changes = if found.more.has_changes { store::changes(conn, found.order.id).await? } else { None };
        Self::read(found, changes)
    }

    fn read(found: Found<SubjectRow, TargetRow>, changes: Option<ChangesRow>) -> Result<Self, Error> {
        let Found { order: record, more: row, also: targets } = found;
        let wrong = |what: &'static str| Error::inconsistent("subscriptions of orders", record.id, what);
        let plan = record.subscription.as_ref().ok_or_else(|| wrong("no such plan"))?;
        Ok(Self {
            id: plan.id,
            status: plan.status,
            plan: plan.plan.clone(),
            amount: plan.price.amount,
            interval: plan.interval,
            period_start: plan.period_start,
            period_end: plan.period_end,
            next_charge_at: plan.next_charge_at,
            offer: row.main_offer.map(OfferId),
            product_code: Code::parse(&row.main_product).map_err(|_| wrong("product"))?,
            policy: record.policy()?.plan,
            under_way: changes.as_ref().and_then(|changes| changes.under_way).map(QuoteId),
            begun: changes.as_ref().and_then(Begun::read),
            was_free: row.was_free,
            has_pause_ahead: row.has_pause_ahead,
            targets,
            record,
        })
    }

    /// Why nothing can be changed now, if nothing can: what is true of the subscription first, then what is only so for
    /// a while.
    pub(super) fn refusal(&self, portal: &Portal) -> Option<PlanRefusal> {
        if self.record.kind != OrderKind::Subscription {
            return Some(PlanRefusal::NotASubscription);
        }
        if let Some(refusal) = self.refused_by_order() {
            return Some(refusal);
        }
        match self.status {
            SubscriptionStatus::Ended => return Some(PlanRefusal::Ended),
            SubscriptionStatus::Ending => return Some(PlanRefusal::Ending),
            SubscriptionStatus::PastDue => return Some(PlanRefusal::PastDue),
            SubscriptionStatus::Paused => return Some(PlanRefusal::Paused),
            SubscriptionStatus::Active if self.record.status == OrderStatus::Pending => {
                return Some(PlanRefusal::NotPaid);
            }
            SubscriptionStatus::Active | SubscriptionStatus::Trialing => {}
        }
        if self.has_pause_ahead {
            return Some(PlanRefusal::Paused);
        }
        let is_ours = self.record.is_billed_here(portal) && self.record.payment.method != Method::Other;
        let is_told = || self.record.there(portal).is_some_and(|(_, can)| can.changes_plans());
        if !(is_ours || is_told()) || !self.policy.change {
            return Some(PlanRefusal::ProducerOnly);
        }
        if let Some(change) = self.under_way {
            return Some(PlanRefusal::UnderWay(change));
        }
        // What is owed already is the renewal's: it has begun.
        (self.record.has_owed || self.period_end <= portal.now()).then_some(PlanRefusal::Renewing)
    }

    /// Whether the gateway that charges it reckons another plan, and begins it at once.
    pub(super) fn is_reckoned_there(&self, portal: &Portal) -> bool {
        self.record.there(portal).is_some_and(|(_, can)| can.plans)
    }

    /// Returns whether no money may be taken for the subscription any more: it ends, has ended, or its money goes back.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status, SubscriptionStatus::Ending | SubscriptionStatus::Ended)
            || self.refused_by_order().is_some()
    }

    /// Returns whether the current plan costs more than `other` over the same time.
    pub(super) fn is_dearer_than(&self, other: &Candidate) -> bool {
        let over = |amount: i64, interval| i128::from(amount) * length(interval);
        over(other.amount, self.interval) < over(self.amount, other.interval)
    }

    fn refused_by_order(&self) -> Option<PlanRefusal> {
        use RefundState::{Approved, Reconciling, Requested, Sent};
        let goes_back = |state| matches!(state, Requested | Approved | Reconciling | Sent);
        match self.record.status {
            OrderStatus::Disputed => Some(PlanRefusal::Disputed),
            OrderStatus::Refunded => Some(PlanRefusal::Refund),
            _ if self.record.refunds.iter().any(|refund| goes_back(refund.state)) => Some(PlanRefusal::Refund),
            _ => None,
        }
    }

    /// The days that are running. After a change inside the period they begin with the change, and are worth what was
    /// paid for them and the credit that went into them.
    pub(super) fn running(&self, today: Date) -> Running {
        let zone = &self.record.zone;
        let from = self.begun.as_ref().map_or(self.period_start, |begun| begun.quoted_at);
        let end = zone.day_of(self.period_end);
        Running {
            remaining: days_between(today, end),
            period: days_between(zone.day_of(from), end).max(1),
            paid: self.paid(),
        }
    }

    /// Where the plan's own cycle ends: days that credit bought come after it.
    pub(super) fn cycle_end(&self) -> Instant {
        let extra = self.begun.as_ref().map_or(0, |begun| begun.figures.extra_days);
        self.record.zone.intervals_after(self.period_end, IntervalUnit::Day, -extra)
    }

    /// What was paid for the running days: never more than the plan costs, never what a discount or a refund took off.
    ///
    /// A period whose charge is not known, because it was reported as paid, is worth its price.
    fn paid(&self) -> i64 {
        match &self.begun {
            _ if self.status == SubscriptionStatus::Trialing => return 0,
            Some(begun) => return begun.figures.worth(),
            None if self.was_free => return 0,
            None => {}
        }
        let paid = self.record.charges.iter().filter(|charge| charge.status == ChargeStatus::Paid);
        let paid = paid.filter(|charge| charge.pays_for(self.period_start));
        let paid: Vec<i64> = paid.map(|charge| self.record.left_of(charge)).collect();
        match paid.is_empty() {
            true => self.amount,
            false => paid.iter().sum::<i64>().clamp(0, self.amount),
        }
    }

    /// Fingerprint of everything that a quote is computed from.
    pub(super) fn basis(&self) -> String {
        let (unit, count) = self.interval;
        let (start, end) = (self.period_start.micros(), self.period_end.micros());
        let offer = self.offer.map(|offer| offer.to_string()).unwrap_or_default();
        let next = self.next_charge_at.map(Instant::micros);
        let (status, plan, amount, paid) = (self.status, &self.plan, self.amount, self.paid());
        let begun = self.begun.as_ref().map(|begun| begun.quoted_at.micros());
        let text = format!("{status} {amount} {unit} {count} {start} {end} {next:?} {offer} {paid} {begun:?} {plan}");
        fingerprint(text.as_bytes())
    }

    /// The plan that begins with the next period.
    pub(super) fn scheduled(&self) -> Option<&ScheduledPlan> {
        self.record.subscription.as_ref()?.scheduled.as_ref()
    }

    /// The subscription as the pages show it.
    pub(super) fn owner(&self) -> PlanOwner {
        PlanOwner {
            subscription: self.id,
            handle: self.record.handle(),
            code: self.record.code.clone(),
            producer: self.record.producer.clone(),
            plan: self.plan.clone(),
            price: PlanPrice { amount: self.money(self.amount), interval: self.interval },
            period_end: self.period_end,
            payment: self.record.payment.clone(),
        }
    }

    pub(super) fn money(&self, amount: i64) -> Money {
        Money::new(amount, self.record.currency)
    }
}

/// How long a cycle is on average, in sixteenths of a day: a year is 365.25 days.
fn length((unit, count): (IntervalUnit, i64)) -> i128 {
    let one = match unit {
        IntervalUnit::Day => 16,
        IntervalUnit::Week => 16 * 7,
        IntervalUnit::Month => 487,
        IntervalUnit::Year => 487 * 12,
    };
    one * i128::from(count)
}

impl Begun {
    /// None of its columns is there where no plan began inside the period.
    fn read(row: &ChangesRow) -> Option<Self> {
        let figures = Figures {
            credit: row.begun_credit?,
            debit: row.begun_debit?,
            rest: row.begun_rest?,
            extra_days: row.begun_extra_days?,
            due: row.begun_due?,
        };
        Some(Self { quoted_at: Instant::from_micros(row.begun_quoted_at?), figures })
    }
}
