//! Reads a whole order, as every rule about one order needs it.
//!
//! Each statement is a wait. So what exists once for an order is read in the same row, what other features want to know
//! of it are further columns of that row, and what they want to list is a further statement in the same go. Refunds and
//! changes of plan, which few orders have, are read only where there are any.

use crate::db::{Columns, Conn, Error, Several};
use crate::{on, row, statements};
use futures::future::BoxFuture;
use sqlx::FromRow;
use types::{OrderId, PersonId, SubscriptionId};
use uuid::Uuid;

/// Reads an order: a row for each of its lines, of which there is always one, with the order, its seller and its plan
/// before each; then its charges. `$order` is what finds its id. `$more` is what else is wanted, with a comma at its
/// end; `$joins` where that is found. Of what depends on a product, as the seller's policy does, the main line's row
/// counts. A statement after the two is `$also`'s.
macro_rules! order {
    ($more:expr, $joins:expr, $order:expr) => {
        concat!(
            "select ",
            $more,
            " o.id, o.producer_id, o.person_id, o.code, o.ref as order_ref, o.kind, o.status, o.buyer_name, p.email,
            p.language, o.currency, o.total,
            o.method, o.card_brand, o.card_last4, o.card_exp_month, o.card_exp_year, o.ordered_at, o.paid_at,
            o.released_at, o.gateway,
            pr.name as seller_name, pr.slug as seller_slug, pr.email as seller_email, pr.time_zone as seller_zone,
            exists (select 1 from orders t
                where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
            exists (select 1 from refunds f where f.order_id = o.id) as has_refunds,
            exists (select 1 from invoices v where v.order_id = o.id and v.state in ('open', 'overdue')) as has_owed,
            coalesce((select y.content from policies y where y.producer_id = o.producer_id and y.scope = ip.code),
                (select y.content from policies y where y.producer_id = o.producer_id and y.scope = '')) as policy,
            s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount,
            s.currency as plan_currency,
            s.interval_unit, s.interval_count, s.period_start, s.period_end, s.discount_percent, s.discount_cycles,
            s.next_charge_at, s.canceled_at,
            (select sc.id from plan_changes sc
                where sc.subscription_id = s.id and sc.state = 'scheduled') as scheduled_id,
            i.id as item_id, i.name as item_name, i.offer_name, i.amount as item_amount, i.sold_amount, i.is_bump,
            case when w.window_days > ip.refund_window_days then w.window_days else ip.refund_window_days end as window_days,
            exists (select 1 from access_rules r where r.product_id = i.product_id) as is_managed,
            (select (select f.state
                from refunds f
                where f.id = ri.refund_id)
                from refund_items ri
                where ri.item_id = i.id and ri.released_at is null) as refund_state
        from orders o join people p on p.id = o.person_id join producers pr on pr.id = o.producer_id
        join order_items i on i.order_id = o.id
        join products ip on ip.id = i.product_id
        left join sale_items w on w.item_id = i.id
        left join subscriptions s on s.order_id = o.id ",
            $joins,
            " where o.id = ",
            $order,
            " order by i.position",
            ";\n",
            "select c.id, c.reference, c.amount, c.currency, c.status, c.method, c.installments, c.payment_code,
            c.payment_url, c.due_on, c.created_at,
            c.paid_at, c.gateway, c.source_version as changed_at, c.goes_back, v.period_start, v.period_end,
            not exists (select 1 from card_updates u
                where u.order_id = c.order_id and u.state = 'saved' and u.ended_at > c.created_at) as has_same_card
            from charges c left join invoices v on v.id = c.invoice_id where c.order_id = ",
            $order,
            " order by c.created_at desc, c.id desc"
        )
    };
    ($more:expr, $joins:expr, $order:expr, $also:expr) => {
        concat!($crate::order::order!($more, $joins, $order), ";\n", $also)
    };
}
pub(crate) use order;

/// The order of a person by what stands in its address. Whose it is stands in the statement: not mine and not there are
/// the same answer. The newest first by a number, so that the few of this code are sorted, and not all that the person
/// ever bought looked through.
macro_rules! of_buyer {
    () => {
        "(select x.id from orders x join producers z on z.id = x.producer_id
            where x.person_id = $1 and x.code = $2 and (cast($3 as text) is null or z.slug = $3)
            order by -x.ordered_at, x.id desc
            limit 1)"
    };
}
pub(crate) use of_buyer;

statements! {
    FOR_BUYER = order!("", "", of_buyer!());
    BY_ID = order!("", "", "$1");
    OF_SUBSCRIPTION = order!("", "", "(select x.id from orders x join subscriptions y on y.order_id = x.id where x.person_id = $1 and y.id = $2)");
    // A change has the id of its quote.
    SCHEDULED = "select id, plan_name, amount, interval_unit, interval_count, period_start
        from plan_quotes
        where id = $1";
    REFUNDS = "select f.id, f.protocol, f.state, f.amount, f.currency, f.requested_at, f.sent_at, f.ended_at,
            f.answer_by, f.answer, f.payee_asked_at, f.payee_masked
        from refunds f
        where f.order_id = $1
        order by f.requested_at desc, f.id desc";
    REFUND_PARTS = "select p.refund_id, p.charge_id, p.amount, p.state
        from refund_parts p
        join refunds f on f.id = p.refund_id
        where f.order_id = $1
        order by p.position";
    REFUND_ITEMS = "select ri.refund_id, ri.item_id, i.name
        from refund_items ri
        join order_items i on i.id = ri.item_id
        where ri.order_id = $1
        order by i.position";
}

row! {
    pub(super) struct OrderRow {
        id: Uuid, producer_id: Uuid, person_id: Uuid, code: String, order_ref: String, kind: String, status: String,
        buyer_name: String, email: String, language: Option<String>, currency: String, total: i64, method: String,
        card_brand: Option<String>, card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>,
        ordered_at: i64, paid_at: Option<i64>, released_at: Option<i64>, gateway: String, seller_name: String,
        seller_slug: String, seller_email: String, seller_zone: String, is_shared: bool, has_refunds: bool,
        has_owed: bool, policy: Option<String>, subscription_id: Option<Uuid>, subscription_status: Option<String>,
        plan_name: Option<String>, plan_amount: Option<i64>, plan_currency: Option<String>,
        interval_unit: Option<String>, interval_count: Option<i64>, period_start: Option<i64>, period_end: Option<i64>,
        discount_percent: Option<i64>, discount_cycles: Option<i64>, next_charge_at: Option<i64>,
        canceled_at: Option<i64>, scheduled_id: Option<Uuid>,
    }
    pub(super) struct ScheduledRow {
        id: Uuid, plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64,
    }
    pub(super) struct ItemRow {
        item_id: Uuid, item_name: String, offer_name: Option<String>, item_amount: i64, sold_amount: i64, is_bump: bool,
        window_days: i64, is_managed: bool, refund_state: Option<String>,
    }
    pub(super) struct ChargeRow {
        id: Uuid, reference: String, amount: i64, currency: String, status: String, method: String, installments: i64,
        payment_code: Option<String>, payment_url: Option<String>, due_on: Option<String>, created_at: i64,
        paid_at: Option<i64>, gateway: String, changed_at: i64, goes_back: bool, period_start: Option<i64>,
        period_end: Option<i64>, has_same_card: bool,
    }
    pub(super) struct RefundRow {
        id: Uuid, protocol: String, state: String, amount: i64, currency: String, requested_at: i64,
        sent_at: Option<i64>, ended_at: Option<i64>, answer_by: Option<i64>, answer: Option<String>,
        payee_asked_at: Option<i64>, payee_masked: Option<String>,
    }
    pub(super) struct RefundPartRow { refund_id: Uuid, charge_id: Uuid, amount: i64, state: String }
    pub(super) struct RefundItemRow { refund_id: Uuid, item_id: Uuid, name: String }
}

/// Everything on file of one order.
pub(super) struct Rows {
    pub(super) order: OrderRow,
    pub(super) items: Vec<ItemRow>,
    pub(super) scheduled: Option<ScheduledRow>,
    pub(super) charges: Vec<ChargeRow>,
    pub(super) refunds: Vec<RefundRow>,
    pub(super) refund_items: Vec<RefundItemRow>,
    pub(super) refund_parts: Vec<RefundPartRow>,
}

/// What of an order was read: what else stood in its row, all that is its own, and what was listed with it.
pub(super) type Found<T, U> = (T, Rows, Vec<U>);

/// The order that `$sql` finds by what `$query` binds; leaves the function when there is none.
macro_rules! whole {
    ($c:ident, $sql:expr, $query:expr, $more:ty, $also:ty) => {{
        let mut found = $c.several($sql, $query).await?.into_iter();
        let mut next = || found.next().unwrap_or_default();
        let (rows, charges, also) = (next(), next(), next());
        let items = rows.iter().map(ItemRow::from_row).collect::<Result<Vec<_>, _>>()?;
        let main = items.iter().position(|item| !item.is_bump).unwrap_or(0);
        let Some(main) = rows.get(main) else { return Ok(None) };
        let (more, order) = (<$more>::from_row(main)?, OrderRow::from_row(main)?);
        let charges = charges.iter().map(ChargeRow::from_row).collect::<Result<_, _>>()?;
        let also = also.iter().map(<$also>::from_row).collect::<Result<_, _>>()?;
        let (id, mut scheduled) = (order.id, None);
        if let Some(change) = order.scheduled_id {
            scheduled = sqlx::query_as::<_, ScheduledRow>(SCHEDULED).bind(change).fetch_optional(&mut *$c).await?;
        }
        let (mut refunds, mut refund_items, mut refund_parts) = (Vec::new(), Vec::new(), Vec::new());
        if order.has_refunds {
            refunds = sqlx::query_as::<_, RefundRow>(REFUNDS).bind(id).fetch_all(&mut *$c).await?;
            refund_items = sqlx::query_as::<_, RefundItemRow>(REFUND_ITEMS).bind(id).fetch_all(&mut *$c).await?;
            refund_parts = sqlx::query_as::<_, RefundPartRow>(REFUND_PARTS).bind(id).fetch_all(&mut *$c).await?;
        }
        (more, Rows { order, items, scheduled, charges, refunds, refund_items, refund_parts }, also)
    }};
}

/// An order that is on its way. Boxed: what reads from either engine takes three kilobytes, and a page's future is
/// moved from layer to layer.
pub(super) type Reading<'c, T> = BoxFuture<'c, Result<Option<T>, Error>>;

pub(super) async fn for_buyer(
    conn: Conn<'_>,
    person: PersonId,
    handle: (&str, Option<&str>),
) -> Result<Option<Rows>, Error> {
    Ok(for_buyer_with::<(), ()>(conn, FOR_BUYER, person, handle).await?.map(|((), rows, _)| rows))
}

/// The order that a statement made by [`order!`] with [`of_buyer!`] finds.
pub(super) fn for_buyer_with<'c, T: Columns + 'c, U: Columns + 'c>(
    conn: Conn<'c>,
    statement: &'static str,
    person: PersonId,
    (code, slug): (&'c str, Option<&'c str>),
) -> Reading<'c, Found<T, U>> {
    Box::pin(async move {
        Ok(on!(conn, c => {
            let query = |sql| sqlx::query(sql).bind(person.0).bind(code).bind(slug);
            Some(whole!(c, statement, query, T, U))
        }))
    })
}

pub(super) async fn by_id(conn: Conn<'_>, order: OrderId) -> Result<Option<Rows>, Error> {
    Ok(with::<(), ()>(conn, BY_ID, &[order.0]).await?.map(|((), rows, _)| rows))
}

/// The order of this person's subscription.
pub(super) async fn of_subscription(
    conn: Conn<'_>,
    person: PersonId,
    subscription: SubscriptionId,
) -> Result<Option<Rows>, Error> {
    Ok(with::<(), ()>(conn, OF_SUBSCRIPTION, &[person.0, subscription.0]).await?.map(|((), rows, _)| rows))
}

/// The order that a statement made by [`order!`] finds by these ids.
pub(super) fn with<'c, T: Columns + 'c, U: Columns + 'c>(
    conn: Conn<'c>,
    statement: &'static str,
    ids: &'c [Uuid],
) -> Reading<'c, Found<T, U>> {
    Box::pin(async move {
        Ok(on!(conn, c => {
            let query = |sql| ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
            Some(whole!(c, statement, query, T, U))
        }))
    })
}
