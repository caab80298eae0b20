//! Whether a subscription is still the one that a quote was counted for.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

/// Stands for everything that a quote counts with, as the product writes it; of a subscription whose plan was never changed.
pub fn of(row: &SqliteRow) -> anyhow::Result<String> {
    let (status, plan, unit): (&str, &str, &str) =
        (row.try_get("status")?, row.try_get("plan_now")?, row.try_get("unit_now")?);
    let (amount, count): (i64, i64) = (row.try_get("price_now")?, row.try_get("count_now")?);
    let (start, end): (i64, i64) = (row.try_get("period_start")?, row.try_get("period_end")?);
    let next: Option<i64> = row.try_get("next_charge_at")?;
    let offer = row.try_get::<Option<Uuid>, _>("offer_id")?.map(|offer| offer.to_string()).unwrap_or_default();
    let paid = paid(row)?;
    let text = format!("{status} {amount} {unit} {count} {start} {end} {next:?} {offer} {paid} None {plan}");
    Ok(HEXLOWER.encode(&Sha256::digest(text.as_bytes())))
}

/// What was paid for the running period: its price where no charge of it is known.
pub fn paid(row: &SqliteRow) -> anyhow::Result<i64> {
    let (price, paid): (i64, Option<i64>) = (row.try_get("price_now")?, row.try_get("paid")?);
    Ok(paid.map_or(price, |paid| paid.clamp(0, price)))
}
