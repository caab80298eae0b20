//! Brings one member area to what one person should have there. The lane of the job lets one runner at a time work on a
//! pair of area and person.

use super::job::Job;
use super::mail::Mail;
use super::plan::{Plan, Step, plan};
use super::store::{self, OpenDelivery, PersonRow, Route};
use super::{Entitlement, entitlements, notice};
use crate::Portal;
use crate::db::Error;
use crate::outbox::{self, Hold, Outcome, Run};
use crate::ports::{AccessTarget, AreaAddress, Attempt, Telling, TellingPerson, Verdict};
use crate::time::Zone;
use std::time::Duration;
use types::{Instant, MemberAreaId, PersonId, ProducerId};

/// How often a revocation that was refused or given up is tried again: a revocation is never dropped (rule 15).
const REVOCATION_AGAIN: Duration = Duration::from_secs(86_400);
/// How soon it is looked again whether an address was taken out of the area for the person who had it before.
const ADDRESS_AGAIN: Duration = Duration::from_secs(5);

/// Computes what the person should have, tells the area the difference, and records every attempt. Safe to run twice,
/// and after a crash at any point. When another runner has taken the job over, the answer does not count, and the next
/// run tells the area again.
pub(crate) async fn sync(
    portal: &Portal,
    area: MemberAreaId,
    person: PersonId,
    run: Run<'_>,
) -> Result<Outcome, Error> {
    let Some(row) = store::area(&portal.db, area).await? else {
        return Ok(Outcome::Dead("the member area is gone".to_owned()));
    };
    let route = Route { producer: ProducerId(row.producer_id), area, person };
    let Some(someone) = store::person(&portal.db, person, route.producer).await? else { return Ok(Outcome::Done) };
    if store::is_held_back(&portal.db, area, person).await? {
        return Ok(Outcome::At(portal.now().plus(ADDRESS_AGAIN)));
    }
    let all = entitlements(&portal.db, route.producer, person, portal.now()).await?;
    let lines: Vec<Entitlement> = all.into_iter().filter(|line| line.area == area).collect();
    let told = store::told(&portal.db, area, person).await?;
    let doubted = store::doubted(&portal.db, area, person).await?;
    let connector = portal.ports.memberkit.clone();
    let Plan { steps, next_look } = plan(&lines, &told, &doubted, connector.batches());
    settle_known(portal, route, &lines, steps.is_empty()).await?;
    let api_key = match portal.keys.open(area.0.as_bytes(), &row.api_key_sealed) {
        Ok(key) => key,
        Err(error) => return Ok(Outcome::Dead(format!("the key of the member area {error}"))),
    };
    let address = AreaAddress { base_url: row.base_url, api_key };
    let mut refused = None;
    for step in &steps {
        let Some(delivery) = open(portal, route, step, run.hold).await? else { return Ok(Outcome::Done) };
        let attempt = connector.tell(&address, &telling(&delivery, step, &someone)?).await;
        let told = Told { delivery: &delivery, step, attempt: &attempt };
        if !conclude(portal, route, &told, &lines, run).await? {
            overtaken(portal, route, &told).await?;
            return Ok(Outcome::Done);
        }
        match attempt.verdict {
            Verdict::Confirmed => {}
            // What comes later for this person waits: strict order.
            Verdict::Again(_) if run.is_last() && !step.is_active => {
                return Ok(Outcome::At(portal.now().plus(REVOCATION_AGAIN)));
            }
            // Given up for now, but not what else is to be done at its time.
            Verdict::Again(_) if run.is_last() && next_look.is_some() => return Ok(at_or_done(next_look)),
            Verdict::Again(after) => return Ok(Outcome::Again { after, reason: reason(&attempt) }),
            Verdict::Refused => refused = refused.or(Some((step.is_active, reason(&attempt)))),
        }
    }
    if refused.is_none() && !doubted.is_empty() {
        // Everything wanted is confirmed now: what was in doubt is not any more.
        let mut tx = portal.db.begin().await?;
        store::supersede(&mut tx, route, portal.now()).await?;
        portal.commit(tx).await?;
    }
    let revocation_refused = steps.iter().any(|step| !step.is_active) && refused.is_some();
    Ok(match (refused, next_look) {
        (Some(_), _) if revocation_refused => Outcome::At(portal.now().plus(REVOCATION_AGAIN)),
        (Some((_, reason)), None) => Outcome::Dead(reason),
        // What ends at a time of its own ends then, whatever was refused beside it.
        (_, next_look) => at_or_done(next_look),
    })
}

fn at_or_done(next_look: Option<Instant>) -> Outcome {
    next_look.map_or(Outcome::Done, Outcome::At)
}

/// The delivery to be tried; none when somebody else has taken over.
async fn open(portal: &Portal, route: Route, step: &Step, hold: &Hold) -> Result<Option<OpenDelivery>, Error> {
    let content = content(step);
    let mut tx = portal.db.begin().await?;
    let delivery = store::open_delivery(&mut tx, route, portal.new_id(), &content, step, portal.now()).await?;
    if !outbox::holds(&mut tx, hold).await? {
        return Ok(None);
    }
    portal.commit(tx).await?;
    Ok(Some(delivery))
}

/// One try of one delivery.
struct Told<'a> {
    delivery: &'a OpenDelivery,
    step: &'a Step,
    attempt: &'a Attempt,
}

/// Records the attempt and its consequences in one transaction. Returns false, and writes nothing, when another runner
/// has taken the job over.
async fn conclude(
    portal: &Portal,
    route: Route,
    Told { delivery, step, attempt }: &Told<'_>,
    lines: &[Entitlement],
    run: Run<'_>,
) -> Result<bool, Error> {
    let state = match attempt.verdict {
        Verdict::Confirmed => "confirmed",
        Verdict::Refused => "refused",
        Verdict::Again(_) if run.is_last() => "dead",
        Verdict::Again(_) => "sending",
    };
    let mut tx = portal.db.begin().await?;
    store::record_attempt(&mut tx, route, delivery, attempt, state, portal.now()).await?;
    if attempt.verdict == Verdict::Confirmed {
        store::tell(&mut tx, route, step, portal.now()).await?;
        for line in
            lines.iter().filter(|line| step.is_active && line.due.is_yes() && step.targets.contains(&line.target))
        {
            store::release_order(&mut tx, line.order, portal.now()).await?;
        }
    } else if state == "dead" || (state == "refused" && delivery.attempts == 0) {
        outbox::put(portal, &mut tx, Mail::DeliveryStopped { delivery: delivery.id }).await?;
    }
    // Last, because an order is always locked before a job.
    if !outbox::holds(&mut tx, run.hold).await? {
        return Ok(false);
    }
    portal.commit(tx).await?;
    Ok(true)
}

/// The call was answered after another runner took the job over, which may have told the area the opposite: what the
/// area holds is in doubt, so it is told again.
async fn overtaken(portal: &Portal, route: Route, Told { delivery, attempt, .. }: &Told<'_>) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    store::record_attempt(&mut tx, route, delivery, attempt, "sending", portal.now()).await?;
    outbox::put(portal, &mut tx, Job::Sync { area: route.area, person: route.person }).await?;
    portal.commit(tx).await
}

/// An order whose access the area had already confirmed for another order is released without a call; and when nothing
/// is left to tell, what was open has been overtaken.
async fn settle_known(
    portal: &Portal,
    route: Route,
    lines: &[Entitlement],
    nothing_to_tell: bool,
) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    if nothing_to_tell {
        store::supersede(&mut tx, route, portal.now()).await?;
    }
    if notice::has_end(lines) {
        outbox::put(portal, &mut tx, Job::Notice { producer: route.producer, person: route.person }).await?;
    }
    for line in lines.iter().filter(|line| line.due.is_yes() && line.told.is_some_and(|told| told.is_active)) {
        store::release_order(&mut tx, line.order, portal.now()).await?;
    }
    portal.commit(tx).await
}

fn telling(delivery: &OpenDelivery, step: &Step, someone: &PersonRow) -> Result<Telling, Error> {
    let zone =
        Zone::named(&someone.time_zone).map_err(|error| Error::inconsistent("producers", &someone.time_zone, error))?;
    Ok(Telling {
        id: delivery.id.to_string(),
        person: TellingPerson {
            email: someone.email.clone(),
            name: someone.name.clone(),
            tax_id: someone.tax_id.clone(),
            phone: someone.phone.clone(),
        },
        is_active: step.is_active,
        targets: step.targets.clone(),
        until: step.until.map(|until| zone.day_of(until).to_string()),
        clears_end: step.clears_end,
    })
}

/// A step in our words: what makes two deliveries the same.
fn content(step: &Step) -> String {
    let targets: Vec<String> = step.targets.iter().map(AccessTarget::to_word).collect();
    serde_json::json!({ "is_active": step.is_active, "targets": targets, "until": step.until }).to_string()
}

fn reason(attempt: &Attempt) -> String {
    match (attempt.status, &attempt.error) {
        (Some(status), _) => format!("the member area answered {status}"),
        (None, Some(error)) => format!("the member area was not reached: {error}"),
        (None, None) => "the member area gave no answer".to_owned(),
    }
}
