//! The worker: claims jobs in batches, runs many at a time and marks them in batches, until it is told to stop. It
//! wakes at once when a job is written, and looks by itself once a second.

use super::store::{self, ClaimedRow, Clocks, Mark, Pool};
use super::{ATTEMPTS, Claim, MailAttempt, Outcome, Run, delay};
use crate::db::{Error, Tx};
use crate::mail;
use crate::portal::Portal;
use crate::ports::MailError;
use futures::{FutureExt, StreamExt, stream};
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, timeout};
use types::Instant;

const AT_ONCE: usize = 16;
const LEASE: Duration = Duration::from_secs(20);
const HEARTBEAT: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_secs(1);
/// Shorter than what is left of a lease: nobody else begins what is still being finished here.
const GRACE: Duration = Duration::from_secs(10);
/// Longer than any call to the outside may take.
const LONGEST_RUN: Duration = Duration::from_secs(60);

/// A run that has ended: by which claim it had its job, how often it had been asked for, and what became of it.
struct Ran {
    claim: Claim,
    asked: i64,
    mark: Mark,
    mail: Option<MailRun>,
}

/// What a run did to the row of a mail.
enum MailRun {
    Tried { attempt: MailAttempt, job: String, is_last: bool },
    NothingToTell,
    GivenUp(String),
}

/// Works until `stop` turns true, then lets running jobs finish for up to 10 seconds and gives back the rest. Member
/// areas have runners of their own: one that hangs never holds up a sign-in mail or a refund.
pub async fn work(portal: Portal, stop: watch::Receiver<bool>) {
    start_calendar(&portal).await;
    tokio::join!(work_in(portal.clone(), Pool::Access, stop.clone()), work_in(portal, Pool::Rest, stop));
}

async fn work_in(portal: Portal, pool: Pool, mut stop: watch::Receiver<bool>) {
    let bells = portal.clone();
    let bell = match pool {
        Pool::Access => &bells.access_bell,
        Pool::Rest => &bells.bell,
    };
    let mut worker = Worker::new(portal, pool);
    let mut heartbeat = interval(HEARTBEAT);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        let claimed = worker.claim().await;
        tokio::select! {
            Some(ran) = worker.running.join_next() => worker.mark(ran.ok()).await,
            () = bell.notified(), if worker.has_room() => {}
            () = tokio::time::sleep(if claimed == 0 { POLL } else { Duration::ZERO }), if worker.has_room() => {}
            _ = heartbeat.tick() => worker.keep_lease().await,
            changed = stop.changed() => if changed.is_err() { break },
        }
    }
    worker.finish().await;
}

/// Runs everything that is due by `until`, one job after the other, and says how many ran: for tests and for clocks
/// that are turned. Claims and marks in batches, as a worker does.
pub async fn drain(portal: &Portal, until: Instant) -> Result<usize, Error> {
    drain_at_once(portal, until, 1).await
}

/// The same with so many jobs of a batch at once, up to a worker's 16.
pub async fn drain_at_once(portal: &Portal, until: Instant, at_once: usize) -> Result<usize, Error> {
    let lease = portal.new_id().to_string();
    let mut count = 0;
    loop {
        let now = portal.now();
        let calendar = until.max(now);
        let clocks = Clocks { calendar, wall: portal.wall().plus(calendar.since(now)) };
        let mut rows = store::claim(&portal.db, Pool::Rest, &lease, clocks, LEASE, AT_ONCE as i64).await?;
        if rows.is_empty() {
            rows = store::claim(&portal.db, Pool::Access, &lease, clocks, LEASE, AT_ONCE as i64).await?;
        }
        if rows.is_empty() {
            return Ok(count);
        }
        let runs = stream::iter(rows).map(|row| run_one(portal.clone(), row.claimed_by(&lease), row));
        let mut ran: Vec<_> = runs.buffered(at_once).collect().await;
        count += ran.len();
        mark_all(portal, &mut ran).await?;
    }
}

impl ClaimedRow {
    fn claimed_by(&self, lease: &str) -> Claim {
        Claim { lane: self.lane.clone(), id: self.id, lease: lease.to_owned(), fence: self.fence }
    }
}

/// Asks for what recurs by itself; a lane, so that it is there once however often workers start.
async fn start_calendar(portal: &Portal) {
    let ask = async {
        let mut tx = portal.db.begin().await?;
        portal.dispatcher.start(portal, &mut tx).await?;
        portal.commit(tx).await
    };
    if let Err(error) = ask.await {
        tracing::error!(%error, "the calendar could not be started");
    }
}

struct Worker {
    portal: Portal,
    pool: Pool,
    lease: String,
    running: JoinSet<Ran>,
    /// What runs here, and what has ended and could not be marked so far: nothing else has its lease kept.
    claims: BTreeSet<Claim>,
    unmarked: Vec<Ran>,
}

impl Worker {
    fn new(portal: Portal, pool: Pool) -> Self {
        let lease = portal.new_id().to_string();
        Self { portal, pool, lease, running: JoinSet::new(), claims: BTreeSet::new(), unmarked: Vec::new() }
    }

    fn has_room(&self) -> bool {
        self.running.len() < AT_ONCE
    }

    async fn claim(&mut self) -> usize {
        let room = AT_ONCE - self.running.len();
        if room == 0 {
            return 0;
        }
        let clocks = Clocks { calendar: self.portal.now(), wall: self.portal.wall() };
        let claimed = store::claim(&self.portal.db, self.pool, &self.lease, clocks, LEASE, room as i64).await;
        let rows = claimed.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox could not be read");
            Vec::new()
        });
        let count = rows.len();
        for row in rows {
            let claim = row.claimed_by(&self.lease);
            self.claims.insert(claim.clone());
            self.running.spawn(run_one(self.portal.clone(), claim, row));
        }
        count
    }

    /// Marks one run, and every other that has ended meanwhile, in one transaction.
    async fn mark(&mut self, first: Option<Ran>) {
        self.unmarked.extend(first);
        while let Some(next) = self.running.try_join_next() {
            self.unmarked.extend(next.ok());
        }
        match mark_all(&self.portal, &mut self.unmarked).await {
            Ok(()) => {
                for ran in self.unmarked.drain(..) {
                    self.claims.remove(&ran.claim);
                }
            }
            Err(error) => tracing::error!(%error, jobs = self.unmarked.len(), "the outbox could not be marked"),
        }
    }

    async fn keep_lease(&mut self) {
        if !self.unmarked.is_empty() {
            self.mark(None).await;
        }
        if self.claims.is_empty() {
            return;
        }
        if let Err(error) = store::heartbeat(&self.portal.db, &self.claims, self.portal.wall().plus(LEASE)).await {
            tracing::error!(%error, "the leases could not be kept");
        }
    }

    async fn finish(&mut self) {
        let all = async {
            while let Some(ran) = self.running.join_next().await {
                self.mark(ran.ok()).await;
            }
        };
        if timeout(GRACE, all).await.is_err() {
            self.running.abort_all();
        }
        if let Err(error) = store::release(&self.portal.db, &self.claims).await {
            tracing::error!(%error, "the leases could not be given back");
        }
    }
}

/// Marks runs in one transaction.
async fn mark_all(portal: &Portal, ran: &mut [Ran]) -> Result<(), Error> {
    // By their lanes, as everywhere in the outbox: who marks and who asks wait for each other instead of dying of it.
    ran.sort_by(|a, b| a.claim.cmp(&b.claim));
    let mut tx = portal.db.begin().await?;
    for ran in ran {
        store::mark(&mut tx, &ran.claim, ran.asked, &ran.mark, portal.now()).await?;
        note_mail(&mut tx, ran, portal.now()).await?;
    }
    tx.commit().await
}

async fn run_one(portal: Portal, claim: Claim, row: ClaimedRow) -> Ran {
    let run = Run { claim: &claim, attempt: row.attempts };
    let outcome = match timeout(LONGEST_RUN, caught(portal.dispatcher.run(&portal, &row.payload, run))).await {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(error)) => Outcome::Again { after: None, reason: error.to_string() },
        Err(_) => Outcome::Again { after: None, reason: "took longer than a minute".to_owned() },
    };
    let (mark, mail) = mark_of(&portal, &row, outcome);
    Ran { claim, asked: row.asked, mark, mail }
}

async fn note_mail(tx: &mut Tx, ran: &Ran, now: Instant) -> Result<(), Error> {
    match &ran.mail {
        Some(MailRun::Tried { attempt, job, is_last }) => {
            mail::note(tx, ran.claim.id, job, attempt, *is_last, now).await
        }
        Some(MailRun::NothingToTell) => mail::void(tx, ran.claim.id).await,
        Some(MailRun::GivenUp(reason)) => mail::give_up(tx, ran.claim.id, reason).await,
        None => Ok(()),
    }
}

/// A run that panics is a run that failed: it comes again by its schedule, and the defect is in the log.
async fn caught(run: impl Future<Output = Result<Outcome, Error>>) -> Result<Outcome, Error> {
    AssertUnwindSafe(run).catch_unwind().await.unwrap_or_else(|_| {
        let reason = "panicked: a defect of the portal, see the log".to_owned();
        Ok(Outcome::Again { after: None, reason })
    })
}

fn mark_of(portal: &Portal, row: &ClaimedRow, outcome: Outcome) -> (Mark, Option<MailRun>) {
    match outcome {
        Outcome::Done => (Mark::Done, None),
        Outcome::Mail(attempt) => mark_of_mail(portal, row, attempt),
        Outcome::NothingToTell => (Mark::Done, Some(MailRun::NothingToTell)),
        Outcome::At(at) => (Mark::Later(at), None),
        Outcome::Again { after, reason } => again_or_dead(portal, row, after, reason),
        Outcome::Dead(reason) => dead(row, reason),
    }
}

fn mark_of_mail(portal: &Portal, row: &ClaimedRow, attempt: MailAttempt) -> (Mark, Option<MailRun>) {
    let (mark, _) = match &attempt.answer {
        Ok(()) => (Mark::Done, None),
        Err(error @ MailError::Temporary(_)) => again_or_dead(portal, row, None, error.to_string()),
        Err(error @ MailError::Refused(_)) => dead(row, error.to_string()),
    };
    let is_last = matches!(mark, Mark::Dead(_));
    (mark, Some(MailRun::Tried { attempt, job: row.payload.clone(), is_last }))
}

fn again_or_dead(
    portal: &Portal,
    row: &ClaimedRow,
    after: Option<Duration>,
    reason: String,
) -> (Mark, Option<MailRun>) {
    if row.attempts >= ATTEMPTS {
        tracing::error!(job = %row.payload, attempts = row.attempts, reason, "a job is given up");
        return (Mark::Dead(reason.clone()), Some(MailRun::GivenUp(reason)));
    }
    tracing::warn!(job = %row.payload, attempt = row.attempts, reason, "a job comes again");
    let wait = delay(row.attempts, portal.random::<1>()[0]).max(after.unwrap_or(Duration::ZERO));
    (Mark::Failed(portal.wall().plus(wait), reason), None)
}

fn dead(row: &ClaimedRow, reason: String) -> (Mark, Option<MailRun>) {
    tracing::error!(job = %row.payload, reason, "a job cannot be done");
    (Mark::Dead(reason.clone()), Some(MailRun::GivenUp(reason)))
}
