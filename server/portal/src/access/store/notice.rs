//! Notices about access that ends.

use crate::db::{Db, Error, Tx, parsed};
use crate::time::Zone;
use crate::{on, row, statements};
use types::{AccessNoticeId, AccessNoticeKind, Code, Instant, ItemId, OrderId, ProducerId};
use uuid::Uuid;

statements! {
    NOTICED_ITEM = "select p.code as product, o.created_at, o.reported_version, pr.time_zone
        from order_items i
        join products p on p.id = i.product_id
        join orders o on o.id = i.order_id
        join producers pr on pr.id = o.producer_id
        where i.producer_id = $1 and i.id = $2";
    INSERT_NOTICE = "insert into access_notices (id, producer_id, order_id, item_id, kind, ends_at, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict do nothing";
    FORGET_NOTICES = "delete from access_notices where item_id = $1";
    NOTICE = "select n.id, n.order_id, n.item_id, n.kind, n.ends_at, i.name as item
        from access_notices n
        join order_items i on i.id = n.item_id
        where n.id = $1";
}

row! {
    struct NoticedRow { product: String, created_at: i64, reported_version: Option<i64>, time_zone: String }
    struct NoticeRow { id: Uuid, order_id: Uuid, item_id: Uuid, kind: String, ends_at: i64, item: String }
}

/// What decides when the notices about an item are due.
pub(in crate::access) struct NoticedItem {
    pub(in crate::access) product: Code,
    /// When we first heard of its order.
    pub(in crate::access) known_since: Instant,
    pub(in crate::access) zone: Zone,
    /// Whether its source sends the whole order again and again: then what it says may be long past.
    pub(in crate::access) comes_whole: bool,
}

impl TryFrom<NoticedRow> for NoticedItem {
    type Error = Error;

    fn try_from(row: NoticedRow) -> Result<Self, Error> {
        Ok(Self {
            product: parsed("products", &row.product, Code::parse(&row.product))?,
            known_since: Instant::from_micros(row.created_at),
            zone: parsed("producers", &row.time_zone, Zone::named(&row.time_zone))?,
            comes_whole: row.reported_version.is_some(),
        })
    }
}

/// A notice as it is on file.
pub(in crate::access) struct Notice {
    pub(in crate::access) order: OrderId,
    pub(in crate::access) item: ItemId,
    pub(in crate::access) kind: AccessNoticeKind,
    pub(in crate::access) ends_at: Instant,
    /// Name of the item as sold.
    pub(in crate::access) name: String,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = Error;

    fn try_from(row: NoticeRow) -> Result<Self, Error> {
        Ok(Self {
            order: OrderId(row.order_id),
            item: ItemId(row.item_id),
            kind: parsed("access_notices", row.id, row.kind.parse())?,
            ends_at: Instant::from_micros(row.ends_at),
            name: row.item,
        })
    }
}

/// A notice to be written.
pub(in crate::access) struct NewNotice {
    pub(in crate::access) id: AccessNoticeId,
    pub(in crate::access) producer: ProducerId,
    pub(in crate::access) order: OrderId,
    pub(in crate::access) item: ItemId,
    pub(in crate::access) kind: AccessNoticeKind,
    pub(in crate::access) ends_at: Instant,
    pub(in crate::access) now: Instant,
}

pub(in crate::access) async fn noticed_item(
    tx: &mut Tx,
    producer: ProducerId,
    item: ItemId,
) -> Result<Option<NoticedItem>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, NoticedRow>(NOTICED_ITEM).bind(producer.0).bind(item.0).fetch_optional(c).await?
    });
    row.map(TryInto::try_into).transpose()
}

/// Forgets what was told about the end of access to a line that is sold no more.
pub(in crate::access) async fn forget_notices(tx: &mut Tx, item: ItemId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_NOTICES).bind(item.0).execute(c).await?; });
    Ok(())
}

/// Returns whether the notice is new: of each end a buyer is told once.
pub(in crate::access) async fn insert_notice(tx: &mut Tx, new: &NewNotice) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_NOTICE)
            .bind(new.id.0)
            .bind(new.producer.0)
            .bind(new.order.0)
            .bind(new.item.0)
            .bind(new.kind.as_str())
            .bind(new.ends_at.micros())
            .bind(new.now.micros())
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

pub(in crate::access) async fn notice(db: &Db, notice: AccessNoticeId) -> Result<Option<Notice>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, NoticeRow>(NOTICE).bind(notice.0).fetch_optional(c).await?
    });
    row.map(TryInto::try_into).transpose()
}
