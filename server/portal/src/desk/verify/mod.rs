//! Checks every invariant of the data and reports which do not hold. Only reads.

mod store;

use crate::Portal;
use crate::db::{Error, Statement};
use std::fmt;

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

/// Every invariant that does not hold; empty when all is well. `more` are those of whoever keeps tables that the rules
/// do not know.
pub async fn check(portal: &Portal, more: &[Invariant]) -> Result<Vec<Violation>, Error> {
    let mut violations = Vec::new();
    for (rule, sql) in store::RULES.iter().chain(more) {
        let places = store::places(&portal.db, sql).await?;
        if !places.is_empty() {
            violations.push(Violation { rule, places });
        }
    }
    if let Some(places) = store::engine_faults(&portal.db).await? {
        violations.push(Violation { rule: "the database file is whole and every reference leads somewhere", places });
    }
    Ok(violations)
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
