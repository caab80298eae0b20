//! The plan of a subscription that its gateway charges by its own calendar: reckoned there, and changed there as it was
//! reckoned. What is due is paid there with the change, or nothing changes; the charge is read afterwards.

use super::proration::Figures;
use super::quote::{NOTHING, Outcome as Reckoned, Quote};
use super::state::State;
use super::store::{self, ChangeRow};
use super::subject::Subject;
use super::target::Candidate;
use super::{PlanError, apply};
use crate::db::Error;
use crate::outbox::{Outcome, Run};
use crate::ports::{Gateway, GatewayError, NextPlan, PlanChange, PlanPreview, SubscriptionInstruction};
use crate::{Portal, connection};
use ground::inquiry::{self, Doubt};
use std::sync::Arc;
use types::plan::PlanRefusal;
use types::{DeclineReason, Instant, SubscriptionStatus};

/// What the change would come to, by the gateway's own reckoning.
pub(super) async fn reckon(
    portal: &Portal,
    subject: &Subject,
    candidate: &Candidate,
    now: Instant,
) -> Result<Reckoned, PlanError> {
    let gateway = gateway(portal, subject).await?;
    let subscriptions = gateway.as_deref().and_then(Gateway::subscriptions);
    let subscriptions = subscriptions.ok_or(PlanError::Refused(PlanRefusal::ProducerOnly))?;
    let key = format!("{}:{}", subject.id, now.micros());
    let instruction = instruction(portal, subject, key).await?;
    let change = PlanChange { offer: candidate.code.to_string(), counted_at: now };
    match subscriptions.preview(&instruction, &change).await {
        Ok(Some(preview)) => read(subject, candidate, &preview, now).ok_or(PlanError::NotATarget),
        Ok(None) => Err(PlanError::NotATarget),
        Err(GatewayError::Refused(refusal)) => {
            tracing::warn!(order = %subject.record.id, %refusal, "the gateway does not reckon this plan");
            Err(PlanError::NotATarget)
        }
        Err(error) => Err(PlanError::Unavailable(error.to_string())),
    }
}

/// Whether the gateway's next period can begin with this plan, for just the price that is shown.
pub(super) async fn knows(portal: &Portal, subject: &Subject, candidate: &Candidate) -> Result<bool, PlanError> {
    let gateway = gateway(portal, subject).await?;
    let Some(subscriptions) = gateway.as_deref().and_then(Gateway::subscriptions) else { return Ok(false) };
    let (price, interval) = (subject.money(candidate.amount), candidate.interval);
    let plan = NextPlan { offer: candidate.code.to_string(), price, interval };
    match subscriptions.knows_plan(&reference(portal, subject), &plan).await {
        Ok(is_known) => Ok(is_known),
        Err(GatewayError::Refused(_)) => Ok(false),
        Err(error) => Err(PlanError::Unavailable(error.to_string())),
    }
}

/// None where nothing is due for what costs something: the gateway would keep the rest, and no page says how.
fn read(subject: &Subject, candidate: &Candidate, preview: &PlanPreview, now: Instant) -> Option<Reckoned> {
    let next_charge_at = preview.next_charge_at;
    if subject.status == SubscriptionStatus::Trialing {
        let period = (subject.period_start, subject.period_end);
        return Some(Reckoned { figures: NOTHING, period, next_charge_at });
    }
    let (due, credit) = (preview.due.amount, preview.credit.amount);
    let is_ours = preview.due.currency == subject.record.currency;
    let goes_on = candidate.interval == subject.interval;
    (is_ours && due > 0).then(|| Reckoned {
        figures: Figures { credit, debit: due + credit, rest: 0, extra_days: 0, due },
        period: (if goes_on { subject.period_start } else { now }, next_charge_at),
        next_charge_at,
    })
}

pub(super) async fn gateway(portal: &Portal, subject: &Subject) -> Result<Option<Arc<dyn Gateway>>, Error> {
    connection::gateway(portal, subject.record.producer_id, &subject.record.gateway).await
}

pub(super) async fn instruction(
    portal: &Portal,
    subject: &Subject,
    key: String,
) -> Result<SubscriptionInstruction, Error> {
    let (producer, gateway) = (subject.record.producer_id, subject.record.gateway.as_str());
    let account = connection::account_of(portal.db.read().await?.conn(), producer, gateway).await?;
    Ok(SubscriptionInstruction { key, account, reference: reference(portal, subject) })
}

/// What the gateway calls the subscription.
fn reference(portal: &Portal, subject: &Subject) -> String {
    subject.record.there(portal).map(|(reference, _)| reference.to_owned()).unwrap_or_default()
}

/// A change that was confirmed.
pub(super) struct ChangeThere<'a> {
    pub(super) portal: &'a Portal,
    pub(super) row: ChangeRow,
    pub(super) quote: Quote,
    pub(super) run: Run<'a>,
}

impl ChangeThere<'_> {
    /// Has the gateway change the plan. The key is the change's own: however often it is told, it is one change.
    pub(super) async fn advance(&self, subject: &Subject) -> Result<Outcome, Error> {
        if !matches!(State::try_from(&self.row)?, State::Asked | State::Reconciling { .. }) {
            return Ok(Outcome::Done);
        }
        let gateway = gateway(self.portal, subject).await?;
        let Some(subscriptions) = gateway.as_deref().and_then(Gateway::subscriptions) else {
            return Ok(Outcome::At(inquiry::seldom(self.portal.now())));
        };
        if !self.begin().await? {
            return self.give_up().await;
        }
        let instruction = instruction(self.portal, subject, self.quote.id.to_string()).await?;
        let change = PlanChange { offer: self.quote.target.to_string(), counted_at: self.quote.counted_at() };
        match subscriptions.change_plan(&instruction, &change).await {
            Ok(()) => self.applied().await,
            Err(GatewayError::Refused(refusal)) if self.believes_no() => {
                tracing::info!(change = %self.quote.id, %refusal, "the gateway did not change the plan");
                self.declined().await
            }
            Err(error) => Ok(inquiry::again(self.portal.now(), self.run, &error)),
        }
    }

    /// Written down before the gateway is called; false for a subscription that is over by now.
    async fn begin(&self) -> Result<bool, Error> {
        let mut tx = self.portal.db.begin().await?;
        let Some((row, state)) = apply::lock(&mut tx, &self.quote).await? else { return Ok(false) };
        let subject = Subject::of_order(tx.conn(), self.quote.order).await?;
        if subject.is_none_or(|subject| subject.is_over()) {
            return Ok(false);
        }
        let Ok(next) = state.begin_charging(self.portal.now()) else { return Ok(false) };
        store::write(&mut tx, &row, &next).await?;
        self.portal.commit(tx).await?;
        Ok(true)
    }

    /// Nothing is changed any more: at once where nothing was asked for, else when what was asked for is certain not to
    /// come about.
    async fn give_up(&self) -> Result<Outcome, Error> {
        if self.believes_no() {
            return self.declined().await;
        }
        let doubt = GatewayError::OutcomeUnknown("what was asked for may still come about".to_owned());
        Ok(inquiry::again(self.portal.now(), self.run, &doubt))
    }

    /// After a call whose outcome is not known, "no" may mean "done already".
    fn believes_no(&self) -> bool {
        Doubt::EFFECT.is_over(self.portal.now(), self.row.first_sent_at.map(Instant::from_micros))
    }

    async fn applied(&self) -> Result<Outcome, Error> {
        let mut tx = self.portal.db.begin().await?;
        if let Some((row, state)) = apply::lock(&mut tx, &self.quote).await?
            && let Ok(applied) = state.apply(None, self.portal.now())
        {
            store::write(&mut tx, &row, &applied).await?;
            apply::put_in_place(self.portal, &mut tx, &self.quote, None).await?;
            apply::record(self.portal, &mut tx, &self.quote, &applied).await?;
        }
        self.portal.commit(tx).await?;
        Ok(Outcome::Done)
    }

    async fn declined(&self) -> Result<Outcome, Error> {
        apply::decline(self.portal, &self.quote, DeclineReason::Generic).await?;
        Ok(Outcome::Done)
    }
}
