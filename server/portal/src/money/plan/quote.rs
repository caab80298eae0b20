//! A quote: the figures of one change of plan, fixed for fifteen minutes.

use super::proration::{self, Figures, Wanted, days_between};
use super::store::{self, QuoteRow};
use super::subject::Subject;
use super::target::{self, Candidate};
use super::{PlanError, there, view};
use crate::db::Error;
use crate::{Buyer, Portal};
use std::time::Duration;
use types::plan::QuoteView;
use types::{
    Code, Currency, Instant, IntervalUnit, Line, Method, OfferId, OrderId, PersonId, ProducerId, QuoteId,
    SubscriptionId, SubscriptionStatus,
};

/// How long the figures hold (rule 11).
pub const QUOTE_LIFETIME: Duration = Duration::from_secs(15 * 60);

/// Everything that a change would do, in figures.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Quote {
    pub(super) id: QuoteId,
    pub(super) producer: ProducerId,
    pub(super) order: OrderId,
    pub(super) subscription: SubscriptionId,
    pub(super) person: PersonId,
    pub(super) offer: OfferId,
    pub(super) target: Code,
    /// Fingerprint of everything that the figures were computed from ([`Subject::basis`]). Empty until the quote is
    /// fixed.
    pub(super) basis: String,
    pub(super) is_now: bool,
    pub(super) currency: Currency,
    pub(super) figures: Figures,
    pub(super) installments_max: i64,
    pub(super) from_plan: String,
    pub(super) from_amount: i64,
    pub(super) plan: Line,
    pub(super) amount: i64,
    pub(super) interval: (IntervalUnit, i64),
    /// The period that the new plan begins in, or with.
    pub(super) period_start: Instant,
    pub(super) period_end: Instant,
    pub(super) next_charge_at: Instant,
    pub(super) is_trial: bool,
    pub(super) expires_at: Instant,
    /// Whether it became a change.
    pub(super) is_confirmed: bool,
}

/// What a change to this plan would come to now. Writes nothing.
pub async fn preview(buyer: &Buyer, subscription: SubscriptionId, code: &str) -> Result<QuoteView, PlanError> {
    let (subject, quote) = reckoned(buyer, subscription, code).await?;
    Ok(QuoteView { id: None, ..view::quote_view(&subject, &quote, buyer.portal().now()) })
}

/// Fixes the figures of a change to this plan.
pub async fn quote(buyer: &Buyer, subscription: SubscriptionId, code: &str) -> Result<QuoteId, PlanError> {
    let portal = buyer.portal();
    let (subject, quote) = reckoned(buyer, subscription, code).await?;
    let quote = Quote { basis: subject.basis(), ..quote };
    let mut tx = portal.db.begin().await?;
    store::insert_quote(&mut tx, &quote, portal.now()).await?;
    portal.commit(tx).await?;
    Ok(quote.id)
}

/// The figures by our reckoning, or by that of the gateway that charges the subscription.
async fn reckoned(buyer: &Buyer, subscription: SubscriptionId, code: &str) -> Result<(Subject, Quote), PlanError> {
    let portal = buyer.portal();
    let mut reader = portal.db.read().await?;
    let subject = Subject::of_buyer(reader.conn(), subscription, buyer.person()).await?.ok_or(PlanError::NotFound)?;
    if let Some(refusal) = subject.refusal(portal) {
        return Err(PlanError::Refused(refusal));
    }
    let candidate = target::find(portal, reader.conn(), &subject, code).await?.ok_or(PlanError::NotATarget)?;
    drop(reader);
    let now = portal.now();
    let is_reckoned_there = candidate.is_now && subject.is_reckoned_there(portal);
    let outcome = match subject.record.is_theirs() {
        true if is_reckoned_there => there::reckon(portal, &subject, &candidate, now).await?,
        true if !there::knows(portal, &subject, &candidate).await? => return Err(PlanError::NotATarget),
        _ => count(&subject, &candidate, now),
    };
    // A gateway that charges by its own calendar knows no days that credit buys.
    if subject.record.is_theirs() && outcome.figures.extra_days > 0 {
        return Err(PlanError::NotATarget);
    }
    let quote = fix(portal, &subject, &candidate, &outcome, now)?;
    Ok((subject, quote))
}

/// The subscription afterwards, and what it costs to get there.
pub(super) struct Outcome {
    pub(super) figures: Figures,
    pub(super) period: (Instant, Instant),
    pub(super) next_charge_at: Instant,
}

fn count(subject: &Subject, candidate: &Candidate, now: Instant) -> Outcome {
    match candidate.is_now {
        true if subject.status == SubscriptionStatus::Trialing => in_trial(subject),
        true => at_once(subject, candidate, now),
        false => with_renewal(subject, candidate),
    }
}

fn fix(
    portal: &Portal,
    subject: &Subject,
    candidate: &Candidate,
    outcome: &Outcome,
    now: Instant,
) -> Result<Quote, Error> {
    let plan = Line::parse(&candidate.name);
    Ok(Quote {
        id: QuoteId(portal.new_id()),
        producer: subject.record.producer_id,
        order: subject.record.id,
        subscription: subject.id,
        person: subject.record.person,
        offer: candidate.offer,
        target: candidate.code.clone(),
        basis: String::new(),
        is_now: candidate.is_now,
        currency: subject.record.currency,
        figures: outcome.figures,
        installments_max: installments(portal, subject, candidate, outcome, now),
        from_plan: subject.plan.clone(),
        from_amount: subject.amount,
        plan: plan.map_err(|error| Error::inconsistent("offers", candidate.offer, error))?,
        amount: candidate.amount,
        interval: candidate.interval,
        period_start: outcome.period.0,
        period_end: outcome.period.1,
        next_charge_at: outcome.next_charge_at,
        is_trial: subject.status == SubscriptionStatus::Trialing,
        expires_at: now.plus(QUOTE_LIFETIME),
        is_confirmed: false,
    })
}

pub(super) const NOTHING: Figures = Figures { credit: 0, debit: 0, rest: 0, extra_days: 0, due: 0 };

/// Nothing was paid and nothing is: the trial ends when it would.
fn in_trial(subject: &Subject) -> Outcome {
    let period = (subject.period_start, subject.period_end);
    Outcome { figures: NOTHING, period, next_charge_at: subject.next_charge_at.unwrap_or(subject.period_end) }
}

/// The next period is the first of the new plan, at its price.
fn with_renewal(subject: &Subject, candidate: &Candidate) -> Outcome {
    let begins = subject.period_end;
    let period = (begins, subject.record.zone.intervals_after(begins, candidate.interval.0, candidate.interval.1));
    Outcome { figures: NOTHING, period, next_charge_at: subject.next_charge_at.unwrap_or(begins) }
}

/// A cycle of the same length goes on with the new plan; one of another length begins anew today, and so does one that
/// is over: of which only days are left that credit bought.
fn at_once(subject: &Subject, candidate: &Candidate, now: Instant) -> Outcome {
    let zone = &subject.record.zone;
    let (today, cycle_end) = (zone.day_of(now), subject.cycle_end());
    let goes_on = candidate.interval == subject.interval && now < cycle_end;
    let period = match goes_on {
        true => (subject.period_start, cycle_end),
        false => (now, zone.intervals_after(now, candidate.interval.0, candidate.interval.1)),
    };
    let end = zone.day_of(period.1);
    let wanted = Wanted {
        price: candidate.amount,
        days: days_between(zone.day_of(period.0), end).max(1),
        left: days_between(today, end),
    };
    let figures = proration::settle(subject.running(today), wanted);
    let is_as_it_was = goes_on && cycle_end == subject.period_end;
    let next = subject.next_charge_at.filter(|_| is_as_it_was).unwrap_or(period.1);
    let later = |at| zone.intervals_after(at, IntervalUnit::Day, figures.extra_days);
    Outcome { figures, period: (period.0, later(period.1)), next_charge_at: later(next) }
}

/// A card may bill it in instalments, none of which falls into the next cycle.
fn installments(portal: &Portal, subject: &Subject, candidate: &Candidate, outcome: &Outcome, now: Instant) -> i64 {
    if subject.record.payment.method != Method::Card || subject.is_reckoned_there(portal) {
        return 1;
    }
    let zone = &subject.record.zone;
    let (today, next_cycle) = (zone.day_of(now), zone.day_of(outcome.next_charge_at));
    proration::installments_for(outcome.figures.due, today, next_cycle, candidate.installments_max)
}

impl Quote {
    /// From which instant days are counted.
    pub(super) fn counted_at(&self) -> Instant {
        self.expires_at.minus(QUOTE_LIFETIME)
    }
}

impl TryFrom<QuoteRow> for Quote {
    type Error = Error;

    fn try_from(row: QuoteRow) -> Result<Self, Error> {
        let wrong = |what: &'static str| Error::inconsistent("plan_quotes", row.quote_id, what);
        let QuoteRow { credit, debit, rest, extra_days, due, .. } = row;
        Ok(Self {
            id: QuoteId(row.quote_id),
            producer: ProducerId(row.quote_producer),
            order: OrderId(row.quote_order),
            subscription: SubscriptionId(row.quote_subscription),
            person: PersonId(row.quote_person),
            offer: OfferId(row.quote_offer),
            target: Code::parse(&row.quote_code).map_err(|_| wrong("offer"))?,
            is_now: row.effect == "now",
            currency: Currency::parse(&row.quote_currency).map_err(|_| wrong("currency"))?,
            figures: Figures { credit, debit, rest, extra_days, due },
            installments_max: row.installments_max,
            from_amount: row.from_amount,
            plan: Line::parse(&row.quote_plan).map_err(|_| wrong("plan"))?,
            amount: row.quote_amount,
            interval: (row.quote_unit.parse().map_err(|_| wrong("interval"))?, row.quote_count),
            period_start: Instant::from_micros(row.quote_start),
            period_end: Instant::from_micros(row.quote_end),
            next_charge_at: Instant::from_micros(row.quote_next),
            is_trial: row.is_trial,
            expires_at: Instant::from_micros(row.expires_at),
            is_confirmed: row.is_confirmed,
            basis: row.basis,
            from_plan: row.from_plan,
        })
    }
}
