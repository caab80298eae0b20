//! One step told to a member area: written down as a delivery, called, and its outcome written down. A crash at any
//! line leaves a delivery that the next run tells again.

use super::Entitlement;
use super::difference::Step;
use super::job::Job;
use super::mail::Mail;
use super::store::{self, AreaMember, NewDelivery, OpenDelivery};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{self, Run};
use crate::ports::{AccessTarget, AreaAddress, DeliveryAttempt, MemberArea, Telling, TellingPerson, Verdict};
use crate::time::Zone;
use std::sync::Arc;
use types::{DeliveryId, DeliveryState, Email, Instant};

/// Tells one member area about one person.
pub(super) struct Teller<'a> {
    pub(super) portal: &'a Portal,
    pub(super) member: AreaMember,
    pub(super) run: Run<'a>,
    /// The member area's kind.
    pub(super) kind: String,
    /// None when this installation does not know the kind.
    pub(super) connector: Option<Arc<dyn MemberArea>>,
    pub(super) address: AreaAddress,
    pub(super) person: TellingPerson,
    /// The producer's zone: the last day of access is a day there.
    pub(super) zone: Zone,
    /// What the person's orders give in this area.
    pub(super) lines: Vec<Entitlement>,
}

impl Teller<'_> {
    /// Tells the area a step, once, and writes down how that went. None when another runner has taken the job over:
    /// then the answer does not count.
    pub(super) async fn deliver(&self, step: &Step) -> Result<Option<DeliveryAttempt>, Error> {
        let Some(delivery) = self.open(step).await? else { return Ok(None) };
        let attempt = self.call(&delivery, step).await;
        if self.conclude(&delivery, step, &attempt).await? {
            return Ok(Some(attempt));
        }
        self.doubt(&delivery, &attempt).await?;
        Ok(None)
    }

    async fn call(&self, delivery: &OpenDelivery, step: &Step) -> DeliveryAttempt {
        match &self.connector {
            _ if self.has_no_address() => {
                DeliveryAttempt::not_made("the e-mail address that came with the order could not be read")
            }
            Some(connector) => connector.tell(&self.address, &self.telling(delivery, step)).await,
            None => DeliveryAttempt::not_made(format_args!(
                "this installation knows no member areas of the kind {:?}",
                self.kind
            )),
        }
    }

    /// Whether nobody is there to be told about until the address of the order is put right.
    fn has_no_address(&self) -> bool {
        Email::parse(&self.person.email).is_ok_and(|email| email.is_unknown())
    }

    /// The delivery to be tried; none when another runner has taken the job over.
    async fn open(&self, step: &Step) -> Result<Option<OpenDelivery>, Error> {
        let id = DeliveryId(self.portal.new_id());
        let new = NewDelivery { id, content: content(step), is_revocation: !step.is_active };
        let mut tx = self.portal.db.begin().await?;
        let delivery = store::open_delivery(&mut tx, self.member, &new, self.portal.now()).await?;
        if !outbox::lock_claimed(&mut tx, self.run.claim).await? {
            return Ok(None);
        }
        self.portal.commit(tx).await?;
        Ok(Some(delivery))
    }

    /// Records the attempt and its consequences in one transaction. Returns false, and writes nothing, when another
    /// runner has taken the job over.
    async fn conclude(&self, delivery: &OpenDelivery, step: &Step, attempt: &DeliveryAttempt) -> Result<bool, Error> {
        let (portal, state) = (self.portal, state_after(attempt.verdict, self.run.is_last()));
        let mut tx = portal.db.begin().await?;
        store::record_attempt(&mut tx, self.member, delivery, attempt, state, portal.now()).await?;
        if state == DeliveryState::Confirmed {
            store::tell(&mut tx, self.member, step, portal.now()).await?;
            for line in self.lines.iter().filter(|line| is_given_by(step, line)) {
                store::release_order(&mut tx, line.order, portal.now()).await?;
            }
        } else if concerns_producer(state, delivery) {
            outbox::put(portal, &mut tx, Mail::DeliveryStopped { delivery: delivery.id }).await?;
        }
        // Last, because an order is always locked before a job.
        if !outbox::lock_claimed(&mut tx, self.run.claim).await? {
            return Ok(false);
        }
        portal.commit(tx).await?;
        Ok(true)
    }

    /// The call was answered after another runner took the job over, and that one may have told the area the opposite.
    /// What the area holds is in doubt, so it is told again.
    async fn doubt(&self, delivery: &OpenDelivery, attempt: &DeliveryAttempt) -> Result<(), Error> {
        let (portal, AreaMember { area, person, .. }) = (self.portal, self.member);
        let mut tx = portal.db.begin().await?;
        store::record_attempt(&mut tx, self.member, delivery, attempt, DeliveryState::Sending, portal.now()).await?;
        outbox::put(portal, &mut tx, Job::Sync { area, person }).await?;
        portal.commit(tx).await
    }

    fn telling(&self, delivery: &OpenDelivery, step: &Step) -> Telling {
        Telling {
            id: delivery.id.to_string(),
            person: self.person.clone(),
            is_active: step.is_active,
            targets: step.targets.clone(),
            until: step.until.map(|until| self.zone.day_of(until).to_string()),
            clears_end: step.clears_end,
        }
    }
}

/// Where a delivery stands after an attempt. `is_last`: no attempt comes after it by itself.
fn state_after(verdict: Verdict, is_last: bool) -> DeliveryState {
    match verdict {
        Verdict::Confirmed => DeliveryState::Confirmed,
        Verdict::Refused => DeliveryState::Refused,
        Verdict::Again(_) if is_last => DeliveryState::Dead,
        Verdict::Again(_) => DeliveryState::Sending,
    }
}

/// Returns whether the producer is told: of a refusal once, however often it is repeated.
fn concerns_producer(state: DeliveryState, delivery: &OpenDelivery) -> bool {
    match state {
        DeliveryState::Dead => true,
        DeliveryState::Refused => delivery.attempts == 0,
        DeliveryState::Sending | DeliveryState::Confirmed | DeliveryState::Superseded => false,
    }
}

/// Returns whether the step gives something that this line of an order is for.
fn is_given_by(step: &Step, line: &Entitlement) -> bool {
    step.is_active && line.due.is_yes() && step.targets.contains(&line.target)
}

/// A step in our words: what makes two deliveries the same.
fn content(step: &Step) -> String {
    content_of(step.is_active, &step.targets, step.until)
}

/// The same of its parts.
pub(super) fn content_of(is_active: bool, targets: &[AccessTarget], until: Option<Instant>) -> String {
    let targets: Vec<&str> = targets.iter().map(AccessTarget::as_str).collect();
    serde_json::json!({ "is_active": is_active, "targets": targets, "until": until }).to_string()
}

/// Why an attempt did not succeed, for the operator.
pub(super) fn reason(attempt: &DeliveryAttempt) -> String {
    match (attempt.status, &attempt.error) {
        (Some(status), _) => format!("the member area answered {status}"),
        (None, Some(error)) => format!("the member area was not reached: {error}"),
        (None, None) => "the member area gave no answer".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_stands_where_its_last_attempt_left_it() {
        for is_last in [false, true] {
            assert_eq!(state_after(Verdict::Confirmed, is_last), DeliveryState::Confirmed);
            assert_eq!(state_after(Verdict::Refused, is_last), DeliveryState::Refused);
        }
        assert_eq!(state_after(Verdict::Again(None), false), DeliveryState::Sending);
        assert_eq!(state_after(Verdict::Again(None), true), DeliveryState::Dead);
    }
}
