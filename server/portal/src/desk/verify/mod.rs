//! Checks every invariant of the data and reports which do not hold. Only reads.

mod store;

use crate::Portal;
use crate::db::{Error, Statement};
use futures::future::try_join;
use std::fmt;
use store::{Step, Table};

/// An invariant that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violation {
    /// The rule that is broken, as a sentence.
    pub rule: &'static str,
    /// Where: codes and numbers, at most 20.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule, self.places.join(", "))
    }
}

/// What must hold of the data: the rule as a sentence, and the statement that finds what breaks it, each in a row with
/// the column `place`, at most 20.
pub type Invariant = (&'static str, &'static str);

/// How many rows a rule looks at in one statement: a read so short that writers and the database's own tidying go on
/// beside it.
const STEP: i64 = 5_000;
/// How many places of a rule are named.
const PLACES: usize = 20;

/// Every invariant that does not hold; empty when all is well. `more` are those of whoever keeps tables that the rules
/// do not know.
pub async fn check(portal: &Portal, more: &[Invariant]) -> Result<Vec<Violation>, Error> {
    check_in_steps(portal, more, STEP).await
}

/// The same in steps of so many rows.
pub async fn check_in_steps(portal: &Portal, more: &[Invariant], rows: i64) -> Result<Vec<Violation>, Error> {
    // Both only read, each on a connection of its own.
    let (mut violations, of_engine) =
        try_join(check_rules(portal, more, rows), store::engine_faults(&portal.db)).await?;
    if let Some(places) = of_engine {
        violations.push(Violation { rule: "the database file is whole and every reference leads somewhere", places });
    }
    Ok(violations)
}

async fn check_rules(portal: &Portal, more: &[Invariant], rows: i64) -> Result<Vec<Violation>, Error> {
    let mut violations = Vec::new();
    for table in Table::ALL {
        violations.extend(check_table(portal, table, rows).await?);
    }
    for (rule, sql) in more {
        let places = store::places(&portal.db, sql).await?;
        if !places.is_empty() {
            violations.push(Violation { rule, places });
        }
    }
    Ok(violations)
}

/// Walks through a table once, with all rules about its rows.
async fn check_table(portal: &Portal, table: Table, rows: i64) -> Result<Vec<Violation>, Error> {
    let mut violations: Vec<Violation> =
        table.rules().map(|rule| Violation { rule: rule.what, places: Vec::new() }).collect();
    let mut next = Some(Step::first(&portal.db, table, rows).await?);
    while let Some(step) = next {
        for (rule, violation) in table.rules().zip(&mut violations) {
            if violation.places.len() < PLACES {
                violation.places.extend(rule.places(&portal.db, step).await?);
            }
        }
        next = step.next(&portal.db, table, rows).await?;
    }
    for violation in &mut violations {
        violation.places.truncate(PLACES);
    }
    violations.retain(|violation| !violation.places.is_empty());
    Ok(violations)
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
