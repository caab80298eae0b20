//! What the operator sees of the queue, and does about it.

use super::store::{self, Clocks, JobOnFileRow};
use crate::db::{Error, Tx};
use crate::mail;
use crate::portal::Portal;
use types::Instant;
use uuid::Uuid;

/// How many rows are read at a time.
const PAGE: i64 = 500;

/// A job, as its row shows it.
#[derive(Clone, Debug)]
pub struct JobOnFile {
    /// Its id.
    pub id: Uuid,
    /// What kind of job it is.
    pub kind: String,
    /// Whom or what it is about.
    pub subject: Option<Uuid>,
    /// When it is due, or was when it was given up.
    pub due_at: Instant,
    /// How often it was tried since it last came to an end.
    pub attempts: i64,
    /// Why it was not done the last time.
    pub reason: Option<String>,
    /// Whether somebody runs it now.
    pub is_running: bool,
}

/// How a job stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum JobState {
    /// It waits for its time, or runs.
    Ready,
    /// It was given up.
    Dead,
}

/// Hands the jobs in this state to `each`, the oldest first, a page at a time: there may be many.
pub async fn list(portal: &Portal, state: JobState, mut each: impl FnMut(JobOnFile)) -> Result<(), Error> {
    let (word, now) = (state.as_str(), portal.wall());
    let mut after = Uuid::nil();
    loop {
        let rows = store::page(&portal.db, word, after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(()) };
        after = last.id;
        rows.into_iter().for_each(|row| each(on_file(row, now)));
    }
}

/// Starts a job afresh: it is due now, and has all its tries before it. False when there is none with this id, or
/// somebody runs it.
pub async fn retry(portal: &Portal, id: Uuid) -> Result<bool, Error> {
    let mut tx = portal.db.begin().await?;
    let is_afresh = retry_within(portal, &mut tx, id).await?;
    portal.commit(tx).await?;
    Ok(is_afresh)
}

/// The same in the transaction of the caller.
pub async fn retry_within(portal: &Portal, tx: &mut Tx, id: Uuid) -> Result<bool, Error> {
    let clocks = Clocks { calendar: portal.now(), wall: portal.wall() };
    let is_afresh = store::retry(tx, id, clocks).await?;
    if is_afresh {
        mail::wait_again(tx, id).await?;
    }
    Ok(is_afresh)
}

impl JobState {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Dead => "dead",
        }
    }
}

fn on_file(row: JobOnFileRow, now: Instant) -> JobOnFile {
    JobOnFile {
        id: row.id,
        kind: row.kind,
        subject: row.subject,
        due_at: Instant::from_micros(row.due_at),
        attempts: row.attempts,
        reason: row.last_error,
        is_running: row.leased_until.is_some_and(|until| until > now.micros()),
    }
}
