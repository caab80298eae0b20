use crate::db::{Conn, Error, Tx, from_json};
use crate::ledger::PaymentMethod;
use crate::ports;
use crate::{on, row, statements};
use types::place::BACK;
use types::place::buyer::Place;
use types::{Instant, OrderId, ProducerId, SubscriptionId, TaxId};
use uuid::Uuid;

statements! {
    SET_METHOD = "insert into payment_methods (order_id, producer_id, method, token, brand, last4, exp_month, exp_year,
                updated_at) select o.id,
            o.producer_id, $2, $3, $4, $5, $6, $7, $8
        from orders o
        where o.id = $1
        on conflict (order_id) do update set method = excluded.method, token = excluded.token, brand = excluded.brand,
            last4 = excluded.last4, exp_month = excluded.exp_month, exp_year = excluded.exp_year,
            updated_at = excluded.updated_at";
    PAYER = "select p.email, pr.name as producer,
            coalesce((select s.plan_name from subscriptions s where s.order_id = o.id), i.name) as title, o.code,
            pr.slug, (select s.id from subscriptions s where s.order_id = o.id) as subscription_id, o.buyer_name,
            o.tax_id, o.buyer_address
        from orders o
        join people p on p.id = o.person_id
        join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id and i.position = 0
        where o.id = $1";
    BILL_SUBSCRIPTION = "update subscriptions set is_billed = $2, anchor = $3, cycle = $4 where order_id = $1";
    SET_POSITION = "update subscriptions set anchor = $2, cycle = $3 where order_id = $1";
    SET_DISCOUNT = "update subscriptions set discount_percent = $2, discount_cycles = $3 where order_id = $1";
    USE_DISCOUNT = "update subscriptions set discount_cycles = discount_cycles - 1
        where order_id = $1 and discount_cycles > 0";
    SET_NOTICED = "update subscriptions set noticed_charge_at = $2 where order_id = $1";
    INSERT_PLAN = "insert into installment_plans (order_id, producer_id, installments, anchor, created_at)
        values ($1, $2, $3, $4, $5)";
}

row! {
    struct PayerRow {
        email: String, producer: String, title: String, code: String, slug: String, subscription_id: Option<Uuid>,
        buyer_name: String, tax_id: Option<String>, buyer_address: Option<String>,
    }
}

pub(in crate::money::billing) async fn set_method(
    tx: &mut Tx,
    order: OrderId,
    new: &PaymentMethod,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_METHOD)
            .bind(order.0)
            .bind(new.method.as_str())
            .bind(new.token.as_deref())
            .bind(new.brand.as_deref())
            .bind(new.last4.as_deref())
            .bind(new.exp_month)
            .bind(new.exp_year)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Who pays, what for as a statement shows it, and where the gateway leads back to.
pub(in crate::money::billing) struct Payer {
    pub(in crate::money::billing) email: String,
    pub(in crate::money::billing) person: ports::Payer,
    pub(in crate::money::billing) description: String,
    pub(in crate::money::billing) back: String,
}

/// Who pays for an order.
pub(in crate::money::billing) async fn payer(conn: Conn<'_>, order: OrderId) -> Result<Payer, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, PayerRow>(PAYER).bind(order.0).fetch_one(c).await?);
    let page = match row.subscription_id {
        Some(id) => Place::SubscriptionCard { id: SubscriptionId(id) }.path(),
        None => Place::OrderCard { handle: &format!("{}~{}", row.code, row.slug) }.path(),
    };
    let (description, back) = (format!("{}: {}", row.producer, row.title), format!("{page}?{BACK}"));
    let person = ports::Payer {
        name: row.buyer_name,
        tax_id: row.tax_id.and_then(|text| TaxId::completed(&text)),
        address: from_json("orders", order, row.buyer_address.as_deref())?,
    };
    Ok(Payer { email: row.email, person, description, back })
}

pub(in crate::money::billing) async fn bill_subscription(
    tx: &mut Tx,
    order: OrderId,
    (anchor, cycle): (Instant, i64),
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(BILL_SUBSCRIPTION).bind(order.0).bind(true).bind(anchor.micros()).bind(cycle).execute(c).await?;
    });
    Ok(())
}

pub(in crate::money::billing) async fn set_position(
    tx: &mut Tx,
    order: OrderId,
    (anchor, cycle): (Instant, i64),
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_POSITION).bind(order.0).bind(anchor.micros()).bind(cycle).execute(c).await?;
    });
    Ok(())
}

pub(in crate::money::billing) async fn set_discount(
    tx: &mut Tx,
    order: OrderId,
    percent: i64,
    cycles: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_DISCOUNT).bind(order.0).bind(percent).bind(cycles).execute(c).await?; });
    Ok(())
}

pub(in crate::money::billing) async fn use_discount(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(USE_DISCOUNT).bind(order.0).execute(c).await?; });
    Ok(())
}

pub(in crate::money::billing) async fn set_noticed(
    tx: &mut Tx,
    order: OrderId,
    charge_at: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_NOTICED).bind(order.0).bind(charge_at.micros()).execute(c).await?; });
    Ok(())
}

pub(in crate::money::billing) async fn insert_plan(
    tx: &mut Tx,
    (producer, order): (ProducerId, OrderId),
    count: i64,
    anchor: Instant,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let plan = sqlx::query(INSERT_PLAN).bind(order.0).bind(producer.0).bind(count);
        plan.bind(anchor.micros()).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}
