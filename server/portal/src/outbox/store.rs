use super::{Job, SentLetter};
use crate::db::{Db, Error, PerEngine, Tx};
use crate::{on, row, statements};
use std::time::Duration;
use types::Instant;
use uuid::Uuid;

statements! {
    // A lane that waits is asked for at the earlier of the two times. One that is failing keeps its time, unless it starts afresh ($7 = 1).
    INSERT = "insert into jobs (id, kind, payload, lane, asked, due_at, attempts, state, created_at, subject)
        values ($1, $2, $3, $4, 1, $5, 0, 'ready', $6, $8)
        on conflict (lane) do update set
            asked = jobs.asked + 1,
            attempts = case when $7 = 1 or jobs.state = 'dead' then 0 else jobs.attempts end,
            due_at = case when $7 = 1 or jobs.state = 'dead' then excluded.due_at
                when jobs.attempts > 0 or jobs.due_at <= excluded.due_at then jobs.due_at
                else excluded.due_at end,
            state = 'ready'";
    // Asked for again while it ran: it stays, and runs once more at once. Fresh, because the run itself came to an end.
    DONE_BUT_ASKED = "update jobs set lease = null, leased_until = null, attempts = 0, due_at = $5
        where id = $1 and lease = $2 and attempts = $3 and asked <> $4";
    DONE = "delete from jobs where id = $1 and lease = $2 and attempts = $3";
    LATER = "update jobs set lease = null, leased_until = null, attempts = 0, due_at = $4 where id = $1 and lease = $2 and attempts = $3";
    FAILED = "update jobs set lease = null, leased_until = null, due_at = $4, last_error = $5 where id = $1 and lease = $2 and attempts = $3";
    DEAD = "update jobs set lease = null, leased_until = null, state = 'dead', last_error = $4 where id = $1 and lease = $2 and attempts = $3";
    HEARTBEAT = "update jobs set leased_until = $2 where lease = $1";
    RELEASE = "update jobs set lease = null, leased_until = null, attempts = attempts - 1 where lease = $1";
    LAG = "select min(case when state = 'ready' and due_at <= $1 then due_at end) as oldest,
        cast(count(case when state = 'dead' then 1 end) as bigint) as dead from jobs";
    CLAIMABLE = "select count(*) as waiting from jobs where state = 'ready' and due_at <= $1 and (leased_until is null or leased_until <= $1)
        and (kind = 'sync_access') = ($2 = 1)";
    // A letter's id names what it is about: an order, or something of an order, or both, as a card that several orders use.
    NOTE_SENT = "insert into mails_sent (id, kind, recipient, order_id, sent_at) values ($1, $2, $3, coalesce(
            (select o.id from orders o where o.id in ($4, $5)),
            (select f.order_id from refunds f where f.id in ($4, $5)),
            (select s.order_id from subscriptions s where s.id in ($4, $5)),
            (select c.order_id from cancellations c where c.id in ($4, $5)),
            (select r.order_id from retention_offers r where r.id in ($4, $5)),
            (select v.order_id from invoices v where v.id in ($4, $5)),
            (select u.order_id from card_updates u where u.id in ($4, $5)),
            (select q.order_id from plan_quotes q where q.id in ($4, $5))), $6)
        on conflict (id) do nothing";
    WAITING = "select count(*) as waiting from jobs where state = 'ready' and due_at <= $1";
}

/// Claims jobs that are due and that nobody holds. `attempts` counts from the claim on, so that a job that kills its runner does not run for ever.
pub(super) const CLAIM: PerEngine = PerEngine {
    sqlite: "update jobs set lease = $1, leased_until = $2, attempts = attempts + 1
        where id in (
            select id from jobs where state = 'ready' and due_at <= $3 and (leased_until is null or leased_until <= $3)
                and (kind = 'sync_access') = ($5 = 1)
            order by due_at limit $4)
        returning id, payload, asked, attempts",
    postgres: "update jobs set lease = $1, leased_until = $2, attempts = attempts + 1
        where id in (
            select id from jobs where state = 'ready' and due_at <= $3 and (leased_until is null or leased_until <= $3)
                and (kind = 'sync_access') = ($5 = 1)
            order by due_at limit $4
            -- Another node that claims at the same time takes other rows instead of waiting for these.
            for update skip locked)
        returning id, payload, asked, attempts",
};

row! {
    pub(super) struct ClaimedRow { id: Uuid, payload: String, asked: i64, attempts: i64 }
    struct LagRow { oldest: Option<i64>, dead: i64 }
    struct WaitingRow { waiting: i64 }
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
    Sent(SentLetter),
    Later(Instant),
    Failed(Instant, String),
    Dead(String),
}

/// Notes that a letter was handed over.
async fn note_sent(tx: &mut Tx, letter: &SentLetter, now: Instant) -> Result<(), Error> {
    let (first, second) = ids(&letter.id);
    on!(tx.conn(), c => {
        sqlx::query(NOTE_SENT)
            .bind(&letter.id)
            .bind(letter.kind)
            .bind(letter.to.as_str())
            .bind(first)
            .bind(second)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// The ids in a letter's own, at most two: `refund-0189…-sent`, `card-0189…-0189…`.
fn ids(text: &str) -> (Option<Uuid>, Option<Uuid>) {
    let found = |from: usize| {
        (from..text.len()).find_map(|start| Some((text.get(start..start + 36)?.parse::<Uuid>().ok()?, start + 36)))
    };
    let first = found(0);
    let second = first.and_then(|(_, end)| found(end));
    (first.map(|(id, _)| id), second.map(|(id, _)| id))
}

pub(super) async fn insert(
    tx: &mut Tx,
    id: Uuid,
    now: Instant,
    job: &Job,
    due: Instant,
    afresh: bool,
) -> Result<(), Error> {
    let payload = serde_json::to_string(job).map_err(|error| Error::inconsistent("jobs", "new", error))?;
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id)
            .bind(job.kind())
            .bind(payload)
            .bind(job.lane())
            .bind(due.micros())
            .bind(now.micros())
            .bind(i64::from(afresh))
            .bind(job.subject())
            .execute(c)
            .await?;
    });
    tx.has_jobs = true;
    Ok(())
}

pub(super) async fn claim(
    db: &Db,
    pool: Pool,
    lease: &str,
    now: Instant,
    lease_for: Duration,
    most: i64,
) -> Result<Vec<ClaimedRow>, Error> {
    // Looking first costs no write lock: an idle worker leaves the writers alone.
    let is_access = i64::from(pool == Pool::Access);
    let row = on!(db.reader(), c => {
        sqlx::query_as::<_, WaitingRow>(CLAIMABLE).bind(now.micros()).bind(is_access).fetch_one(c).await?
    });
    if row.waiting == 0 {
        return Ok(Vec::new());
    }
    let mut tx = db.begin().await?;
    let rows = on!(tx.conn(), c => {
        sqlx::query_as::<_, ClaimedRow>(db.pick(CLAIM))
            .bind(lease)
            .bind(now.plus(lease_for).micros())
            .bind(now.micros())
            .bind(most)
            .bind(is_access)
            .fetch_all(c)
            .await?
    });
    tx.commit().await?;
    Ok(rows)
}

pub(super) async fn mark(tx: &mut Tx, lease: &str, row: &ClaimedRow, mark: &Mark, now: Instant) -> Result<(), Error> {
    if let Mark::Sent(letter) = mark {
        note_sent(tx, letter, now).await?;
    }
    on!(tx.conn(), c => {
        let (id, attempts) = (row.id, row.attempts);
        match mark {
            Mark::Done | Mark::Sent(_) => {
                let asked = sqlx::query(DONE_BUT_ASKED).bind(id).bind(lease).bind(attempts).bind(row.asked).bind(now.micros());
                if asked.execute(&mut *c).await?.rows_affected() == 0 {
                    sqlx::query(DONE).bind(id).bind(lease).bind(attempts).execute(c).await?;
                }
            }
            Mark::Later(at) => {
                let asked = sqlx::query(DONE_BUT_ASKED).bind(id).bind(lease).bind(attempts).bind(row.asked).bind(now.micros());
                if asked.execute(&mut *c).await?.rows_affected() == 0 {
                    sqlx::query(LATER).bind(id).bind(lease).bind(attempts).bind(at.micros()).execute(c).await?;
                }
            }
            Mark::Failed(at, error) => {
                sqlx::query(FAILED).bind(id).bind(lease).bind(attempts).bind(at.micros()).bind(error).execute(c).await?;
            }
            Mark::Dead(error) => {
                // Asked for again while it ran: what came meanwhile may well be done, and must be (a revocation is never dropped).
                let asked = sqlx::query(DONE_BUT_ASKED).bind(id).bind(lease).bind(attempts).bind(row.asked).bind(now.micros());
                if asked.execute(&mut *c).await?.rows_affected() == 0 {
                    sqlx::query(DEAD).bind(id).bind(lease).bind(attempts).bind(error).execute(c).await?;
                }
            }
        }
    });
    Ok(())
}

pub(super) async fn heartbeat(db: &Db, lease: &str, until: Instant) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), c => { sqlx::query(HEARTBEAT).bind(lease).bind(until.micros()).execute(c).await?; });
    tx.commit().await
}

/// Gives back what was claimed and not run, as if it had never been claimed.
pub(super) async fn release(db: &Db, lease: &str) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), c => { sqlx::query(RELEASE).bind(lease).execute(c).await?; });
    tx.commit().await
}

pub(super) async fn lag(db: &Db, now: Instant) -> Result<(Option<Instant>, i64), Error> {
    let row = on!(db.reader(), c => sqlx::query_as::<_, LagRow>(LAG).bind(now.micros()).fetch_one(c).await?);
    Ok((row.oldest.map(Instant::from_micros), row.dead))
}

pub(super) async fn waiting(db: &Db, until: Instant) -> Result<i64, Error> {
    let row = on!(db.reader(), c => sqlx::query_as::<_, WaitingRow>(WAITING).bind(until.micros()).fetch_one(c).await?);
    Ok(row.waiting)
}
