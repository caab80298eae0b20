//! Opening PostgreSQL, straight or behind a pooler, and the assertions without which it is not used.
//!
//! A pooler that gives a client another connection for each transaction (`pool_mode = transaction`) takes along what a
//! connection remembers, prepared statements above all: two clients call theirs by the same names. One that does not
//! keep them apart itself is found out at the start. Then everything runs in transactions, reads too, each of which
//! first forgets what others have prepared.

use super::open::words;
use super::{Error, Pools};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, Executor, PgConnection, PgPool, Postgres, Row, Transaction};
use std::ops::DerefMut;
use std::str::FromStr;
use std::time::Duration;

/// How many statements a connection keeps prepared, unless the address says: most of what the rules use daily.
const STATEMENTS: usize = 256;
/// A connection to a server that was used this short a time ago is there; one that rested longer is asked first.
const RESTED: Duration = Duration::from_secs(1);
/// What a connection is told, unless the address says otherwise. Statements are short and many: to compile one takes
/// longer than to run it. One that goes on and on is given up, and so is a transaction whose owner has gone: its locks
/// are not kept for ever. What must take long says so ([`PgReader::patient`]).
const SETTINGS: [(&str, &str); 3] =
    [("jit", "off"), ("statement_timeout", "30s"), ("idle_in_transaction_session_timeout", "60s")];
/// The same as statements, for a session.
const SET: &str = "set jit = off; set statement_timeout = '30s'; set idle_in_transaction_session_timeout = '60s'";
/// No end for the statements of a transaction.
pub(super) const PATIENT: &str = "set local statement_timeout = 0";
/// What an address may say.
const WORDS: [&str; 18] = [
    "sslmode",
    "ssl-mode",
    "sslrootcert",
    "ssl-root-cert",
    "ssl-ca",
    "sslcert",
    "ssl-cert",
    "sslkey",
    "ssl-key",
    "statement-cache-capacity",
    "host",
    "hostaddr",
    "port",
    "dbname",
    "user",
    "password",
    "application_name",
    "options",
];

/// Those of them that count something.
const COUNTS: [&str; 2] = ["statement-cache-capacity", "port"];

/// How a transaction begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Begin {
    /// As always; what is prepared stays with the connection.
    Plain,
    /// Behind a pooler that gives each transaction another connection. In one message, so that it takes no longer.
    Shared,
}

impl Begin {
    const fn sql(self) -> &'static str {
        match self {
            Self::Plain => "begin",
            Self::Shared => {
                "begin; deallocate all; set local jit = off; set local statement_timeout = '30s';
                set local idle_in_transaction_session_timeout = '60s'"
            }
        }
    }
}

/// A connection that reads.
pub(super) enum PgReader {
    Plain(PoolConnection<Postgres>),
    /// Ends with the reader.
    Inside(Transaction<'static, Postgres>),
}

impl PgReader {
    pub(super) async fn of(pool: &PgPool, begin: Begin) -> Result<Self, sqlx::Error> {
        match begin {
            Begin::Plain => pool.acquire().await.map(Self::Plain),
            Begin::Shared => begin_in(pool.clone(), begin).await.map(Self::Inside),
        }
    }

    /// One whose statements may take as long as they do.
    pub(super) async fn patient(pool: &PgPool, begin: Begin) -> Result<Self, sqlx::Error> {
        let mut tx = begin_in(pool.clone(), begin).await?;
        tx.execute(PATIENT).await?;
        Ok(Self::Inside(tx))
    }

    pub(super) fn conn(&mut self) -> &mut PgConnection {
        match self {
            Self::Plain(conn) => conn.deref_mut(),
            Self::Inside(tx) => tx.deref_mut(),
        }
    }
}

/// Begins in a task of its own, which ends even if whoever wanted the transaction is gone by then: a connection that is
/// given back between `BEGIN` and its answer would stay in a transaction that nobody knows of.
pub(super) async fn begin_in(pool: PgPool, begin: Begin) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
    let begun = tokio::spawn(async move { pool.begin_with(begin.sql()).await });
    begun.await.unwrap_or(Err(sqlx::Error::WorkerCrashed))
}

pub(super) async fn open(url: &str, connections: u32) -> Result<Pools, Error> {
    let (options, takes_options) = understood(read(url)?).await?;
    let begin = if shares_connections(&options).await? { Begin::Shared } else { Begin::Plain };
    let options = match begin {
        Begin::Plain => options,
        Begin::Shared => options.statement_cache_capacity(0),
    };
    let is_told = !takes_options && begin == Begin::Plain;
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(|connection, known| Box::pin(answers(connection, known.idle_for)))
        .after_connect(move |connection, _| Box::pin(set_up(connection, is_told)))
        .connect_with(options)
        .await?;
    assert_fit(&pool).await?;
    if begin == Begin::Shared {
        tracing::info!("PostgreSQL is behind a pooler that gives each transaction another connection");
    }
    Ok(Pools::Postgres { pool, begin })
}

/// What the address says, and what we say where it says nothing.
fn read(url: &str) -> Result<PgConnectOptions, Error> {
    let is_known = |word: &str| WORDS.contains(&word) || word.starts_with("options[") || word.starts_with("options%5B");
    if let Some((word, _)) = words(url).find(|(word, _)| !is_known(word)) {
        return Err(Error::unknown_word(word, &WORDS));
    }
    if let Some((word, _)) = words(url).find(|(word, value)| COUNTS.contains(word) && value.parse::<u16>().is_err()) {
        return Err(Error::Unfit(format!("the database's address says `{word}` with something that is no number")));
    }
    // Some poolers refuse it, and nothing of ours is a floating point number.
    let mut options = PgConnectOptions::from_str(url)?.extra_float_digits(None);
    if options.get_application_name().is_none() {
        options = options.application_name("aftersale");
    }
    let capacity = words(url).find(|(word, _)| *word == "statement-cache-capacity");
    Ok(match capacity.and_then(|(_, value)| value.parse::<usize>().ok()) {
        // The driver would name every statement anew and forget none of them.
        Some(0) => options.statement_cache_capacity(1),
        Some(_) => options,
        None => options.statement_cache_capacity(STATEMENTS),
    })
}

/// The options with which the server takes us, and whether it took ours: a pooler refuses what it does not know.
async fn understood(options: PgConnectOptions) -> Result<(PgConnectOptions, bool), Error> {
    let said = options.get_options().unwrap_or_default().to_owned();
    let ours: Vec<_> = SETTINGS.into_iter().filter(|(name, _)| !said.contains(name)).collect();
    let is_said = ours.is_empty();
    let with_ours = if is_said { options.clone() } else { options.clone().options(ours) };
    match with_ours.connect().await {
        Ok(connection) => {
            connection.close().await?;
            Ok((with_ours, true))
        }
        Err(sqlx::Error::Database(refusal)) if refusal.message().contains("startup parameter") && !is_said => {
            Ok((options, false))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whether statements that one connection prepared are met by another one: both call their first ones the same.
async fn shares_connections(options: &PgConnectOptions) -> Result<bool, Error> {
    let unkept = options.clone().statement_cache_capacity(0);
    let (mut one, mut other) = (unkept.connect().await?, unkept.connect().await?);
    for _ in 0..3 {
        for connection in [&mut one, &mut other] {
            match sqlx::query("select 1").execute(connection).await {
                Ok(_) => {}
                // One with this name is there already, or is not there any more.
                Err(sqlx::Error::Database(said)) if matches!(said.code().as_deref(), Some("42P05" | "26000")) => {
                    return Ok(true);
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    one.close().await?;
    other.close().await?;
    Ok(false)
}

async fn set_up(connection: &mut PgConnection, is_told: bool) -> Result<(), sqlx::Error> {
    if is_told {
        connection.execute(SET).await?;
    }
    Ok(())
}

/// Whether a connection that nobody used for a while is still good.
async fn answers(connection: &mut PgConnection, idle_for: Duration) -> Result<bool, sqlx::Error> {
    if idle_for >= RESTED {
        connection.ping().await?;
    }
    Ok(true)
}

/// In one message that prepares nothing.
async fn assert_fit(pool: &PgPool) -> Result<(), Error> {
    let sql = "select current_setting('server_version_num'), current_setting('server_encoding'),
            current_setting('synchronous_commit')";
    let row = pool.fetch_one(sql).await?;
    let (version, encoding, sync): (String, String, String) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
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
