//! The one offer to stay, matched to the reason of the buyer, once for each subscription (rule 6).
//!
//! An offer counts as made when it was taken, or when somebody cancelled in its sight. A cheaper plan counts as looked
//! at until the plan has changed; a discount or a pause is offered only while nothing is owed yet.

use super::cancel::{follow, plain};
use super::case::SubscriptionCase;
use super::job::Job;
use super::mail::Mail;
use super::store::{self, NewRetention, RetentionRow};
use crate::billing;
use crate::db::{Error, Tx};
use crate::event::{self, Record};
use crate::order;
use crate::outbox::{self, Outcome};
use crate::policy::{BUILT_IN_REASONS, Retention, RetentionOffer as Offered};
use crate::{Actor, Buyer, Portal};
use serde_json::json;
use types::view::{CancelReason, RetentionOffer, RetentionView, SubscriptionAction, SubscriptionView, discounted};
use types::{Code, Instant, Money, RetentionId, RetentionKind, SubscriptionId, SubscriptionStatus};

/// Why an offer is not taken.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// No such subscription of this buyer.
    #[error("no such subscription")]
    NotFound,
    /// Nothing is offered, or not any more.
    #[error("nothing is offered")]
    NothingOffered,
    /// A message without words.
    #[error("the message is empty")]
    NoMessage,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] Error),
}

impl SubscriptionCase {
    /// The reason with this code; none for any other text: a reason is never demanded.
    pub(super) fn known_reason(&self, text: &str) -> Option<Code> {
        let code = Code::parse(text).ok()?;
        let reasons = &self.policy.cancel.reasons;
        let is_known = match reasons.as_slice() {
            [] => BUILT_IN_REASONS.contains(&code.as_str()),
            reasons => reasons.iter().any(|reason| reason.code == code),
        };
        is_known.then_some(code)
    }

    /// The offer for a reason, or for none: the first of the producer's that fits it and the subscription.
    fn offer(&self, reason: Option<&str>, now: Instant) -> Option<&Offered> {
        if self.retention.is_some() || self.was_offered || self.refusal(SubscriptionAction::Cancel).is_some() {
            return None;
        }
        let fits = |offer: &&Retention| {
            offer.reason.as_ref().is_none_or(|code| reason == Some(code.as_str())) && self.can_have(&offer.offer, now)
        };
        self.policy.cancel.retention.iter().find(fits).map(|offer| &offer.offer)
    }

    /// Charges and pauses are ours to change only where the calendar is; and what is owed already, by an invoice whose
    /// boleto or Pix may be paid, is paid first, as it was asked for. A plan is offered when the buyer can really
    /// change to it, and it costs less.
    fn can_have(&self, offer: &Offered, now: Instant) -> bool {
        let is_well = matches!(self.plan.status, SubscriptionStatus::Active | SubscriptionStatus::Trialing);
        match offer {
            Offered::Message => true,
            Offered::Plan { offer } => is_well && self.cheaper.contains(offer),
            Offered::Discount { .. } => self.is_billed && is_well && !self.order.has_owed,
            Offered::Pause { cycles } => {
                self.is_billed
                    && is_well
                    && !self.order.has_owed
                    && self.plan.period_end > now
                    && self.pause(*cycles).is_some()
            }
        }
    }

    /// What was offered when the attempt ends: what was looked at, or what there was to take.
    pub(super) fn offer_kind(&self, reason: Option<&str>, now: Instant) -> Option<RetentionKind> {
        let seen = self.retention.as_ref().filter(|row| row.kind == RetentionKind::Plan.as_str());
        seen.map(|_| RetentionKind::Plan).or_else(|| self.offer(reason, now).map(kind))
    }

    /// A pause begins when what is paid ends.
    fn pause(&self, cycles: i64) -> Option<(Instant, Instant)> {
        let (unit, count) = self.plan.interval;
        let from = self.plan.period_end;
        let until = self.order.zone.intervals_after(from, unit, count.checked_mul(cycles)?);
        // What lies beyond the calendar never comes.
        (until.micros() < i64::MAX).then_some((from, until))
    }

    /// Every reason with what is offered after it alone, and what is offered in any case.
    pub(super) async fn reasons(&self, portal: &Portal) -> Result<(Vec<CancelReason>, Option<RetentionOffer>), Error> {
        let now = portal.now();
        let general = self.offer(None, now);
        let mut reasons = Vec::new();
        for (code, texts) in self.reason_list() {
            let own = self.offer(Some(code.as_str()), now).filter(|own| Some(*own) != general);
            reasons.push(CancelReason { offer: self.view_of_offer(portal, own).await?, code, texts });
        }
        Ok((reasons, self.view_of_offer(portal, general).await?))
    }

    fn reason_list(&self) -> Vec<(Code, crate::policy::Texts)> {
        match self.policy.cancel.reasons.as_slice() {
            [] => {
                BUILT_IN_REASONS.iter().filter_map(|code| Some((Code::parse(code).ok()?, Default::default()))).collect()
            }
            reasons => reasons.iter().map(|reason| (reason.code.clone(), reason.text.clone())).collect(),
        }
    }

    async fn view_of_offer(&self, portal: &Portal, offer: Option<&Offered>) -> Result<Option<RetentionOffer>, Error> {
        Ok(match offer {
            None => None,
            Some(Offered::Discount { percent, cycles }) => Some(RetentionOffer::Discount {
                percent: *percent,
                cycles: *cycles,
                price: discounted(self.plan.price, *percent),
            }),
            Some(Offered::Pause { cycles }) => {
                self.pause(*cycles).map(|(from, until)| RetentionOffer::Pause { from, until })
            }
            Some(Offered::Plan { offer }) => {
                let row = store::offer(portal.db.read().await?.conn(), &self.order, offer.as_str()).await?;
                row.map(|row| RetentionOffer::Plan {
                    name: row.name,
                    price: Money::new(row.amount, self.order.currency),
                })
            }
            Some(Offered::Message) => Some(RetentionOffer::Message),
        })
    }
}

/// The plan has changed. Whoever had begun to cancel, and looked at the plan that was offered instead, has stayed.
pub(super) async fn stay_with_plan(portal: &Portal, plan: SubscriptionId) -> Result<Outcome, Error> {
    let mut tx = portal.db.begin().await?;
    store::stay_with_plan(&mut tx, plan, portal.now()).await?;
    portal.commit(tx).await?;
    Ok(Outcome::Done)
}

/// The buyer takes what is offered for this reason. Pressed again it is taken already.
pub async fn accept(
    buyer: &Buyer,
    id: SubscriptionId,
    reason: &str,
    message: &str,
) -> Result<RetentionKind, AcceptError> {
    let portal = buyer.portal();
    let mut tx = portal.db.begin().await?;
    let order = store::order_of(tx.conn(), buyer.person(), id).await?.ok_or(AcceptError::NotFound)?;
    order::lock(&mut tx, order).await?;
    let case = SubscriptionCase::of_buyer(portal, tx.conn(), buyer.person(), id).await?.ok_or(AcceptError::NotFound)?;
    if let Some(taken) = &case.retention {
        let kind = taken.kind.parse();
        return Ok(kind.map_err(|error| Error::inconsistent("retention_offers", taken.id, error))?);
    }
    let reason = case.known_reason(reason);
    let reason = reason.as_ref().map(Code::as_str);
    let offer = case.offer(reason, portal.now()).ok_or(AcceptError::NothingOffered)?;
    let message = plain(message).filter(|_| *offer == Offered::Message);
    if *offer == Offered::Message && message.is_none() {
        return Err(AcceptError::NoMessage);
    }
    let new = new_retention(portal, &case, offer, message.as_deref());
    store::insert_retention(&mut tx, &new).await?;
    write_along(buyer, &mut tx, &case, &new, reason).await?;
    portal.commit(tx).await?;
    Ok(new.kind)
}

fn new_retention<'a>(
    portal: &Portal,
    case: &'a SubscriptionCase,
    offer: &Offered,
    message: Option<&'a str>,
) -> NewRetention<'a> {
    let (percent, cycles) = match offer {
        Offered::Discount { percent, cycles } => (Some(*percent), Some(*cycles)),
        Offered::Pause { cycles } => (None, Some(*cycles)),
        Offered::Plan { .. } | Offered::Message => (None, None),
    };
    let pause = if let Offered::Pause { cycles } = offer { case.pause(*cycles) } else { None };
    NewRetention {
        id: RetentionId(portal.new_id()),
        order: &case.order,
        plan: &case.plan,
        kind: kind(offer),
        percent,
        cycles,
        pause,
        message,
        now: portal.now(),
    }
}

async fn write_along(
    buyer: &Buyer,
    tx: &mut Tx,
    case: &SubscriptionCase,
    new: &NewRetention<'_>,
    reason: Option<&str>,
) -> Result<(), Error> {
    let portal = buyer.portal();
    if new.kind == RetentionKind::Plan {
        // Looking at a plan changes nothing: who stays is known when the plan has changed.
        store::note_offer(tx, case.plan.id, reason, new.kind).await?;
    } else {
        store::end_attempt(tx, case.plan.id, "saved", reason, Some(new.kind), new.now).await?;
    }
    follow(portal, tx, case).await?;
    if let Some((from, _)) = new.pause {
        outbox::put_at(portal, tx, Job::CarryPause { retention: new.id }, from).await?;
    }
    if let (RetentionKind::Discount, Some(percent), Some(cycles)) = (new.kind, new.percent, new.cycles) {
        billing::set_discount(tx, case.order.id, percent, cycles).await?;
    }
    if new.message.is_some() {
        outbox::put(portal, tx, Mail::ProducerMessage { retention: new.id }).await?;
    }
    let event = event::Subscription::Stayed { retention: new.id, order: case.order.id };
    let after = json!({ "kind": new.kind, "percent": new.percent, "cycles": new.cycles, "pause": new.pause });
    let entry = Record {
        origin: &buyer.origin().address,
        producer: Some(case.order.producer_id),
        person: Some(case.order.person),
        order: Some(case.order.id),
        after: Some(after),
        reason,
        ..Record::new(Actor::Buyer(buyer.person()), event)
    };
    event::record(portal, tx, entry).await
}

fn kind(offer: &Offered) -> RetentionKind {
    match offer {
        Offered::Discount { .. } => RetentionKind::Discount,
        Offered::Pause { .. } => RetentionKind::Pause,
        Offered::Plan { .. } => RetentionKind::Plan,
        Offered::Message => RetentionKind::Message,
    }
}

/// What was taken, as the subscription's page shows it.
pub(super) fn view_of_taken(row: &RetentionRow, plan: &SubscriptionView) -> Result<RetentionView, Error> {
    let wrong = |what: &str| Error::inconsistent("retention_offers", row.id, what);
    let offer = match (row.kind.parse().map_err(|_| wrong("kind"))?, row.percent, row.cycles) {
        (RetentionKind::Discount, Some(percent), Some(cycles)) => {
            Some(RetentionOffer::Discount { percent, cycles, price: discounted(plan.price, percent) })
        }
        (RetentionKind::Pause, ..) => {
            let (from, until) = row.starts_at.zip(row.ends_at).ok_or_else(|| wrong("from when until when?"))?;
            Some(RetentionOffer::Pause { from: Instant::from_micros(from), until: Instant::from_micros(until) })
        }
        (RetentionKind::Message, ..) => Some(RetentionOffer::Message),
        (RetentionKind::Plan, ..) => None,
        (RetentionKind::Discount, ..) => return Err(wrong("how much?")),
    };
    Ok(RetentionView { accepted_at: Instant::from_micros(row.accepted_at), offer })
}

#[cfg(test)]
mod tests {
    use types::view::discounted;
    use types::{Currency, Money};

    #[test]
    fn a_discount_is_rounded_half_up() {
        for (price, percent, left) in [(4990, 30, 3493), (5, 50, 2), (999, 33, 669), (4990, 100, 0)] {
            assert_eq!(discounted(Money::new(price, Currency::BRL), percent).amount, left);
        }
    }
}
