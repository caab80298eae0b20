//! The two databases say the same.

use crate::harness::pgbouncer::Bouncer;
use crate::harness::{each_world, postgres};
use portal::db::{BETWEEN, Conn, Db, Engine};
use portal::statements;
use portal::testing::databases_on;
use serde_json::Value;
use sqlx::Row;
use std::collections::BTreeMap;

#[tokio::test]
async fn every_statement_prepares_on_both_engines() {
    for (engine, db) in databases_on(Some(postgres::url().await)).await {
        let all = statements();
        assert!(all.len() > 100, "the register is not complete: {}", all.len());
        for statement in all {
            db.prepare(statement).await.unwrap_or_else(|error| panic!("{engine}: {}: {error}", statement.name));
        }
    }
}

/// What may look at all of a table. All of it is meant: a producer's whole area, how far the outbox is behind. It is
/// small: who asked to be erased. It comes once in a while: what a person leaves behind with an address or with
/// everything, what the calendar clears away daily, and what the operator lists or looks for.
const WHOLE: [&str; 19] = [
    "access::store::concerned::PEOPLE_OF_AREA",
    "outbox::store::LAG",
    "outbox::store::PAGE",
    "catalogue::store::api_key::ALL_KEYS",
    "login::store::login::PRODUCERS",
    "login::store::login::STAFF",
    "account::traces::ERASURES",
    "account::traces::FORGET_GIVEN",
    "card::traces::MOVE_CARD_UPDATES",
    "card::traces::FORGET_CARD_UPDATES",
    "plan::traces::MOVE_QUOTES",
    "sign_in::store::link::SPEND_LINKS",
    "sign_in::traces::FORGET_LINKS",
    "intake::traces::FORGET_INBOX",
    "card::store::EXPIRING",
    "connection::store::OWNERS",
    "plan::store::FORGET_QUOTES",
    "session::store::DELETE_OLD",
    "sign_in::store::link::FORGET_LINKS",
];

/// Each in the way in which it would be run were every table large: what has no index shows then.
#[tokio::test]
async fn no_statement_of_the_rules_looks_through_a_whole_table() {
    for (engine, db) in databases_on(Some(postgres::url().await)).await {
        let mut tx = db.begin().await.unwrap();
        let Engine::Postgres(conn) = tx.conn() else { continue };
        run(conn, "set local enable_seqscan = off; set local plan_cache_mode = force_generic_plan").await;
        let mut found = Vec::new();
        for statement in statements() {
            for (place, sql) in statement.sql.split(BETWEEN).enumerate() {
                let plan = plan_of(conn, &format!("s{place}"), sql).await;
                let name = feature_and_name(statement.name);
                found.extend(read_whole(&plan).into_iter().map(|table| format!("{name} reads all of {table}")));
            }
        }
        found.retain(|found| !WHOLE.iter().any(|allowed| found.starts_with(allowed)));
        assert!(found.is_empty(), "{engine}:\n{}", found.join("\n"));
    }
}

/// `refund::store::INSERT` of `portal::money::refund::store::INSERT`: without the crate and the wing.
fn feature_and_name(name: &str) -> &str {
    let name = name.trim_start_matches("portal::").trim_start_matches("ground::");
    let wings = ["sale::", "money::", "people::", "desk::", "door::"];
    wings.iter().find_map(|wing| name.strip_prefix(wing)).unwrap_or(name)
}

async fn run(conn: &mut sqlx::PgConnection, sql: &str) {
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(conn).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
}

/// The plan of a statement whose values are not known.
async fn plan_of(conn: &mut sqlx::PgConnection, name: &str, sql: &str) -> Value {
    run(conn, &format!("prepare {name} as {sql}")).await;
    let count = "select coalesce(array_length(parameter_types, 1), 0) from pg_prepared_statements where name = $1";
    let (count,): (i32,) = sqlx::query_as(count).bind(name).fetch_one(&mut *conn).await.unwrap();
    let values = vec!["null"; count as usize].join(", ");
    let values = if count > 0 { format!("({values})") } else { String::new() };
    let explain = format!("explain (format json) execute {name}{values}");
    let row = sqlx::raw_sql(sqlx::AssertSqlSafe(explain)).fetch_one(&mut *conn).await.unwrap();
    run(conn, &format!("deallocate {name}")).await;
    serde_json::from_str(row.try_get_raw(0).unwrap().as_str().unwrap()).unwrap()
}

/// The tables of which a plan reads every row, or every row of an index.
fn read_whole(plan: &Value) -> Vec<String> {
    let text = |key| plan.get(key).and_then(Value::as_str).unwrap_or_default();
    let is_whole =
        text("Node Type") == "Seq Scan" || text("Node Type").starts_with("Index") && plan.get("Index Cond").is_none();
    let mut found: Vec<String> = is_whole.then(|| text("Relation Name").to_owned()).into_iter().collect();
    let parts = match plan {
        Value::Array(parts) => parts.iter().collect(),
        Value::Object(parts) => parts.values().filter(|part| part.is_array() || part.is_object()).collect(),
        _ => Vec::new(),
    };
    found.extend(parts.into_iter().flat_map(read_whole));
    found
}

/// Lists that people and programs leaf through. `sales::store::LIST` stands for all that begin so.
const LISTS: [&str; 4] =
    ["sales::store::LIST", "purchases::store::HOME", "search::store::list::LIST", "search::store::list::ALL_OF_WORD"];

/// However many rows there are, and however many bear one instant, a page is read from an index in its order.
#[tokio::test]
async fn no_page_of_a_list_is_sorted() {
    for (engine, db) in databases_on(Some(postgres::url().await)).await {
        let is_list = |name: &str| LISTS.iter().any(|list| feature_and_name(name).starts_with(list));
        let lists: Vec<_> = statements().into_iter().filter(|statement| is_list(statement.name)).collect();
        assert_eq!(lists.len(), 12, "{lists:?}");
        let mut tx = db.begin().await.unwrap();
        for (place, list) in lists.iter().enumerate() {
            let plan = match tx.conn() {
                Engine::Sqlite(conn) => sqlite_plan(conn, list.sql).await,
                Engine::Postgres(conn) => {
                    let forced = "set local enable_seqscan = off; set local enable_sort = off;
                        set local enable_incremental_sort = off; set local enable_bitmapscan = off;
                        set local plan_cache_mode = force_generic_plan";
                    run(conn, forced).await;
                    plan_of(conn, &format!("list{place}"), list.sql).await.to_string()
                }
            };
            let is_sorted = plan.contains("TEMP B-TREE FOR ORDER BY") || plan.contains("TEMP B-TREE FOR LAST TERM");
            assert!(!is_sorted && !outer_sort(&plan), "{engine}: {}: {plan}", list.name);
        }
    }
}

/// Whether the page itself is sorted, and not only what is looked up for a row of it.
fn outer_sort(plan: &str) -> bool {
    let Ok(plan) = serde_json::from_str::<Value>(plan) else { return false };
    let mut node = &plan[0]["Plan"];
    loop {
        if node["Node Type"].as_str().is_some_and(|kind| kind.contains("Sort")) {
            return true;
        }
        match node["Plans"]
            .as_array()
            .and_then(|parts| parts.iter().find(|part| part["Parent Relationship"] == "Outer"))
        {
            Some(outer) => node = outer,
            None => return false,
        }
    }
}

async fn sqlite_plan(conn: &mut sqlx::SqliteConnection, sql: &str) -> String {
    let explain = sqlx::AssertSqlSafe(format!("explain query plan {sql}"));
    let rows = sqlx::raw_sql(explain).fetch_all(conn).await.unwrap();
    // Lines of what is looked up for a row are below others: the page's own are at the top.
    let outer = rows.iter().filter(|row| row.get::<i64, _>("parent") == 0);
    outer.map(|row| row.get::<String, _>("detail")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let mut shapes = Vec::new();
    for (_, db) in databases_on(Some(postgres::url().await)).await {
        shapes.push(db.columns().await.unwrap());
    }
    let [sqlite, postgres]: [BTreeMap<_, _>; 2] = shapes.try_into().unwrap();
    assert_eq!(sqlite, postgres);
    assert!(sqlite.contains_key(&("orders".to_owned(), "source_version".to_owned())));
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    each_world(async |world| {
        world.portal.db.migrate().await.unwrap();
    })
    .await;
}

/// Otherwise each bound limit or pattern would have its statement planned again at every run: see `.cargo/config.toml`.
#[tokio::test]
async fn sqlite_plans_a_statement_once() {
    for (_, db) in databases_on(None).await {
        let mut reader = db.read().await.unwrap();
        let Engine::Sqlite(conn) = reader.conn() else { continue };
        let used: (bool,) =
            sqlx::query_as("select sqlite_compileoption_used('ENABLE_QPSG')").fetch_one(conn).await.unwrap();
        assert!(used.0);
    }
}

/// What the operator said is not said otherwise by us.
#[tokio::test]
async fn what_the_address_of_a_database_says_counts() {
    let server = postgres::url().await;
    let said = "application_name=mine&options=-c%20jit%3Don&statement-cache-capacity=0";
    for (url, expected) in [(server.to_owned(), ["aftersale", "off"]), (format!("{server}&{said}"), ["mine", "on"])] {
        let db = Db::open_with(&url, 1).await.unwrap();
        for _ in 0..3 {
            let mut reader = db.read().await.unwrap();
            let Engine::Postgres(conn) = reader.conn() else { panic!("{url}") };
            let sql = "select current_setting('application_name'), current_setting('jit')";
            let (name, jit): (String, String) = sqlx::query_as(sql).fetch_one(&mut *conn).await.unwrap();
            assert_eq!([name.as_str(), jit.as_str()], expected, "{url}");
            // However few statements are to be kept, none is left behind.
            let sql = "select count(*) from pg_prepared_statements";
            let (prepared,): (i64,) = sqlx::query_as(sql).fetch_one(conn).await.unwrap();
            assert!(prepared <= if expected[0] == "mine" { 1 } else { 2 }, "{prepared} statements");
        }
        db.close().await;
    }
}

/// A statement that goes on and on is given up, and so is a transaction whose owner has gone; what has to take long
/// may.
#[tokio::test]
async fn what_takes_too_long_is_given_up_straight_and_behind_a_pooler() {
    let server = postgres::url().await;
    let mut urls = vec![server.to_owned()];
    // They go on until the end of the test.
    let mut bouncers = Vec::new();
    for mode in ["session", "transaction"] {
        let Some(bouncer) = Bouncer::start(server, mode).unwrap() else { break };
        urls.push(bouncer.url(server));
        bouncers.push(bouncer);
    }
    for url in urls {
        let db = Db::open_with(&url, 2).await.unwrap();
        assert_eq!(times(db.read().await.unwrap().conn()).await, ["30s", "1min"], "{url}");
        assert_eq!(times(db.read_long().await.unwrap().conn()).await, ["0", "1min"], "{url}");
        let mut tx = db.begin().await.unwrap();
        assert_eq!(times(tx.conn()).await, ["30s", "1min"], "{url}");
        let Engine::Postgres(conn) = tx.conn() else { panic!("{url}") };
        run(conn, "set local statement_timeout = 20").await;
        let late = sqlx::query("select pg_sleep(10)").execute(conn).await.unwrap_err();
        assert!(portal::db::Error::from(late).is_passing(), "{url}");
        drop(tx);
        db.close().await;
    }
}

async fn times(conn: Conn<'_>) -> [String; 2] {
    let Engine::Postgres(conn) = conn else { panic!("another engine") };
    let sql = "select current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')";
    let (statement, idle): (String, String) = sqlx::query_as(sql).fetch_one(conn).await.unwrap();
    [statement, idle]
}
