//! Watches what a gateway has taken until the money is there, and asks some times after that whether the bank kept it.

use super::advance::{instruction, read};
use super::case::{CasePart, RefundCase};
use super::part::{PartState, PayeePage};
use super::state::State;
use super::{payee_page, settle};
use crate::db::Error;
use crate::outbox::{Outcome, Run};
use crate::ports::{Gateway, GatewayError, RefundProgress, RefundReport};
use crate::{Portal, connection};
use ground::inquiry::{self, Watch};
use std::time::Duration;
use types::{Instant, RefundId};

/// How many days after money was there it is asked whether the bank kept it.
const LOOK_BACK: [u64; 3] = [1, 7, 30];

/// For how long a buyer who is to name an account may have the gateway's page open: so long it is asked more often, so
/// that the way there is not shown to somebody who was there.
const AT_PAGE: Duration = Duration::from_secs(7 * 86_400);

/// Where a part that was sent stands at its gateway; none where nobody can be asked.
async fn find(
    portal: &Portal,
    case: &RefundCase,
    part: &CasePart,
) -> Result<Option<Result<Option<RefundProgress>, GatewayError>>, Error> {
    let gateway = connection::gateway(portal, case.producer(), &part.gateway).await?;
    let Some(refunds) = gateway.as_deref().and_then(Gateway::refunds) else { return Ok(None) };
    let instruction = instruction(portal, case, part).await?;
    let found = match refunds.find_refund(&instruction).await {
        // Only whoever asks for the refund hears of the page. The same key again is the same refund.
        Ok(Some(report)) if lacks_page(part, &report) => match refunds.refund(&instruction).await {
            Ok(report) => Ok(Some(report)),
            Err(error) => {
                tracing::warn!(part = %part.id(), %error, "the page that waits for the buyer is not known");
                Ok(Some(report))
            }
        },
        found => found,
    };
    Ok(Some(found.map(|report| report.map(|report| report.state))))
}

/// Whether it waits for the buyer on a page of which nobody here knows the address.
fn lacks_page(part: &CasePart, report: &RefundReport) -> bool {
    let is_unknown =
        matches!(&part.state, PartState::Sent { page, .. } if page.as_ref().is_none_or(|page| page.url.is_none()));
    is_unknown && report.state == RefundProgress::WaitsForBuyer { page: None }
}

/// Something was sent just now: it is asked about a little later.
pub(super) async fn watched_from_now(portal: &Portal, refund: RefundId) -> Result<Outcome, Error> {
    let (case, now) = (read(portal, refund).await?, portal.now());
    let is_sent = |part: &CasePart| matches!(part.state, PartState::Sent { .. });
    Ok(match case {
        Some(case) if case.parts.iter().any(is_sent) => Outcome::At(Watch::MONEY.next_look(now, now)),
        Some(RefundCase { state: State::Settled { at }, .. }) => next_look_back(now, at),
        _ => Outcome::Done,
    })
}

/// What was heard of all parts that are on their way.
#[derive(Default)]
struct Heard {
    unclear: Option<GatewayError>,
    next: Option<Instant>,
    has_arrived: bool,
}

/// Asks about every part that is on its way.
pub(super) async fn watch(portal: &Portal, case: &RefundCase, run: Run<'_>) -> Result<Outcome, Error> {
    let mut heard = Heard::default();
    for part in &case.parts {
        if let PartState::Sent { at, page, .. } = &part.state {
            look_at(portal, case, part, (*at, page.as_ref()), &mut heard).await?;
        }
    }
    Ok(match heard {
        Heard { unclear: Some(error), .. } => inquiry::again(portal.now(), run, &error),
        Heard { next: Some(at), .. } => Outcome::At(at),
        Heard { has_arrived: true, .. } => next_look_back(portal.now(), portal.now()),
        Heard { .. } => Outcome::Done,
    })
}

async fn look_at(
    portal: &Portal,
    case: &RefundCase,
    part: &CasePart,
    (sent_at, page): (Instant, Option<&PayeePage>),
    heard: &mut Heard,
) -> Result<(), Error> {
    let (refund, id, now) = (case.id(), part.id(), portal.now());
    let mut again = |at: Instant| heard.next = Some(heard.next.map_or(at, |next| next.min(at)));
    match find(portal, case, part).await? {
        Some(Ok(Some(RefundProgress::Succeeded))) => {
            settle::settled(portal, refund, id).await?;
            heard.has_arrived = true;
        }
        Some(Ok(Some(RefundProgress::Failed { reason }))) => settle::failed(portal, refund, id, &reason).await?,
        Some(Ok(Some(RefundProgress::WaitsForBuyer { page: url }))) => {
            if page.is_none() || url.is_some() {
                payee_page::waits(portal, refund, id, url).await?;
            }
            again(next_look_at_page(now, page.map_or(now, |page| page.since)));
        }
        Some(Ok(Some(RefundProgress::Pending))) => {
            if page.is_some() {
                payee_page::goes_on(portal, refund, id).await?;
            }
            again(Watch::MONEY.next_look(now, sent_at));
        }
        Some(Ok(None)) => {
            tracing::error!(%refund, part = %id, "the gateway took this and does not know it any more");
            again(Watch::MONEY.next_look(now, sent_at));
        }
        None => again(Watch::MONEY.next_look(now, sent_at)),
        Some(Err(error)) => heard.unclear = Some(error),
    }
    Ok(())
}

fn next_look_at_page(now: Instant, since: Instant) -> Instant {
    let watch = if now.since(since) < AT_PAGE { Watch::PAGE } else { Watch::MONEY };
    watch.next_look(now, since)
}

/// Asks once more about what was sent from here and is there: the word that a bank sent it back may be lost.
pub(super) async fn look_back(
    portal: &Portal,
    case: &RefundCase,
    ended_at: Instant,
    run: Run<'_>,
) -> Result<Outcome, Error> {
    let is_there =
        |part: &&CasePart| part.row.gateway_reference.is_some() && matches!(part.state, PartState::Settled { .. });
    if !case.parts.iter().any(|part| is_there(&part)) {
        return Ok(Outcome::Done);
    }
    let mut unclear = None;
    for part in case.parts.iter().filter(is_there) {
        let Some(found) = find(portal, case, part).await? else { continue };
        match found {
            Ok(Some(RefundProgress::Failed { reason })) => {
                settle::came_back(portal, case.id(), part.id(), &reason).await?;
            }
            Ok(_) => {}
            Err(error) => unclear = Some(error),
        }
    }
    Ok(match unclear {
        Some(error) if !run.is_last() => inquiry::again(portal.now(), run, &error),
        _ => next_look_back(portal.now(), ended_at),
    })
}

fn next_look_back(now: Instant, ended_at: Instant) -> Outcome {
    let looks = LOOK_BACK.iter().map(|days| ended_at.plus(Duration::from_secs(days * 86_400)));
    looks.filter(|at| *at > now).min().map_or(Outcome::Done, Outcome::At)
}
