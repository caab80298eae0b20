use crate::db::{Db, Error, PerEngine, Tx};
use crate::ledger::words::{Findable, Word};
use crate::{on, row, statements};
use serde_json::json;
use std::collections::BTreeSet;
use types::OrderId;
use uuid::Uuid;

statements! {
    FINDABLE = "select o.producer_id, o.code, o.ordered_at, o.buyer_name, o.tax_id, o.phone, p.email,
            (exists (select 1 from subscriptions s where s.order_id = o.id and s.status = 'past_due')
                or exists (select 1 from invoices v where v.order_id = o.id and v.state in ('open', 'overdue')
                    and v.failing_since is not null)) as is_overdue
        from orders o
        join people p on p.id = o.person_id
        where o.id = $1";
    PRODUCTS = concat!(
        "select distinct p.code
        from order_items i
        join products p on p.id = i.product_id
        where i.order_id = $1 and ",
        counts!("i")
    );
    OF_ORDER = "select kind, word, ordered_at from order_words where order_id = $1";
    CLEAR = "delete from order_words where order_id = $1";
    WITHOUT = "select o.id
        from orders o
        where o.id > $1 and not exists (select 1 from order_words w where w.order_id = o.id)
        order by o.id
        limit $2";
}

/// All words of an order at once, as a list of pairs.
const INSERT: PerEngine = PerEngine {
    sqlite: "insert into order_words (order_id, producer_id, ordered_at, code, kind, word)
        select $1, $2, $3, $4, json_extract(j.value, '$[0]'), json_extract(j.value, '$[1]')
        from json_each($5) j",
    postgres: "insert into order_words (order_id, producer_id, ordered_at, code, kind, word)
        select $1, $2, $3, $4, j.value ->> 0, j.value ->> 1
        from jsonb_array_elements(cast($5 as jsonb)) as j (value)",
};

row! {
    struct FindableRow {
        producer_id: Uuid, code: String, ordered_at: i64, buyer_name: String, tax_id: Option<String>,
        phone: Option<String>, email: String, is_overdue: bool,
    }
    struct IdRow { id: Uuid }
    struct ProductRow { code: String }
    struct KeptRow { kind: String, word: String, ordered_at: i64 }
}

/// Where an order stands in the list of its producer.
pub(in crate::sale::ledger) struct Place {
    producer: Uuid,
    pub(in crate::sale::ledger) ordered_at: i64,
    code: String,
}

/// What of an order is found by words, and where it stands.
pub(in crate::sale::ledger) async fn findable(tx: &mut Tx, id: OrderId) -> Result<(Place, Findable), Error> {
    let (row, products) = on!(tx.conn(), c => (
        sqlx::query_as::<_, FindableRow>(FINDABLE).bind(id.0).fetch_one(&mut *c).await?,
        sqlx::query_as::<_, ProductRow>(PRODUCTS).bind(id.0).fetch_all(c).await?,
    ));
    let place = Place { producer: row.producer_id, ordered_at: row.ordered_at, code: row.code };
    let findable = Findable {
        email: row.email,
        buyer_name: row.buyer_name,
        tax_id: row.tax_id,
        phone: row.phone,
        products: products.into_iter().map(|product| product.code).collect(),
        is_overdue: row.is_overdue,
    };
    Ok((place, findable))
}

/// Words on file: kind, word, and the time of the order.
pub(in crate::sale::ledger) async fn of_order(tx: &mut Tx, id: OrderId) -> Result<Vec<(String, String, i64)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, KeptRow>(OF_ORDER).bind(id.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (row.kind, row.word, row.ordered_at)).collect())
}

pub(in crate::sale::ledger) async fn clear(tx: &mut Tx, id: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(CLEAR).bind(id.0).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::ledger) async fn insert(
    tx: &mut Tx,
    id: OrderId,
    place: &Place,
    words: &BTreeSet<Word>,
) -> Result<(), Error> {
    let pairs: Vec<_> = words.iter().map(|(kind, word)| json!([kind.as_str(), word])).collect();
    let pairs = json!(pairs).to_string();
    let sql = if matches!(tx.conn(), crate::db::Engine::Sqlite(_)) { INSERT.sqlite } else { INSERT.postgres };
    on!(tx.conn(), c => {
        sqlx::query(sql)
            .bind(id.0)
            .bind(place.producer)
            .bind(place.ordered_at)
            .bind(&place.code)
            .bind(pairs)
            .execute(c)
            .await?;
    });
    Ok(())
}

/// The next orders that have no words, by their ids.
pub(in crate::sale::ledger) async fn without(db: &Db, behind: Uuid, most: i64) -> Result<Vec<OrderId>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, IdRow>(WITHOUT).bind(behind).bind(most).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| OrderId(row.id)).collect())
}
