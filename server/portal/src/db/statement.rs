//! The register of every statement, for the test that prepares them all.

/// A statement and its name.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    /// Module and name.
    pub name: &'static str,
    /// The text.
    pub sql: &'static str,
}

/// One of the few statements that the engines want worded differently.
#[derive(Clone, Copy, Debug)]
pub struct PerEngine {
    /// For SQLite.
    pub sqlite: &'static str,
    /// For PostgreSQL.
    pub postgres: &'static str,
}

impl super::Db {
    /// The text for this engine.
    pub fn pick(&self, statement: PerEngine) -> &'static str {
        if self.is_postgres() { statement.postgres } else { statement.sqlite }
    }
}

#[cfg(any(test, feature = "testing"))]
mod check {
    use super::Statement;
    use crate::db::{Db, Error};
    use sqlx::{Executor, SqlSafeStr, Statement as _};

    impl Db {
        /// Prepares a statement without running it.
        pub async fn prepare(&self, statement: Statement) -> Result<usize, Error> {
            Ok(crate::on!(self.reader(), pool => pool.prepare(statement.sql.into_sql_str()).await?.columns().len()))
        }
    }
}
