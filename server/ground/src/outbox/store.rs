use crate::db::{Conn, Db, Due, Error, JobRow, PerEngine, Tx};
use crate::mail;
use crate::{on, row, statements};
use std::time::Duration;
use types::Instant;
use uuid::Uuid;

/// What one of the two [`Pool`]s may claim now. $1 is the calendar, $2 the clock on the wall, $3 the later of both.
/// Leases go by the wall. Each pool has a wording and an index of its own: a mail is not looked for among the calls
/// that wait for a member area.
///
/// A member area that has its most runners already has to wait, so that one that hangs leaves the others theirs;
/// several nodes that claim at the same moment may give it one more each.
macro_rules! claimable {
    (rest) => {
        concat!("area_id is null and ", claimable!(due))
    };
    (access) => {
        concat!(
            "area_id is not null and area_id not in (
                select r.area_id
                from jobs r
                where r.area_id is not null and r.leased_until > $2
                group by r.area_id
                having count(*) >= 4)
            and ",
            claimable!(due)
        )
    };
    (due) => {
        "state = 'ready' and due_at <= $3
            and due_at <= case clock when 'wall' then cast($2 as bigint) else cast($1 as bigint) end
            and (leased_until is null or leased_until <= $2)"
    };
}

/// Whether a pool may claim anything.
macro_rules! any {
    ($pool:ident) => {
        concat!(
            "select count(*) as waiting from (select 1 as one from jobs where ",
            claimable!($pool),
            " limit 1) as first"
        )
    };
}

/// Claims jobs that are due and that nobody has claimed, $6 at the most. `attempts` counts from the claim on, so that a
/// job that kills its runner does not run for ever.
macro_rules! claim {
    ($pool:ident) => {
        PerEngine {
            sqlite: concat!(
                "update jobs set lease = $4, leased_until = $5, attempts = attempts + 1, fence = fence + 1
                where id in (select id from jobs where ",
                claimable!($pool),
                " order by due_at limit $6)
                returning id, payload, lane, asked, attempts, fence, due_at"
            ),
            postgres: concat!(
                "update jobs set lease = $4, leased_until = $5, attempts = attempts + 1, fence = fence + 1
                where id in (select id from jobs where ",
                claimable!($pool),
                " order by due_at limit $6
                    -- Another node that claims at the same time takes other rows instead of waiting for these.
                    for update skip locked)
                returning id, payload, lane, asked, attempts, fence, due_at"
            ),
        }
    };
}

pub(super) const CLAIM_ACCESS: PerEngine = claim!(access);
pub(super) const CLAIM_REST: PerEngine = claim!(rest);

statements! {
    // A lane that waits is asked for at the earlier of the two times. One that is failing keeps its time, unless it
    // starts afresh ($7 = 1).
    INSERT = "insert into jobs (id, kind, payload, lane, asked, due_at, attempts, state, created_at, subject, clock,
                area_id)
        values ($1, $2, $3, $4, 1, $5, 0, 'ready', $6, $8, $9, $10)
        on conflict (lane) do update set asked = jobs.asked + 1,
            attempts = case when $7 = 1 or jobs.state = 'dead' then 0 else jobs.attempts end,
            clock = case when $7 = 1 or jobs.state = 'dead' then excluded.clock when jobs.attempts > 0
                or jobs.due_at <= excluded.due_at then jobs.clock else excluded.clock end,
            due_at = case when $7 = 1 or jobs.state = 'dead' then excluded.due_at when jobs.attempts > 0
                or jobs.due_at <= excluded.due_at then jobs.due_at else excluded.due_at end,
            state = 'ready'";
    // What ends a run asks in the same breath whether the job was asked for again: an asking that is about to be
    // committed is waited for and not overlooked.
    DONE = "delete from jobs where id = $1 and lease = $2 and fence = $3 and asked = $4";
    LATER = "update jobs set lease = null, leased_until = null, attempts = 0, due_at = $5, clock = 'calendar'
        where id = $1 and lease = $2 and fence = $3 and asked = $4";
    // Asked for again while it ran: it stays, and runs once more at once. Fresh, because the run itself came to an end.
    DONE_BUT_ASKED = "update jobs set lease = null, leased_until = null, attempts = 0, due_at = $5, clock = 'calendar'
        where id = $1 and lease = $2 and fence = $3 and asked <> $4";
    // A claim counts an attempt: none means that the job was to start afresh while it ran, and so it does, at once.
    FAILED = "update jobs set lease = null, leased_until = null, last_error = $5,
            clock = case when attempts = 0 then clock else 'wall' end,
            due_at = case when attempts = 0 then due_at else $4 end
        where id = $1 and lease = $2 and fence = $3";
    DEAD = "update jobs set lease = null, leased_until = null, state = 'dead', last_error = $5
        where id = $1 and lease = $2 and fence = $3 and asked = $4";
    // Changes nothing and locks the row: until the transaction ends, nobody else can claim it.
    LOCK_CLAIMED = "update jobs set lease = lease where id = $1 and lease = $2 and fence = $3";
    HEARTBEAT = "update jobs set leased_until = $4 where id = $1 and lease = $2 and fence = $3";
    RELEASE = "update jobs set lease = null, leased_until = null,
            attempts = case when attempts > 0 then attempts - 1 else 0 end
        where id = $1 and lease = $2 and fence = $3";
    LAG = "select max(case when state = 'ready' then case clock when 'wall' then cast($2 as bigint)
                else cast($1 as bigint) end - due_at end) as behind,
            cast(count(case when state = 'dead' then 1 end) as bigint) as dead
        from jobs";
    // The next page of jobs in one state, by id: the oldest first.
    PAGE = "select id, kind, subject, due_at, attempts, last_error, leased_until
        from jobs
        where state = $1 and id > $2
        order by id
        limit $3";
    // One that somebody runs stays theirs.
    RETRY = "update jobs set state = 'ready', attempts = 0, due_at = $2, clock = 'calendar', lease = null,
            leased_until = null
        where id = $1 and (leased_until is null or leased_until <= $3)";
    ANY_ACCESS = any!(access);
    ANY_REST = any!(rest);
    // By the index of each pool.
    WAITING = "select (select count(*) from jobs where state = 'ready' and area_id is null and due_at <= $1)
            + (select count(*) from jobs where state = 'ready' and area_id is not null and due_at <= $1) as waiting";
    RUNNING = "select (select count(*) from jobs
                where state = 'ready' and area_id is null and due_at <= $1 and leased_until > $2)
            + (select count(*) from jobs
                where state = 'ready' and area_id is not null and due_at <= $1 and leased_until > $2) as waiting";
}

row! {
    pub(super) struct ClaimedRow {
        id: Uuid, payload: String, lane: Option<String>, asked: i64, attempts: i64, fence: i64, due_at: i64,
    }
    pub(super) struct JobOnFileRow {
        id: Uuid, kind: String, subject: Option<Uuid>, due_at: i64, attempts: i64, last_error: Option<String>,
        leased_until: Option<i64>,
    }
    struct LagRow { behind: Option<i64>, dead: i64 }
    struct WaitingRow { waiting: i64 }
}

impl Due {
    const fn columns(self) -> (i64, &'static str) {
        match self {
            Self::Calendar(at) => (at.micros(), "calendar"),
            Self::Wall(at) => (at.micros(), "wall"),
        }
    }
}

/// Both clocks at one moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Clocks {
    pub(super) calendar: Instant,
    pub(super) wall: Instant,
}

/// A runner's claim of a job. It is true until somebody else has claimed the job.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Claim {
    // First, so that claims are in the order of their lanes.
    pub(super) lane: Option<String>,
    pub(super) id: Uuid,
    pub(super) lease: String,
    pub(super) fence: i64,
}

#[cfg(any(test, feature = "testing"))]
impl Claim {
    /// Of a job that is not in the outbox: a test runs it by hand.
    pub fn of_nobody() -> Self {
        Self { lane: None, id: Uuid::nil(), lease: String::new(), fence: 0 }
    }
}

/// Jobs that are run apart from each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pool {
    /// Calls to member areas, which may be slow and many.
    Access,
    /// Mails, refunds and the rest.
    Rest,
}

/// How a run is marked.
pub(super) enum Mark {
    Done,
    Later(Instant),
    Failed(Instant, String),
    Dead(String),
}

/// Writes what a transaction asked for, in the order of the lanes: so that two transactions cannot deadlock.
pub(super) async fn insert_all(mut conn: Conn<'_>, mut jobs: Vec<JobRow>) -> Result<(), Error> {
    jobs.sort_by(|a, b| a.lane.cmp(&b.lane));
    for mail in jobs.iter().filter(|job| job.is_mail) {
        mail::insert(conn.again(), mail).await?;
    }
    on!(conn, c => for new in jobs {
        let (due, clock) = new.due.columns();
        sqlx::query(INSERT)
            .bind(new.id)
            .bind(new.kind)
            .bind(new.payload)
            .bind(new.lane)
            .bind(due)
            .bind(new.created_at.micros())
            .bind(i64::from(new.is_afresh))
            .bind(new.subject)
            .bind(clock)
            .bind(new.area)
            .execute(&mut *c)
            .await?;
    });
    Ok(())
}

/// In the order in which they became due.
pub(super) async fn claim(
    db: &Db,
    pool: Pool,
    lease: &str,
    clocks: Clocks,
    lease_for: Duration,
    most: i64,
) -> Result<Vec<ClaimedRow>, Error> {
    // One by one where areas are called: each claim counts for how many its area has.
    let (any, statement, step) = match pool {
        Pool::Access => (ANY_ACCESS, CLAIM_ACCESS, 1),
        Pool::Rest => (ANY_REST, CLAIM_REST, most),
    };
    let (calendar, wall) = (clocks.calendar.micros(), clocks.wall.micros());
    // Looking first costs no write lock: an idle worker leaves the writers alone.
    let row = on!(db.read().await?.conn(), c => {
        let query = sqlx::query_as::<_, WaitingRow>(any).bind(calendar).bind(wall).bind(calendar.max(wall));
        query.fetch_one(c).await?
    });
    if row.waiting == 0 {
        return Ok(Vec::new());
    }
    let mut claimed = Vec::new();
    let mut tx = db.begin().await?;
    while (claimed.len() as i64) < most {
        let rows = on!(tx.conn(), c => {
            sqlx::query_as::<_, ClaimedRow>(db.pick(statement))
                .bind(calendar)
                .bind(wall)
                .bind(calendar.max(wall))
                .bind(lease)
                .bind(clocks.wall.plus(lease_for).micros())
                .bind(step)
                .fetch_all(c)
                .await?
        });
        let is_last = (rows.len() as i64) < step || step == most;
        claimed.extend(rows);
        if is_last {
            break;
        }
    }
    tx.commit().await?;
    // An engine gives back what it has changed in any order.
    claimed.sort_by_key(|row| (row.due_at, row.id));
    Ok(claimed)
}

pub(super) async fn mark(tx: &mut Tx, claim: &Claim, asked: i64, mark: &Mark, now: Instant) -> Result<(), Error> {
    let Claim { id, lease, fence, .. } = claim;
    on!(tx.conn(), c => {
        let sql = match mark {
            Mark::Done => DONE,
            Mark::Later(_) => LATER,
            Mark::Failed(..) => FAILED,
            Mark::Dead(_) => DEAD,
        };
        let query = sqlx::query(sql).bind(id).bind(lease).bind(fence);
        let is_marked = match mark {
            Mark::Done => query.bind(asked),
            Mark::Later(at) => query.bind(asked).bind(at.micros()),
            Mark::Failed(at, error) => query.bind(at.micros()).bind(error),
            Mark::Dead(error) => query.bind(asked).bind(error),
        }
        .execute(&mut *c)
        .await?
        .rows_affected() > 0;
        // Asked for again while it ran: what came meanwhile may well be done, and must be (a revocation is never
        // dropped).
        if !is_marked && !matches!(mark, Mark::Failed(..)) {
            let again = sqlx::query(DONE_BUT_ASKED).bind(id).bind(lease).bind(fence).bind(asked).bind(now.micros());
            again.execute(c).await?;
        }
    });
    Ok(())
}

/// Returns whether the job is still claimed so. If it is, nobody else can claim it before the transaction ends.
pub(super) async fn lock_claimed(tx: &mut Tx, claim: &Claim) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query(LOCK_CLAIMED).bind(claim.id).bind(&claim.lease).bind(claim.fence);
        query.execute(c).await?.rows_affected() == 1
    }))
}

/// Keeps the leases of what is claimed.
pub(super) async fn heartbeat(db: &Db, claims: impl IntoIterator<Item = &Claim>, until: Instant) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), c => for claim in claims {
        let query = sqlx::query(HEARTBEAT).bind(claim.id).bind(&claim.lease).bind(claim.fence);
        query.bind(until.micros()).execute(&mut *c).await?;
    });
    tx.commit().await
}

/// Gives back what was claimed and not run to its end, as if it had never been claimed.
pub(super) async fn release(db: &Db, claims: impl IntoIterator<Item = &Claim>) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), c => for claim in claims {
        sqlx::query(RELEASE).bind(claim.id).bind(&claim.lease).bind(claim.fence).execute(&mut *c).await?;
    });
    tx.commit().await
}

pub(super) async fn lag(db: &Db, clocks: Clocks) -> Result<(Duration, i64), Error> {
    let (calendar, wall) = (clocks.calendar.micros(), clocks.wall.micros());
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, LagRow>(LAG).bind(calendar).bind(wall).fetch_one(c).await?
    });
    let behind = row.behind.unwrap_or_default().max(0);
    Ok((Duration::from_micros(behind.unsigned_abs()), row.dead))
}

pub(super) async fn waiting(db: &Db, until: Instant) -> Result<i64, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, WaitingRow>(WAITING).bind(until.micros()).fetch_one(c).await?
    });
    Ok(row.waiting)
}

pub(super) async fn running(db: &Db, until: Instant, wall: Instant) -> Result<i64, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, WaitingRow>(RUNNING).bind(until.micros()).bind(wall.micros()).fetch_one(c).await?
    });
    Ok(row.waiting)
}

/// Jobs of one state behind `after`, `most` at the most, by id.
pub(super) async fn page(db: &Db, state: &str, after: Uuid, most: i64) -> Result<Vec<JobOnFileRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, JobOnFileRow>(PAGE).bind(state).bind(after).bind(most).fetch_all(c).await?
    }))
}

/// Starts a job afresh; false when there is none with this id, or somebody runs it.
pub(super) async fn retry(tx: &mut Tx, id: Uuid, clocks: Clocks) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query(RETRY).bind(id).bind(clocks.calendar.micros()).bind(clocks.wall.micros());
        query.execute(c).await?.rows_affected() == 1
    }))
}
