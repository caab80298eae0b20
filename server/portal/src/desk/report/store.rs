use super::{Canceled, Figures, Month, Offered, ProductRefunds};
use crate::db::{Db, Error, parsed};
use crate::{on, row, statements};
use types::{Code, Currency, Cursor, Instant, Money, ProducerId};
use uuid::Uuid;

/// What buyers may do by themselves: the index of such events has the same words.
macro_rules! acts {
    () => {
        "e.name in ('refund.requested', 'subscription.canceled', 'subscription.stayed', 'card.changed', \
            'method.changed', 'plan.asked', 'plan.changed', 'plan.scheduled')"
    };
}

/// How many rows of a month there are.
macro_rules! count {
    ($what:literal, $from:literal, $at:literal, $which:expr) => {
        concat!(
            "(select count(",
            $what,
            ") from ",
            $from,
            " where ",
            $at,
            " >= $2 and ",
            $at,
            " < $3 and ",
            $which,
            ")"
        )
    };
}

statements! {
    MONTH = concat!(
        "select ",
        count!("*", "refunds f", "f.requested_at", "f.producer_id = $1"),
        " as refunds, ",
        count!("*", "portal_links l", "l.made_at", "l.producer_id = $1"),
        " as links, ",
        count!("*", "portal_links l", "l.made_at", "l.producer_id = $1 and l.mail_asked_at is not null"),
        " as mailed, ",
        count!("*", "portal_links l", "l.made_at", "l.producer_id = $1 and l.opened_at is not null"),
        " as opened, ",
        count!("*", "portal_links l", "l.made_at", concat!(
            "l.producer_id = $1
                and l.opened_at is not null
                and exists (select 1 from events e where e.order_id = l.order_id
                    and e.at between l.opened_at and l.opened_at + 604800000000
                    and e.actor_kind = 'buyer'
                    and ", acts!(), "
                    and l.target in ('order', case
                        when e.name = 'refund.requested' then 'refund'
                        when e.name in ('subscription.canceled', 'subscription.stayed') then 'cancel'
                        when e.name in ('card.changed', 'method.changed') then 'card'
                        else 'plan' end))"
        )),
        " as acted, ",
        count!("*", "events e", "e.at", concat!("e.producer_id = $1 and e.actor_kind = 'buyer' and ", acts!())),
        " as own_acts, ",
        count!("*", "events e", "e.at", concat!(
            "e.producer_id = $1 and e.actor_kind in ('buyer', 'producer', 'staff', 'api_key') and ", acts!()
        )),
        " as all_acts, ",
        count!("distinct e.order_id", "events e", "e.at", "e.producer_id = $1 and e.name = 'billing.failed'"),
        " as failed, ",
        count!("distinct e.order_id", "events e", "e.at",
            "e.producer_id = $1
                and e.name = 'billing.failed'
                and exists (select 1 from events p where p.order_id = e.order_id and p.at > e.at
                    and p.name = 'billing.paid')"
        ),
        " as recovered"
    );
    REASONS = "select coalesce(k.reason, '') as reason, count(*) as hits
        from cancellations k
        where k.producer_id = $1 and k.asked_at >= $2 and k.asked_at < $3
        group by coalesce(k.reason, '')
        order by hits desc, reason";
    OFFERS = "select a.offer, count(*) as made,
            cast(sum(case a.outcome when 'saved' then 1 else 0 end) as bigint) as taken
        from cancel_attempts a
        where a.producer_id = $1 and a.opened_at >= $2 and a.opened_at < $3 and a.offer is not null
        group by a.offer
        order by made desc, a.offer";
    REFUNDS = "select p.name, f.currency, count(*) as hits, cast(sum(ri.amount) as bigint) as amount
        from refunds f
        join refund_items ri on ri.refund_id = f.id
        join order_items i on i.id = ri.item_id
        join products p on p.id = i.product_id
        where f.producer_id = $1
            and f.requested_at >= $2
            and f.requested_at < $3
            and f.state in ('approved', 'reconciling', 'sent', 'settled')
        group by p.id, p.name, f.currency
        order by hits desc, p.name
        limit 20";
    DECIDED = "select (select min(e.at) from events e where e.order_id = f.order_id and e.at >= f.requested_at
                and e.name = 'refund.answered') - f.requested_at as micros
        from refunds f
        where f.producer_id = $1 and f.requested_at >= $2 and f.requested_at < $3 and f.answer_by is not null
        order by f.requested_at desc
        limit 2000";
    ACCESS = "select o.released_at - o.paid_at as micros
        from orders o
        where o.producer_id = $1
            and o.ordered_at >= $2
            and o.ordered_at < $3
            and o.released_at >= o.paid_at
        order by o.ordered_at desc
        limit 2000";
    CANCELED = "select k.id, k.asked_at, k.comment, k.state, o.code, o.buyer_name
        from cancellations k
        join orders o on o.id = k.order_id
        where k.producer_id = $1
            and k.asked_at >= $2
            and (k.asked_at, k.id) < ($3, $4)
            and coalesce(k.reason, '') = $5
        order by k.asked_at desc, k.id desc
        limit $6";
}

row! {
    struct MonthRow {
        refunds: i64, links: i64, mailed: i64, opened: i64, acted: i64, own_acts: i64, all_acts: i64, failed: i64,
        recovered: i64,
    }
    struct ReasonRow { reason: String, hits: i64 }
    struct OfferRow { offer: String, made: i64, taken: i64 }
    struct RefundRow { name: String, currency: String, hits: i64, amount: i64 }
    struct MicrosRow { micros: Option<i64> }
    struct CanceledRow {
        id: Uuid, asked_at: i64, comment: Option<String>, state: String, code: String, buyer_name: String,
    }
}

/// Runs a statement about a producer's period.
macro_rules! of_period {
    ($db:expr, $sql:expr, $row:ty, $producer:expr, $period:expr) => {
        on!($db.read().await?.conn(), c => {
            let query = sqlx::query_as::<_, $row>($sql).bind($producer.0).bind($period.from.micros());
            query.bind($period.until.micros()).fetch_all(c).await?
        })
    };
}

/// What is counted of a month.
pub(super) async fn month(db: &Db, producer: ProducerId, month: Month) -> Result<Figures, Error> {
    let rows = of_period!(db, MONTH, MonthRow, producer, month);
    let reasons = of_period!(db, REASONS, ReasonRow, producer, month);
    let row = rows.into_iter().next().ok_or_else(|| Error::inconsistent("events", producer, "no counts"))?;
    Ok(Figures {
        month,
        canceled: reasons.into_iter().map(|row| (row.reason, row.hits)).collect(),
        refunds: row.refunds,
        links: row.links,
        mailed: row.mailed,
        opened: row.opened,
        acted: row.acted,
        own_acts: row.own_acts,
        all_acts: row.all_acts,
        failed: row.failed,
        recovered: row.recovered,
    })
}

/// What was offered instead of cancelling.
pub(super) async fn offers(db: &Db, producer: ProducerId, period: Month) -> Result<Vec<Offered>, Error> {
    let read = |row: OfferRow| {
        let kind = parsed("cancel_attempts", producer, row.offer.parse())?;
        Ok(Offered { kind, made: row.made, taken: row.taken })
    };
    of_period!(db, OFFERS, OfferRow, producer, period).into_iter().map(read).collect()
}

/// What went back, by product.
pub(super) async fn refunds(db: &Db, producer: ProducerId, period: Month) -> Result<Vec<ProductRefunds>, Error> {
    let read = |row: RefundRow| {
        let currency = parsed("refunds", producer, Currency::parse(&row.currency))?;
        Ok(ProductRefunds { product: row.name, count: row.hits, amount: Money::new(row.amount, currency) })
    };
    of_period!(db, REFUNDS, RefundRow, producer, period).into_iter().map(read).collect()
}

/// How long answers took, in microseconds.
pub(super) async fn decided(db: &Db, producer: ProducerId, period: Month) -> Result<Vec<i64>, Error> {
    Ok(of_period!(db, DECIDED, MicrosRow, producer, period).into_iter().filter_map(|row| row.micros).collect())
}

/// How long access took, in microseconds.
pub(super) async fn access(db: &Db, producer: ProducerId, period: Month) -> Result<Vec<i64>, Error> {
    Ok(of_period!(db, ACCESS, MicrosRow, producer, period).into_iter().filter_map(|row| row.micros).collect())
}

/// Cancellations with one reason, behind a place.
pub(super) async fn canceled(
    db: &Db,
    producer: ProducerId,
    period: Month,
    reason: &str,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Canceled>, Error> {
    let after = after.unwrap_or(Cursor { at: period.until, id: Uuid::nil() });
    let rows = on!(db.read().await?.conn(), c => {
        let query = sqlx::query_as::<_, CanceledRow>(CANCELED).bind(producer.0).bind(period.from.micros());
        let query = query.bind(after.at.min(period.until).micros()).bind(after.id).bind(reason).bind(limit);
        query.fetch_all(c).await?
    });
    let read = |row: CanceledRow| {
        let asked_at = Instant::from_micros(row.asked_at);
        Ok(Canceled {
            place: Cursor { at: asked_at, id: row.id },
            code: parsed("orders", row.id, Code::parse(&row.code))?,
            buyer_name: row.buyer_name,
            asked_at,
            comment: row.comment.filter(|comment| !comment.is_empty()),
            is_undone: row.state == "undone",
        })
    };
    rows.into_iter().map(read).collect()
}
