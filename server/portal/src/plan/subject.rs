//! The subscription whose plan is to change, with everything that decides about it.

use super::store::{self, SubjectRow};
use crate::billing;
use crate::db::{Conn, Engine, Error};
use crate::keys::fingerprint;
use crate::order::OrderRecord;
use crate::policy::{self, PlanPolicy};
use crate::portal::Portal;
use std::time::Duration;
use types::plan::{PlanOwner, PlanPrice, PlanRefusal};
use types::{
    ChargeStatus, Code, Instant, IntervalUnit, Method, Money, OfferId, OrderId, OrderKind, OrderStatus, PersonId,
    QuoteId, RefundState, SubscriptionId, SubscriptionStatus,
};

/// A charge counts for a period when it was made this long before it or later.
const AHEAD: Duration = Duration::from_secs(86_400);

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
    pub(super) gateway: String,
    pub(super) offer: Option<OfferId>,
    pub(super) product_code: Code,
    pub(super) policy: PlanPolicy,
    pub(super) scheduled: Option<QuoteId>,
    pub(super) under_way: Option<QuoteId>,
    /// Whether a paid plan began inside the running period: then the period is worth its price.
    was_changed: bool,
    /// Whether the running period was given away: a discount of all of it.
    was_free: bool,
    /// Whether something is owed already: the renewal has begun.
    has_owed: bool,
}

/// The same connection once more.
pub(super) fn again<'a>(conn: &'a mut Conn<'_>) -> Conn<'a> {
    match conn {
        Engine::Sqlite(conn) => Engine::Sqlite(conn),
        Engine::Postgres(conn) => Engine::Postgres(conn),
    }
}

impl Subject {
    /// The buyer's own subscription; absent and somebody else's are the same `None`.
    pub(super) async fn of_buyer(
        mut conn: Conn<'_>,
        subscription: SubscriptionId,
        person: PersonId,
    ) -> Result<Option<Self>, Error> {
        match store::of_buyer(again(&mut conn), subscription, person).await? {
            Some(row) => Self::read(conn, row).await,
            None => Ok(None),
        }
    }

    /// The subscription that a job is about.
    pub(super) async fn of_order(mut conn: Conn<'_>, order: OrderId) -> Result<Option<Self>, Error> {
        match store::of_order(again(&mut conn), order).await? {
            Some(row) => Self::read(conn, row).await,
            None => Ok(None),
        }
    }

    async fn read(mut conn: Conn<'_>, row: SubjectRow) -> Result<Option<Self>, Error> {
        let wrong = |what: &'static str| Error::inconsistent("subscriptions", row.id, what);
        let Some(record) = OrderRecord::by_id(again(&mut conn), OrderId(row.order_id)).await? else { return Ok(None) };
        let product_code = Code::parse(&row.product_code).map_err(|_| wrong("product"))?;
        let policy = policy::of_product(again(&mut conn), record.producer, Some(&product_code)).await?.plan;
        let period_start = Instant::from_micros(row.period_start);
        let invoices = billing::invoices_of(conn, record.id).await?;
        let of_period = invoices.iter().rev().find(|invoice| invoice.period_start == period_start);
        Ok(Some(Self {
            has_owed: invoices.iter().any(billing::Invoice::is_owed),
            was_free: of_period.is_some_and(|invoice| invoice.amount.amount == 0),
            id: SubscriptionId(row.id),
            record,
            status: row.status.parse().map_err(|_| wrong("status"))?,
            plan: row.plan_name.clone(),
            amount: row.amount,
            interval: (row.interval_unit.parse().map_err(|_| wrong("interval"))?, row.interval_count),
            period_start,
            period_end: Instant::from_micros(row.period_end),
            next_charge_at: row.next_charge_at.map(Instant::from_micros),
            gateway: row.gateway.clone(),
            offer: row.offer_id.map(OfferId),
            product_code,
            policy,
            scheduled: row.scheduled.map(QuoteId),
            under_way: row.under_way.map(QuoteId),
            was_changed: row.was_changed,
        }))
    }

    /// Why nothing can be changed now, if nothing can: what is true of the subscription first, then what is only so for a while.
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
        let is_ours = portal.ports.gateways.bills(&self.gateway) && self.record.payment.method != Method::Other;
        if !is_ours || !self.policy.change {
            return Some(PlanRefusal::SellerOnly);
        }
        if let Some(change) = self.under_way {
            return Some(PlanRefusal::UnderWay(change));
        }
        (self.has_owed || self.period_end <= portal.now()).then_some(PlanRefusal::Renewing)
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

    /// What was paid for the whole running period: never more than the plan costs, never what a discount or a refund took off.
    ///
    /// A period whose charge is not known, because it was reported as paid, is worth its price.
    pub(super) fn paid(&self) -> i64 {
        if self.status == SubscriptionStatus::Trialing || (self.was_free && !self.was_changed) {
            return 0;
        }
        let since = self.period_start.minus(AHEAD);
        let of_period = self.record.charges.iter().filter(|charge| {
            charge.status == ChargeStatus::Paid && charge.paid_at.unwrap_or(charge.created_at) >= since
        });
        let paid: Vec<i64> = of_period.map(|charge| self.record.left_of(charge)).collect();
        match paid.is_empty() || self.was_changed {
            true => self.amount,
            false => paid.iter().sum::<i64>().clamp(0, self.amount),
        }
    }

    /// Stands for everything that a quote counts with.
    pub(super) fn basis(&self) -> String {
        let (unit, count) = self.interval;
        let (start, end) = (self.period_start.micros(), self.period_end.micros());
        let offer = self.offer.map(|offer| offer.to_string()).unwrap_or_default();
        let next = self.next_charge_at.map(Instant::micros);
        let (status, plan, amount, paid) = (self.status, &self.plan, self.amount, self.paid());
        let text = format!("{status} {amount} {unit} {count} {start} {end} {next:?} {offer} {paid} {plan}");
        fingerprint(text.as_bytes())
    }

    /// The subscription as the pages show it.
    pub(super) fn owner(&self) -> PlanOwner {
        PlanOwner {
            subscription: self.id,
            handle: self.record.handle(),
            code: self.record.code.clone(),
            seller: self.record.seller.clone(),
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
