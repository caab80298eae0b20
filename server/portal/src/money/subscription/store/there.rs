//! Subscriptions by what the gateway that charges them calls them.

use crate::db::{Conn, Error};
use crate::{on, row, statements};
use types::{OrderId, ProducerId};
use uuid::Uuid;

statements! {
    ORDER_THERE = "select s.order_id
        from subscriptions s
        join orders o on o.id = s.order_id
        where s.producer_id = $1 and s.reference = $2 and o.gateway = $3
        order by s.order_id
        limit 1";
}

row! {
    struct OrderRow { order_id: Uuid }
}

/// The order whose subscription this gateway of the producer's calls so.
pub(in crate::money::subscription) async fn order_there(
    conn: Conn<'_>,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<Option<OrderId>, Error> {
    let row = on!(conn, c => {
        let query = sqlx::query_as::<_, OrderRow>(ORDER_THERE).bind(producer.0).bind(reference).bind(gateway);
        query.fetch_optional(c).await?
    });
    Ok(row.map(|row| OrderId(row.order_id)))
}
