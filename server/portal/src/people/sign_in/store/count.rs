//! How often somebody asked, and the lock of an address.

use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::Instant;

statements! {
    COUNT = "insert into rate_counts (subject, window_seconds, window_start, hits)
        values ($1, $2, $3, 1)
        on conflict (subject, window_seconds, window_start) do update set hits = rate_counts.hits + 1
        returning hits";
    COUNTED = "select hits from rate_counts where subject = $1 and window_seconds = $2 and window_start = $3";
    // An address has one row for ever as its lock, with the second of the last request in place of a count.
    LOCK_ADDRESS = "insert into rate_counts (subject, window_seconds, window_start, hits)
        values ($1, 0, 0, $2)
        on conflict (subject, window_seconds, window_start) do update set hits = excluded.hits";
    FORGET_COUNTS = "delete
        from rate_counts
        where (window_start > 0 and window_start < $1) or (window_start = 0 and hits < $1)";
}

row! {
    struct HitsRow { hits: i64 }
}

pub(in crate::people::sign_in) async fn count(
    tx: &mut Tx,
    subject: &str,
    window: i64,
    start: i64,
) -> Result<i64, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, HitsRow>(COUNT).bind(subject).bind(window).bind(start).fetch_one(c).await?
    });
    Ok(row.hits)
}

/// How many were counted; 0 when none was.
pub(in crate::people::sign_in) async fn counted(db: &Db, subject: &str, window: i64, start: i64) -> Result<i64, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, HitsRow>(COUNTED).bind(subject).bind(window).bind(start).fetch_optional(c).await?
    });
    Ok(row.map_or(0, |row| row.hits))
}

/// The row that makes requests for one address wait for each other.
pub(in crate::people::sign_in) async fn lock_address(tx: &mut Tx, subject: &str, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK_ADDRESS).bind(subject).bind(now.seconds()).execute(c).await?; });
    Ok(())
}

/// Forgets counts of before then, in seconds since 1970.
pub(in crate::people::sign_in) async fn forget(tx: &mut Tx, before: i64) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_COUNTS).bind(before).execute(c).await?; });
    Ok(())
}
