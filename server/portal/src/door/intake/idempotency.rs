//! The same request again gets the same answer, for ever: the answer is written in the transaction of the order.
//!
//! Two names guard an order that is created: the caller's Idempotency-Key, if there is one, and the order's own code. A
//! request waits while another one with the same name is under way (SQLite: there is one writer; PostgreSQL: by the
//! unique index).

use super::{OrderRefusal, store};
use crate::Portal;
use crate::db::{Error, Tx};
use types::{Code, ProducerId};

/// What is to be done with a request.
pub(super) enum Next {
    /// It is the first one: place the order in this transaction, then [`Reservation::keep`] the answer.
    Proceed(Tx, Reservation),
    /// It was answered before.
    Answer(String),
}

/// The names that a request holds until its answer is kept.
pub(super) struct Reservation {
    producer: ProducerId,
    names: Vec<String>,
}

/// Reserves the names of a request. `KeyReused` or `OrderExists` when one of them stands for another request.
pub(super) async fn begin(
    portal: &Portal,
    producer: ProducerId,
    key: Option<&str>,
    code: &Code,
    hash: &str,
) -> Result<Next, OrderRefusal> {
    let mut tx = portal.db.begin().await?;
    let now = portal.now().micros();
    let by_key = key.map(|key| format!("key:{key}"));
    let by_code = format!("order:{code}");
    if let Some(name) = &by_key
        && let Some(answer) = reserve(&mut tx, producer, name, hash, now, || OrderRefusal::KeyReused).await?
    {
        return Ok(Next::Answer(answer));
    }
    if let Some(answer) = reserve(&mut tx, producer, &by_code, hash, now, || OrderRefusal::OrderExists).await? {
        if let Some(name) = &by_key {
            store::key::keep(&mut tx, producer, name, &answer).await?;
            portal.commit(tx).await?;
        }
        return Ok(Next::Answer(answer));
    }
    let names = by_key.into_iter().chain([by_code]).collect();
    Ok(Next::Proceed(tx, Reservation { producer, names }))
}

/// The answer that is kept under `name`; none when the name was free and is taken now.
async fn reserve(
    tx: &mut Tx,
    producer: ProducerId,
    name: &str,
    hash: &str,
    now: i64,
    other: fn() -> OrderRefusal,
) -> Result<Option<String>, OrderRefusal> {
    if store::key::insert(tx, producer, name, hash, now).await? {
        return Ok(None);
    }
    let (kept_hash, answer) = store::key::find(tx, producer, name).await?;
    if kept_hash == hash { Ok(Some(answer)) } else { Err(other()) }
}

impl Reservation {
    /// Keeps the answer under every name of the request.
    pub(super) async fn keep(&self, tx: &mut Tx, answer: &str) -> Result<(), Error> {
        for name in &self.names {
            store::key::keep(tx, self.producer, name, answer).await?;
        }
        Ok(())
    }
}
