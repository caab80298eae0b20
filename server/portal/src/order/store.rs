use crate::db::{Conn, Db, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, OrderId, PersonId, SubscriptionId};
use uuid::Uuid;

/// An order with its plan, in one row: most orders need two statements more, and pages wait for each. Refunds are asked for only where there are any.
macro_rules! order {
    ($which:literal) => {
        concat!(
            "select o.id, o.producer_id, o.person_id, o.code, o.ref as order_ref, o.kind, o.status, o.buyer_name, p.email, p.language, o.currency, o.total,
            o.method, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year, o.ordered_at, o.paid_at, o.released_at, o.gateway,
            pr.name as seller_name, pr.slug as seller_slug, pr.email as seller_email, pr.time_zone as seller_zone,
            exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
            exists (select 1 from refunds f where f.order_id = o.id) as has_refunds,
            s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount, s.currency as plan_currency,
            s.interval_unit, s.interval_count, s.period_start, s.period_end, s.discount_percent, s.discount_cycles, s.next_charge_at, s.canceled_at,
            q.id as scheduled_id, q.plan_name as scheduled_plan, q.amount as scheduled_amount, q.interval_unit as scheduled_unit, q.interval_count as scheduled_count, q.period_start as scheduled_at
        from orders o join people p on p.id = o.person_id join producers pr on pr.id = o.producer_id
        left join subscriptions s on s.order_id = o.id
        left join plan_changes c on c.subscription_id = s.id and c.state = 'scheduled' left join plan_quotes q on q.id = c.id
        ",
            $which
        )
    };
}

statements! {
    // Whoever changes what hangs on an order holds it. On PostgreSQL the row is locked until the transaction ends; on SQLite the
    // transaction has the only write lock already.
    LOCK = "update orders set updated_at = updated_at where id = $1";
    // Whose it is stands in the statement: not mine and not there are the same answer.
    FOR_BUYER = order!("where o.person_id = $1 and o.code = $2 and (cast($3 as text) is null or pr.slug = $3) order by o.ordered_at desc, o.id desc limit 1");
    BY_ID = order!("where o.id = $1");
    OF_SUBSCRIPTION = order!("where o.person_id = $1 and s.id = $2");
    // The window that was sold is kept to; one that is longer by now counts too.
    ITEMS = "select i.id, i.name, i.offer_name, i.amount, i.sold_amount, i.is_bump, p.code as product_code,
            case when w.window_days > p.refund_window_days then w.window_days else p.refund_window_days end as refund_window_days,
            (select f.state from refund_items ri join refunds f on f.id = ri.refund_id where ri.item_id = i.id and ri.released_at is null) as refund_state
        from order_items i join products p on p.id = i.product_id left join sale_items w on w.item_id = i.id
        where i.order_id = $1 order by i.position";
    CHARGES = "select c.id, c.reference, c.amount, c.currency, c.status, c.method, c.installments, c.payment_code, c.payment_url, c.due_on, c.created_at, c.paid_at, c.gateway,
            c.source_version as changed_at, c.goes_back, v.period_start, v.period_end,
            not exists (select 1 from card_updates u where u.order_id = c.order_id and u.state = 'saved' and u.ended_at > c.created_at) as has_same_card
        from charges c left join invoices v on v.id = c.invoice_id where c.order_id = $1 order by c.created_at desc, c.id desc";
    // What a buyer may read of the log: what was done about the order, but not what the order's own state tells already; and the buyer's mails.
    EVENTS = "select e.at, e.action as word, 1 = 0 as is_mail, e.after from audit_entries e
            where e.order_id = $1 and e.action not like 'order.%' and e.action not like 'refund.%'
        union all select m.sent_at as at, m.kind as word, 1 = 1 as is_mail, cast(null as text) as after from mails_sent m where m.order_id = $1 and m.kind not like 'producer%'
        union all select min(d.created_at) as at, 'access.sent' as word, 1 = 0 as is_mail, cast(null as text) as after from orders o
            join deliveries d on d.person_id = o.person_id and d.producer_id = o.producer_id
            where o.id = $1 and d.is_revocation = (1 = 0) and d.created_at >= o.created_at and d.created_at <= coalesce(o.released_at, d.created_at)
                and d.member_area_id in (select r.member_area_id from order_items i join access_rules r on r.product_id = i.product_id where i.order_id = o.id)
            having count(*) > 0
        order by 1, 2";
    REFUNDS = "select f.id, f.protocol, f.state, f.amount, f.currency, f.requested_at, f.sent_at, f.ended_at, f.answer_by, f.answer, f.payee_asked_at,
            f.payee_masked from refunds f
        where f.order_id = $1 order by f.requested_at desc, f.id desc";
    REFUND_PARTS = "select p.refund_id, p.charge_id, p.amount, p.state from refund_parts p join refunds f on f.id = p.refund_id
        where f.order_id = $1 order by p.position";
    REFUND_ITEMS = "select ri.refund_id, ri.item_id, i.name from refund_items ri join order_items i on i.id = ri.item_id
        where ri.order_id = $1 order by i.position";
    // One statement for the whole page: a row an order, with the first item's name, the window, the latest refund, the plan and the content.
    // Everything beside the order is looked up for the 20 rows of the page, never for all that a person ever bought.
    HOME = "select o.id, o.code, o.kind, o.status, o.currency, o.total, o.method, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year,
            o.ordered_at, o.paid_at, o.released_at, pr.name as seller_name, pr.slug as seller_slug, pr.email as seller_email, pr.time_zone as seller_zone,
            f.name as title, (select count(*) from order_items x where x.order_id = o.id) as items,
            (select min(case when w.window_days > p.refund_window_days then w.window_days else p.refund_window_days end) from order_items x
                join products p on p.id = x.product_id left join sale_items w on w.item_id = x.id where x.order_id = o.id) as window_days,
            (select f.state from refunds f where f.order_id = o.id order by f.requested_at desc, f.id desc limit 1) as refund_state,
            s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount, s.interval_unit, s.interval_count,
            s.period_start, s.period_end, s.discount_percent, s.discount_cycles, s.next_charge_at, s.canceled_at, v.due_at as owed_since,
            v.amount as owed_amount, v.failure as owed_failure, v.grace_until as owed_grace, q.id as scheduled_id, q.plan_name as scheduled_plan, q.amount as scheduled_amount,
            q.interval_unit as scheduled_unit, q.interval_count as scheduled_count, q.period_start as scheduled_at,
            exists (select 1 from orders t where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
            (select min(m.content_url) from order_items x join access_rules r on r.product_id = x.product_id
                join access_rule_targets t on t.rule_id = r.id join member_areas m on m.id = r.member_area_id
                join access_tellings a on a.member_area_id = m.id and a.person_id = o.person_id and a.target = t.target
                where x.order_id = o.id and a.is_active) as content_url
        from orders o join producers pr on pr.id = o.producer_id
        join order_items f on f.order_id = o.id and f.position = 0
        left join subscriptions s on s.order_id = o.id
        left join invoices v on v.id = (select x.id from invoices x where x.order_id = o.id and x.state in ('open', 'overdue')
            and x.failing_since is not null order by x.number limit 1)
        left join plan_changes c on c.subscription_id = s.id and c.state = 'scheduled' left join plan_quotes q on q.id = c.id
        where o.person_id = $1 and (o.ordered_at, o.id) < ($2, $3)
            and (cast($4 as text) is null or o.search like $4 escape '\\') and (cast($5 as text) is null or o.status = $5)
        order by o.ordered_at desc, o.id desc limit $6";
    HAS_ANY = "select count(*) as orders from (select 1 as one from orders where person_id = $1 limit 1) x";
}

row! {
    pub(super) struct OrderRow {
        id: Uuid, producer_id: Uuid, person_id: Uuid, code: String, order_ref: String, kind: String, status: String, buyer_name: String, email: String,
        language: Option<String>, currency: String, total: i64, method: String, card_brand: Option<String>, card_last4: Option<String>,
        card_exp_month: Option<i64>, card_exp_year: Option<i64>, ordered_at: i64, paid_at: Option<i64>, released_at: Option<i64>,
        seller_name: String, seller_slug: String, seller_email: String, seller_zone: String, is_shared: bool, has_refunds: bool,
        gateway: String,
        subscription_id: Option<Uuid>, subscription_status: Option<String>, plan_name: Option<String>, plan_amount: Option<i64>, plan_currency: Option<String>,
        interval_unit: Option<String>, interval_count: Option<i64>, period_start: Option<i64>, period_end: Option<i64>, discount_percent: Option<i64>,
        discount_cycles: Option<i64>, next_charge_at: Option<i64>, canceled_at: Option<i64>,
        scheduled_id: Option<Uuid>, scheduled_plan: Option<String>, scheduled_amount: Option<i64>, scheduled_unit: Option<String>,
        scheduled_count: Option<i64>, scheduled_at: Option<i64>,
    }
    pub(super) struct ItemRow {
        id: Uuid, name: String, offer_name: Option<String>, amount: i64, sold_amount: i64, is_bump: bool, refund_window_days: i64, product_code: String,
        refund_state: Option<String>,
    }
    pub(super) struct ChargeRow {
        id: Uuid, reference: String, amount: i64, currency: String, status: String, method: String, installments: i64, payment_code: Option<String>,
        payment_url: Option<String>, due_on: Option<String>, created_at: i64, paid_at: Option<i64>,
        gateway: String, changed_at: i64, goes_back: bool, period_start: Option<i64>, period_end: Option<i64>, has_same_card: bool,
    }
    pub(super) struct RefundRow {
        id: Uuid, protocol: String, state: String, amount: i64, currency: String, requested_at: i64, sent_at: Option<i64>, ended_at: Option<i64>,
        answer_by: Option<i64>, answer: Option<String>, payee_asked_at: Option<i64>, payee_masked: Option<String>,
    }
    pub(super) struct RefundPartRow { refund_id: Uuid, charge_id: Uuid, amount: i64, state: String }
    pub(super) struct EventRow { at: i64, word: String, is_mail: bool, after: Option<String> }
    pub(super) struct RefundItemRow { refund_id: Uuid, item_id: Uuid, name: String }
    pub(super) struct HomeRow {
        id: Uuid, code: String, kind: String, status: String, currency: String, total: i64, method: String, card_brand: Option<String>,
        card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>, ordered_at: i64, paid_at: Option<i64>,
        released_at: Option<i64>, seller_name: String, seller_slug: String, seller_email: String, seller_zone: String, title: String,
        items: i64, window_days: i64, refund_state: Option<String>, subscription_id: Option<Uuid>, subscription_status: Option<String>,
        plan_name: Option<String>, plan_amount: Option<i64>, interval_unit: Option<String>, interval_count: Option<i64>,
        period_start: Option<i64>, period_end: Option<i64>, discount_percent: Option<i64>, discount_cycles: Option<i64>, owed_since: Option<i64>,
        owed_amount: Option<i64>, owed_failure: Option<String>, owed_grace: Option<i64>,
        next_charge_at: Option<i64>, canceled_at: Option<i64>, scheduled_id: Option<Uuid>, scheduled_plan: Option<String>, scheduled_amount: Option<i64>,
        scheduled_unit: Option<String>, scheduled_count: Option<i64>, scheduled_at: Option<i64>, is_shared: bool, content_url: Option<String>,
    }
    struct CountRow { orders: i64 }
}

/// Everything on file of one order.
pub(super) struct Rows {
    pub(super) order: OrderRow,
    pub(super) items: Vec<ItemRow>,
    pub(super) charges: Vec<ChargeRow>,
    pub(super) refunds: Vec<RefundRow>,
    pub(super) refund_items: Vec<RefundItemRow>,
    pub(super) refund_parts: Vec<RefundPartRow>,
}

/// Which part of the home page's list.
pub(super) struct HomePart<'a> {
    pub(super) person: PersonId,
    pub(super) before: (Instant, Uuid),
    pub(super) search: Option<String>,
    pub(super) status: Option<&'a str>,
    pub(super) limit: i64,
}

/// Holds an order until the transaction ends: from here on nobody else changes it.
pub(crate) async fn lock(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(order.0).execute(c).await?; });
    Ok(())
}

pub(super) async fn for_buyer(
    conn: Conn<'_>,
    person: PersonId,
    code: &str,
    slug: Option<&str>,
) -> Result<Option<Rows>, Error> {
    on!(conn, c => {
        let order = sqlx::query_as::<_, OrderRow>(FOR_BUYER).bind(person.0).bind(code).bind(slug).fetch_optional(&mut *c).await?;
        let Some(order) = order else { return Ok(None) };
        rest!(c, order)
    })
}

pub(super) async fn by_id(conn: Conn<'_>, order: OrderId) -> Result<Option<Rows>, Error> {
    on!(conn, c => {
        let order = sqlx::query_as::<_, OrderRow>(BY_ID).bind(order.0).fetch_optional(&mut *c).await?;
        let Some(order) = order else { return Ok(None) };
        rest!(c, order)
    })
}

/// The order of this person's subscription.
pub(super) async fn of_subscription(
    conn: Conn<'_>,
    person: PersonId,
    subscription: SubscriptionId,
) -> Result<Option<Rows>, Error> {
    on!(conn, c => {
        let order = sqlx::query_as::<_, OrderRow>(OF_SUBSCRIPTION).bind(person.0).bind(subscription.0).fetch_optional(&mut *c).await?;
        let Some(order) = order else { return Ok(None) };
        rest!(c, order)
    })
}

pub(super) async fn events(conn: Conn<'_>, order: OrderId) -> Result<Vec<EventRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, EventRow>(EVENTS).bind(order.0).fetch_all(c).await?))
}

/// What belongs to an order that was found.
macro_rules! rest {
    ($c:ident, $order:ident) => {{
        let id = $order.id;
        let items = sqlx::query_as::<_, ItemRow>(ITEMS).bind(id).fetch_all(&mut *$c).await?;
        let charges = sqlx::query_as::<_, ChargeRow>(CHARGES).bind(id).fetch_all(&mut *$c).await?;
        let (mut refunds, mut refund_items, mut refund_parts) = (Vec::new(), Vec::new(), Vec::new());
        if $order.has_refunds {
            refunds = sqlx::query_as::<_, RefundRow>(REFUNDS).bind(id).fetch_all(&mut *$c).await?;
            refund_items = sqlx::query_as::<_, RefundItemRow>(REFUND_ITEMS).bind(id).fetch_all(&mut *$c).await?;
            refund_parts = sqlx::query_as::<_, RefundPartRow>(REFUND_PARTS).bind(id).fetch_all(&mut *$c).await?;
        }
        Ok(Some(Rows { order: $order, items, charges, refunds, refund_items, refund_parts }))
    }};
}
use rest;

pub(super) async fn home(db: &Db, part: &HomePart<'_>) -> Result<Vec<HomeRow>, Error> {
    Ok(on!(db.reader(), c => {
        sqlx::query_as::<_, HomeRow>(HOME)
            .bind(part.person.0)
            .bind(part.before.0.micros())
            .bind(part.before.1)
            .bind(part.search.as_deref())
            .bind(part.status)
            .bind(part.limit)
            .fetch_all(c)
            .await?
    }))
}

pub(super) async fn has_any(db: &Db, person: PersonId) -> Result<bool, Error> {
    let row = on!(db.reader(), c => sqlx::query_as::<_, CountRow>(HAS_ANY).bind(person.0).fetch_one(c).await?);
    Ok(row.orders > 0)
}
