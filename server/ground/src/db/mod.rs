//! The only place that knows there are two databases. SQLite: one writer connection, a pool of readers, write-ahead
//! log. PostgreSQL: one pool, READ COMMITTED, straight or behind a pooler.
//!
//! A statement is one text with `$1` that both understand. [`on!`](crate::on) makes one body that is type-checked for
//! each driver.

mod again;
mod error;
mod file;
mod job_row;
mod json;
mod macros;
mod migration;
mod open;
mod place;
mod postgres;
mod readers;
mod several;
mod sqlite;
mod statement;

pub use again::{TIMES, gave_way};
pub use error::{Error, parsed};
pub use job_row::{Due, JobRow};
pub use json::{from_json, to_json};
pub use place::Place;
pub use several::{BETWEEN, Several};
pub use statement::{PerEngine, Statement};

use self::postgres::{Begin, PgReader};
use self::readers::{Borrowed, Readers};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

/// A value for each driver.
pub enum Engine<S, P> {
    /// For SQLite.
    Sqlite(S),
    /// For PostgreSQL.
    Postgres(P),
}

/// A borrowed connection: of a transaction, or one that only reads.
pub type Conn<'c> = Engine<&'c mut SqliteConnection, &'c mut PgConnection>;

impl Conn<'_> {
    /// The same connection for one statement more.
    pub fn again(&mut self) -> Conn<'_> {
        match self {
            Engine::Sqlite(conn) => Engine::Sqlite(conn),
            Engine::Postgres(conn) => Engine::Postgres(conn),
        }
    }
}

/// What can be read from a row of either engine, columns by name.
pub trait Columns: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> Columns for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

/// A connection that only reads, for several statements in a row.
pub struct Reader(Engine<Borrowed, PgReader>);

impl Reader {
    /// Where a statement runs.
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.0 {
            Engine::Sqlite(borrowed) => Engine::Sqlite(borrowed.conn()),
            Engine::Postgres(reader) => Engine::Postgres(reader.conn()),
        }
    }
}

/// The database.
#[derive(Clone)]
pub struct Db(Pools);

#[derive(Clone)]
enum Pools {
    Sqlite { writer: SqlitePool, readers: Readers },
    Postgres { pool: PgPool, begin: Begin },
}

/// A transaction that writes. Dropped without [`Tx::commit`], it never happened.
pub struct Tx {
    inner: Engine<Transaction<'static, Sqlite>, Transaction<'static, Postgres>>,
    /// What was asked of the queue: [`crate::outbox`] writes it as the last step.
    pub(crate) jobs: Vec<JobRow>,
}

impl Db {
    /// A connection for statements that only read. Whoever holds one asks for no other: when all hold one, all would
    /// wait for ever.
    pub async fn read(&self) -> Result<Reader, Error> {
        Ok(Reader(match &self.0 {
            Pools::Sqlite { readers, .. } => Engine::Sqlite(readers.borrow().await?),
            Pools::Postgres { pool, begin } => Engine::Postgres(Box::pin(PgReader::of(pool, *begin)).await?),
        }))
    }

    /// The same, for what reads very much at once, whoever waits for it.
    pub async fn read_long(&self) -> Result<Reader, Error> {
        Ok(Reader(match &self.0 {
            Pools::Sqlite { readers, .. } => Engine::Sqlite(readers.borrow().await?),
            Pools::Postgres { pool, begin } => Engine::Postgres(Box::pin(PgReader::patient(pool, *begin)).await?),
        }))
    }

    /// Begins a transaction that will write: on SQLite it takes the write lock at once, so that it cannot fail halfway.
    pub async fn begin(&self) -> Result<Tx, Error> {
        let inner = match &self.0 {
            Pools::Sqlite { writer, .. } => Engine::Sqlite(Box::pin(writer.begin_with("BEGIN IMMEDIATE")).await?),
            Pools::Postgres { pool, begin } => Engine::Postgres(postgres::begin_in(pool.clone(), *begin).await?),
        };
        Ok(Tx { inner, jobs: Vec::new() })
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self.0, Pools::Postgres { .. })
    }

    /// Ends all connections, checkpoints the log.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { writer, readers } => {
                if let Err(error) = readers.close().await {
                    tracing::warn!(%error, "a connection that read did not end well");
                }
                writer.close().await;
            }
            Pools::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl Tx {
    /// Whether anything was asked of the outbox.
    pub fn has_jobs(&self) -> bool {
        !self.jobs.is_empty()
    }

    /// Where a statement of this transaction runs.
    pub fn conn(&mut self) -> Conn<'_> {
        match &mut self.inner {
            Engine::Sqlite(tx) => Engine::Sqlite(tx),
            Engine::Postgres(tx) => Engine::Postgres(tx),
        }
    }

    /// Makes it all true at once, for a transaction that asked nothing of the queue: others end by
    /// [`crate::Portal::commit`]. One that did is refused, so that no job is ever lost.
    pub async fn commit(self) -> Result<(), Error> {
        if self.has_jobs() {
            return Err(Error::Unfit("a transaction with jobs ends by Portal::commit".to_owned()));
        }
        match self.inner {
            Engine::Sqlite(tx) => tx.commit().await?,
            Engine::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
