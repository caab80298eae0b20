//! Every column about a person is somebody's: it is forgotten with the person, or stays for a reason.

use crate::harness::postgres;
use portal::db::Statement;
use portal::testing::databases_on;
use portal::traces::{Claim, Fate, Traces};
use portal::{statements, work};
use std::collections::BTreeSet;

/// A table and a column.
type Column = (String, String);

/// Columns whose name says that they hold a word of a closed list, a setting, or a number of ours. Everything else that
/// is text must be claimed.
const WORDS: [&str; 21] = [
    "actor_kind",
    "attempt_method",
    "clock",
    "code",
    "currency",
    "due_on",
    "effect",
    "gateway",
    "interval_unit",
    "kind",
    "lane",
    "lease",
    "method",
    "protocol",
    "purpose",
    "reported_status",
    "scope",
    "slug",
    "state",
    "status",
    "time_zone",
];

/// Of every table: those of the rules, and those that only the server knows.
fn all_traces() -> Vec<&'static Traces> {
    let of_server = [&server::gateway::sandbox::TRACES, &server::mail::TRACES];
    work::traces().iter().copied().chain(of_server).collect()
}

/// What is wrong with the claims: one column a line.
fn complaints(columns: &BTreeSet<Column>, traces: &[&Traces], statements: &[Statement]) -> Vec<String> {
    let mut claimed = BTreeSet::new();
    let mut complaints = Vec::new();
    for (feature, Claim { table, columns: names, fate }) in claims(traces) {
        for name in *names {
            let column = ((*table).to_owned(), (*name).to_owned());
            if !columns.contains(&column) {
                complaints.push(format!("{table}.{name}: {feature} claims it, and there is no such column"));
            }
            if !claimed.insert(column) {
                complaints.push(format!("{table}.{name}: it is claimed twice, also by {feature}"));
            }
            if *fate == Fate::Forgotten && !statements.iter().any(|one| forgets(one, feature, table, name)) {
                complaints.push(format!("{table}.{name}: no statement FORGET_… of {feature} forgets it"));
            }
        }
    }
    let is_free = |(_, name): &&Column| !WORDS.contains(&name.as_str());
    let unclaimed = columns.difference(&claimed).filter(is_free);
    complaints.extend(unclaimed.map(|(table, name)| {
        format!("{table}.{name}: no feature claims it: say in a traces.rs what becomes of it when a person is erased")
    }));
    complaints
}

fn claims<'a>(traces: &'a [&Traces]) -> impl Iterator<Item = (&'static str, &'static Claim)> + 'a {
    traces.iter().flat_map(|traces| traces.claims.iter().map(|claim| (traces.feature, claim)))
}

/// Whether a statement deletes rows of the table or writes this column, for the sake of forgetting.
fn forgets(statement: &Statement, feature: &str, table: &str, column: &str) -> bool {
    let is_of_feature = statement.name.contains(&format!("::{feature}::")) && statement.name.contains("::FORGET_");
    let sql = statement.sql.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(set) = sql.strip_prefix(&format!("update {table} set ")) else {
        return is_of_feature && sql.starts_with(&format!("delete from {table} where "));
    };
    let is_written = set.starts_with(&format!("{column} = ")) || set.contains(&format!(", {column} = "));
    is_of_feature && is_written
}

#[tokio::test]
async fn every_column_about_a_person_is_claimed_by_a_feature() {
    for (engine, db) in databases_on(Some(postgres::url().await)).await {
        let columns = db.columns_about_people().await.unwrap();
        assert!(columns.len() > 150, "{engine}: {}", columns.len());
        let complaints = complaints(&columns, &all_traces(), &statements());
        assert!(complaints.is_empty(), "{engine}:\n{}", complaints.join("\n"));
    }
}

static PLANTED: Traces = Traces {
    feature: "refund",
    claims: &[
        Claim { table: "refunds", columns: &["message"], fate: Fate::Forgotten },
        Claim { table: "refunds", columns: &["answer"], fate: Fate::Kept("for a test") },
    ],
    ..Traces::NONE
};

fn told(columns: &[&str], sql: &'static str) -> Vec<String> {
    let columns = columns.iter().map(|column| ("refunds".to_owned(), (*column).to_owned())).collect();
    complaints(&columns, &[&PLANTED], &[Statement { name: "portal::money::refund::traces::FORGET_REQUESTS", sql }])
}

const FORGET: &str = "update refunds set message = '' where order_id = $1";

#[test]
fn a_column_that_nobody_claims_is_named() {
    assert_eq!(told(&["answer", "message", "state"], FORGET), [""; 0]);
    for column in ["payee_name", "person_id"] {
        let told = told(&["answer", "message", "state", column], FORGET);
        assert!(matches!(&told[..], [one] if one.starts_with(&format!("refunds.{column}: no feature claims it"))));
    }
}

#[test]
fn a_claim_for_a_column_that_is_not_there_is_named() {
    let told = told(&["message"], FORGET);
    assert_eq!(told, ["refunds.answer: refund claims it, and there is no such column"]);
}

#[test]
fn a_column_that_is_said_to_be_forgotten_and_is_not_is_named() {
    for sql in ["update refunds set answer = '' where order_id = $1", "update orders set message = '' where id = $1"] {
        let told = told(&["answer", "message"], sql);
        assert_eq!(told, ["refunds.message: no statement FORGET_… of refund forgets it"]);
    }
    assert_eq!(told(&["answer", "message"], "delete from refunds where order_id = $1"), [""; 0]);
}
