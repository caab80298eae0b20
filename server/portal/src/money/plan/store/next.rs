//! What the gateway that charges a subscription was told of the plan of its next period.

use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, OrderId, QuoteId};
use uuid::Uuid;

statements! {
    LATEST = "select id
        from plan_changes
        where order_id = $1 and state in ('scheduled', 'applied', 'undone')
        order by asked_at desc, id desc
        limit 1";
    UNTOLD = "select count(*) as untold
        from plan_changes
        where order_id = $1 and next_told_at is null and state in ('scheduled', 'applied', 'undone')";
    SET_TOLD = "update plan_changes set next_told_at = $2,
            next_refused = case when id = $3 then cast($4 as text) else next_refused end
        where order_id = $1 and (next_told_at is null or id = $3)";
    SET_UNTOLD = "update plan_changes set next_told_at = null, next_refused = null where id = $1";
    TOLD_AT = "select max(next_told_at) as told_at from plan_changes where order_id = $1";
    NEXT_REFUSED = "select next_refused from plan_changes where id = $1";
}

row! {
    struct IdRow { id: Uuid }
    struct UntoldRow { untold: i64 }
    struct ToldRow { told_at: Option<i64> }
    struct WordsRow { next_refused: Option<String> }
}

/// The change of an order that was agreed to last, taken back or not.
pub(in crate::money::plan) async fn latest(conn: Conn<'_>, order: OrderId) -> Result<Option<QuoteId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(LATEST).bind(order.0).fetch_optional(c).await?);
    Ok(row.map(|row| QuoteId(row.id)))
}

/// Whether the gateway that charges the subscription is still to be told which plan its next period begins with.
pub(in crate::money::plan) async fn is_untold(conn: Conn<'_>, order: OrderId) -> Result<bool, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, UntoldRow>(UNTOLD).bind(order.0).fetch_one(c).await?);
    Ok(row.untold > 0)
}

/// A change was taken back: the gateway is to be told of it once more.
pub(in crate::money::plan) async fn set_untold(tx: &mut Tx, change: QuoteId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_UNTOLD).bind(change.0).execute(c).await?; });
    Ok(())
}

/// When the gateway was last told which plan the next period of an order's subscription begins with.
pub(in crate::money::plan) async fn told_at(conn: Conn<'_>, order: OrderId) -> Result<Option<Instant>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, ToldRow>(TOLD_AT).bind(order.0).fetch_one(c).await?);
    Ok(row.told_at.map(Instant::from_micros))
}

/// The gateway was told of all changes of this order, the latest of which is `change`: what it said if it did not take
/// it.
pub(in crate::money::plan) async fn set_told(
    tx: &mut Tx,
    order: OrderId,
    change: QuoteId,
    words: Option<&str>,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let told = sqlx::query(SET_TOLD).bind(order.0).bind(now.micros()).bind(change.0).bind(words);
        told.execute(c).await?;
    });
    Ok(())
}

/// What the gateway said of the plan of the next period, if it did not take it.
pub(in crate::money::plan) async fn next_refused(conn: Conn<'_>, change: QuoteId) -> Result<Option<String>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, WordsRow>(NEXT_REFUSED).bind(change.0).fetch_optional(c).await?);
    Ok(row.and_then(|row| row.next_refused))
}
