//! Opening a database, and the assertions without which it is not used.

use super::readers::Readers;
use super::{Db, Error, Pools, file};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, SqliteConnection, SqlitePool};
use std::str::FromStr;
use std::time::Duration;

/// Older versions of SQLite can lose committed rows when a checkpoint meets a writer (fixed in 3.51.3).
const OLDEST_SQLITE: (i64, i64, i64) = (3, 51, 3);
/// How many connections to PostgreSQL there are at most.
const CONNECTIONS: u32 = 16;
/// How many statements a connection keeps prepared: most of what the rules use daily.
const STATEMENTS: usize = 256;
/// A connection to a server that was used this short a time ago is there; one that rested longer is asked first.
const RESTED: Duration = Duration::from_secs(1);

impl Db {
    /// Opens `sqlite:PATH` (made when missing, folder included) or `postgres://…`, and asserts that it is fit for use.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::open_with(url, CONNECTIONS).await
    }

    /// The same with at most so many connections to PostgreSQL, each of which knows its statements by itself: who does
    /// one thing after the other is faster with few.
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url, connections).await
        } else if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else {
            Err(Error::Unfit("a database address starts with sqlite: or postgres://".to_owned()))
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, Error> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What we answered with 2xx survives a power cut (rule 20).
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(STATEMENTS);
        file::prepare(options.get_filename())?;
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(is_outside(connection)))
            .connect_with(options.clone())
            .await?;
        assert_sqlite(&writer).await?;
        Ok(Self(Pools::Sqlite { writer, readers: Readers::new(options.pragma("query_only", "ON")) }))
    }

    async fn open_postgres(url: &str, connections: u32) -> Result<Self, Error> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("aftersale")
            // Statements are short and many: to compile one takes longer than to run it.
            .options([("timezone", "UTC"), ("jit", "off")])
            .statement_cache_capacity(STATEMENTS);
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .before_acquire(|connection, known| Box::pin(answers(connection, known.idle_for)))
            .connect_with(options)
            .await?;
        assert_postgres(&pool).await?;
        Ok(Self(Pools::Postgres(pool)))
    }
}

/// Whether the connection is outside of every transaction. A write that failed (a full disk, a failing one) may leave it
/// inside of one, or in the belief that it is, and it would never begin another: such a connection is thrown away, and
/// a new one takes its place.
async fn is_outside(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // A transaction that was given up is rolled back in the background: this waits until that is done.
    connection.ping().await?;
    let is_outside = !connection.is_in_transaction();
    if !is_outside {
        tracing::warn!("a connection that writes could not end its transaction, and is thrown away");
    }
    Ok(is_outside)
}

/// Whether a connection that nobody used for a while is still good.
async fn answers(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    if idle_for >= RESTED {
        connection.ping().await?;
    }
    Ok(true)
}

async fn assert_sqlite(pool: &SqlitePool) -> Result<(), Error> {
    let (version,): (String,) = sqlx::query_as("select sqlite_version()").fetch_one(pool).await?;
    let mut parts = version.split('.').map(|part| part.parse::<i64>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    let (have, need) = ((next(), next(), next()), OLDEST_SQLITE);
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

async fn assert_postgres(pool: &PgPool) -> Result<(), Error> {
    let (version,): (String,) = sqlx::query_as("show server_version_num").fetch_one(pool).await?;
    let (encoding,): (String,) = sqlx::query_as("show server_encoding").fetch_one(pool).await?;
    let (sync,): (String,) = sqlx::query_as("show synchronous_commit").fetch_one(pool).await?;
    if version.parse::<i64>().unwrap_or(0) < 140_000 {
        return Err(Error::Unfit(format!("PostgreSQL {version} is too old: 14 or newer is needed")));
    }
    if encoding != "UTF8" || sync == "off" {
        return Err(Error::Unfit(format!(
            "PostgreSQL runs with server_encoding={encoding} synchronous_commit={sync}; UTF8 and not off are needed"
        )));
    }
    Ok(())
}
