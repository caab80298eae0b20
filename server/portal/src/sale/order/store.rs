//! The lock of an order.

use crate::db::{Error, Tx};
use crate::{on, statements};
use types::OrderId;

statements! {
    // Whoever changes what hangs on an order locks it. On PostgreSQL the row is locked until the transaction ends; on
    // SQLite the transaction has the only write lock already.
    LOCK = "update orders set updated_at = updated_at where id = $1";
}

/// Locks an order until the transaction ends: from here on nobody else changes it.
pub(crate) async fn lock(tx: &mut Tx, order: OrderId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(order.0).execute(c).await?; });
    Ok(())
}
