//! A form of an order's page, taken once.

use super::store;
use crate::Producer;
use crate::db::{Error, Tx};
use crate::order::{self, OrderRecord};
use types::{Code, RequestId};

/// The producer's own order with this code, before anything is changed; none when it is absent or somebody else's.
pub(super) async fn find(producer: &Producer, code: &Code) -> Result<Option<OrderRecord>, Error> {
    let mut reader = producer.portal().db.read().await?;
    let Some(id) = order::of_producer(reader.conn(), producer.id(), code).await? else { return Ok(None) };
    OrderRecord::by_id(reader.conn(), id).await
}

/// Takes the form; false when it was taken before, and what it asked for is done.
pub(super) async fn take(
    producer: &Producer,
    tx: &mut Tx,
    order: &OrderRecord,
    form: RequestId,
) -> Result<bool, Error> {
    order::lock(tx, order.id).await?;
    store::take_form(tx, (producer.id(), order.id), form, producer.portal().now()).await
}
