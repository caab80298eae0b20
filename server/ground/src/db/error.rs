//! What can go wrong with the database. A database error is never shown to people; it is logged once, where it is
//! turned into a page or an answer.

use sqlx::sqlite::SqliteError;

/// A failure of the database or of its contents.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database said no, or was not there.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// Migrations could not be applied.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A row that cannot be.
    #[error("inconsistent row in {table} ({id}): {what}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The row.
        id: String,
        /// What is wrong with it.
        what: String,
    },
    /// The engine is one that may not be used.
    #[error("{0}")]
    Unfit(String),
}

/// What SQLite says (without the details of `extended` codes) when it cannot write or wait for now: busy, locked,
/// read-only, a failing disk, a full one, a file that cannot be opened.
const SQLITE_PASSING: [i64; 6] = [5, 6, 8, 10, 13, 14];
/// What PostgreSQL says then: connections (08), resources (53), read-only (25006), a time that is over (25P03, 57014),
/// shutting down and starting (57P0x).
const POSTGRES_PASSING: [&str; 6] = ["08", "53", "25006", "25P03", "57014", "57P0"];

impl Error {
    /// Whether it says nothing of the request: the database cannot take it for now, and may soon.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Database(sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed) => true,
            Self::Database(sqlx::Error::Database(error)) => {
                let code = error.code().unwrap_or_default();
                match (error.try_downcast_ref::<SqliteError>(), code.parse::<i64>()) {
                    (Some(_), Ok(code)) => SQLITE_PASSING.contains(&(code & 0xff)),
                    _ => POSTGRES_PASSING.iter().any(|start| code.starts_with(start)),
                }
            }
            _ => false,
        }
    }

    /// A word of a database's address that means nothing there.
    pub(super) fn unknown_word(word: &str, known: &[&str]) -> Self {
        Self::Unfit(format!(
            "the database's address says `{word}`, which it cannot say; it can say {}",
            known.join(", ")
        ))
    }

    /// A row of `table` that cannot be.
    pub fn inconsistent(table: &'static str, id: impl ToString, what: impl ToString) -> Self {
        Self::Inconsistent { table, id: id.to_string(), what: what.to_string() }
    }
}

/// A value of a column, parsed; one that cannot be is named with its table and row.
pub fn parsed<T, E: std::fmt::Display>(
    table: &'static str,
    id: impl ToString,
    value: Result<T, E>,
) -> Result<T, Error> {
    value.map_err(|error| Error::inconsistent(table, id, error))
}
