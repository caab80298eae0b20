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
    use crate::db::several::BETWEEN;
    use crate::db::{Db, Engine, Error};
    use sqlx::{Executor, SqlSafeStr};
    use std::collections::BTreeSet;

    impl Db {
        /// Every column: (table, column) -> whether it must have a value.
        pub async fn columns(&self) -> Result<std::collections::BTreeMap<(String, String), bool>, Error> {
            let rows: Vec<(String, String, bool)> = match self.read().await?.conn() {
                Engine::Sqlite(conn) => {
                    // A primary key column of SQLite says nothing of null, and is never null in a STRICT table of ours.
                    let sql = "select t.name, c.name, (c.\"notnull\" = 1 or c.pk > 0)
                        from sqlite_schema t
                        join pragma_table_info(t.name) c
                        where t.type = 'table'
                            and t.name not like 'sqlite%'
                            and t.name not like '\\_sqlx%' escape '\\'";
                    sqlx::query_as(sql).fetch_all(conn).await?
                }
                Engine::Postgres(conn) => {
                    let sql =
                        "select table_name::text, column_name::text, is_nullable = 'NO' from information_schema.columns
                        where table_schema = 'public' and table_name not like '\\_sqlx%'";
                    sqlx::query_as(sql).fetch_all(conn).await?
                }
            };
            Ok(rows.into_iter().map(|(table, column, required)| ((table, column), required)).collect())
        }

        /// Every column of text, and every `person_id`: (table, column). What is about a person stands in one of them.
        pub async fn columns_about_people(&self) -> Result<BTreeSet<(String, String)>, Error> {
            let mut reader = self.read().await?;
            let rows: Vec<(String, String)> = match reader.conn() {
                Engine::Sqlite(conn) => {
                    let sql = "select t.name, c.name
                        from sqlite_schema t
                        join pragma_table_info(t.name) c
                        where t.type = 'table'
                            and t.name not like 'sqlite%'
                            and t.name not like '\\_sqlx%' escape '\\'
                            and (c.type = 'TEXT' or c.name = 'person_id')";
                    sqlx::query_as(sql).fetch_all(conn).await?
                }
                Engine::Postgres(conn) => {
                    let sql = "select table_name::text, column_name::text
                        from information_schema.columns
                        where table_schema = 'public'
                            and table_name not like '\\_sqlx%'
                            and (data_type in ('text', 'character varying') or column_name = 'person_id')";
                    sqlx::query_as(sql).fetch_all(conn).await?
                }
            };
            Ok(rows.into_iter().collect())
        }

        /// Every text of every table, for tests that look for what must not be stored.
        pub async fn dump(&self) -> Result<String, Error> {
            let mut all = String::new();
            for (table, column) in self.columns().await?.into_keys() {
                // As bytes, so that what is no text is looked at too. PostgreSQL has no column of bytes here, only ids
                // and text.
                let texts: Vec<(Vec<u8>,)> = match self.read().await?.conn() {
                    Engine::Sqlite(conn) => {
                        let sql = format!("select cast({column} as blob) from {table} where {column} is not null");
                        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await?
                    }
                    Engine::Postgres(conn) => {
                        let sql = format!(
                            "select convert_to(cast({column} as text), 'UTF8') from {table} where {column} is not null"
                        );
                        sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(conn).await?
                    }
                };
                all.extend(
                    texts
                        .into_iter()
                        .flat_map(|(text,)| [String::from_utf8_lossy(&text).into_owned(), "\n".to_owned()]),
                );
            }
            Ok(all)
        }

        /// Prepares a statement without running it; each one, where several are read in one go.
        pub async fn prepare(&self, statement: Statement) -> Result<(), Error> {
            for sql in statement.sql.split(BETWEEN) {
                crate::on!(self.read().await?.conn(), conn => conn.prepare(sql.into_sql_str()).await.map(drop)?);
            }
            Ok(())
        }
    }
}
