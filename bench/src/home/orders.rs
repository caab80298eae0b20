//! The orders of a buyer, by the statement of the real page.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqlitePool};
use uuid::Uuid;

const HOME: &str = "select o.id, o.code, o.kind, o.status, o.currency, o.total, o.method, o.card_brand, o.card_last4,
        o.card_exp_month, o.card_exp_year, o.ordered_at, o.paid_at, o.released_at, pr.name as producer_name,
        pr.slug as producer_slug, pr.email as producer_email, pr.time_zone as producer_zone,
        f.name as title, (select count(*) from order_items x where x.order_id = o.id) as items,
        (select min(case when w.window_days > p.refund_window_days then w.window_days else p.refund_window_days end)
            from order_items x
            join products p on p.id = x.product_id
            left join sale_items w on w.item_id = x.id
            where x.order_id = o.id) as window_days,
        (select f.state from refunds f
            where f.order_id = o.id order by f.requested_at desc, f.id desc limit 1) as refund_state,
        s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount,
        s.interval_unit, s.interval_count, s.period_start, s.period_end, s.discount_percent, s.discount_cycles,
        s.next_charge_at, s.canceled_at, v.due_at as owed_since, v.amount as owed_amount, v.failure as owed_failure,
        v.grace_until as owed_grace, v.failing_since is not null as is_overdue,
        case when v.waits_until is not null then v.attempt_method end as waits_for, q.id as scheduled_id,
        q.plan_name as scheduled_plan, q.amount as scheduled_amount, q.interval_unit as scheduled_unit,
        q.interval_count as scheduled_count, q.period_start as scheduled_at,
        exists (select 1 from orders t
            where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
        (select min(m.content_url)
            from order_items x
            join access_rules r on r.product_id = x.product_id
            join access_rule_targets t on t.rule_id = r.id
            join member_areas m on m.id = r.member_area_id
            join access_tellings a on a.member_area_id = m.id and a.person_id = o.person_id and a.target = t.target
            where x.order_id = o.id and a.is_active) as content_url
    from orders o
    join producers pr on pr.id = o.producer_id
    join order_items f on f.order_id = o.id and f.position = 0
    left join subscriptions s on s.order_id = o.id
    left join invoices v on v.order_id = o.id and v.state in ('open', 'overdue')
    left join plan_changes c on c.subscription_id = s.id and c.state = 'scheduled'
    left join plan_quotes q on q.id = c.id
    where o.person_id = $1 and (o.ordered_at, o.id) < ($2, $3)
        and (cast($4 as text) is null or o.search like $4 escape '\\')
        and (cast($5 as text) is null or o.status = $5)
    order by o.ordered_at desc, o.id desc
    limit $6";

/// A row of the page.
pub(super) struct Order {
    pub code: String,
    pub producer: String,
    pub slug: String,
    pub zone: String,
    pub title: String,
    pub items: i64,
    pub window_days: i64,
    pub total: i64,
    pub currency: String,
    pub status: String,
    pub refund: Option<String>,
    pub card: Option<(String, String)>,
    pub ordered_at: i64,
    pub paid_at: Option<i64>,
    pub released_at: Option<i64>,
    pub plan: Option<Plan>,
    pub is_shared: bool,
    pub content_url: Option<String>,
}

/// The subscription of an order.
pub(super) struct Plan {
    pub name: String,
    pub amount: i64,
    pub unit: String,
    pub count: i64,
    pub status: String,
    pub period_end: i64,
    pub next_charge_at: Option<i64>,
}

/// The newest 20.
pub(super) async fn of(pool: &SqlitePool, person: Uuid) -> anyhow::Result<Vec<Order>> {
    let rows = sqlx::query(HOME)
        .bind(person)
        .bind(i64::MAX)
        .bind(Uuid::max())
        .bind(None::<&str>)
        .bind(None::<&str>)
        .bind(21)
        .fetch_all(pool)
        .await?;
    Ok(rows.iter().take(20).map(order).collect::<Result<_, _>>()?)
}

fn order(row: &SqliteRow) -> sqlx::Result<Order> {
    let brand: Option<String> = row.try_get("card_brand")?;
    Ok(Order {
        code: row.try_get("code")?,
        producer: row.try_get("producer_name")?,
        slug: row.try_get("producer_slug")?,
        zone: row.try_get("producer_zone")?,
        title: row.try_get("title")?,
        items: row.try_get("items")?,
        window_days: row.try_get("window_days")?,
        total: row.try_get("total")?,
        currency: row.try_get("currency")?,
        status: row.try_get("status")?,
        refund: row.try_get("refund_state")?,
        card: brand.zip(row.try_get("card_last4")?),
        ordered_at: row.try_get("ordered_at")?,
        paid_at: row.try_get("paid_at")?,
        released_at: row.try_get("released_at")?,
        plan: plan(row)?,
        is_shared: row.try_get("is_shared")?,
        content_url: row.try_get("content_url")?,
    })
}

fn plan(row: &SqliteRow) -> sqlx::Result<Option<Plan>> {
    let Some(status) = row.try_get("subscription_status")? else { return Ok(None) };
    Ok(Some(Plan {
        name: row.try_get("plan_name")?,
        amount: row.try_get("plan_amount")?,
        unit: row.try_get("interval_unit")?,
        count: row.try_get("interval_count")?,
        status,
        period_end: row.try_get("period_end")?,
        next_charge_at: row.try_get("next_charge_at")?,
    }))
}

#[cfg(test)]
mod tests {
    /// Word for word, line breaks aside: or the comparison would be with something else.
    #[test]
    fn the_statement_is_that_of_the_real_page() {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let of_the_page = words(include_str!("../../../server/portal/src/desk/purchases/store.rs"));
        assert!(of_the_page.contains(&words(super::HOME).replace('\\', "\\\\")));
    }
}
