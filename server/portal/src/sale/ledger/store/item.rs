use crate::db::{Error, Tx};
use crate::ledger::items::{Item, KeptItem};
use crate::ledger::new_order::Version;
use crate::{on, row, statements};
use types::{Instant, ItemId, OfferId, OrderId, ProducerId, ProductId};
use uuid::Uuid;

statements! {
    OF_ORDER = concat!(
        "select i.id, i.position, i.product_id, p.code as product_code, i.offer_id, i.name, i.offer_name,
            i.amount, i.is_bump, i.source_version, i.left_at is not null as has_left, ",
        counts!("i"),
        " as counts
        from order_items i
        join products p on p.id = i.product_id
        where i.order_id = $1
        order by i.position"
    );
    INSERT = "insert into order_items (id, producer_id, order_id, position, product_id, offer_id, name, offer_name,
                amount, is_bump, source_version, sold_amount, sold_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $9, $11)";
    UPDATE = "update order_items set product_id = $2, offer_id = $3, name = $4, offer_name = $5, amount = $6,
            source_version = $7, left_at = null
        where id = $1";
    // What it cost at the sale is what the oldest word says, whenever it comes.
    SET_SOLD = "update order_items set sold_amount = $2, sold_version = $3
        where id = $1 and (sold_version > $3 or (sold_version = $3 and sold_amount > $2))";
    CLEAR_POSITIONS = "update order_items set position = position + 1000 where order_id = $1";
    SET_POSITION = "update order_items set position = $2 where id = $1";
    LEAVE = "update order_items set left_at = $2 where id = $1 and left_at is null";
}

row! {
    struct ItemRow {
        id: Uuid, position: i64, product_id: Uuid, product_code: String, offer_id: Option<Uuid>, name: String,
        offer_name: Option<String>, amount: i64, is_bump: bool, source_version: i64, has_left: bool,
        counts: bool,
    }
}

impl From<ItemRow> for KeptItem {
    fn from(row: ItemRow) -> Self {
        let item = Item {
            product: ProductId(row.product_id),
            product_code: row.product_code,
            offer: row.offer_id.map(OfferId),
            name: row.name,
            offer_name: row.offer_name,
            amount: row.amount,
            is_bump: row.is_bump,
            version: Version::from_column(row.source_version),
            installments_max: 1,
        };
        let ItemRow { position, has_left, counts, .. } = row;
        Self { id: ItemId(row.id), position, item, has_left, counts }
    }
}

pub(in crate::sale::ledger) async fn of_order(tx: &mut Tx, order: OrderId) -> Result<Vec<KeptItem>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, ItemRow>(OF_ORDER).bind(order.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(KeptItem::from).collect())
}

pub(in crate::sale::ledger) async fn insert(
    tx: &mut Tx,
    id: ItemId,
    producer: ProducerId,
    order: OrderId,
    position: i64,
    item: &Item,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(producer.0)
            .bind(order.0)
            .bind(position)
            .bind(item.product.0)
            .bind(item.offer.map(|id| id.0))
            .bind(&item.name)
            .bind(item.offer_name.as_deref())
            .bind(item.amount)
            .bind(item.is_bump)
            .bind(item.version.column())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn update(tx: &mut Tx, id: ItemId, item: &Item) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(UPDATE)
            .bind(id.0)
            .bind(item.product.0)
            .bind(item.offer.map(|id| id.0))
            .bind(&item.name)
            .bind(item.offer_name.as_deref())
            .bind(item.amount)
            .bind(item.version.column())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Lets an older word say what the item cost at the sale.
pub(in crate::sale::ledger) async fn set_sold(tx: &mut Tx, id: ItemId, item: &Item) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_SOLD).bind(id.0).bind(item.amount).bind(item.version.column()).execute(c).await?;
    });
    Ok(())
}

/// Moves all positions out of the way, so that the new ones meet none of the old.
pub(in crate::sale::ledger) async fn clear_positions(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(CLEAR_POSITIONS).bind(order.0).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn set_position(tx: &mut Tx, id: ItemId, position: i64) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_POSITION).bind(id.0).bind(position).execute(c).await?;
    });
    Ok(())
}

/// The source sells the line no more, from now on. False when that was known.
pub(in crate::sale::ledger) async fn leave(tx: &mut Tx, id: ItemId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(LEAVE).bind(id.0).bind(now.micros()).execute(c).await?.rows_affected() == 1
    }))
}
