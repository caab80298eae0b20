//! Bringing a database to this version. Forward only; the same numbers for both engines.

use super::{Db, Error, Pools, postgres};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::{Executor, SqlSafeStr};
use std::borrow::Cow;
use std::ops::DerefMut;

/// Of two that come at the same time one waits for the other. The number means nothing.
const LOCK: &str = "select pg_advisory_xact_lock(6144052331)";

/// A step: number, name, text for SQLite, text for PostgreSQL.
type Step = (i64, &'static str, &'static str, &'static str);

macro_rules! step {
    ($version:literal, $name:literal) => {
        (
            $version,
            $name,
            include_str!(concat!("../../../../migrations/sqlite/", $name, ".sql")),
            include_str!(concat!("../../../../migrations/postgres/", $name, ".sql")),
        )
    };
}

const STEPS: &[Step] = &[
    step!(1, "0001_main"),
    step!(2, "0002_policy"),
    step!(3, "0003_billing"),
    step!(4, "0004_cancel"),
    step!(5, "0005_card"),
    step!(6, "0006_plan"),
    step!(7, "0007_account"),
    step!(8, "0008_refund_request"),
    step!(9, "0009_refund_parts"),
    step!(10, "0010_refund_payee"),
    step!(11, "0011_try"),
    step!(12, "0012_money_back"),
    step!(13, "0013_sale"),
    step!(14, "0014_erasure"),
    step!(15, "0015_job_holds"),
    step!(16, "0016_change_method"),
    step!(17, "0017_charge_references"),
    step!(18, "0018_indexes"),
    step!(19, "0019_slips"),
    step!(20, "0020_session_kind"),
    step!(21, "0021_mails"),
    step!(22, "0022_events"),
    step!(24, "0024_connections"),
    step!(25, "0025_sandbox"),
    step!(26, "0026_session_holders"),
    step!(27, "0027_filters"),
    step!(28, "0028_whole_orders"),
    step!(30, "0030_orders_in_order"),
    step!(31, "0031_spellings"),
    step!(34, "0034_producer_particulars"),
    step!(36, "0036_ended_people"),
    step!(37, "0037_disputes"),
    step!(38, "0038_lines_that_left"),
    step!(39, "0039_once"),
    step!(40, "0040_logins"),
    step!(41, "0041_search"),
    step!(42, "0042_staff_search"),
    step!(43, "0043_drawer"),
    step!(44, "0044_settings"),
    step!(45, "0045_logos"),
    step!(46, "0046_producer_lists"),
    step!(47, "0047_portal_links"),
    step!(48, "0048_sale_details"),
    step!(49, "0049_product_pictures"),
    step!(50, "0050_profiles"),
    step!(51, "0051_connection_health"),
    step!(52, "0052_subscription_tellings"),
    step!(53, "0053_payee_pages"),
    step!(54, "0054_connection_rest"),
    step!(55, "0055_next_plan"),
];

/// A step that this version does not know was made by a newer one.
fn of_newer(error: MigrateError) -> Error {
    let newest = STEPS.last().map_or(0, |(number, ..)| *number);
    match error {
        MigrateError::VersionMissing(step) if step > newest => Error::Unfit(format!(
            "the database was brought to step {step} by a newer version of aftersale; this one ends with step {newest}"
        )),
        other => other.into(),
    }
}

impl Db {
    /// Applies what is missing. Refuses a database that a newer version has touched, or whose steps were changed.
    pub async fn migrate(&self) -> Result<(), Error> {
        self.apply(STEPS.iter()).await
    }

    /// Applies the steps up to this one: a database of an earlier version, for tests that bring it over.
    #[cfg(any(test, feature = "testing"))]
    pub async fn migrate_to(&self, version: i64) -> Result<(), Error> {
        self.apply(STEPS.iter().filter(|(number, ..)| *number <= version)).await
    }

    async fn apply(&self, steps: impl Iterator<Item = &Step>) -> Result<(), Error> {
        let mut migrator = Migrator::with_migrations(steps.map(|step| self.migration(step)).collect());
        match &self.0 {
            Pools::Sqlite { writer, .. } => migrator.run(writer).await.map_err(of_newer)?,
            Pools::Postgres { pool, begin } => {
                // A lock of the transaction: one of the connection is another's behind a pooler.
                migrator.set_locking(false);
                let mut tx = postgres::begin_in(pool.clone(), *begin).await?;
                tx.execute(postgres::PATIENT).await?;
                tx.execute(LOCK).await?;
                migrator.run_direct(None, tx.deref_mut(), false).await.map_err(of_newer)?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    fn migration(&self, (version, name, sqlite, postgres): &Step) -> Migration {
        let sql = if self.is_postgres() { *postgres } else { *sqlite };
        Migration::new(*version, Cow::Borrowed(*name), MigrationType::Simple, sql.into_sql_str(), false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::on;

    #[tokio::test]
    async fn a_database_of_a_newer_version_is_refused_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open(&format!("sqlite:{}/t.db", folder.path().display())).await.unwrap();
        db.migrate().await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
            values (9000, 'of tomorrow', 1, x'00', 1)";
        on!(tx.conn(), c => { sqlx::query(newer).execute(c).await.unwrap(); });
        tx.commit().await.unwrap();
        let error = db.migrate().await.unwrap_err().to_string();
        assert!(error.starts_with("the database was brought to step 9000 by a newer version"), "{error}");
        db.close().await;
    }
}
