//! Opening SQLite: one connection that writes, a few that read, and the assertions without which the file is not used.

use super::open::words;
use super::readers::Readers;
use super::{Error, Pools, file};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use std::str::FromStr;
use std::time::Duration;

/// Older versions of SQLite can lose committed rows when a checkpoint meets a writer (fixed in 3.51.3).
const OLDEST: (i64, i64, i64) = (3, 51, 3);
/// How many statements a connection keeps prepared: most of what the rules use daily.
const STATEMENTS: usize = 256;
/// What an address may say.
const WORDS: [&str; 4] = ["mode", "cache", "immutable", "vfs"];

pub(super) async fn open(url: &str) -> Result<Pools, Error> {
    let is_made = is_made(url)?;
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(is_made)
        .journal_mode(SqliteJournalMode::Wal)
        // What we answered with 2xx survives a power cut (rule 20).
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        .statement_cache_capacity(STATEMENTS);
    file::prepare(options.get_filename(), is_made)?;
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .before_acquire(|connection, _| Box::pin(is_outside(connection)))
        .connect_with(options.clone())
        .await
        .map_err(|error| file::unfit_for_use(options.get_filename(), error))?;
    assert_fit(&writer).await.map_err(|error| match error {
        Error::Database(error) => file::unfit_for_use(options.get_filename(), error),
        other => other,
    })?;
    Ok(Pools::Sqlite { writer, readers: Readers::new(options.pragma("query_only", "ON")) })
}

/// Whether the file may be made where it is missing, by what the address says. What cannot be written to is refused.
fn is_made(url: &str) -> Result<bool, Error> {
    let mut is_made = true;
    for (word, value) in words(url) {
        match (word, value) {
            ("mode", "rw") => is_made = false,
            ("mode", "ro" | "memory") | ("immutable", "1" | "true") => {
                return Err(Error::Unfit(format!(
                    "the database is written to: its address must not say {word}={value}"
                )));
            }
            _ if !WORDS.contains(&word) => return Err(Error::unknown_word(word, &WORDS)),
            _ => {}
        }
    }
    if url.starts_with("sqlite::memory:") {
        return Err(Error::Unfit("the database is written to, and kept: its address names a file".to_owned()));
    }
    Ok(is_made)
}

/// Whether the connection is outside of every transaction. A write that failed (a full disk, a failing one) may leave
/// it inside of one, or in the belief that it is, and it would never begin another: such a connection is thrown away,
/// and a new one takes its place.
async fn is_outside(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A transaction that was given up is rolled back in the background: this waits until that is done.
    connection.ping().await?;
    let is_outside = !connection.is_in_transaction();
    if !is_outside {
        tracing::warn!("a connection that writes could not end its transaction, and is thrown away");
    }
    Ok(is_outside)
}

async fn assert_fit(pool: &SqlitePool) -> Result<(), Error> {
    let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let (have, need) = ((next(), next(), next()), OLDEST);
    if have < need {
        return Err(Error::Unfit(format!(
            "SQLite {version} is too old: {}.{}.{} or newer is needed",
            need.0, need.1, need.2
        )));
    }
    let (mode,): (String,) = sqlx::query_as("pragma journal_mode").fetch_one(pool).await?;
    let (keys,): (i64,) = sqlx::query_as("pragma foreign_keys").fetch_one(pool).await?;
    let (sync,): (i64,) = sqlx::query_as("pragma synchronous").fetch_one(pool).await?;
    if mode != "wal" || keys != 1 || sync != 2 {
        return Err(Error::Unfit(format!(
            "SQLite runs with journal_mode={mode} foreign_keys={keys} synchronous={sync}; wal, 1 and 2 are needed"
        )));
    }
    Ok(())
}
