use crate::db::{Error, Tx};
use crate::ledger::wishes::{Pause, Wish, Wishes};
use crate::{on, row, statements};
use types::{Instant, OrderId};

statements! {
    WISH = "select asked_at, state from cancellations where order_id = $1 and state <> 'undone'";
    PAUSE = "select state, ends_at from retention_offers where order_id = $1 and ends_at is not null";
}

row! {
    struct WishRow { asked_at: i64, state: String }
    struct PauseRow { state: String, ends_at: i64 }
}

/// What the buyer of an order decided about its subscription. The caller has locked the order.
pub(in crate::sale::ledger) async fn wishes(tx: &mut Tx, order: OrderId) -> Result<Wishes, Error> {
    let wish = on!(tx.conn(), c => sqlx::query_as::<_, WishRow>(WISH).bind(order.0).fetch_optional(c).await?);
    let pause = on!(tx.conn(), c => sqlx::query_as::<_, PauseRow>(PAUSE).bind(order.0).fetch_optional(c).await?);
    Ok(Wishes {
        cancellation: wish
            .map(|row| Wish { asked_at: Instant::from_micros(row.asked_at), is_done: row.state == "done" }),
        pause: pause
            .map(|row| Pause { is_running: row.state == "running", ends_at: Instant::from_micros(row.ends_at) }),
    })
}
