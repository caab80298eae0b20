//! Whatever must reach another system. A job is written in the transaction of the change that needs it, and done afterwards, at least once.
//!
//! Jobs hold ids only and are safe to run twice. Jobs with a *lane* are one job that may be asked for again: there is at most one row and one
//! runner for a lane, and asking while it runs makes it run once more. A runner holds a lease and marks its work with the number of its claim;
//! a runner that lost its lease marks nothing. Leases and repetitions go by the clock on the wall, what is planned goes by the calendar.

#[cfg(test)]
mod asked_tests;
mod job;
mod run;
mod schedule;
mod store;
mod worker;

pub use job::{CancelMoment, InvoiceMoment, Job, PlanMoment, RefundMoment};
pub use schedule::{ATTEMPTS, delay};
pub use worker::{drain, drain_at_once, work};

pub(crate) use store::{Hold, NewJob};

use crate::db::{Conn, Error, Statement, Tx};
use crate::portal::Portal;
use std::time::Duration;
use store::{Clocks, Due};
use types::Instant;

/// What became of one run of a job.
#[derive(Debug)]
pub enum Outcome {
    /// Done; the job is gone.
    Done,
    /// A letter was handed over, which is noted as the job goes.
    Sent(SentLetter),
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

/// A letter that was handed over: to whom and what kind, never what it said.
#[derive(Clone, PartialEq, Debug)]
pub struct SentLetter {
    /// The letter's own id, which names what it is about.
    pub id: String,
    /// Whom it went to.
    pub to: types::Email,
    /// Its kind.
    pub kind: &'static str,
}

/// Asks for `job` now.
pub async fn put(portal: &Portal, tx: &mut Tx, job: Job) -> Result<(), Error> {
    put_at(portal, tx, job, portal.now()).await
}

/// Asks for `job` at `due`. A lane that already waits is asked for at the earlier of the two, unless it is failing: then it keeps to its schedule.
pub async fn put_at(portal: &Portal, tx: &mut Tx, job: Job, due: Instant) -> Result<(), Error> {
    ask(tx, portal.new_id(), portal.now(), job, Due::Calendar(due), false);
    Ok(())
}

/// Asks for `job` when the clock on the wall shows `due`, wherever the calendar was moved to.
pub(crate) fn put_by_wall(portal: &Portal, tx: &mut Tx, job: Job, due: Instant) {
    ask(tx, portal.new_id(), portal.now(), job, Due::Wall(due), false);
}

/// Asks for `job` now and starts its schedule afresh, also when it is failing: what stood in its way was changed.
pub async fn put_afresh(portal: &Portal, tx: &mut Tx, job: Job) -> Result<(), Error> {
    ask(tx, portal.new_id(), portal.now(), job, Due::Calendar(portal.now()), true);
    Ok(())
}

/// Asks for the gateways of this installation to be tended at `due`: for such a gateway itself, which has no portal at hand.
pub async fn put_tending(tx: &mut Tx, id: uuid::Uuid, now: Instant, due: Instant) -> Result<(), Error> {
    ask(tx, id, now, Job::TendGateways, Due::Calendar(due), false);
    Ok(())
}

fn ask(tx: &mut Tx, id: uuid::Uuid, now: Instant, job: Job, due: Due, is_afresh: bool) {
    tx.jobs.push(NewJob { id, now, job, due, is_afresh });
}

/// Writes what a transaction asked for, as its last step.
pub(crate) async fn write(conn: Conn<'_>, jobs: Vec<NewJob>) -> Result<(), Error> {
    store::insert_all(conn, jobs).await
}

/// Whether the runner still holds its job. If so, nobody else can claim it before the transaction ends: what follows from a call to the outside is
/// written with this as the last question, so that a runner that was overtaken writes nothing.
pub(crate) async fn holds(tx: &mut Tx, hold: &Hold) -> Result<bool, Error> {
    store::holds(tx, hold).await
}

/// How far the outbox is behind: how long the oldest due job has been due, and how many dead letters there are.
pub async fn lag(portal: &Portal) -> Result<(Duration, i64), Error> {
    store::lag(&portal.db, Clocks { calendar: portal.now(), wall: portal.wall() }).await
}

/// How many jobs are due or running by `until`: what a test harness looks at.
pub async fn waiting(portal: &Portal, until: Instant) -> Result<i64, Error> {
    store::waiting(&portal.db, until).await
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}

/// Writes a mail and hands it over. `id` is stable: the same mail sent again after a crash carries the same one.
pub(crate) async fn send(
    portal: &Portal,
    id: &str,
    to: types::Email,
    language: types::Language,
    time_zone: String,
    content: crate::message::Content,
) -> Result<Outcome, Error> {
    let kind = content.word();
    let message = crate::message::Message { to: to.clone(), language, time_zone, content };
    let words = portal.writer.write(&message);
    let letter =
        crate::message::Letter { id: id.to_owned(), to, subject: words.subject, text: words.text, html: words.html };
    Ok(match portal.ports.mail.send(&letter).await {
        Ok(()) => Outcome::Sent(SentLetter { id: letter.id, to: letter.to, kind }),
        Err(error @ crate::ports::MailError::Temporary(_)) => Outcome::Again { after: None, reason: error.to_string() },
        Err(error @ crate::ports::MailError::Refused(_)) => Outcome::Dead(error.to_string()),
    })
}
