//! What can go wrong with the database. A database error is never shown to people; it is logged once, where it is
//! turned into a page or an answer.

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

impl Error {
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
