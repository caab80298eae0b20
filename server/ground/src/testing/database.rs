//! Empty databases of both engines.

use crate::db::Db;
use std::sync::atomic::{AtomicU64, Ordering};

/// An empty, migrated database of each engine: SQLite always, PostgreSQL when `AFTERSALE_TEST_POSTGRES_URL` names a
/// server.
#[expect(clippy::disallowed_methods, reason = "the test's own setting: which PostgreSQL server to use")]
pub async fn databases() -> Vec<(&'static str, Db)> {
    databases_on(std::env::var("AFTERSALE_TEST_POSTGRES_URL").ok().as_deref()).await
}

/// An empty, migrated database of each engine; `server` is the address of a PostgreSQL database beside which new ones
/// may be made.
pub async fn databases_on(server: Option<&str>) -> Vec<(&'static str, Db)> {
    let mut all = vec![("sqlite", open(&sqlite_url()).await)];
    if let Some(server) = server {
        all.push(("postgres", open(&postgres_url(server).await).await));
    }
    all
}

fn unique() -> String {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("aftersale_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::SeqCst))
}

/// The address of a new SQLite file.
pub fn sqlite_url() -> String {
    sqlite_url_in(std::env::temp_dir())
}

/// A SQLite file in memory, for tests that write much: synced as strictly as any other, which costs nothing there. The
/// owner removes it.
pub fn sqlite_url_in_memory() -> String {
    let memory = std::path::PathBuf::from("/dev/shm");
    sqlite_url_in(if memory.is_dir() { memory } else { std::env::temp_dir() })
}

fn sqlite_url_in(folder: std::path::PathBuf) -> String {
    let folder = folder.join("aftersale-tests");
    std::fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{error}"));
    let file = folder.join(format!("{}.db", unique()));
    for end in ["", "-wal", "-shm"] {
        // Left by an earlier process with the same number.
        std::fs::remove_file(format!("{}{end}", file.display())).ok();
    }
    format!("sqlite:{}", file.display())
}

/// The address of a new database beside the one that `server` names.
pub async fn postgres_url(server: &str) -> String {
    let name = unique();
    let admin = sqlx::PgPool::connect(server).await.unwrap_or_else(|error| panic!("{server}: {error}"));
    for sql in [format!("drop database if exists {name}"), format!("create database {name}")] {
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin).await.unwrap_or_else(|error| panic!("{error}"));
    }
    admin.close().await;
    let (base, parameters) = server.split_once('?').map_or((server, None), |(base, rest)| (base, Some(rest)));
    let folder = base.rsplit_once('/').map_or(base, |(folder, _)| folder);
    format!("{folder}/{name}{}", parameters.map_or(String::new(), |rest| format!("?{rest}")))
}

async fn open(url: &str) -> Db {
    let db = Db::open(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    db.migrate().await.unwrap_or_else(|error| panic!("{url}: {error}"));
    db
}
