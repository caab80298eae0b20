//! Refunds that wait for something that only the producer can do.

use super::super::waiting::{Waiting, WaitingFor};
use crate::db::{Conn, Error, parsed};
use crate::{on, row, statements};
use types::{Code, Currency, Cursor, Email, Instant, Money, ProducerId, Protocol};
use uuid::Uuid;

/// What a list shows of a refund; `$id` and `$at` are its place there, `$amount` what it is about.
macro_rules! listed {
    ($id:literal, $at:literal, $amount:expr, $from:literal, $which:literal) => {
        concat!(
            "select ",
            $id,
            " as id, ",
            $at,
            " as waits_at, ",
            $amount,
            " as amount, f.currency, f.protocol, f.message, f.failure, o.code, o.buyer_name, p.email
            from ",
            $from,
            " join orders o on o.id = f.order_id
            join people p on p.id = o.person_id
            where ",
            $which,
            " limit $4"
        )
    };
}

/// The sum of a refund's parts in one state.
macro_rules! parts {
    ($state:literal) => {
        concat!(
            "(select cast(coalesce(sum(s.amount), 0) as bigint) from refund_parts s
                where s.refund_id = f.id and s.state = '",
            $state,
            "')"
        )
    };
}

statements! {
    LIST_ANSWER = listed!(
        "f.id", "f.answer_by", "f.amount", "refunds f",
        "f.producer_id = $1
            and f.state = 'requested'
            and (f.answer_by, f.id) > ($2, $3)
        order by f.answer_by, f.id"
    );
    // By its first part that waits: a refund stands there once.
    LIST_BY_HAND = listed!(
        "b.id", "b.begun_at", parts!("by_hand"), "refund_parts b join refunds f on f.id = b.refund_id",
        "b.producer_id = $1
            and b.state = 'by_hand'
            and (b.begun_at, b.id) > ($2, $3)
            and not exists (select 1 from refund_parts e
                where e.refund_id = b.refund_id and e.state = 'by_hand' and (e.begun_at, e.id) < (b.begun_at, b.id))
        order by b.begun_at, b.id"
    );
    // Newest first. Where something was asked for again, or all went back otherwise, nothing is open.
    LIST_FAILED = listed!(
        "f.id", "f.ended_at", parts!("failed"), "refunds f",
        "f.producer_id = $1
            and f.state = 'failed'
            and (f.ended_at, f.id) < ($2, $3)
            and o.status <> 'refunded'
            and not exists (select 1 from refunds l where l.order_id = f.order_id and l.requested_at > f.requested_at)
        order by f.ended_at desc, f.id desc"
    );
    // Up to ten of each: whoever has more reads "9+".
    COUNTS = "select
        (select count(*) from (select 1 as one from refunds f where f.producer_id = $1 and f.state = 'requested'
            limit 10) a) as asked,
        (select count(*) from (select 1 as one from refund_parts b where b.producer_id = $1 and b.state = 'by_hand'
            and not exists (select 1 from refund_parts e where e.refund_id = b.refund_id and e.state = 'by_hand'
                and (e.begun_at, e.id) < (b.begun_at, b.id))
            limit 10) h) as by_hand";
}

row! {
    struct WaitingRow {
        id: Uuid, waits_at: i64, amount: i64, currency: String, protocol: String, message: Option<String>,
        failure: Option<String>, code: String, buyer_name: String, email: String,
    }
    struct CountsRow { asked: i64, by_hand: i64 }
}

impl TryFrom<WaitingRow> for Waiting {
    type Error = Error;

    fn try_from(row: WaitingRow) -> Result<Self, Error> {
        let currency = parsed("refunds", row.id, Currency::parse(&row.currency))?;
        let at = Instant::from_micros(row.waits_at);
        Ok(Self {
            place: Cursor { at, id: row.id },
            protocol: Protocol::on_file(row.protocol),
            code: parsed("orders", row.id, Code::parse(&row.code))?,
            buyer_name: row.buyer_name,
            email: parsed("people", row.id, Email::parse(&row.email))?,
            amount: Money::new(row.amount, currency),
            message: row.message.filter(|message| !message.is_empty()),
            failure: row.failure,
            at,
        })
    }
}

/// A page of a list: `limit` at the most, behind that place.
pub(in super::super) async fn list(
    conn: Conn<'_>,
    producer: ProducerId,
    wait: WaitingFor,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Waiting>, Error> {
    let (sql, first) = match wait {
        WaitingFor::Answer => (LIST_ANSWER, Cursor::FIRST),
        WaitingFor::Hand => (LIST_BY_HAND, Cursor::FIRST),
        WaitingFor::Again => (LIST_FAILED, Cursor::LAST),
    };
    let Cursor { at, id } = after.unwrap_or(first);
    let rows = on!(conn, c => {
        let query = sqlx::query_as::<_, WaitingRow>(sql).bind(producer.0).bind(at.micros()).bind(id).bind(limit);
        query.fetch_all(c).await?
    });
    rows.into_iter().map(Waiting::try_from).collect()
}

/// How many wait for an answer, and for the producer's own hand; ten at the most of each.
pub(in super::super) async fn counts(conn: Conn<'_>, producer: ProducerId) -> Result<(i64, i64), Error> {
    let row = on!(conn, c => sqlx::query_as::<_, CountsRow>(COUNTS).bind(producer.0).fetch_one(c).await?);
    Ok((row.asked, row.by_hand))
}
