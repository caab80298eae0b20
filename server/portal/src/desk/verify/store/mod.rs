//! The rules, and the steps in which they walk through the tables. Each rule looks at the rows whose id is behind $1
//! and not behind $2, and at what hangs on them by an index: a short read, however many rows there are.

mod access;
mod calendar;
mod order;
mod refund;
mod subscription;

use super::PLACES;
use crate::db::{Db, Engine, Error, Statement};
use crate::{on, row, statements};
use sqlx::Executor;
use std::sync::LazyLock;
use uuid::Uuid;

/// What finds the end of a step of a table: the row that is so many behind.
macro_rules! step {
    ($table:literal) => {
        concat!("select id from ", $table, " where id > $1 order by id limit 1 offset $2")
    };
}

statements! {
    STEP_ORDERS = step!("orders");
    STEP_REFUNDS = step!("refunds");
    STEP_SESSIONS = step!("sessions");
    STEP_INVOICES = step!("invoices");
    STEP_PEOPLE = step!("people");
    STEP_CARD_UPDATES = step!("card_updates");
    STEP_CANCELLATIONS = step!("cancellations");
    STEP_RETENTION_OFFERS = step!("retention_offers");
    STEP_PLAN_CHANGES = step!("plan_changes");
}

/// PostgreSQL would read the whole of another table for the rows of each step.
const ROW_BY_ROW: &str = "set local enable_hashjoin = off; set local enable_mergejoin = off;
    set local enable_seqscan = off";

/// A rule, and the table whose rows it looks at.
pub(super) struct Rule {
    table: Table,
    pub(super) what: &'static str,
    sql: &'static str,
}

const fn rule(table: Table, what: &'static str, sql: &'static str) -> Rule {
    Rule { table, what, sql }
}

/// A table that is walked through in steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Table {
    Orders,
    Refunds,
    Sessions,
    Invoices,
    People,
    CardUpdates,
    Cancellations,
    RetentionOffers,
    PlanChanges,
}
use Table::*;

impl Table {
    pub(super) const ALL: [Self; 9] =
        [Orders, Refunds, Sessions, Invoices, People, CardUpdates, Cancellations, RetentionOffers, PlanChanges];

    const fn step(self) -> &'static str {
        match self {
            Orders => STEP_ORDERS,
            Refunds => STEP_REFUNDS,
            Sessions => STEP_SESSIONS,
            Invoices => STEP_INVOICES,
            People => STEP_PEOPLE,
            CardUpdates => STEP_CARD_UPDATES,
            Cancellations => STEP_CANCELLATIONS,
            RetentionOffers => STEP_RETENTION_OFFERS,
            PlanChanges => STEP_PLAN_CHANGES,
        }
    }

    /// The rules about its rows.
    pub(super) fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.into_iter().flatten().filter(move |rule| rule.table == self)
    }
}

/// All rules, by what they are about.
const RULES: [&[Rule]; 5] = [order::RULES, refund::RULES, calendar::RULES, subscription::RULES, access::RULES];

pub(super) static ALL: LazyLock<Vec<Statement>> = LazyLock::new(|| {
    [
        STATEMENTS,
        order::STATEMENTS,
        refund::STATEMENTS,
        calendar::STATEMENTS,
        subscription::STATEMENTS,
        access::STATEMENTS,
    ]
    .concat()
});

row! {
    struct PlaceRow { place: String }
    struct IdRow { id: Uuid }
}

/// Rows behind one id, up to and with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Step {
    behind: Uuid,
    to: Uuid,
}

impl Step {
    /// The first step through a table, of so many rows.
    pub(super) async fn first(db: &Db, table: Table, rows: i64) -> Result<Self, Error> {
        Self::behind(db, table, rows, Uuid::nil()).await
    }

    /// The one after it; none when it was the last.
    pub(super) async fn next(self, db: &Db, table: Table, rows: i64) -> Result<Option<Self>, Error> {
        if self.to == Uuid::max() {
            return Ok(None);
        }
        Self::behind(db, table, rows, self.to).await.map(Some)
    }

    async fn behind(db: &Db, table: Table, rows: i64, behind: Uuid) -> Result<Self, Error> {
        let end = on!(db.read_long().await?.conn(), c => {
            sqlx::query_as::<_, IdRow>(table.step()).bind(behind).bind(rows - 1).fetch_optional(c).await?
        });
        Ok(Self { behind, to: end.map_or(Uuid::max(), |row| row.id) })
    }
}

impl Rule {
    /// What breaks the rule in a step.
    pub(super) async fn places(&self, db: &Db, step: Step) -> Result<Vec<String>, Error> {
        let rows = if db.is_postgres() {
            // Ends without a commit: it only reads.
            let mut tx = db.begin().await?;
            if let Engine::Postgres(conn) = tx.conn() {
                conn.execute(ROW_BY_ROW).await?;
            }
            on!(tx.conn(), c => {
                sqlx::query_as::<_, PlaceRow>(self.sql).bind(step.behind).bind(step.to).fetch_all(c).await?
            })
        } else {
            on!(db.read_long().await?.conn(), c => {
                sqlx::query_as::<_, PlaceRow>(self.sql).bind(step.behind).bind(step.to).fetch_all(c).await?
            })
        };
        Ok(rows.into_iter().map(|row| row.place).collect())
    }
}

/// What breaks an invariant of somebody else's tables.
pub(super) async fn places(db: &Db, sql: &'static str) -> Result<Vec<String>, Error> {
    let rows = on!(db.read_long().await?.conn(), c => sqlx::query_as::<_, PlaceRow>(sql).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| row.place).collect())
}

/// Files up to this size, in bytes, are compared with each of their indexes: of a larger one that takes minutes.
const SMALL: i64 = 256 * 1024 * 1024;

/// What SQLite itself says of its file, a table at a time; PostgreSQL keeps its references by itself.
pub(super) async fn engine_faults(db: &Db) -> Result<Option<Vec<String>>, Error> {
    let (tables, size): (Vec<(String,)>, (i64,)) = {
        let mut reader = db.read_long().await?;
        let Engine::Sqlite(conn) = reader.conn() else { return Ok(None) };
        let tables = "select name from sqlite_schema where type = 'table' order by name";
        let size = "select page_count * page_size from pragma_page_count, pragma_page_size";
        (sqlx::query_as(tables).fetch_all(&mut *conn).await?, sqlx::query_as(size).fetch_one(conn).await?)
    };
    let whole = match size.0 <= SMALL {
        true => "select integrity_check from pragma_integrity_check($1)",
        false => "select quick_check from pragma_quick_check($1)",
    };
    let mut faults = Vec::new();
    for (table,) in &tables {
        let mut reader = db.read_long().await?;
        let Engine::Sqlite(conn) = reader.conn() else { return Ok(None) };
        let whole: Vec<(String,)> = sqlx::query_as(whole).bind(table).fetch_all(&mut *conn).await?;
        let orphans = "select \"table\" from pragma_foreign_key_check($1)";
        let orphans: Vec<(String,)> = sqlx::query_as(orphans).bind(table).fetch_all(conn).await?;
        faults.extend(whole.into_iter().chain(orphans).map(|(line,)| line).filter(|line| line != "ok"));
    }
    faults.truncate(PLACES);
    Ok((!faults.is_empty()).then_some(faults))
}
