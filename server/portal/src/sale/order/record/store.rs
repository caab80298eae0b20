//! Reads a whole order, as every rule about one order needs it.
//!
//! Each statement is a wait. So what exists once for an order is read in the same row, what other features want to know
//! of it are further columns of that row, and what they want to list is a further statement in the same go. Refunds and
//! changes of plan, which few orders have, are read only where there are any.

use crate::db::{Columns, Conn, Error, Several};
use crate::{on, row, statements};
use futures::future::BoxFuture;
use sqlx::{FromRow, Row};
use types::{OrderId, PersonId, SubscriptionId};
use uuid::Uuid;

/// The text that reads an order whole, as `order!(which: …, more: …, joins: …, also: …)`. All but `which` may be left
/// out, the order of the names is this one, and commas and separators are put here.
///
/// - `which` finds the id of the order: a value, or a statement in brackets such as [`of_buyer!`]. It stands in the
///   text several times.
/// - `more` are columns that a feature wants of the order beside those of [`OrderRow`] and [`ItemRow`], read as the `T`
///   of [`Found`]. What depends on a product, as the producer's policy does, is taken from the row of the main line.
/// - `joins` are joins that `more` needs; each finds one row at the most.
/// - `also` is a statement of its own that takes the same values, read as the `U` of [`Found`].
///
/// The names that `more` and `joins` may use: `o` order, `p` its buyer, `pr` its producer, `i` line, `ip` product of
/// the line, `w` the line as it was sold, `s` subscription. The last two may have no row.
///
/// The text is two statements, three with `also`: a row for each line, of which there is always one, with the order,
/// its producer and its plan before each; then its charges; then what `also` lists. [`read`] takes their rows in this
/// order.
macro_rules! order {
    (which: $which:expr $(, more: $more:expr)* $(, joins: $joins:expr)? $(, also: $also:expr)? $(,)?) => {
        concat!(
            "select ",
            $($more, ", ",)*
            "o.id, o.producer_id, o.person_id, o.code, o.ref as order_ref, o.kind, o.status, o.buyer_name, p.email,
                p.language, o.currency, o.total, o.method, o.card_brand, o.card_last4, o.card_exp_month,
                o.card_exp_year, o.ordered_at, o.paid_at, o.released_at, o.gateway, ",
            $crate::sale::connection_of!("o.gateway", "o.producer_id"),
            " as connection, o.tax_id, o.phone, o.buyer_address, o.sale_details, pr.name as producer_name,
                pr.slug as producer_slug, pr.email as producer_email, pr.time_zone as producer_zone,
                pr.language as producer_language, pr.particulars,
                exists (select 1 from orders t
                    where t.person_id = o.person_id and t.code = o.code and t.id <> o.id) as is_shared,
                exists (select 1 from refunds f where f.order_id = o.id) as has_refunds,
                exists (select 1 from invoices v
                    where v.order_id = o.id and v.state in ('open', 'overdue')) as has_owed,
                (coalesce(s.is_billed, false)
                    or exists (select 1 from installment_plans ip0 where ip0.order_id = o.id)) as has_calendar,
                coalesce((select y.content from policies y where y.producer_id = o.producer_id and y.scope = ip.code),
                    (select y.content from policies y where y.producer_id = o.producer_id and y.scope = '')) as policy,
                s.id as subscription_id, s.status as subscription_status, s.plan_name, s.amount as plan_amount,
                s.currency as plan_currency, s.interval_unit, s.interval_count, s.period_start, s.period_end,
                s.discount_percent, s.discount_cycles, s.next_charge_at, s.canceled_at,
                s.reference as subscription_reference,
                (select sc.id from plan_changes sc
                    where sc.subscription_id = s.id and sc.state = 'scheduled') as scheduled_id,
                i.id as item_id, i.name as item_name, i.offer_name, i.amount as item_amount, i.sold_amount, i.is_bump,
                w.name as sold_name, w.offer_name as sold_offer, ip.picture,
                case when w.window_days > ip.refund_window_days then w.window_days
                    else ip.refund_window_days end as window_days,
                exists (select 1 from access_rules r where r.product_id = i.product_id) as is_managed,
                (select (select f.state from refunds f where f.id = ri.refund_id)
                    from refund_items ri
                    where ri.item_id = i.id and ri.released_at is null) as refund_state
            from orders o
            join people p on p.id = o.person_id
            join producers pr on pr.id = o.producer_id
            join order_items i on i.order_id = o.id
            join products ip on ip.id = i.product_id
            left join sale_items w on w.item_id = i.id
            left join subscriptions s on s.order_id = o.id
            ",
            $($joins,)?
            " where o.id = ",
            $which,
            " and ",
            $crate::sale::counts!("i"),
            " order by i.position",
            $crate::between!(),
            "select c.id, c.reference, c.amount, c.currency, c.status, c.method, c.installments, c.payment_code,
                c.payment_url, c.due_on, c.created_at, c.paid_at, c.gateway, ",
            $crate::sale::connection_of!("c.gateway", "co.producer_id"),
            " as connection, c.source_version as changed_at,
                c.goes_back, c.given_back, c.given_back_at, coalesce(v.period_start, pq.period_start) as period_start,
                coalesce(v.period_end, pq.period_end) as period_end,
                not exists (select 1 from card_updates u
                    where u.order_id = c.order_id and u.state = 'saved'
                        and u.ended_at > c.created_at) as has_same_card
            from charges c
            join orders co on co.id = c.order_id
            left join invoices v on v.id = c.invoice_id
            left join plan_changes pc on pc.charge_reference = c.reference
                and pc.order_id = c.order_id
                and pc.state = 'applied'
            left join plan_quotes pq on pq.id = pc.id
            where c.order_id = ",
            $which,
            " order by c.created_at desc, c.id desc",
            $($crate::between!(), $also,)?
        )
    };
}
pub(crate) use order;

/// `which` of [`order!`]: the order of a person by what stands in its address. `$1` is the person, `$2` the code, `$3`
/// the producer's name in addresses, or null where the code is enough.
///
/// Whose it is stands in the statement: not mine and not there are the same answer. The newest first by a number, so
/// that the few of this code are sorted, and not all that the person ever bought looked through. The producer may be
/// null in one statement: the index of person and code has found the few before.
macro_rules! of_buyer {
    () => {
        "(select x.id
            from orders x
            join producers z on z.id = x.producer_id
            where x.person_id = $1 and x.code = $2 and (cast($3 as text) is null or z.slug = $3)
            order by -x.ordered_at, x.id desc
            limit 1)"
    };
}
pub(crate) use of_buyer;

/// `which` of [`order!`]: the order of a subscription, `$1`, of a person, `$2`.
macro_rules! of_subscriber {
    () => {
        "(select x.id
            from subscriptions y
            join orders x on x.id = y.order_id
            where y.id = $1 and x.person_id = $2)"
    };
}
pub(crate) use of_subscriber;

statements! {
    FOR_BUYER = order!(which: of_buyer!());
    BY_ID = order!(which: "$1");
    OF_SUBSCRIPTION = order!(which: of_subscriber!());
    // A change has the id of its quote.
    SCHEDULED = "select id, plan_name, amount, interval_unit, interval_count, period_start
        from plan_quotes
        where id = $1";
    // The refunds, then their parts, then their items: three statements in one go.
    REFUNDS = concat!(
        "select f.id, f.protocol, f.state, f.amount, f.currency, f.requested_at, f.sent_at, f.ended_at,
            f.answer_by, f.answer, f.is_given, f.payee_asked_at, f.payee_masked
        from refunds f
        where f.order_id = $1
        order by f.requested_at desc, f.id desc",
        crate::between!(),
        "select p.refund_id, p.charge_id, p.amount, p.state, p.begun_at, p.payee_page_at, p.payee_page
        from refund_parts p
        join refunds f on f.id = p.refund_id
        where f.order_id = $1
        order by p.position",
        crate::between!(),
        "select ri.refund_id, ri.item_id, i.name
        from refund_items ri
        join order_items i on i.id = ri.item_id
        where ri.order_id = $1
        order by i.position"
    );
}

row! {
    pub(super) struct OrderRow {
        id: Uuid, producer_id: Uuid, person_id: Uuid, code: String, order_ref: String, kind: String, status: String,
        buyer_name: String, email: String, language: Option<String>, currency: String, total: i64, method: String,
        card_brand: Option<String>, card_last4: Option<String>, card_exp_month: Option<i64>, card_exp_year: Option<i64>,
        ordered_at: i64, paid_at: Option<i64>, released_at: Option<i64>, gateway: String, connection: Option<String>,
        tax_id: Option<String>, phone: Option<String>, buyer_address: Option<String>, sale_details: Option<String>,
        producer_name: String, producer_slug: String, producer_email: String, producer_zone: String,
        producer_language: String, particulars: Option<String>, is_shared: bool, has_refunds: bool, has_owed: bool,
        has_calendar: bool, policy: Option<String>, subscription_id: Option<Uuid>, subscription_status: Option<String>,
        plan_name: Option<String>, plan_amount: Option<i64>, plan_currency: Option<String>,
        interval_unit: Option<String>, interval_count: Option<i64>, period_start: Option<i64>, period_end: Option<i64>,
        discount_percent: Option<i64>, discount_cycles: Option<i64>, next_charge_at: Option<i64>,
        canceled_at: Option<i64>, subscription_reference: Option<String>, scheduled_id: Option<Uuid>,
    }
    pub(super) struct ScheduledRow {
        id: Uuid, plan_name: String, amount: i64, interval_unit: String, interval_count: i64, period_start: i64,
    }
    pub(super) struct ItemRow {
        item_id: Uuid, item_name: String, offer_name: Option<String>, item_amount: i64, sold_amount: i64, is_bump: bool,
        sold_name: Option<String>, sold_offer: Option<String>, picture: Option<String>, window_days: i64,
        is_managed: bool, refund_state: Option<String>,
    }
    pub(super) struct ChargeRow {
        id: Uuid, reference: String, amount: i64, currency: String, status: String, method: String, installments: i64,
        payment_code: Option<String>, payment_url: Option<String>, due_on: Option<String>, created_at: i64,
        paid_at: Option<i64>, gateway: String, connection: Option<String>, changed_at: i64, goes_back: bool,
        given_back: i64, given_back_at: Option<i64>, period_start: Option<i64>, period_end: Option<i64>,
        has_same_card: bool,
    }
    pub(super) struct RefundRow {
        id: Uuid, protocol: String, state: String, amount: i64, currency: String, requested_at: i64,
        sent_at: Option<i64>, ended_at: Option<i64>, answer_by: Option<i64>, answer: Option<String>,
        is_given: bool, payee_asked_at: Option<i64>, payee_masked: Option<String>,
    }
    pub(super) struct RefundPartRow {
        refund_id: Uuid, charge_id: Uuid, amount: i64, state: String, begun_at: Option<i64>,
        payee_page_at: Option<i64>, payee_page: Option<String>,
    }
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

/// What the rows of [`order!`]'s statements say; none when they found no order. Refunds and a plan that begins later
/// are not read yet.
fn read<R: Row, T, U>(found: Vec<Vec<R>>) -> Result<Option<Found<T, U>>, Error>
where
    T: for<'r> FromRow<'r, R>,
    U: for<'r> FromRow<'r, R>,
    OrderRow: for<'r> FromRow<'r, R>,
    ItemRow: for<'r> FromRow<'r, R>,
    ChargeRow: for<'r> FromRow<'r, R>,
{
    let mut found = found.into_iter();
    let mut next = || found.next().unwrap_or_default();
    let (rows, charges, also) = (next(), next(), next());
    let items: Vec<ItemRow> = all(&rows)?;
    let main = items.iter().position(|item| !item.is_bump).unwrap_or(0);
    let Some(main) = rows.get(main) else { return Ok(None) };
    let rows = Rows {
        order: OrderRow::from_row(main)?,
        items,
        scheduled: None,
        charges: all(&charges)?,
        refunds: Vec::new(),
        refund_items: Vec::new(),
        refund_parts: Vec::new(),
    };
    Ok(Some((T::from_row(main)?, rows, all(&also)?)))
}

fn all<R: Row, T: for<'r> FromRow<'r, R>>(rows: &[R]) -> Result<Vec<T>, Error> {
    Ok(rows.iter().map(T::from_row).collect::<Result<_, _>>()?)
}

/// An order that was found, with what few orders have.
async fn whole<T, U>(conn: Conn<'_>, found: Option<Found<T, U>>) -> Result<Option<Found<T, U>>, Error> {
    let Some((more, mut rows, also)) = found else { return Ok(None) };
    read_rare(conn, &mut rows).await?;
    Ok(Some((more, rows, also)))
}

/// Reads what few orders have: a plan that begins later, refunds.
async fn read_rare(mut conn: Conn<'_>, rows: &mut Rows) -> Result<(), Error> {
    let order = rows.order.id;
    if let Some(change) = rows.order.scheduled_id {
        rows.scheduled = on!(conn.again(), c => sqlx::query_as(SCHEDULED).bind(change).fetch_optional(c).await?);
    }
    if rows.order.has_refunds {
        on!(conn, c => {
            let mut found = c.several(REFUNDS, |sql| sqlx::query(sql).bind(order)).await?.into_iter();
            let mut next = || found.next().unwrap_or_default();
            rows.refunds = all(&next())?;
            rows.refund_parts = all(&next())?;
            rows.refund_items = all(&next())?;
        });
    }
    Ok(())
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
    mut conn: Conn<'c>,
    statement: &'static str,
    person: PersonId,
    (code, slug): (&'c str, Option<&'c str>),
) -> Reading<'c, Found<T, U>> {
    Box::pin(async move {
        let found = on!(conn.again(), c => {
            read(c.several(statement, |sql| sqlx::query(sql).bind(person.0).bind(code).bind(slug)).await?)?
        });
        whole(conn, found).await
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
    Ok(with::<(), ()>(conn, OF_SUBSCRIPTION, &[subscription.0, person.0]).await?.map(|((), rows, _)| rows))
}

/// The order that a statement made by [`order!`] finds by these ids.
pub(super) fn with<'c, T: Columns + 'c, U: Columns + 'c>(
    mut conn: Conn<'c>,
    statement: &'static str,
    ids: &'c [Uuid],
) -> Reading<'c, Found<T, U>> {
    Box::pin(async move {
        let found = on!(conn.again(), c => {
            let query = |sql| ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
            read(c.several(statement, query).await?)?
        });
        whole(conn, found).await
    })
}
