//! The two databases say the same.

use crate::harness::worlds;
use crate::postgres;
use portal::db::Engine;
use portal::statements;
use portal::testing::databases_on;
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
    for world in worlds().await {
        world.portal.db.migrate().await.unwrap();
    }
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
