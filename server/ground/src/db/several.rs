//! Several reading statements with the same values, run in one go.
//!
//! For SQLite they are one text, because the way to the thread of a connection and back costs more than a small
//! statement does. For PostgreSQL they run one after the other. [`BETWEEN`] separates the statements of the text.

use futures::TryStreamExt;
use sqlx::postgres::PgRow;
use sqlx::query::Query;
use sqlx::sqlite::SqliteRow;
use sqlx::{Database, Either, Executor, PgConnection, Postgres, Sqlite, SqliteConnection};

/// The separator between two statements of one text.
pub const BETWEEN: &str = crate::between!();

/// [`BETWEEN`] for macros that put a text together: those take literals only.
#[macro_export]
macro_rules! between {
    () => {
        ";\n"
    };
}

type QueryOf<'q, DB> = Query<'q, DB, <DB as Database>::Arguments>;

/// A connection that runs several statements in one go.
#[expect(async_fn_in_trait, reason = "its two implementations stand below: nobody else names its futures")]
pub trait Several {
    /// Of which driver.
    type Database: Database;

    /// The rows of each statement of `sql`, in their order; `query` binds the same values to each.
    async fn several<'q>(
        &mut self,
        sql: &'static str,
        query: impl Fn(&'static str) -> QueryOf<'q, Self::Database>,
    ) -> sqlx::Result<Vec<Vec<<Self::Database as Database>::Row>>>;
}

impl Several for SqliteConnection {
    type Database = Sqlite;

    async fn several<'q>(
        &mut self,
        sql: &'static str,
        query: impl Fn(&'static str) -> QueryOf<'q, Sqlite>,
    ) -> sqlx::Result<Vec<Vec<SqliteRow>>> {
        let (mut found, mut rows) = (Vec::new(), Vec::new());
        // Its text is run statement by statement, and the end of each is told.
        let mut steps = self.fetch_many(query(sql));
        while let Some(step) = steps.try_next().await? {
            match step {
                Either::Right(row) => rows.push(row),
                Either::Left(_) => found.push(std::mem::take(&mut rows)),
            }
        }
        Ok(found)
    }
}

impl Several for PgConnection {
    type Database = Postgres;

    async fn several<'q>(
        &mut self,
        sql: &'static str,
        query: impl Fn(&'static str) -> QueryOf<'q, Postgres>,
    ) -> sqlx::Result<Vec<Vec<PgRow>>> {
        let mut found = Vec::new();
        for statement in sql.split(BETWEEN) {
            found.push(query(statement).fetch_all(&mut *self).await?);
        }
        Ok(found)
    }
}
