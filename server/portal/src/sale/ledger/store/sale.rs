//! The sale as it was, and what each charge was for: written beside the registers that go on changing.

use super::charge::Books;
use crate::db::{Error, Tx};
use crate::ledger::items::{Item, KeptItem};
use crate::ledger::new_order::{NewSubscription, Version};
use crate::ledger::whole::{ChargeLine, SoldLine, SoldPlan};
use crate::{on, statements};
use types::{Currency, ItemId, Line, OrderId, ProducerId};

statements! {
    // Lines that are kept already stay.
    KEEP_ITEMS = "insert into sale_items (item_id, producer_id, order_id, name, offer_name, amount, currency,
                window_days, source_version) select i.id,
            i.producer_id, i.order_id, i.name, i.offer_name, i.amount, cast($2 as text), p.refund_window_days,
            i.source_version
        from order_items i
        join products p on p.id = i.product_id
        where i.order_id = $1
        on conflict (item_id) do nothing";
    // The oldest word about a line is the sale, whenever it arrives; of two of the same age their content decides.
    EARLIER_ITEM = "update sale_items set name = $2, offer_name = $3, amount = $4, currency = $5, source_version = $6,
            window_days = (select p.refund_window_days from products p where p.id = $7)
        where item_id = $1 and (source_version > $6 or (source_version = $6 and (name, amount) > ($2, $4)))";
    KEEP_PLAN = "insert into sale_plans (order_id, producer_id, name, amount, currency, interval_unit, interval_count,
                source_version)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (order_id) do update set name = excluded.name, amount = excluded.amount,
            currency = excluded.currency, interval_unit = excluded.interval_unit,
            interval_count = excluded.interval_count, source_version = excluded.source_version
        where sale_plans.source_version > excluded.source_version
                or (sale_plans.source_version = excluded.source_version
                and (sale_plans.name, sale_plans.amount) > (excluded.name, excluded.amount))";
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
    INSERT_LINE = "insert into charge_lines (charge_id, position, producer_id, name, offer_name, amount) select c.id,
            cast($4 as bigint), c.producer_id, cast($5 as text), cast($6 as text), cast($7 as bigint)
        from charges c
        where c.producer_id = $1 and c.gateway = $2 and c.reference = $3";
    COPY_LINES = "insert into charge_lines (charge_id, position, producer_id, name, offer_name, amount) select c.id,
            i.position, c.producer_id, i.name, i.offer_name, i.amount
        from charges c
        join order_items i on i.order_id = c.order_id
        where c.producer_id = $1 and c.gateway = $2 and c.reference = $3";
}

/// Keeps every line of an order that is not kept yet, as it is now.
pub(in crate::sale::ledger) async fn keep_items(tx: &mut Tx, order: OrderId, currency: Currency) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(KEEP_ITEMS).bind(order.0).bind(currency.as_str()).execute(c).await?; });
    Ok(())
}

/// A report about a line that is older than what is on file of it: maybe the sale itself, reported late.
pub(in crate::sale::ledger) async fn earlier_item(
    tx: &mut Tx,
    id: ItemId,
    item: &Item,
    currency: Currency,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(EARLIER_ITEM)
            .bind(id.0)
            .bind(&item.name)
            .bind(item.offer_name.as_deref())
            .bind(item.amount)
            .bind(currency.as_str())
            .bind(item.version.column())
            .bind(item.product.0)
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Keeps the plan that was sold: the oldest word about it.
pub(in crate::sale::ledger) async fn keep_plan(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    plan: &NewSubscription,
    currency: Currency,
    version: Version,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(KEEP_PLAN)
            .bind(order.0)
            .bind(producer.0)
            .bind(plan.plan.as_ref().map_or("", Line::as_str))
            .bind(plan.amount)
            .bind(currency.as_str())
            .bind(plan.interval.0.as_str())
            .bind(plan.interval.1)
            .bind(version.column())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// What was sold of a line: as the smallest version says, or as it is now where that one did not have it.
pub(in crate::sale::ledger) async fn write_sold(
    tx: &mut Tx,
    kept: &KeptItem,
    line: Option<&SoldLine>,
    currency: &str,
) -> Result<(), Error> {
    let now = (kept.item.name.as_str(), kept.item.offer_name.as_deref(), kept.item.amount);
    let (name, offer, amount) = line.map_or(now, |line| (line.name.as_str(), line.offer_name.as_deref(), line.amount));
    on!(tx.conn(), c => {
        let sold = sqlx::query(WRITE_SOLD).bind(kept.id.0).bind(name).bind(offer).bind(amount).bind(currency);
        sold.execute(&mut *c).await?;
        sqlx::query(SET_SOLD_AMOUNT).bind(kept.id.0).bind(amount).execute(c).await?;
    });
    Ok(())
}

/// Writes the plan that was sold, as the smallest version says.
pub(in crate::sale::ledger) async fn write_plan(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    plan: &SoldPlan,
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

/// What a charge is for: the lines that came with it, or else what its order sells now.
pub(in crate::sale::ledger) async fn keep_lines(
    tx: &mut Tx,
    producer: ProducerId,
    books: &Books,
    reference: &str,
    reported: Option<&[Item]>,
) -> Result<(), Error> {
    let lines: Vec<ChargeLine> = reported.into_iter().flatten().map(ChargeLine::from).collect();
    write_lines(tx, producer, (&books.gateway, reference), &lines).await?;
    if reported.is_none() {
        on!(tx.conn(), c => {
            sqlx::query(COPY_LINES).bind(producer.0).bind(&books.gateway).bind(reference).execute(c).await?;
        });
    }
    Ok(())
}

/// Writes what a charge is for, in the place of what it was for before.
pub(in crate::sale::ledger) async fn write_lines(
    tx: &mut Tx,
    producer: ProducerId,
    (gateway, reference): (&str, &str),
    lines: &[ChargeLine],
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(FORGET_LINES).bind(producer.0).bind(gateway).bind(reference).execute(&mut *c).await?;
        for (position, line) in lines.iter().enumerate() {
            let query = sqlx::query(INSERT_LINE).bind(producer.0).bind(gateway).bind(reference).bind(position as i64);
            query.bind(&line.name).bind(line.offer_name.as_deref()).bind(line.amount).execute(&mut *c).await?;
        }
    });
    Ok(())
}
