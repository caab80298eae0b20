//! Products: something that is sold.

use super::{Error, producer, record, store};
use crate::db::{self, Tx};
use crate::event::Catalogue;
use crate::{Portal, Producer};
use serde_json::json;
use std::ops::RangeInclusive;
use types::{Code, Line, ProducerId, ProductId};

/// What a producer says of a product.
#[derive(Clone, PartialEq, Debug)]
pub struct Product {
    /// The producer's code.
    pub code: Code,
    /// Name to show.
    pub name: Line,
    /// Days in which money is given back on request: 7 or more (CDC art. 49).
    pub refund_window_days: i64,
    /// Access ends after so many days, if it does.
    pub access_days: Option<i64>,
    /// Access ends after so many cycles, if it does.
    pub access_cycles: Option<i64>,
}

/// Writes a product as the producer wants it, new or not.
pub async fn put_product(portal: &Portal, producer: &Producer, product: &Product) -> Result<(), Error> {
    let mut tx = portal.db.begin().await?;
    let before = store::product::by_code(&mut tx, producer.id(), &product.code).await?;
    let id = store::product::upsert(&mut tx, portal.new_id(), producer.id(), product, portal.now().micros()).await?;
    // Another name changes nobody's access, and a product may have very many buyers.
    let gives_otherwise = before.as_ref().is_some_and(|before| before.gives_otherwise(product));
    record(
        portal,
        &mut tx,
        producer,
        Catalogue::ProductWritten { product: id, gives_otherwise },
        before.as_ref().map(store::product::ProductRow::to_json),
        to_json(product),
    )
    .await?;
    portal.commit(tx).await?;
    Ok(())
}

/// How many products a page lists; whoever sells more names one by its code.
pub const MOST_LISTED: i64 = 500;

/// The days in which money comes back that a product may have: never fewer than the law gives (CDC art. 49).
pub const WINDOW_DAYS: RangeInclusive<i64> = 7..=365;

/// The producer's products by their names, [`MOST_LISTED`] at most.
pub async fn list(portal: &Portal, producer: &Producer) -> Result<Vec<Product>, db::Error> {
    store::product::list(portal.db.read().await?.conn(), producer.id(), MOST_LISTED).await
}

/// One of the producer's products.
pub async fn get(portal: &Portal, producer: &Producer, code: &Code) -> Result<Option<Product>, db::Error> {
    store::product::get(portal.db.read().await?.conn(), producer.id(), code).await
}

/// Says in how many days the money of these products comes back, and nothing else of them: a product that a source made
/// is still called as the source calls it. All of them or none: `UnknownProduct` when there is no such product,
/// `WindowOutOfBounds` for other days than [`WINDOW_DAYS`].
pub async fn set_windows(portal: &Portal, producer: &Producer, wanted: &[(Code, i64)]) -> Result<(), Error> {
    if wanted.iter().any(|(_, days)| !WINDOW_DAYS.contains(days)) {
        return Err(Error::WindowOutOfBounds);
    }
    let mut tx = portal.db.begin().await?;
    producer::lock(&mut tx, producer.id()).await?;
    for (code, days) in wanted {
        set_window(portal, &mut tx, producer, code, *days).await?;
    }
    portal.commit(tx).await?;
    Ok(())
}

async fn set_window(
    portal: &Portal,
    tx: &mut Tx,
    producer: &Producer,
    code: &Code,
    refund_window_days: i64,
) -> Result<(), Error> {
    let before = store::product::by_code(tx, producer.id(), code).await?.ok_or(Error::UnknownProduct)?;
    let (id, was) = (before.id(), before.to_json());
    let before = Product::try_from(before)?;
    if before.refund_window_days == refund_window_days {
        return Ok(());
    }
    store::product::set_window(tx, producer.id(), id, refund_window_days, portal.now().micros()).await?;
    let after = to_json(&Product { refund_window_days, ..before });
    let event = Catalogue::ProductWritten { product: id, gives_otherwise: false };
    Ok(record(portal, tx, producer, event, Some(was), after).await?)
}

fn to_json(product: &Product) -> serde_json::Value {
    json!({
        "code": product.code, "name": product.name, "refund_window_days": product.refund_window_days,
        "access_days": product.access_days, "access_cycles": product.access_cycles,
    })
}

/// The id and name of a producer's product.
pub(crate) async fn find(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<(ProductId, String)>, db::Error> {
    Ok(store::product::by_code(tx, producer, code).await?.map(|row| row.into_id_and_name()))
}

/// The product that a source speaks of: made when it is new, renamed when the source made it and calls it otherwise
/// now.
pub(crate) async fn of_source(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
    name: &Line,
) -> Result<ProductId, db::Error> {
    let now = portal.now().micros();
    store::product::insert_from_source(tx, portal.new_id(), producer, code, name, now).await?;
    let row = store::product::by_code(tx, producer, code).await?.ok_or(sqlx::Error::RowNotFound)?;
    if row.may_be_renamed(name) {
        store::product::rename(tx, row.id(), name, now).await?;
    }
    Ok(row.id())
}
