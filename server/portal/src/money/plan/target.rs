//! The plans that an offer lists, and whether each can be chosen.

use super::store::TargetRow;
use super::subject::Subject;
use crate::Portal;
use crate::db::{Conn, Error};
use crate::policy::{self, Effect};
use crate::ports::NextPlans;
use types::plan::{PlanChoice, PlanPrice, PlanTarget};
use types::{Code, Currency, IntervalUnit, Money, OfferId, SubscriptionStatus};

/// A plan that can be chosen.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) code: Code,
    pub(super) offer: OfferId,
    pub(super) name: String,
    pub(super) amount: i64,
    pub(super) interval: (IntervalUnit, i64),
    pub(super) installments_max: i64,
    pub(super) is_now: bool,
}

/// A line of the list, and what can be done with it.
pub(super) struct Target {
    pub(super) view: PlanTarget,
    pub(super) candidate: Option<Candidate>,
}

/// Everything that the subscription's offer lists, but the offer itself.
pub(super) async fn list(portal: &Portal, mut conn: Conn<'_>, subject: &Subject) -> Result<Vec<Target>, Error> {
    let mut targets = Vec::new();
    for row in others(subject) {
        targets.push(read(portal, conn.again(), subject, row).await?);
    }
    Ok(targets)
}

/// The plan with this code, if it can be chosen.
pub(super) async fn find(
    portal: &Portal,
    conn: Conn<'_>,
    subject: &Subject,
    code: &str,
) -> Result<Option<Candidate>, Error> {
    let Some(row) = others(subject).find(|row| row.code == code) else { return Ok(None) };
    Ok(read(portal, conn, subject, row).await?.candidate)
}

fn others(subject: &Subject) -> impl Iterator<Item = &TargetRow> {
    subject.targets.iter().filter(|row| row.offer_id != subject.offer.map(|offer| offer.0))
}

async fn read(portal: &Portal, conn: Conn<'_>, subject: &Subject, row: &TargetRow) -> Result<Target, Error> {
    let wrong = |what: &'static str| Error::inconsistent("offer_targets", &row.code, what);
    let code = Code::parse(&row.code).map_err(|_| wrong("code"))?;
    let (Some(id), Some(name), Some(amount), Some(currency), Some(product), Some(product_name)) =
        (row.offer_id, &row.name, row.amount, &row.currency, &row.product_code, &row.product_name)
    else {
        let name = code.to_string();
        let view = PlanTarget { code, name, product: None, price: None, choice: PlanChoice::Unknown };
        return Ok(Target { view, candidate: None });
    };
    let currency = Currency::parse(currency).map_err(|_| wrong("currency"))?;
    let unit: Option<IntervalUnit> =
        row.interval_unit.as_deref().map(str::parse).transpose().map_err(|_| wrong("interval"))?;
    let interval = unit.zip(row.interval_count);
    let is_other_product = product != subject.product_code.as_str();
    let is_closed = is_other_product && !may_change_to(conn, subject, product).await?;
    let choice = match interval {
        None => PlanChoice::NotAPlan,
        Some(_) if is_closed => PlanChoice::Closed,
        Some(_) if currency != subject.record.currency => PlanChoice::OtherCurrency,
        Some(interval) => match begins(portal, subject, amount, interval) {
            None => PlanChoice::Gateway,
            Some(true) => PlanChoice::Now,
            Some(false) => PlanChoice::At(subject.period_end),
        },
    };
    let may_be = matches!(choice, PlanChoice::Now | PlanChoice::At(_));
    let candidate = interval.filter(|_| may_be).map(|interval| Candidate {
        code: code.clone(),
        offer: OfferId(id),
        name: name.clone(),
        amount,
        interval,
        installments_max: row.installments_max.unwrap_or(1),
        is_now: choice == PlanChoice::Now,
    });
    let price = interval.map(|interval| PlanPrice { amount: Money::new(amount, currency), interval });
    let product = is_other_product.then(|| product_name.clone());
    Ok(Target { view: PlanTarget { code, name: name.clone(), product, price, choice }, candidate })
}

/// The producer may close the plans of a product.
async fn may_change_to(conn: Conn<'_>, subject: &Subject, product: &str) -> Result<bool, Error> {
    let product = Code::parse(product).map_err(|error| Error::inconsistent("products", product, error))?;
    Ok(policy::of_product(conn, subject.record.producer_id, Some(&product)).await?.plan.change)
}

/// Whether it begins now; none if the gateway that charges the subscription cannot have it so. Such a gateway pays
/// nothing back for a cheaper plan: that one waits for the next period, whatever the producer has decided.
fn begins(portal: &Portal, subject: &Subject, amount: i64, interval: (IntervalUnit, i64)) -> Option<bool> {
    let is_now = begins_now(subject, amount);
    if !subject.record.is_theirs() {
        return Some(is_now);
    }
    let (_, can) = subject.record.there(portal)?;
    let costs_no_less = amount >= subject.amount || subject.status == SubscriptionStatus::Trialing;
    // Where it reckons nothing, what is due is a charge of its own, and its cycle goes on.
    let is_charged = portal.ports.gateways.abilities(&subject.record.gateway).charges;
    let can_begin = can.plans || (is_charged && interval == subject.interval);
    if is_now && can_begin && costs_no_less {
        return Some(true);
    }
    let can_wait = match can.next_plans {
        NextPlans::None => false,
        NextPlans::OfSameCycle => interval == subject.interval,
        NextPlans::All => true,
    };
    can_wait.then_some(false)
}

/// A plan is dearer when one of its cycles costs as much or more than one of the plan that runs; the producer decides
/// for each direction. In a trial nothing is paid, so nothing need wait. A plan that costs nothing waits: no credit
/// could be used up in it.
fn begins_now(subject: &Subject, amount: i64) -> bool {
    if subject.status == SubscriptionStatus::Trialing {
        return true;
    }
    let effect = if amount >= subject.amount { subject.policy.upgrade } else { subject.policy.downgrade };
    amount > 0 && effect == Effect::Now
}
