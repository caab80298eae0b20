use crate::db::{Conn, Db, Error};
use crate::order::{Found, OrderRecord, of_buyer, order};
use crate::sale::counts;
use crate::{on, row, statements};
use sqlx::FromRow;
use types::{Instant, PersonId, ProducerId};
use uuid::Uuid;

/// What a buyer may read of the log: what was done about the order, but not what the order's own state tells already;
/// and the buyer's mails.
macro_rules! events {
    (which: $which:expr) => {
        concat!(
            "with this as materialized (select ",
            $which,
            " as id)
            select e.at, e.name as word, 'event' as what
            from events e
            where e.order_id = (select id from this) and e.name not like 'order.%'
            union all select m.sent_at as at, m.kind as word, 'mail' as what
            from mails m
            where m.order_id = (select id from this) and m.sent_at is not null and m.kind not like 'producer%'
            union all select min(d.created_at) as at, '' as word, 'access' as what
            from orders o
            join deliveries d on d.person_id = o.person_id and d.producer_id = o.producer_id
            where o.id = (select id from this) and d.is_revocation = (1 = 0) and d.created_at >= o.created_at
                and d.created_at <= coalesce(o.released_at, d.created_at)
                and d.member_area_id in (select r.member_area_id
                    from order_items i
                    join access_rules r on r.product_id = i.product_id
                    where i.order_id = o.id)
            having count(*) > 0
            order by 1, 2"
        )
    };
}

statements! {
    NEWEST = order!(which: "(select x.id
        from orders x
        where x.producer_id = $1
        order by x.ordered_at desc, x.id desc
        limit 1)");
    WITH_EVENTS = order!(which: of_buyer!(), also: events!(which: of_buyer!()));
    // One statement for the whole page: a row an order, with the first item's name, the window, the latest refund, the
    // plan and the content. Everything beside the order is looked up for the 20 rows of the page, never for all that a
    // person ever bought. Search and status may be null in one statement: the index of the person's orders has bounded
    // what they are asked of.
    HOME = concat!(
        "select o.id, o.code, o.kind, o.status, o.currency, o.total, o.method, o.card_brand, o.card_last4,
            o.card_exp_month, o.card_exp_year, o.ordered_at, o.paid_at, o.released_at, pr.name as producer_name,
            pr.slug as producer_slug, pr.email as producer_email, pr.time_zone as producer_zone,
            pr.particulars, f.name as title,
            (select p.picture from products p where p.id = f.product_id) as picture,
            (select count(*) from order_items x where x.order_id = o.id and ",
        counts!("x"),
        ") as items,
            (select min(case when w.window_days > p.refund_window_days then w.window_days else p.refund_window_days end)
                from order_items x
                join products p on p.id = x.product_id
                left join sale_items w on w.item_id = x.id
                where x.order_id = o.id and ",
        counts!("x"),
        ") as window_days,
            (select f.state from refunds f
                where f.order_id = o.id order by f.requested_at desc, f.id desc limit 1) as refund_state,
            s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount,
            s.interval_unit, s.interval_count, s.period_start, s.period_end, s.discount_percent, s.discount_cycles,
            s.next_charge_at, s.canceled_at, v.due_at as owed_since, v.amount as owed_amount, v.failure as owed_failure,
            v.grace_until as owed_grace, v.failing_since is not null as is_overdue,
            case when v.waits_until is not null then v.attempt_method end as waits_for, ip.installments,
            ip.anchor as first_due_at,
            case when ip.order_id is not null then (select count(*) from invoices pv
                where pv.order_id = o.id and pv.state = 'paid') end as parts_paid,
            case when ip.order_id is not null then (select cast(coalesce(sum(x.amount), 0) as bigint)
                from order_items x
                where x.order_id = o.id and not exists (select 1 from refund_items ri
                    where ri.item_id = x.id and ri.released_at is null
                        and (select r.state from refunds r where r.id = ri.refund_id) in ('sent', 'settled')))
                end as parts_total,
            k.due_on as open_until, k.payment_code is not null as is_open,
            (select e.due_at from erasures e where e.person_id = $1 and e.state = 'waiting') as erased_at,
            q.id as scheduled_id,
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
        left join installment_plans ip on ip.order_id = o.id
        left join charges k on k.id = (select y.id from charges y
            where y.order_id = o.id and y.status = 'pending'
            order by y.created_at desc, y.id desc
            limit 1)
        left join plan_changes c on c.subscription_id = s.id and c.state = 'scheduled'
        left join plan_quotes q on q.id = c.id
        where o.person_id = $1 and (o.ordered_at, o.id) < ($2, $3)
            and (cast($4 as text) is null or o.search like $4 escape '\\')
            and (cast($5 as text) is null or o.status = $5)
        order by o.ordered_at desc, o.id desc
        limit $6"
    );
    // Of all orders of a person those that may need an eye; few do.
    AT_RISK = "select o.id, o.code, o.status, o.currency, pr.slug as producer_slug, pr.time_zone as producer_zone,
            f.name as title,
            (select f.state from refunds f where f.order_id = o.id
                order by f.requested_at desc, f.id desc limit 1) as refund_state,
            s.id as subscription_id, s.status as subscription_status, s.period_end, o.total, o.method,
            v.amount as owed_amount, v.failure as owed_failure, v.grace_until as owed_grace,
            v.failing_since is not null as is_overdue,
            case when v.waits_until is not null then v.attempt_method end as waits_for, k.due_on as open_until,
            k.payment_code is not null as is_open,
            exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code
                and t.id <> o.id) as is_shared
        from orders o
        join producers pr on pr.id = o.producer_id
        join order_items f on f.order_id = o.id and f.position = 0
        left join subscriptions s on s.order_id = o.id
        left join invoices v on v.order_id = o.id and v.state in ('open', 'overdue')
        left join charges k on k.id = (select y.id from charges y
            where y.order_id = o.id and y.status = 'pending'
            order by y.created_at desc, y.id desc
            limit 1)
        where o.person_id = $1
            and (o.status = 'pending' or s.status in ('past_due', 'ending') or v.failing_since is not null
                or v.waits_until is not null
                or (select r.id from refunds r where r.order_id = o.id and r.state = 'failed' limit 1) is not null)
        order by o.ordered_at desc, o.id desc
        limit 20";
    HAS_ANY = "select count(*) as orders from (select 1 as one from orders where person_id = $1 limit 1) x";
}

row! {
    pub(super) struct EventRow { at: i64, word: String, what: String }
    pub(super) struct HomeRow {
        id: Uuid, code: String, kind: String, status: String, currency: String, total: i64, method: String,
        card_brand: Option<String>, card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>,
        ordered_at: i64, paid_at: Option<i64>, released_at: Option<i64>, producer_name: String, producer_slug: String,
        producer_email: String, producer_zone: String, particulars: Option<String>, title: String,
        picture: Option<String>, items: i64,
        window_days: i64, refund_state: Option<String>, subscription_id: Option<Uuid>,
        subscription_status: Option<String>, plan_name: Option<String>, plan_amount: Option<i64>,
        interval_unit: Option<String>, interval_count: Option<i64>,
        period_start: Option<i64>, period_end: Option<i64>, discount_percent: Option<i64>, discount_cycles: Option<i64>,
        next_charge_at: Option<i64>, canceled_at: Option<i64>, owed_since: Option<i64>, owed_amount: Option<i64>,
        owed_failure: Option<String>, owed_grace: Option<i64>, is_overdue: bool, waits_for: Option<String>,
        installments: Option<i64>, first_due_at: Option<i64>, parts_paid: Option<i64>, parts_total: Option<i64>,
        open_until: Option<String>, is_open: bool, erased_at: Option<i64>,
        scheduled_id: Option<Uuid>, scheduled_plan: Option<String>, scheduled_amount: Option<i64>,
        scheduled_unit: Option<String>, scheduled_count: Option<i64>, scheduled_at: Option<i64>, is_shared: bool,
        content_url: Option<String>,
    }
    pub(super) struct RiskRow {
        id: Uuid, code: String, status: String, currency: String, producer_slug: String, producer_zone: String,
        title: String, refund_state: Option<String>, subscription_id: Option<Uuid>,
        subscription_status: Option<String>, period_end: Option<i64>, total: i64, method: String,
        open_until: Option<String>, is_open: bool, owed_amount: Option<i64>, owed_failure: Option<String>,
        owed_grace: Option<i64>, is_overdue: bool, waits_for: Option<String>, is_shared: bool,
    }
    struct CountRow { orders: i64 }
}

/// Which slice of the home page's list.
pub(super) struct HomeSlice<'a> {
    pub(super) person: PersonId,
    pub(super) before: (Instant, Uuid),
    pub(super) search: Option<String>,
    pub(super) status: Option<&'a str>,
    pub(super) limit: i64,
}

/// The newest order of a producer.
pub(super) async fn newest_of(conn: Conn<'_>, producer: ProducerId) -> Result<Option<Found>, Error> {
    OrderRecord::with(conn, NEWEST, &[producer.0]).await
}

/// The order of a buyer, and what the log says of it.
pub(super) async fn with_events(
    conn: Conn<'_>,
    person: PersonId,
    handle: &str,
) -> Result<Option<Found<(), EventRow>>, Error> {
    OrderRecord::of_buyer_with(conn, WITH_EVENTS, person, handle).await
}

pub(super) async fn home(db: &Db, slice: &HomeSlice<'_>) -> Result<Vec<HomeRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        // All rows first: read one by one, each would be freed on one thread while the next is made on another.
        let rows = sqlx::query(HOME)
            .bind(slice.person.0)
            .bind(slice.before.0.micros())
            .bind(slice.before.1)
            .bind(slice.search.as_deref())
            .bind(slice.status)
            .bind(slice.limit)
            .fetch_all(c)
            .await?;
        rows.iter().map(HomeRow::from_row).collect::<Result<_, _>>()?
    }))
}

pub(super) async fn at_risk(db: &Db, person: PersonId) -> Result<Vec<RiskRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => sqlx::query_as(AT_RISK).bind(person.0).fetch_all(c).await?))
}

pub(super) async fn has_any(db: &Db, person: PersonId) -> Result<bool, Error> {
    let row =
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, CountRow>(HAS_ANY).bind(person.0).fetch_one(c).await?);
    Ok(row.orders > 0)
}
