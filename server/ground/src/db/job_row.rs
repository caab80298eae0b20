//! The jobs that a transaction asked for. They are kept until its last step, so that rows of the queue are always
//! locked last and in one order.

use types::Instant;
use uuid::Uuid;

/// A row of the queue that is not written yet.
#[derive(Clone, PartialEq, Debug)]
pub struct JobRow {
    /// The job's own id.
    pub id: Uuid,
    /// What kind of job it is, in a word for those who look at the table.
    pub kind: &'static str,
    /// The job itself, as JSON.
    pub payload: String,
    /// The lane, for a job that is one however often it is asked for.
    pub lane: Option<String>,
    /// Whom or what it is about, for those who look for it in the table.
    pub subject: Option<Uuid>,
    /// The outside system that it calls, where the runners of one are counted.
    pub area: Option<Uuid>,
    /// Whether it is a mail, which has a row of its own.
    pub is_mail: bool,
    /// When it was asked for.
    pub created_at: Instant,
    /// When it is to run.
    pub due: Due,
    /// Whether its schedule starts afresh, also when it is failing.
    pub is_afresh: bool,
}

/// When a job is to run, and by which clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Due {
    /// By the calendar, which can be moved in development.
    Calendar(Instant),
    /// By the clock on the wall.
    Wall(Instant),
}
