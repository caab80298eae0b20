use crate::db::{Db, Error, Tx};
use crate::order::OrderRecord;
use crate::{on, row, statements};
use types::view::BillingData;
use types::{Instant, OrderId, PersonId};
use uuid::Uuid;

statements! {
    BILLING = "select coalesce(b.name, o.buyer_name) as name, case when b.order_id is null then o.tax_id else b.tax_id end as tax_id, b.address
        from orders o left join billing_data b on b.order_id = o.id where o.person_id = $1 and o.id = $2";
    WRITE_BILLING = "insert into billing_data (order_id, producer_id, name, tax_id, address, updated_at) values ($1, $2, $3, $4, $5, $6)
        on conflict (order_id) do update set name = excluded.name, tax_id = excluded.tax_id, address = excluded.address, updated_at = excluded.updated_at";
    ORDERS = "select id from orders where person_id = $1 and paid_at is not null order by ordered_at, id";
}

row! {
    struct BillingRow { name: String, tax_id: Option<String>, address: Option<String> }
    struct IdRow { id: Uuid }
}

pub(super) async fn billing(db: &Db, person: PersonId, order: OrderId) -> Result<BillingData, Error> {
    let row = on!(db.reader(), c => sqlx::query_as::<_, BillingRow>(BILLING).bind(person.0).bind(order.0).fetch_one(c).await?);
    Ok(BillingData { name: row.name, tax_id: row.tax_id, address: row.address })
}

pub(super) async fn write_billing(
    tx: &mut Tx,
    order: &OrderRecord,
    data: &BillingData,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(WRITE_BILLING)
            .bind(order.id.0)
            .bind(order.producer.0)
            .bind(&data.name)
            .bind(&data.tax_id)
            .bind(&data.address)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Every order of a person that was ever paid.
pub(super) async fn orders(db: &Db, person: PersonId) -> Result<Vec<OrderId>, Error> {
    let rows = on!(db.reader(), c => sqlx::query_as::<_, IdRow>(ORDERS).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| OrderId(row.id)).collect())
}
