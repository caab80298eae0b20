//! An order of the buyer: four statements.

use crate::words::{Card, split};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

/// With its subscription, and whether something is on file that this program has no words for.
const ORDER: &str = "select o.id, o.code, o.kind, o.status, o.currency, o.total, o.method, o.card_brand, o.card_last4,
        o.card_exp_month, o.card_exp_year, o.ordered_at, o.paid_at, o.released_at,
        pr.name as producer, pr.slug, pr.email, pr.time_zone,
        exists (select 1 from orders t
            where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
        exists (select 1 from refunds f where f.order_id = o.id)
            or exists (select 1 from plan_changes c where c.order_id = o.id)
            or exists (select 1 from invoices v
                where v.order_id = o.id and v.state in ('open', 'overdue')) as is_unknown,
        s.id as plan_id, s.status as plan_status, s.plan_name, s.amount as plan_amount, s.interval_unit,
        s.interval_count, s.period_start, s.period_end, s.discount_cycles, s.next_charge_at, s.canceled_at
    from orders o
    join producers pr on pr.id = o.producer_id
    left join subscriptions s on s.order_id = o.id
    where o.person_id = $1 and o.code = $2 and ($3 is null or pr.slug = $3)
    order by o.ordered_at desc, o.id desc
    limit 1";
const ITEMS: &str = "select i.name, i.offer_name, i.amount, i.is_bump,
        max(p.refund_window_days, coalesce(w.window_days, 0)) as window_days,
        exists (select 1 from access_rules r where r.product_id = i.product_id) as is_managed
    from order_items i
    join products p on p.id = i.product_id
    left join sale_items w on w.item_id = i.id
    where i.order_id = $1
    order by i.position";
const CHARGES: &str = "select c.id, c.amount, c.status, c.created_at, c.paid_at, c.installments, v.period_start,
        v.period_end
    from charges c
    left join invoices v on v.id = c.invoice_id
    where c.order_id = $1
    order by c.created_at desc, c.id desc";
const EVENTS: &str = "select e.at, e.name as word, false as is_mail
    from events e
    where e.order_id = $1 and e.name not like 'order.%'
    union all select m.sent_at, m.kind, true
    from mails m
    where m.order_id = $1 and m.sent_at is not null and m.kind not like 'producer%'
    union all select min(d.created_at), 'access.sent', false
    from orders o
    join deliveries d on d.person_id = o.person_id and d.producer_id = o.producer_id
    where o.id = $1 and not d.is_revocation
        and d.created_at between o.created_at and coalesce(o.released_at, d.created_at)
        and d.member_area_id in (select r.member_area_id
            from order_items i
            join access_rules r on r.product_id = i.product_id
            where i.order_id = o.id)
    having count(*) > 0
    order by 1, 2";

/// An order, whole.
pub(super) struct Order {
    pub id: Uuid,
    pub code: String,
    pub kind: String,
    pub status: String,
    pub currency: String,
    pub total: i64,
    pub method: String,
    pub card: Option<Card>,
    pub ordered_at: i64,
    pub paid_at: Option<i64>,
    pub released_at: Option<i64>,
    pub producer: String,
    pub slug: String,
    pub email: String,
    pub zone: String,
    pub is_shared: bool,
    pub is_unknown: bool,
    pub plan: Option<Plan>,
    pub items: Vec<Item>,
    pub charges: Vec<Charge>,
    pub events: Vec<Event>,
}

/// Its subscription.
pub(super) struct Plan {
    pub id: Uuid,
    pub status: String,
    pub name: String,
    pub amount: i64,
    pub unit: String,
    pub count: i64,
    pub period_start: i64,
    pub period_end: i64,
    pub discount_cycles: i64,
    pub next_charge_at: Option<i64>,
    pub canceled_at: Option<i64>,
}

pub(super) struct Item {
    pub name: String,
    pub offer: Option<String>,
    pub amount: i64,
    pub is_bump: bool,
    pub window_days: i64,
    pub is_managed: bool,
}

pub(super) struct Charge {
    pub id: Uuid,
    pub amount: i64,
    pub status: String,
    pub created_at: i64,
    pub paid_at: Option<i64>,
    pub installments: i64,
    /// What it pays for, where it is one of a calendar.
    pub period: Option<(i64, i64)>,
}

/// What the log or the list of mails tells.
pub(super) struct Event {
    pub at: i64,
    pub word: String,
    pub is_mail: bool,
}

/// The order with this handle, if it is this person's.
pub(super) async fn find(pool: &SqlitePool, person: Uuid, handle: &str) -> anyhow::Result<Option<Order>> {
    let (code, slug) = split(handle);
    let mut reader = pool.acquire().await?;
    let row = sqlx::query(ORDER).bind(person).bind(code).bind(slug).fetch_optional(&mut *reader).await?;
    let Some(row) = row else { return Ok(None) };
    let mut order = order(&row)?;
    let items = sqlx::query(ITEMS).bind(order.id).fetch_all(&mut *reader).await?;
    let charges = sqlx::query(CHARGES).bind(order.id).fetch_all(&mut *reader).await?;
    let events = sqlx::query(EVENTS).bind(order.id).fetch_all(&mut *reader).await?;
    order.items = items.iter().map(item).collect::<Result<_, _>>()?;
    order.charges = charges.iter().map(charge).collect::<Result<_, _>>()?;
    order.events = events.iter().map(event).collect::<Result<_, _>>()?;
    Ok(Some(order))
}

fn order(row: &SqliteRow) -> sqlx::Result<Order> {
    Ok(Order {
        id: row.try_get("id")?,
        code: row.try_get("code")?,
        kind: row.try_get("kind")?,
        status: row.try_get("status")?,
        currency: row.try_get("currency")?,
        total: row.try_get("total")?,
        method: row.try_get("method")?,
        card: Card::of(row)?,
        ordered_at: row.try_get("ordered_at")?,
        paid_at: row.try_get("paid_at")?,
        released_at: row.try_get("released_at")?,
        producer: row.try_get("producer")?,
        slug: row.try_get("slug")?,
        email: row.try_get("email")?,
        zone: row.try_get("time_zone")?,
        is_shared: row.try_get("is_shared")?,
        is_unknown: row.try_get("is_unknown")?,
        plan: plan(row)?,
        items: Vec::new(),
        charges: Vec::new(),
        events: Vec::new(),
    })
}

fn plan(row: &SqliteRow) -> sqlx::Result<Option<Plan>> {
    let Some(id) = row.try_get("plan_id")? else { return Ok(None) };
    Ok(Some(Plan {
        id,
        status: row.try_get("plan_status")?,
        name: row.try_get("plan_name")?,
        amount: row.try_get("plan_amount")?,
        unit: row.try_get("interval_unit")?,
        count: row.try_get("interval_count")?,
        period_start: row.try_get("period_start")?,
        period_end: row.try_get("period_end")?,
        discount_cycles: row.try_get("discount_cycles")?,
        next_charge_at: row.try_get("next_charge_at")?,
        canceled_at: row.try_get("canceled_at")?,
    }))
}

fn item(row: &SqliteRow) -> sqlx::Result<Item> {
    Ok(Item {
        name: row.try_get(0)?,
        offer: row.try_get(1)?,
        amount: row.try_get(2)?,
        is_bump: row.try_get(3)?,
        window_days: row.try_get(4)?,
        is_managed: row.try_get(5)?,
    })
}

fn charge(row: &SqliteRow) -> sqlx::Result<Charge> {
    Ok(Charge {
        id: row.try_get(0)?,
        amount: row.try_get(1)?,
        status: row.try_get(2)?,
        created_at: row.try_get(3)?,
        paid_at: row.try_get(4)?,
        installments: row.try_get(5)?,
        period: row.try_get::<Option<i64>, _>(6)?.zip(row.try_get(7)?),
    })
}

fn event(row: &SqliteRow) -> sqlx::Result<Event> {
    Ok(Event { at: row.try_get(0)?, word: row.try_get(1)?, is_mail: row.try_get(2)? })
}
