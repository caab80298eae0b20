//! An order that comes whole, again and again.

use crate::db::{Error, Tx, parsed};
use crate::ledger::merge::KeptCharge;
use crate::ledger::whole::{OnFile, Sale, SoldLine, SoldPlan};
use crate::{on, row, statements};
use types::{ChargeId, Code, Currency, Instant, ItemId, OrderId, ProducerId};
use uuid::Uuid;

statements! {
    FIND = "select id, kind, source, reported_version, first_report
        from orders
        where producer_id = $1 and code = $2";
    KEEP = "update orders set reported_version = $2, first_report = $3 where id = $1";
    SET_SALE = "update orders set ordered_at = $2, currency = $3 where id = $1";
    SOLD_LINES = "select p.code as product, i.is_bump, s.name, s.offer_name, s.amount, s.currency
        from order_items i
        join products p on p.id = i.product_id
        join sale_items s on s.item_id = i.id
        where i.order_id = $1
        order by i.position";
    SOLD_PLAN = "select name, amount, interval_unit, interval_count from sale_plans where order_id = $1";
    REFUNDED = "select count(*) as hits from refund_items where item_id = $1";
    DROP_SOLD = "delete from sale_items where item_id = $1";
    DROP_ITEM = "delete from order_items where id = $1";
    CHARGE_REFUNDED = "select count(*) as hits from refund_parts where charge_id = $1";
    MAY_DROP_CHARGE = "select count(*) as hits
        from charges
        where id = $1 and not goes_back and invoice_id is null";
    DROP_LINES = "delete from charge_lines where charge_id = $1";
    DROP_CHARGE = "delete from charges where id = $1";
    SET_GIVEN_BACK = "update charges set given_back = $3, given_back_at = $4
        where order_id = $1
            and reference = $2
            and gateway = $5
            and (given_back <> $3 or coalesce(given_back_at, 0) <> coalesce($4, 0))";
}

row! {
    struct OnFileRow {
        id: Uuid, kind: String, source: String, reported_version: Option<i64>, first_report: Option<String>,
    }
    struct SoldRow {
        product: String, is_bump: bool, name: String, offer_name: Option<String>, amount: i64, currency: String,
    }
    struct PlanRow { name: String, amount: i64, interval_unit: String, interval_count: i64 }
    struct HitsRow { hits: i64 }
}

pub(in crate::sale::ledger) async fn find(
    tx: &mut Tx,
    producer: ProducerId,
    code: &Code,
) -> Result<Option<OnFile>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, OnFileRow>(FIND).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    let read = |row: OnFileRow| {
        Ok(OnFile {
            kind: parsed("orders", row.id, row.kind.parse())?,
            source: row.source,
            version: row.reported_version,
            sale: row.first_report.map(|text| parsed("orders", row.id, serde_json::from_str(&text))).transpose()?,
        })
    };
    row.map(read).transpose()
}

pub(in crate::sale::ledger) async fn keep(tx: &mut Tx, order: OrderId, version: i64, sale: &Sale) -> Result<(), Error> {
    let text = parsed("orders", order, serde_json::to_string(sale))?;
    on!(tx.conn(), c => { sqlx::query(KEEP).bind(order.0).bind(version).bind(text).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::ledger) async fn set_sale(
    tx: &mut Tx,
    order: OrderId,
    ordered_at: Instant,
    currency: Currency,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_SALE).bind(order.0).bind(ordered_at.micros()).bind(currency.as_str()).execute(c).await?;
    });
    Ok(())
}

/// What was sold, of an order that has not come whole so far: it comes before all versions.
pub(in crate::sale::ledger) async fn sale(tx: &mut Tx, order: OrderId) -> Result<Sale, Error> {
    let lines = on!(tx.conn(), c => sqlx::query_as::<_, SoldRow>(SOLD_LINES).bind(order.0).fetch_all(c).await?);
    let plan = on!(tx.conn(), c => sqlx::query_as::<_, PlanRow>(SOLD_PLAN).bind(order.0).fetch_optional(c).await?);
    let currency = lines.first().map(|line| line.currency.clone()).unwrap_or_default();
    let line = |row: SoldRow| SoldLine {
        product: row.product,
        is_bump: row.is_bump,
        name: row.name,
        offer_name: row.offer_name,
        amount: row.amount,
    };
    let plan = plan.map(|row| SoldPlan {
        name: row.name,
        amount: row.amount,
        unit: row.interval_unit,
        count: row.interval_count,
    });
    Ok(Sale { version: -1, currency, lines: lines.into_iter().map(line).collect(), plan })
}

pub(in crate::sale::ledger) async fn is_refunded(tx: &mut Tx, item: ItemId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, HitsRow>(REFUNDED).bind(item.0).fetch_one(c).await?.hits > 0))
}

pub(in crate::sale::ledger) async fn drop_item(tx: &mut Tx, item: ItemId) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(DROP_SOLD).bind(item.0).execute(&mut *c).await?;
        sqlx::query(DROP_ITEM).bind(item.0).execute(c).await?;
    });
    Ok(())
}

/// Whether a refund of ours names a charge, whatever became of it.
pub(in crate::sale::ledger) async fn is_charge_refunded(tx: &mut Tx, charge: ChargeId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, HitsRow>(CHARGE_REFUNDED).bind(charge.0).fetch_one(c).await?.hits > 0
    }))
}

/// Takes a charge off that its source does not know any more, and that no refund of ours names; false when it stays,
/// because it goes back or paid for an invoice.
pub(in crate::sale::ledger) async fn drop_charge(tx: &mut Tx, gone: &KeptCharge) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let may = sqlx::query_as::<_, HitsRow>(MAY_DROP_CHARGE).bind(gone.id.0).fetch_one(&mut *c).await?.hits > 0;
        if may {
            sqlx::query(DROP_LINES).bind(gone.id.0).execute(&mut *c).await?;
            sqlx::query(DROP_CHARGE).bind(gone.id.0).execute(c).await?;
        }
        may
    }))
}

pub(in crate::sale::ledger) async fn set_given_back(
    tx: &mut Tx,
    order: OrderId,
    (gateway, reference): (&str, &str),
    back: Option<(i64, Instant)>,
) -> Result<bool, Error> {
    let (amount, at) = back.map_or((0, None), |(amount, at)| (amount, Some(at.micros())));
    Ok(on!(tx.conn(), c => {
        let set = sqlx::query(SET_GIVEN_BACK).bind(order.0).bind(reference).bind(amount).bind(at).bind(gateway);
        set.execute(c).await?.rows_affected() > 0
    }))
}
