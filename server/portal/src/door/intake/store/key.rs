use crate::db::{Error, Tx};
use crate::{on, statements};
use types::ProducerId;

statements! {
    INSERT = "insert into idempotency_keys (producer_id, idempotency_key, request_hash, status, answer, created_at)
        values ($1, $2, $3, 201, '', $4)
        on conflict (producer_id, idempotency_key) do nothing";
    FIND = "select request_hash, answer from idempotency_keys where producer_id = $1 and idempotency_key = $2";
    KEEP = "update idempotency_keys set answer = $3 where producer_id = $1 and idempotency_key = $2";
}

/// Whether the name was free; it is taken by this transaction now.
pub(in crate::door::intake) async fn insert(
    tx: &mut Tx,
    producer: ProducerId,
    name: &str,
    hash: &str,
    now: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT).bind(producer.0).bind(name).bind(hash).bind(now).execute(c).await?.rows_affected() == 1
    }))
}

/// Hash and answer kept under a name that is taken.
pub(in crate::door::intake) async fn find(
    tx: &mut Tx,
    producer: ProducerId,
    name: &str,
) -> Result<(String, String), Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as(FIND).bind(producer.0).bind(name).fetch_one(c).await?))
}

pub(in crate::door::intake) async fn keep(
    tx: &mut Tx,
    producer: ProducerId,
    name: &str,
    answer: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(KEEP).bind(producer.0).bind(name).bind(answer).execute(c).await?;
    });
    Ok(())
}
