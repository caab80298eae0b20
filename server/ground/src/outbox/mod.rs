//! The outbox: a queue in the database for everything that must reach another system. A job is written in the
//! transaction of the change that needs it, and done afterwards, at least once.
//!
//! Jobs hold ids only and are safe to run twice. A job has a *lane* ([`Lane`]). Jobs in a shared lane are one job that
//! may be asked for again: a lane has at most one row and one runner, and a job that is asked for while it runs, runs
//! once more. A runner holds a *lease* and marks its work with the number of its claim; a runner that lost its lease
//! marks nothing. Leases and repetitions go by the clock on the wall, what is planned goes by the calendar.

#[cfg(test)]
mod asked_tests;
mod mails;
mod operator;
mod schedule;
mod store;
mod traces;
mod worker;

pub use operator::{JobOnFile, JobState, list, retry, retry_within};
pub use schedule::{ATTEMPTS, delay};
pub use worker::{drain, drain_at_once, work};

pub use store::Claim;

use crate::db::{Due, Error, JobRow, Statement, Tx};
use crate::event::Event;
pub use crate::mail::MailAttempt;
use crate::portal::Portal;
use crate::traces::Traces;
use futures::future::BoxFuture;
use serde::{Serialize, Serializer};
use std::time::Duration;
use store::Clocks;
pub use traces::TRACES;
use types::Instant;
use uuid::Uuid;

/// What became of one run of a job.
#[derive(Debug)]
pub enum Outcome {
    /// Done; the job is gone.
    Done,
    /// The job is a mail, and it was tried to hand it over.
    Mail(MailAttempt),
    /// The job is a mail, and there is nothing to tell any more.
    NothingToTell,
    /// Not done, and it is not the job's fault: comes again by the schedule, not before this long.
    Again {
        /// Least wait, when the other side named one.
        after: Option<Duration>,
        /// For the operator.
        reason: String,
    },
    /// Done for now; runs afresh at this instant.
    At(Instant),
    /// Will never be done: kept as a dead letter.
    Dead(String),
}

/// A unit of work, as its feature declares it: ids only, safe to run twice.
pub trait Work: Serialize {
    /// What kind of job it is, in a word for those who look at the table.
    fn kind(&self) -> &'static str;

    /// Whom or what it is about, for those who look for it in the table.
    fn subject(&self) -> Option<Uuid>;

    /// How it stands beside others of its kind.
    fn lane(&self) -> Lane;
}

/// How a job stands beside others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lane {
    /// Each one that is asked for runs.
    Own,
    /// All that are asked for under this name are one: at most one waits, and at most one runs.
    Shared(String),
    /// The job is a mail: each one runs, and has a row that shows it.
    Mail,
    /// The same as `Shared`, for a job that calls an outside system: at most four of one system run at once, apart from
    /// all other jobs.
    Calling {
        /// The outside system.
        area: Uuid,
        /// The name under which all that are asked for are one.
        lane: String,
    },
}

/// A job of whatever feature, to be asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct NewJob {
    kind: &'static str,
    subject: Option<Uuid>,
    lane: Lane,
    payload: serde_json::Value,
}

impl NewJob {
    /// This job.
    pub fn of(job: &impl Work) -> Self {
        let payload = serde_json::to_value(job).unwrap_or_else(|error| unreachable!("ids are JSON: {error}"));
        Self { kind: job.kind(), subject: job.subject(), lane: job.lane(), payload }
    }
}

impl Serialize for NewJob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.payload.serialize(serializer)
    }
}

impl Work for NewJob {
    fn kind(&self) -> &'static str {
        self.kind
    }

    fn subject(&self) -> Option<Uuid> {
        self.subject
    }

    fn lane(&self) -> Lane {
        self.lane.clone()
    }
}

/// A run of a job.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// By which claim the runner has the job.
    pub claim: &'a Claim,
    /// How often the job was tried, this time included.
    pub attempt: i64,
}

impl Run<'_> {
    /// Whether it is not tried again when it fails this time.
    pub fn is_last(&self) -> bool {
        self.attempt >= ATTEMPTS
    }
}

/// What stands above the queue: it alone knows which feature does which job.
pub trait Dispatcher: Send + Sync + 'static {
    /// Runs a job that was claimed.
    fn run<'a>(&'a self, portal: &'a Portal, payload: &'a str, run: Run<'a>) -> BoxFuture<'a, Result<Outcome, Error>>;

    /// What follows from an event in features that the one it happened in does not know.
    fn follow(&self, event: &Event) -> Vec<NewJob>;

    /// What each feature has on file about people, for whoever exports, erases or moves one.
    fn traces(&self) -> &'static [&'static Traces];

    /// Asks for what recurs by itself; each a lane, so that it is there once however often workers start.
    fn start<'a>(&'a self, portal: &'a Portal, tx: &'a mut Tx) -> BoxFuture<'a, Result<(), Error>>;
}

/// Asks for `job` now.
pub async fn put(portal: &Portal, tx: &mut Tx, job: impl Work) -> Result<(), Error> {
    put_at(portal, tx, job, portal.now()).await
}

/// Asks for `job` at `due`. A lane that already waits is asked for at the earlier of the two, unless it is failing:
/// then it keeps to its schedule.
pub async fn put_at(portal: &Portal, tx: &mut Tx, job: impl Work, due: Instant) -> Result<(), Error> {
    ask(tx, portal.new_id(), portal.now(), &job, Due::Calendar(due), false)
}

/// Asks for `job` when the clock on the wall shows `due`, wherever the calendar was moved to.
pub fn put_by_wall(portal: &Portal, tx: &mut Tx, job: impl Work, due: Instant) -> Result<(), Error> {
    ask(tx, portal.new_id(), portal.now(), &job, Due::Wall(due), false)
}

/// Asks for `job` now and starts its schedule afresh, also when it is failing: what stood in its way was changed.
pub async fn put_afresh(portal: &Portal, tx: &mut Tx, job: impl Work) -> Result<(), Error> {
    ask(tx, portal.new_id(), portal.now(), &job, Due::Calendar(portal.now()), true)
}

fn ask(tx: &mut Tx, id: Uuid, now: Instant, job: &impl Work, due: Due, is_afresh: bool) -> Result<(), Error> {
    let payload = serde_json::to_string(job).map_err(|error| Error::inconsistent("jobs", id, error))?;
    let (area, lane, is_mail) = match job.lane() {
        Lane::Own => (None, None, false),
        Lane::Mail => (None, None, true),
        Lane::Shared(lane) => (None, Some(lane), false),
        Lane::Calling { area, lane } => (Some(area), Some(lane), false),
    };
    let (kind, subject) = (job.kind(), job.subject());
    tx.jobs.push(JobRow { id, kind, payload, lane, subject, area, is_mail, created_at: now, due, is_afresh });
    Ok(())
}

/// Writes what a transaction asked of the queue as its last step, and commits. [`Portal::commit`] also wakes the
/// runners.
pub(crate) async fn commit(mut tx: Tx) -> Result<(), Error> {
    let jobs = std::mem::take(&mut tx.jobs);
    store::insert_all(tx.conn(), jobs).await?;
    tx.commit().await
}

/// Returns whether the runner still has its job by this claim. If so, nobody else can claim it before the transaction
/// ends: what follows from a call to the outside is written with this as the last question, so that a runner that was
/// overtaken writes nothing.
pub async fn lock_claimed(tx: &mut Tx, claim: &Claim) -> Result<bool, Error> {
    store::lock_claimed(tx, claim).await
}

/// How far the outbox is behind: how long the oldest due job has been due, and how many dead letters there are.
pub async fn lag(portal: &Portal) -> Result<(Duration, i64), Error> {
    store::lag(&portal.db, Clocks { calendar: portal.now(), wall: portal.wall() }).await
}

/// How many jobs are due or running by `until`: what a test harness looks at.
pub async fn waiting(portal: &Portal, until: Instant) -> Result<i64, Error> {
    store::waiting(&portal.db, until).await
}

/// How many jobs that were due by `until` some worker has in hand.
pub async fn running(portal: &Portal, until: Instant) -> Result<i64, Error> {
    store::running(&portal.db, until, portal.wall()).await
}

/// The statements of this store.
pub fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
