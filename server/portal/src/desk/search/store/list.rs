use super::found::FoundRow;
use crate::db::{Conn, Error};
use crate::desk::search::found::FoundOrder;
use crate::desk::search::merge::Place;
use crate::desk::search::stream::Stream;
use crate::ledger::words::WordKind;
use crate::{on, row, statements};
use types::ProducerId;

/// The orders of a table behind the place that $2 and $3 say: $4 at the most, from an index in this order.
macro_rules! behind {
    ($from:literal, $table:literal) => {
        concat!(
            $from,
            " and (",
            $table,
            ".ordered_at, ",
            $table,
            ".code) < ($2, $3) order by ",
            $table,
            ".ordered_at desc, ",
            $table,
            ".code desc limit $4"
        )
    };
}

/// The orders of these ids; $5 is the code of a product that is asked for, if one is.
macro_rules! listed {
    ($ids:expr) => {
        super::found::found!($ids, "$5")
    };
}

/// Of a set that is small, or cut: what is behind the place is sorted.
macro_rules! of_few {
    ($few:literal) => {
        concat!("select b.id from (", $few, ") b where ", behind!("true", "b"))
    };
}

statements! {
    LIST = listed!(behind!("select o.id from orders o where o.producer_id = $1", "o"));
    LIST_OF_STATUS = listed!(behind!("select o.id from orders o where o.producer_id = $1 and o.status = $6", "o"));
    LIST_OF_KIND = listed!(behind!("select o.id from orders o where o.producer_id = $1 and o.kind = $6", "o"));
    LIST_OF_CARD = listed!(behind!("select o.id from orders o where o.producer_id = $1 and o.card_last4 = $6", "o"));
    LIST_OF_CARD_END = listed!(behind!(
        "select o.id from orders o
        where o.producer_id = $1 and o.method = 'card' and o.kind in ('subscription', 'smart_installments')
            and o.card_exp_year = $6 and o.card_exp_month = $7",
        "o"
    ));
    LIST_OF_WORD = listed!(behind!(
        "select w.order_id as id from order_words w where w.producer_id = $1 and w.kind = $6 and w.word = $7",
        "w"
    ));
    // So many begin like this that a thousand of them stand for all.
    FEW_OF_RANGE = listed!(of_few!(
        "select w.order_id as id, w.ordered_at, w.code from order_words w
        where w.producer_id = $1 and w.kind = $6 and w.word >= $7 and w.word < $8
        order by w.word limit 1000"
    ));
    FEW_OF_CODE = listed!(of_few!(
        "select o.id, o.ordered_at, o.code from orders o where o.producer_id = $1 and lower(o.code) = $6 limit 1000"
    ));
    FEW_OF_REFERENCE = listed!(of_few!(
        "select o.id, o.ordered_at, o.code from charges c join orders o on o.id = c.order_id
        where c.producer_id = $1 and c.reference = $6 limit 1000"
    ));
    // Those who have waited longest; an answer is due within days, so that few wait.
    FEW_WAITING = listed!(of_few!(
        "select o.id, o.ordered_at, o.code from refunds r join orders o on o.id = r.order_id
        where r.producer_id = $1 and r.state = 'requested'
        order by r.requested_at limit 1000"
    ));
    // Each word once, however many orders have it: the index is asked for the next one behind the last.
    WORDS = "with recursive found (word, number) as (
            select (select w.word from order_words w
                where w.producer_id = $1 and w.kind = $2 and w.word >= $3 and w.word < $4
                order by w.word limit 1), 1
            union all
            select (select w.word from order_words w
                where w.producer_id = $1 and w.kind = $2 and w.word > found.word and w.word < $4
                order by w.word limit 1), found.number + 1
            from found
            where found.word is not null and found.number < $5)
        select word from found where word is not null";
    HAS_ANY = "select count(*) as orders from (select 1 as one from orders where producer_id = $1 limit 1) x";

    ALL_OF_WORD = listed!(behind!(
        "select w.order_id as id from order_words w where cast($1 as text) is null and w.kind = $6 and w.word = $7",
        "w"
    ));
    ALL_OF_RANGE = listed!(of_few!(
        "select w.order_id as id, w.ordered_at, w.code from order_words w
        where cast($1 as text) is null and w.kind = $6 and w.word >= $7 and w.word < $8
        order by w.word limit 1000"
    ));
    ALL_OF_CODE = listed!(of_few!(
        "select o.id, o.ordered_at, o.code from orders o
        where cast($1 as text) is null and lower(o.code) = $6 limit 1000"
    ));
    ALL_OF_REFERENCE = listed!(of_few!(
        "select o.id, o.ordered_at, o.code from charges c join orders o on o.id = c.order_id
        where cast($1 as text) is null and c.reference = $6 limit 1000"
    ));
    WORDS_OF_ALL = "with recursive found (word, number) as (
            select (select w.word from order_words w
                where cast($1 as text) is null and w.kind = $2 and w.word >= $3 and w.word < $4
                order by w.word limit 1), 1
            union all
            select (select w.word from order_words w
                where w.kind = $2 and w.word > found.word and w.word < $4
                order by w.word limit 1), found.number + 1
            from found
            where found.word is not null and found.number < $5)
        select word from found where word is not null";
}

row! {
    struct WordRow { word: String }
    struct CountRow { orders: i64 }
}

/// What of a stream is read: how much, and behind which place.
#[derive(Clone, Copy)]
pub(in crate::desk::search) struct Behind<'a> {
    /// Whose orders; none for those of all.
    pub producer: Option<ProducerId>,
    pub place: &'a Place,
    pub limit: i64,
    /// The code of a product that is asked for.
    pub product: Option<&'a str>,
}

/// What is behind every word that begins like this.
fn end_of(start: &str) -> String {
    format!("{start}\u{10ffff}")
}

/// The rows of a stream, in no order that matters. A stream that only producers have is empty for those of all.
pub(in crate::desk::search) async fn read(
    conn: Conn<'_>,
    behind: Behind<'_>,
    stream: &Stream,
) -> Result<Vec<FoundOrder>, Error> {
    let Behind { producer, place: (at, code), limit, product } = behind;
    let is_all = producer.is_none();
    let either = |one: &'static str, all: &'static str| if is_all { all } else { one };
    let rows = on!(conn, c => {
        let query = |sql: &'static str| {
            let query = sqlx::query_as::<_, FoundRow>(sql).bind(producer.map(|producer| producer.0));
            query.bind(*at).bind(code.as_str()).bind(limit).bind(product)
        };
        let query = match stream {
            Stream::All => query(LIST),
            Stream::Status(status) => query(LIST_OF_STATUS).bind(status.as_str()),
            Stream::Kind(kind) => query(LIST_OF_KIND).bind(kind.as_str()),
            Stream::Card(last4) => query(LIST_OF_CARD).bind(last4.as_str()),
            Stream::CardEnd(year, month) => query(LIST_OF_CARD_END).bind(*year).bind(*month),
            Stream::Word(kind, word) => {
                query(either(LIST_OF_WORD, ALL_OF_WORD)).bind(kind.as_str()).bind(word.as_str())
            }
            Stream::Range(kind, start) => {
                let query = query(either(FEW_OF_RANGE, ALL_OF_RANGE)).bind(kind.as_str());
                query.bind(start.as_str()).bind(end_of(start))
            }
            Stream::Code(folded) => query(either(FEW_OF_CODE, ALL_OF_CODE)).bind(folded.as_str()),
            Stream::Reference(name) => query(either(FEW_OF_REFERENCE, ALL_OF_REFERENCE)).bind(name.as_str()),
            Stream::Waiting => query(FEW_WAITING),
        };
        query.fetch_all(c).await?
    });
    rows.into_iter().map(FoundOrder::try_from).collect()
}

/// The words of this kind that begin like this, each once, as many as `most`.
pub(in crate::desk::search) async fn words_like(
    conn: Conn<'_>,
    producer: Option<ProducerId>,
    kind: WordKind,
    start: &str,
    most: usize,
) -> Result<Vec<String>, Error> {
    let sql = if producer.is_some() { WORDS } else { WORDS_OF_ALL };
    let most = i32::try_from(most).unwrap_or(i32::MAX);
    let rows = on!(conn, c => {
        let query = sqlx::query_as::<_, WordRow>(sql).bind(producer.map(|producer| producer.0));
        query.bind(kind.as_str()).bind(start).bind(end_of(start)).bind(most).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| row.word).collect())
}

/// Whether the producer has any order.
pub(in crate::desk::search) async fn has_any(conn: Conn<'_>, producer: ProducerId) -> Result<bool, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, CountRow>(HAS_ANY).bind(producer.0).fetch_one(c).await?);
    Ok(row.orders > 0)
}
