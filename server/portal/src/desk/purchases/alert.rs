//! The alerts of the home page: what is at risk in any of a buyer's orders, whichever page of the list is shown.

use super::store::{HomeRow, RiskRow};
use crate::db::Error;
use crate::order::handle;
use std::time::Duration;
use types::view::{Alert, AlertKind, Due};
use types::{Currency, Instant, Method, Money, OrderStatus, RefundState, SubscriptionId, SubscriptionStatus};
use uuid::Uuid;

/// How long before its end access that ends by the buyer's own wish is spoken of: nobody is told at once of what they
/// just did.
const END_IS_NEAR: Duration = Duration::from_secs(7 * 86_400);

/// What is on file of an order that may be at risk.
pub(super) struct Facts<'a> {
    id: Uuid,
    handle: (&'a str, &'a str, bool),
    title: &'a str,
    time_zone: &'a str,
    currency: &'a str,
    status: &'a str,
    refund: Option<&'a str>,
    plan: Option<(&'a str, i64)>,
    subscription: Option<Uuid>,
    total: i64,
    method: &'a str,
    open_until: Option<&'a str>,
    is_open: bool,
    owed: Option<i64>,
    failure: Option<&'a str>,
    grace_until: Option<i64>,
    is_overdue: bool,
    waits_for: Option<&'a str>,
}

/// Both rows have these columns.
macro_rules! facts {
    ($row:ident) => {
        Self {
            id: $row.id,
            handle: (&$row.code, &$row.producer_slug, $row.is_shared),
            title: &$row.title,
            time_zone: &$row.producer_zone,
            currency: &$row.currency,
            status: &$row.status,
            refund: $row.refund_state.as_deref(),
            plan: $row.subscription_status.as_deref().zip($row.period_end),
            subscription: $row.subscription_id,
            total: $row.total,
            method: &$row.method,
            open_until: $row.open_until.as_deref(),
            is_open: $row.is_open,
            owed: $row.owed_amount,
            failure: $row.owed_failure.as_deref(),
            grace_until: $row.owed_grace,
            is_overdue: $row.is_overdue,
            waits_for: $row.waits_for.as_deref(),
        }
    };
}

impl<'a> From<&'a HomeRow> for Facts<'a> {
    fn from(row: &'a HomeRow) -> Self {
        facts!(row)
    }
}

impl<'a> From<&'a RiskRow> for Facts<'a> {
    fn from(row: &'a RiskRow) -> Self {
        facts!(row)
    }
}

/// What needs the buyer's eye, if anything does.
pub(super) fn alert<'a>(facts: impl Into<Facts<'a>>, now: Instant) -> Result<Option<Alert>, Error> {
    let facts = facts.into();
    let wrong = |what: &'static str| Error::inconsistent("orders", facts.id, what);
    let status: OrderStatus = facts.status.parse().map_err(|_| wrong("status"))?;
    let refund: Option<RefundState> = facts.refund.map(str::parse).transpose().map_err(|_| wrong("refund"))?;
    let kind = match (refund, status) {
        (Some(RefundState::Failed), _) => Some(AlertKind::RefundFailed),
        (_, OrderStatus::Pending) => Some(AlertKind::PaymentPending),
        _ => match facts.late_or_ending(now)? {
            Some(kind) => Some(kind),
            None => facts.slip()?,
        },
    };
    let Some(kind) = kind else { return Ok(None) };
    let (code, slug, is_shared) = facts.handle;
    Ok(Some(Alert {
        handle: handle(code, slug, is_shared),
        subscription: facts.subscription.map(SubscriptionId),
        title: facts.title.to_owned(),
        time_zone: facts.time_zone.to_owned(),
        owed: if kind.is_about_money() { facts.due()? } else { None },
        kind,
    }))
}

impl Facts<'_> {
    fn late_or_ending(&self, now: Instant) -> Result<Option<AlertKind>, Error> {
        let wrong = |what: &'static str| Error::inconsistent("orders", self.id, what);
        let reason = self.failure.filter(|_| self.is_overdue).map(str::parse).transpose();
        let reason = reason.map_err(|_| wrong("failure"))?;
        let access_stops = self.grace_until.filter(|_| self.is_overdue).map(Instant::from_micros);
        let Some((status, period_end)) = self.plan else {
            let is_late = self.is_overdue && self.owed.is_some();
            return Ok(is_late.then_some(AlertKind::PartLate { reason, access_stops }));
        };
        Ok(match status.parse().map_err(|_| wrong("plan"))? {
            SubscriptionStatus::PastDue => Some(AlertKind::PastDue { reason, access_stops }),
            SubscriptionStatus::Ending => {
                let end = Instant::from_micros(period_end);
                (end.minus(END_IS_NEAR) <= now).then_some(AlertKind::AccessEnds(end))
            }
            _ => None,
        })
    }

    /// A boleto or Pix of the calendar that waits to be paid.
    fn slip(&self) -> Result<Option<AlertKind>, Error> {
        let (Some(_), Some(method)) = (self.owed, self.waits_for) else { return Ok(None) };
        let method: Method = method.parse().map_err(|_| Error::inconsistent("orders", self.id, "method"))?;
        Ok(matches!(method, Method::Boleto | Method::Pix).then_some(AlertKind::ToPay))
    }

    /// What is to be paid now: by the calendar, or of an order that was never paid.
    pub(super) fn due(&self) -> Result<Option<Due>, Error> {
        let wrong = |what: &'static str| Error::inconsistent("orders", self.id, what);
        let status: OrderStatus = self.status.parse().map_err(|_| wrong("status"))?;
        let is_pending = status == OrderStatus::Pending;
        let is_asked = self.is_overdue || self.waits_for.is_some();
        let Some(amount) = self.owed.filter(|_| is_asked).or_else(|| is_pending.then_some(self.total)) else {
            return Ok(None);
        };
        let currency = Currency::parse(self.currency).map_err(|_| wrong("currency"))?;
        Ok(Some(Due {
            amount: Money::new(amount, currency),
            method: self.waits_for.unwrap_or(self.method).parse().map_err(|_| wrong("method"))?,
            due_on: self.open_until.map(str::to_owned),
            is_open: self.is_open,
        }))
    }
}
