//! The lock of an order.

use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Code, OrderId, ProducerId};
use uuid::Uuid;

statements! {
    // Whoever changes what hangs on an order locks it. On PostgreSQL the row is locked until the transaction ends; on
    // SQLite the transaction has the only write lock already.
    LOCK = "update orders set updated_at = updated_at where id = $1";
    OF_PRODUCER = "select id from orders where producer_id = $1 and code = $2";
}

row! {
    struct IdRow { id: Uuid }
}

/// Locks an order until the transaction ends: from here on nobody else changes it.
pub(crate) async fn lock(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(order.0).execute(c).await?; });
    Ok(())
}

/// The producer's own order; none when it is absent or somebody else's.
pub(crate) async fn of_producer(conn: Conn<'_>, producer: ProducerId, code: &Code) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, IdRow>(OF_PRODUCER).bind(producer.0).bind(code.as_str()).fetch_optional(c).await?
    });
    Ok(row.map(|row| OrderId(row.id)))
}
