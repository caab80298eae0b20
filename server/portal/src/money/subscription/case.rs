//! A subscription with what decides what may be done with it: its order, its policy, and what the buyer decided so far.

use super::end::end;
use super::state::State;
use super::store::{self, CancellationRow, FoundRow, RetentionRow};
use super::telling::{Telling, course};
use crate::db::{Conn, Error};
use crate::order::{Found, OrderRecord};
use crate::policy::{Effect, Policy, RetentionOffer as Offered};
use crate::ports::SubscriptionAbilities;
use crate::{Portal, plan};
use types::view::{ActionRefusal, CancellationView, EndsNow, SubscriptionAction, SubscriptionView};
use types::{
    Code, Instant, OrderId, OrderKind, PersonId, ProducerId, Protocol, SubscriptionCourse, SubscriptionId,
    SubscriptionStatus,
};

/// A subscription with everything that decides what may be done with it.
pub(super) struct SubscriptionCase {
    pub(super) order: OrderRecord,
    pub(super) plan: SubscriptionView,
    pub(super) policy: Policy,
    /// Whether the gateway leaves the calendar to us.
    pub(super) is_billed: bool,
    /// Whether another card can be entered for it.
    takes_cards: bool,
    /// Whether its plan can be changed from here.
    changes_plans: bool,
    /// The gateway's name of it, where the gateway charges it by its own calendar and is told of what is decided.
    pub(super) there: Option<There>,
    /// What the source says, whatever we decided.
    pub(super) reported: SubscriptionStatus,
    /// The latest cancellation.
    pub(super) cancellation: Option<(CancellationRow, State)>,
    pub(super) retention: Option<RetentionRow>,
    /// Whether an offer to stay was made before and not taken.
    pub(super) was_offered: bool,
    /// The plans to change to that cost less.
    pub(super) cheaper: Vec<Code>,
}

/// A subscription at the gateway that charges it by its own calendar.
pub(super) struct There {
    /// What it is called there.
    pub(super) reference: String,
    pub(super) can: SubscriptionAbilities,
    telling: Telling,
    /// The number of what it was told last; none before it was told anything.
    number: Option<i64>,
}

impl There {
    /// Whether what it was told stands since this was read, and is without doubt: what the gateway says of it is of
    /// today then.
    pub(super) async fn is_settled(&self, conn: Conn<'_>, id: SubscriptionId) -> Result<bool, Error> {
        let now = store::telling(conn, id).await?;
        Ok(self.telling.asked.is_none() && now == self.number.map(|number| (self.telling, number)))
    }
}

impl SubscriptionCase {
    /// The buyer's own subscription; none when it is absent or somebody else's.
    pub(super) async fn of_buyer(
        portal: &Portal,
        mut conn: Conn<'_>,
        person: PersonId,
        id: SubscriptionId,
    ) -> Result<Option<Self>, Error> {
        match store::of_buyer(conn.again(), person, id).await? {
            Some(found) => Self::load(portal, conn, found).await.map(Some),
            None => Ok(None),
        }
    }

    /// A subscription that a job is about.
    pub(super) async fn by_order(portal: &Portal, mut conn: Conn<'_>, order: OrderId) -> Result<Option<Self>, Error> {
        match store::of_order(conn.again(), order).await? {
            Some(found) => Self::load(portal, conn, found).await.map(Some),
            None => Ok(None),
        }
    }

    /// The newest subscription that a producer sold, as if this policy counted for it.
    pub(super) async fn under(
        portal: &Portal,
        mut conn: Conn<'_>,
        producer: ProducerId,
        policy: Policy,
    ) -> Result<Option<Self>, Error> {
        let Some(found) = store::newest(conn.again(), producer).await? else { return Ok(None) };
        let case = Self::load(portal, conn.again(), found).await?;
        let cheaper = cheaper(portal, conn, &policy, case.order.id).await?;
        Ok(Some(Self { cheaper, policy, ..case }))
    }

    async fn load(portal: &Portal, mut conn: Conn<'_>, found: Found<FoundRow>) -> Result<Self, Error> {
        let Found { order, more: found, .. } = found;
        let wrong = |what: &str| Error::inconsistent("subscriptions of orders", order.id, what);
        let view = order.subscription.clone().ok_or_else(|| wrong("no such plan"))?;
        let policy = order.policy()?;
        // Most subscriptions have no history: then it is not asked for.
        let cancellation = match found.has_cancellation {
            true => store::latest(conn.again(), view.id).await?,
            false => None,
        };
        let retention = if found.has_retention { store::retention(conn.again(), view.id).await? } else { None };
        let cancellation = cancellation.map(|row| State::try_from(&row).map(|state| (row, state))).transpose()?;
        let is_billed = order.is_billed_here(portal);
        let there = match order.there(portal) {
            Some((reference, can)) => {
                let told = store::telling(conn.again(), view.id).await?;
                let reference = reference.to_owned();
                let (telling, number) =
                    told.map_or((Telling::NOTHING, None), |(telling, number)| (telling, Some(number)));
                Some(There { reference, can, telling, number })
            }
            None => None,
        };
        Ok(Self {
            cheaper: cheaper(portal, conn, &policy, order.id).await?,
            retention,
            was_offered: found.was_offered,
            takes_cards: order.takes_cards(portal),
            changes_plans: order.changes_plans(portal),
            is_billed,
            there,
            reported: found.reported_status.parse().map_err(|_| wrong("status"))?,
            order,
            plan: view,
            policy,
            cancellation,
        })
    }

    /// The cancellation that counts.
    pub(super) fn live(&self) -> Option<&(CancellationRow, State)> {
        self.cancellation.as_ref().filter(|(_, state)| !matches!(state, State::Undone { .. }))
    }

    /// When a cancellation of now takes effect, and why at once if it does.
    pub(super) fn end(&self, now: Instant) -> (Instant, Option<EndsNow>) {
        end(&self.plan, self.order.paid_at.is_some(), self.policy.cancel.effect, now)
    }

    /// When it ends with its paid period, and why at once if it does, whatever the policy says.
    pub(super) fn end_of_period(&self, now: Instant) -> (Instant, Option<EndsNow>) {
        end(&self.plan, self.order.paid_at.is_some(), Effect::PeriodEnd, now)
    }

    /// The latest cancellation, for those who look.
    pub(super) fn cancellation_view(&self, now: Instant) -> Option<CancellationView> {
        self.cancellation.as_ref().map(|(row, state)| CancellationView {
            protocol: Protocol::on_file(row.protocol.clone()),
            state: state.name(),
            asked_at: Instant::from_micros(row.asked_at),
            effective_at: Instant::from_micros(row.effective_at),
            can_undo: self.can_undo(now),
            is_by_producer: self.is_by_producer(),
            is_being_told: self.to_tell().is_some(),
        })
    }

    /// Whether the cancellation can be taken back: before its day, and as long as the source goes on.
    pub(super) fn can_undo(&self, now: Instant) -> bool {
        let may = self.there.as_ref().is_none_or(|there| there.can.undo);
        self.live().is_some_and(|(_, state)| state.undo(now).is_ok()) && may && !self.is_over_there()
    }

    /// Whether its source says that it is over, or will be, without having been told so by us.
    fn is_over_there(&self) -> bool {
        let ends_by_us = self.there.as_ref().is_some_and(|there| there.telling.ends_by_us());
        match self.reported {
            SubscriptionStatus::Ended => true,
            SubscriptionStatus::Ending => !ends_by_us,
            _ => false,
        }
    }

    /// How it is to go on by what was decided here.
    fn course(&self) -> SubscriptionCourse {
        course(self.plan.status, self.live())
    }

    /// What the gateway that charges it is still to be told, and its name there. What it reported as ended is over.
    pub(super) fn to_tell(&self) -> Option<(&str, SubscriptionCourse)> {
        let there = self.there.as_ref().filter(|_| self.reported != SubscriptionStatus::Ended)?;
        let next = there.telling.next(self.course())?;
        Some((&there.reference, next))
    }

    /// Whether the gateway is told by us how it is to go on, and did not refuse.
    fn is_told(&self) -> bool {
        self.there.as_ref().is_some_and(|there| !there.telling.is_refused(self.course()))
    }

    /// Whether what is decided here is done by the producer, at a gateway that is neither ours to bill nor told.
    pub(super) fn is_by_hand(&self) -> bool {
        !self.is_billed && !self.is_told()
    }

    /// Whether the producer ends the charges, at a gateway that nobody here tells. What the source has reported as
    /// ended is over.
    pub(super) fn is_by_producer(&self) -> bool {
        self.is_by_hand() && !matches!(self.reported, SubscriptionStatus::Ending | SubscriptionStatus::Ended)
    }

    /// Why the buyer cannot do this. None when the buyer can. `docs/RULES.md` has the table of what a buyer may do with
    /// each kind of order.
    pub(super) fn refusal(&self, action: SubscriptionAction) -> Option<ActionRefusal> {
        let is_card = action == SubscriptionAction::Card;
        match self.order.kind {
            OrderKind::Subscription => {}
            OrderKind::SmartInstallments if is_card => {}
            _ => return Some(ActionRefusal::Installments),
        }
        match self.plan.status {
            SubscriptionStatus::Ended => return Some(ActionRefusal::Ended),
            SubscriptionStatus::Ending if !is_card => {
                return Some(ActionRefusal::Ending { until: self.ends_at() });
            }
            SubscriptionStatus::PastDue if action == SubscriptionAction::Plan => return Some(ActionRefusal::PastDue),
            _ => {}
        }
        match action {
            SubscriptionAction::Cancel => None,
            SubscriptionAction::Card if !self.policy.payment.card_swap => Some(ActionRefusal::Producer),
            SubscriptionAction::Plan if !self.policy.plan.change => Some(ActionRefusal::Producer),
            SubscriptionAction::Card => (!self.takes_cards).then_some(ActionRefusal::Gateway),
            SubscriptionAction::Plan => (!self.changes_plans).then_some(ActionRefusal::Gateway),
        }
    }

    /// When access ends by a cancellation, ours or the source's.
    fn ends_at(&self) -> Instant {
        self.live().map_or(self.plan.period_end, |(row, _)| Instant::from_micros(row.effective_at))
    }
}

/// Cheaper plans are read only where the policy may offer one: it takes everything that a change of plan is computed
/// from.
async fn cheaper(portal: &Portal, conn: Conn<'_>, policy: &Policy, order: OrderId) -> Result<Vec<Code>, Error> {
    let offers_plan = policy.cancel.retention.iter().any(|retention| matches!(retention.offer, Offered::Plan { .. }));
    if offers_plan { Box::pin(plan::cheaper(portal, conn, order)).await } else { Ok(Vec::new()) }
}
