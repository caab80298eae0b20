//! Databases to test in: copies of one that was migrated once, in memory where there is a folder for that.

use crate::harness::{pgbouncer, postgres};
use portal::db::Db;
use portal::testing::{postgres_url, sqlite_url_in_memory};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::fs;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::OnceCell;

/// A migrated database, empty at first. Whoever made it removes it.
pub struct TestDatabase {
    url: String,
}

impl TestDatabase {
    pub async fn new(engine: &str) -> Self {
        let url = if engine == "sqlite" { sqlite().await } else { postgres().await };
        Self { url }
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.url).await.unwrap()
    }

    /// Opens the database for one who does one thing after the other, and is faster with few connections.
    pub async fn open_with_few_connections(&self) -> Db {
        Db::open_with(&self.url, 4).await.unwrap()
    }

    /// Removes the database, which nobody has open any more.
    pub async fn remove(self) {
        match self.url.strip_prefix("sqlite:") {
            Some(file) => fs::remove_file(file).unwrap(),
            None => on_server(format!("drop database {} with (force)", name_in(&self.url))).await,
        }
    }
}

async fn sqlite() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(async || migrate(sqlite_url_in_memory()).await).await;
    let url = sqlite_url_in_memory();
    let file = |url: &str| url.trim_start_matches("sqlite:").to_owned();
    fs::copy(file(template), file(&url)).unwrap();
    url
}

async fn postgres() -> String {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let server = postgres::url().await;
    let template = TEMPLATE.get_or_init(async || migrate(postgres_url(server).await).await).await;
    let (name, number) = (name_in(template), NUMBER.fetch_add(1, Ordering::SeqCst));
    on_server(format!("create database {name}_{number} template {name}")).await;
    pgbouncer::through(template.replacen(name, &format!("{name}_{number}"), 1)).await
}

/// `postgres://user:password@host/NAME?more`
fn name_in(url: &str) -> &str {
    let path = url.split('?').next().unwrap();
    path.rsplit('/').next().unwrap()
}

async fn on_server(sql: String) {
    let mut connection = PgConnection::connect(postgres::url().await).await.unwrap();
    connection.execute(AssertSqlSafe(sql)).await.unwrap();
    connection.close().await.unwrap();
}

async fn migrate(url: String) -> String {
    let db = Db::open(&url).await.unwrap();
    db.migrate().await.unwrap();
    db.close().await;
    url
}
