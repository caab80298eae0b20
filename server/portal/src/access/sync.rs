//! Brings one member area to what one person should have there. The lane of the job lets one runner at a time work on a
//! pair of area and person.

use super::delivery::{Teller, reason};
use super::difference::{Difference, Step, difference};
use super::job::Job;
use super::store::{self, AreaMember};
use super::{Entitlement, entitlements, notice};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{self, Outcome, Run};
use crate::ports::{AccessTarget, AreaAddress, DeliveryAttempt, MemberArea, Verdict};
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::time::Duration;
use types::{Instant, MemberAreaId, PersonId};

/// How often a revocation that was refused or given up is tried again: a revocation is never dropped (rule 15).
const REVOCATION_AGAIN: Duration = Duration::from_secs(86_400);
/// How soon it is looked again whether an address was taken out of the area for the person who had it before.
const ADDRESS_AGAIN: Duration = Duration::from_secs(5);
/// For how long a call whose answer was lost may still have its effect: longer than servers work at a request.
const LATE: Duration = Duration::from_secs(60);

/// Computes what the person should have, tells the area the difference, and records every attempt. Safe to run twice,
/// and after a crash at any point. When another runner has taken the job over, the answer does not count, and the next
/// run tells the area again.
pub(crate) async fn sync(
    portal: &Portal,
    area: MemberAreaId,
    person: PersonId,
    run: Run<'_>,
) -> Result<Outcome, Error> {
    let Some(on_file) = store::area(&portal.db, area).await? else {
        return Ok(Outcome::Dead("the member area is gone".to_owned()));
    };
    let member = AreaMember { producer: on_file.producer, area, person };
    let Some((person, zone)) = store::person(&portal.db, person, member.producer).await? else {
        return Ok(Outcome::Done);
    };
    if store::is_address_occupied(&portal.db, area, member.person).await? {
        return Ok(Outcome::At(portal.now().plus(ADDRESS_AGAIN)));
    }
    let connector = portal.ports.member_areas.of_kind(&on_file.kind);
    let Comparison { lines, difference, is_doubted } = compare(portal, member, connector.as_deref()).await?;
    settle_known(portal, member, &lines, difference.steps.is_empty()).await?;
    let api_key = match portal.keys.open(area.0.as_bytes(), &on_file.api_key_sealed) {
        Ok(key) => key,
        Err(error) => return Ok(Outcome::Dead(format!("the key of the member area {error}"))),
    };
    let address = AreaAddress { base_url: on_file.base_url, api_key };
    let teller = Teller { portal, member, run, kind: on_file.kind, connector, address, person, zone, lines };
    let refused = match tell_all(&teller, &difference).await? {
        ControlFlow::Break(outcome) => return Ok(outcome),
        ControlFlow::Continue(refused) => refused,
    };
    if refused.is_none()
        && !difference.steps.is_empty()
        && let Some(again) = look_once_more(portal, member, is_doubted).await?
    {
        return Ok(Outcome::At(difference.next_look.map_or(again, |at| at.min(again))));
    }
    Ok(conclusion(portal.now(), &difference, refused))
}

/// When the area has to be told more, although every step was confirmed. At once, where an order went to somebody else
/// or was paid back while the area was being told: whoever changed that may have looked for what the area holds before
/// the answer was there. Later, where an earlier call had no answer: it may have its effect after what was told since.
async fn look_once_more(portal: &Portal, member: AreaMember, is_doubted: bool) -> Result<Option<Instant>, Error> {
    let lines = lines(portal, member).await?;
    let told = store::told(&portal.db, member.area, member.person).await?;
    if !difference(&lines, &told, &BTreeSet::new(), |_| None).steps.is_empty() {
        return Ok(Some(portal.now()));
    }
    if !is_doubted {
        return Ok(None);
    }
    let doubted = store::doubted(&portal.db, member.area, member.person).await?;
    if let Some(late) = doubted.tried_at.map(|at| at.plus(LATE)).filter(|late| portal.now() < *late) {
        return Ok(Some(late));
    }
    // Everything wanted is confirmed now, so nothing is in doubt any more.
    supersede(portal, member).await?;
    Ok(None)
}

/// What the person should have in the area, against what the area was told.
struct Comparison {
    lines: Vec<Entitlement>,
    difference: Difference,
    /// The effect of an earlier call is unknown.
    is_doubted: bool,
}

/// What the person's orders give in the area.
async fn lines(portal: &Portal, member: AreaMember) -> Result<Vec<Entitlement>, Error> {
    let mut lines = entitlements(&portal.db, member.producer, member.person, portal.now()).await?;
    lines.retain(|line| line.area == member.area);
    Ok(lines)
}

async fn compare(portal: &Portal, member: AreaMember, connector: Option<&dyn MemberArea>) -> Result<Comparison, Error> {
    let lines = lines(portal, member).await?;
    let told = store::told(&portal.db, member.area, member.person).await?;
    let doubted = store::doubted(&portal.db, member.area, member.person).await?;
    // What no connector can tell is not split by targets: the producer gets few mails about it.
    let group = |target: &AccessTarget| connector.map_or(Some("unknown"), |connector| connector.group(target));
    let difference = difference(&lines, &told, &doubted.targets, group);
    Ok(Comparison { lines, difference, is_doubted: !doubted.targets.is_empty() })
}

/// Settles what needs no call. An order is released when the area had confirmed its access before, for another order.
/// Deliveries that are still open have been overtaken when nothing is left to tell.
async fn settle_known(
    portal: &Portal,
    member: AreaMember,
    lines: &[Entitlement],
    nothing_to_tell: bool,
) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if nothing_to_tell {
        store::supersede(&mut tx, member, portal.now()).await?;
    }
    if notice::has_end(lines) {
        outbox::put(portal, &mut tx, Job::Notice { producer: member.producer, person: member.person }).await?;
    }
    for line in lines.iter().filter(|line| line.due.is_yes() && line.told.is_some_and(|told| told.is_active)) {
        store::release_order(&mut tx, line.order, portal.now()).await?;
    }
    portal.commit(tx).await
}

/// Tells the steps one after the other. A refusal does not stop the steps after it; the reason of the first is
/// returned. Breaks off with the job's outcome where the steps after it have to wait.
async fn tell_all(teller: &Teller<'_>, difference: &Difference) -> Result<ControlFlow<Outcome, Option<String>>, Error> {
    let mut refused = None;
    for step in &difference.steps {
        let Some(attempt) = teller.deliver(step).await? else { return Ok(ControlFlow::Break(Outcome::Done)) };
        match attempt.verdict {
            Verdict::Confirmed => {}
            Verdict::Refused => refused = refused.or_else(|| Some(reason(&attempt))),
            Verdict::Again(after) => {
                return Ok(ControlFlow::Break(again(teller, step, &attempt, after, difference.next_look)));
            }
        }
    }
    Ok(ControlFlow::Continue(refused))
}

/// When a step that had no clear answer is told again. The steps after it wait for that, because one person's access is
/// told in strict order.
fn again(
    teller: &Teller<'_>,
    step: &Step,
    attempt: &DeliveryAttempt,
    after: Option<Duration>,
    next_look: Option<Instant>,
) -> Outcome {
    match next_look {
        _ if teller.run.is_last() && !step.is_active => Outcome::At(teller.portal.now().plus(REVOCATION_AGAIN)),
        // The step is given up for now, but what ends at a time of its own still ends then.
        Some(at) if teller.run.is_last() => Outcome::At(at),
        _ => Outcome::Again { after, reason: reason(attempt) },
    }
}

async fn supersede(portal: &Portal, member: AreaMember) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    store::supersede(&mut tx, member, portal.now()).await?;
    portal.commit(tx).await
}

/// What becomes of the job when every step has an answer.
fn conclusion(now: Instant, difference: &Difference, refused: Option<String>) -> Outcome {
    match (refused, difference.next_look) {
        (Some(_), _) if difference.takes_away() => Outcome::At(now.plus(REVOCATION_AGAIN)),
        // What ends at a time of its own ends then, whatever was refused beside it.
        (_, Some(at)) => Outcome::At(at),
        (Some(reason), None) => Outcome::Dead(reason),
        (None, None) => Outcome::Done,
    }
}
