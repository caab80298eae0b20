//! An order that comes whole, again and again.

use crate::db::{Error, Tx, parsed};
use crate::ledger::first::{First, FirstLine, FirstPlan, Line};
use crate::ledger::items::KeptItem;
use crate::ledger::merge::KeptCharge;
use crate::ledger::whole::OnFile;
use crate::{on, row, statements};
use types::{Code, Currency, Instant, ItemId, OrderId, ProducerId};
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
    // No older word of a hook changes what a version said of the sale.
    WRITE_SOLD = "insert into sale_items (item_id, producer_id, order_id, name, offer_name, amount, currency,
                window_days, source_version) select i.id,
            i.producer_id, i.order_id, cast($2 as text), cast($3 as text), cast($4 as bigint), cast($5 as text),
            p.refund_window_days, 0
        from order_items i
        join products p on p.id = i.product_id
        where i.id = $1
        on conflict (item_id) do update set name = excluded.name, offer_name = excluded.offer_name,
            amount = excluded.amount, currency = excluded.currency, source_version = 0";
    SET_SOLD_AMOUNT = "update order_items set sold_amount = $2, sold_version = 0 where id = $1";
    WRITE_PLAN = "insert into sale_plans (order_id, producer_id, name, amount, currency, interval_unit, interval_count,
                source_version)
        values ($1, $2, $3, $4, $5, $6, $7, 0)
        on conflict (order_id) do update set name = excluded.name, amount = excluded.amount,
            currency = excluded.currency, interval_unit = excluded.interval_unit,
            interval_count = excluded.interval_count, source_version = 0";
    FORGET_LINES = "delete
        from charge_lines
        where charge_id = (select c.id
            from charges c
            where c.producer_id = $1 and c.gateway = $2 and c.reference = $3)";
    WRITE_LINE = "insert into charge_lines (charge_id, position, producer_id, name, offer_name, amount) select c.id,
            cast($4 as bigint), c.producer_id, cast($5 as text), cast($6 as text), cast($7 as bigint)
        from charges c
        where c.producer_id = $1 and c.gateway = $2 and c.reference = $3";
    MAY_DROP_CHARGE = "select count(*) as hits
        from charges c
        where c.producer_id = $1
            and c.gateway = $2
            and c.reference = $3
            and not c.goes_back
            and c.invoice_id is null
            and not exists (select 1 from refund_parts p where p.charge_id = c.id)";
    DROP_CHARGE = "delete from charges where producer_id = $1 and gateway = $2 and reference = $3";
    SET_GIVEN_BACK = "update charges set given_back = $3, given_back_at = $4
        where order_id = $1
            and reference = $2
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
            first: row.first_report.map(|text| parsed("orders", row.id, serde_json::from_str(&text))).transpose()?,
        })
    };
    row.map(read).transpose()
}

pub(in crate::sale::ledger) async fn keep(
    tx: &mut Tx,
    order: OrderId,
    version: i64,
    first: &First,
) -> Result<(), Error> {
    let text = parsed("orders", order, serde_json::to_string(first))?;
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
pub(in crate::sale::ledger) async fn sale(tx: &mut Tx, order: OrderId) -> Result<First, Error> {
    let lines = on!(tx.conn(), c => sqlx::query_as::<_, SoldRow>(SOLD_LINES).bind(order.0).fetch_all(c).await?);
    let plan = on!(tx.conn(), c => sqlx::query_as::<_, PlanRow>(SOLD_PLAN).bind(order.0).fetch_optional(c).await?);
    let currency = lines.first().map(|line| line.currency.clone()).unwrap_or_default();
    let line = |row: SoldRow| FirstLine {
        product: row.product,
        is_bump: row.is_bump,
        name: row.name,
        offer_name: row.offer_name,
        amount: row.amount,
    };
    let plan = plan.map(|row| FirstPlan {
        name: row.name,
        amount: row.amount,
        unit: row.interval_unit,
        count: row.interval_count,
    });
    Ok(First { version: -1, currency, lines: lines.into_iter().map(line).collect(), plan })
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

/// What was sold of a line: as the smallest version says, or as it is now where that one did not have it.
pub(in crate::sale::ledger) async fn write_sold(
    tx: &mut Tx,
    kept: &KeptItem,
    line: Option<&FirstLine>,
    first: &First,
) -> Result<(), Error> {
    let now = (kept.item.name.as_str(), kept.item.offer_name.as_deref(), kept.item.amount);
    let (name, offer, amount) = line.map_or(now, |line| (line.name.as_str(), line.offer_name.as_deref(), line.amount));
    on!(tx.conn(), c => {
        let sold = sqlx::query(WRITE_SOLD).bind(kept.id.0).bind(name).bind(offer).bind(amount).bind(&first.currency);
        sold.execute(&mut *c).await?;
        sqlx::query(SET_SOLD_AMOUNT).bind(kept.id.0).bind(amount).execute(c).await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn write_plan(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    plan: &FirstPlan,
    currency: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(WRITE_PLAN)
            .bind(order.0)
            .bind(producer.0)
            .bind(&plan.name)
            .bind(plan.amount)
            .bind(currency)
            .bind(&plan.unit)
            .bind(plan.count)
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::ledger) async fn write_lines(
    tx: &mut Tx,
    producer: ProducerId,
    (gateway, reference): (&str, &str),
    lines: &[Line],
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(FORGET_LINES).bind(producer.0).bind(gateway).bind(reference).execute(&mut *c).await?;
        for (position, (name, offer, amount)) in lines.iter().enumerate() {
            let line = sqlx::query(WRITE_LINE).bind(producer.0).bind(gateway).bind(reference).bind(position as i64);
            line.bind(name).bind(offer.as_deref()).bind(amount).execute(&mut *c).await?;
        }
    });
    Ok(())
}

/// Takes a charge off that its source does not know any more; false when a refund of ours took from it.
pub(in crate::sale::ledger) async fn drop_charge(
    tx: &mut Tx,
    producer: ProducerId,
    gone: &KeptCharge,
) -> Result<bool, Error> {
    let (gateway, reference) = (gone.gateway.as_str(), gone.charge.reference.as_str());
    Ok(on!(tx.conn(), c => {
        let may = sqlx::query_as::<_, HitsRow>(MAY_DROP_CHARGE).bind(producer.0).bind(gateway).bind(reference);
        if may.fetch_one(&mut *c).await?.hits == 0 {
            return Ok(false);
        }
        sqlx::query(FORGET_LINES).bind(producer.0).bind(gateway).bind(reference).execute(&mut *c).await?;
        sqlx::query(DROP_CHARGE).bind(producer.0).bind(gateway).bind(reference).execute(c).await?.rows_affected() == 1
    }))
}

pub(in crate::sale::ledger) async fn set_given_back(
    tx: &mut Tx,
    order: OrderId,
    reference: &str,
    back: Option<(i64, Instant)>,
) -> Result<bool, Error> {
    let (amount, at) = back.map_or((0, None), |(amount, at)| (amount, Some(at.micros())));
    Ok(on!(tx.conn(), c => {
        let set = sqlx::query(SET_GIVEN_BACK).bind(order.0).bind(reference).bind(amount).bind(at);
        set.execute(c).await?.rows_affected() > 0
    }))
}
