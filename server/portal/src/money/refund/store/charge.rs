//! Charges of which something went back at their gateway.

use crate::db::{Conn, Error, parsed};
use crate::ports::NamedGateway;
use crate::sale::connection_of;
use crate::{on, row, statements};
use types::{ChargeId, Currency, Money, OrderId, ProducerId, RefundPartId};
use uuid::Uuid;

statements! {
    CALLED = "select id from charges where producer_id = $1 and gateway = $2 and reference = $3";
    LISTED = concat!(
        "select c.order_id, c.producer_id, c.reference, c.amount, c.currency, c.gateway, ",
        connection_of!("c.gateway", "c.producer_id"),
        " as connection
        from charges c
        where c.id = $1"
    );
    FAILED_PARTS = "select id from refund_parts where charge_id = $1 and state = 'failed'";
    CHARGE_OF_FAILED = "select charge_id as id from refund_parts where id = $1 and state = 'failed'";
}

row! {
    struct IdRow { id: Uuid }
    struct ChargeRow {
        order_id: Uuid, producer_id: Uuid, reference: String, amount: i64, currency: String, gateway: String,
        connection: Option<String>,
    }
}

/// A charge, and where its refunds are listed.
pub(in crate::money::refund) struct ListedCharge {
    pub(in crate::money::refund) order: OrderId,
    pub(in crate::money::refund) producer: ProducerId,
    pub(in crate::money::refund) gateway: NamedGateway,
    pub(in crate::money::refund) reference: String,
    pub(in crate::money::refund) amount: Money,
}

/// The charge that this gateway of the producer's calls so.
pub(in crate::money::refund) async fn charge_called(
    conn: Conn<'_>,
    producer: ProducerId,
    gateway: &str,
    reference: &str,
) -> Result<Option<ChargeId>, Error> {
    let row = on!(conn, c => {
        let query = sqlx::query_as::<_, IdRow>(CALLED).bind(producer.0).bind(gateway).bind(reference);
        query.fetch_optional(c).await?
    });
    Ok(row.map(|row| ChargeId(row.id)))
}

pub(in crate::money::refund) async fn listed_charge(
    conn: Conn<'_>,
    charge: ChargeId,
) -> Result<Option<ListedCharge>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, ChargeRow>(LISTED).bind(charge.0).fetch_optional(c).await?);
    let read = |row: ChargeRow| {
        let currency = parsed("charges", charge, Currency::parse(&row.currency))?;
        Ok(ListedCharge {
            order: OrderId(row.order_id),
            producer: ProducerId(row.producer_id),
            gateway: parsed("charges", charge, NamedGateway::read(row.gateway, row.connection.as_deref()))?,
            reference: row.reference,
            amount: Money::new(row.amount, currency),
        })
    };
    row.map(read).transpose()
}

/// Parts of ours that could not be paid back of this charge.
pub(in crate::money::refund) async fn failed_parts(
    conn: Conn<'_>,
    charge: ChargeId,
) -> Result<Vec<RefundPartId>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, IdRow>(FAILED_PARTS).bind(charge.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| RefundPartId(row.id)).collect())
}

/// The charge of a part that could not be paid back; none of any other.
pub(in crate::money::refund) async fn charge_of_failed(
    conn: Conn<'_>,
    part: RefundPartId,
) -> Result<Option<ChargeId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, IdRow>(CHARGE_OF_FAILED).bind(part.0).fetch_optional(c).await?);
    Ok(row.map(|row| ChargeId(row.id)))
}
