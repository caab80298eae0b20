use crate::db::{Db, Error, Tx};
use crate::desk::search::views::SavedView;
use crate::{on, row, statements};
use types::{OrderViewId, ProducerId};
use uuid::Uuid;

statements! {
    PRODUCTS = "select code, name from products where producer_id = $1 order by name, code limit 200";
    OF_PRODUCER = "select id, name, question from order_views where producer_id = $1 order by name, id limit 100";
    // The lock of the producer's views: two that are saved at once are counted one after the other.
    LOCK = "update order_views set name = name where producer_id = $1";
    SAVE = "insert into order_views (id, producer_id, name, question, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (producer_id, name) do update set question = excluded.question";
    REMOVE = "delete from order_views where producer_id = $1 and id = $2 returning id, name, question";
}

row! {
    struct ProductRow { code: String, name: String }
    struct ViewRow { id: Uuid, name: String, question: String }
}

impl From<ViewRow> for SavedView {
    fn from(row: ViewRow) -> Self {
        let ViewRow { id, name, question } = row;
        Self { id: OrderViewId(id), name, question }
    }
}

/// Codes and names of products, by name.
pub(in crate::desk::search) async fn products(db: &Db, producer: ProducerId) -> Result<Vec<(String, String)>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProductRow>(PRODUCTS).bind(producer.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(|row| (row.code, row.name)).collect())
}

pub(in crate::desk::search) async fn all(db: &Db, producer: ProducerId) -> Result<Vec<SavedView>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ViewRow>(OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(SavedView::from).collect())
}

pub(in crate::desk::search) async fn locked(tx: &mut Tx, producer: ProducerId) -> Result<Vec<SavedView>, Error> {
    let rows = on!(tx.conn(), c => {
        sqlx::query(LOCK).bind(producer.0).execute(&mut *c).await?;
        sqlx::query_as::<_, ViewRow>(OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(SavedView::from).collect())
}

pub(in crate::desk::search) async fn save(
    tx: &mut Tx,
    producer: ProducerId,
    view: &SavedView,
    now: i64,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let query = sqlx::query(SAVE).bind(view.id.0).bind(producer.0).bind(&view.name);
        query.bind(&view.question).bind(now).execute(c).await?;
    });
    Ok(())
}

/// The view that is gone; none when there was none of the producer's.
pub(in crate::desk::search) async fn remove(
    tx: &mut Tx,
    producer: ProducerId,
    id: OrderViewId,
) -> Result<Option<SavedView>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, ViewRow>(REMOVE).bind(producer.0).bind(id.0).fetch_optional(c).await?
    });
    Ok(row.map(SavedView::from))
}
