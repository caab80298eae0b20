//! Everything that is on disk, row by row: what "nothing is written" is held against.

use portal::db::Db;
use portal::on;
use portal::ports::Clock;
use server::clock::SystemClock;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// Every row of every table as text, in an order of its own.
pub type Rows = BTreeMap<String, Vec<String>>;

/// All rows but those of `but`: names of tables, or `table.column`. Each of them needs its reason where this is called.
pub async fn rows(db: &Db, but: &[&str]) -> Rows {
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut unknown: BTreeSet<&str> = but.iter().copied().collect();
    for (table, column) in db.columns().await.unwrap().into_keys() {
        let is_left_out = [table.clone(), format!("{table}.{column}")].iter().any(|name| {
            unknown.remove(&**name);
            but.contains(&&**name)
        });
        if !is_left_out {
            columns.entry(table).or_default().push(column);
        }
    }
    assert!(unknown.is_empty(), "there is no {unknown:?}");
    let mut found = Rows::new();
    for (table, columns) in columns {
        found.insert(table.clone(), texts(db, &table, &columns).await);
    }
    found
}

async fn texts(db: &Db, table: &str, columns: &[String]) -> Vec<String> {
    let parts: Vec<String> = columns
        .iter()
        .map(|column| match db.is_postgres() {
            true => format!("'{column}=' || quote_nullable({column}::text)"),
            false => format!("'{column}=' || quote({column})"),
        })
        .collect();
    let sql = format!("select {} from {table}", parts.join(" || ' ' || "));
    let rows: Vec<(String,)> =
        on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sqlx::AssertSqlSafe(sql)).fetch_all(c).await.unwrap());
    let mut texts: Vec<String> = rows.into_iter().map(|(row,)| row).collect();
    texts.sort_unstable();
    texts
}

/// Waits until nothing is on its way any more: what the worker writes is not what a request wrote. What recurs waits
/// for its day.
pub async fn at_rest(db: &Db) {
    // What waits for its day is at rest: a renewal, the end of a plan.
    let sql = "select cast((select count(*) from jobs where lease is not null or due_at <= $1)
        + (select count(*) from sandbox_webhooks where state = 'waiting' and due_at <= $1)
        + (select count(*) from sandbox_refunds where state = 'pending' and changes_at <= $1)
        + (select count(*) from sandbox_payments where state in ('confirming', 'waiting', 'paid')
            and (until <= $1 or (state = 'waiting' and settles_at <= $1))) as bigint)";
    crate::harness::site::eventually("the outbox and the sandbox to be at rest", async || {
        let soon = SystemClock.now().plus(Duration::from_secs(2)).micros();
        let (left,): (i64,) =
            on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).bind(soon).fetch_one(c).await.unwrap());
        (left == 0).then_some(())
    })
    .await;
}

/// Says which rows came and which went, if any did.
#[track_caller]
pub fn assert_same(before: &Rows, after: &Rows, what: &str) {
    let mut words = String::new();
    for (table, rows) in before {
        let differ = |these: &[String], those: &[String], sign: char| {
            let lines = these.iter().filter(|row| !those.contains(row)).take(5);
            lines
                .map(|row| format!("{sign} {table}: {}\n", row.chars().take(600).collect::<String>()))
                .collect::<String>()
        };
        words += &differ(rows, &after[table], '-');
        words += &differ(&after[table], rows, '+');
        if rows.len() != after[table].len() {
            words += &format!("  {table}: {} rows became {}\n", rows.len(), after[table].len());
        }
    }
    assert!(words.is_empty(), "{what} wrote:\n{words}");
}
