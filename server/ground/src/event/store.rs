use super::Record;
use crate::db::{Error, Tx};
use crate::{on, statements};
use uuid::Uuid;

statements! {
    INSERT = "insert into events (id, at, actor_kind, actor_id, origin, producer_id, person_id, order_id, name,
                version, body, before, after, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
}

pub(super) async fn insert(tx: &mut Tx, id: Uuid, at: i64, record: &Record<'_>) -> Result<(), Error> {
    let (kind, actor) = record.actor.columns();
    let body = serde_json::to_string(&record.event).map_err(|error| Error::inconsistent("events", id, error))?;
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id)
            .bind(at)
            .bind(kind)
            .bind(actor)
            .bind(record.origin)
            .bind(record.producer.map(|id| id.0))
            .bind(record.person.map(|id| id.0))
            .bind(record.order.map(|id| id.0))
            .bind(record.event.name().as_str())
            .bind(record.event.version())
            .bind(body)
            .bind(record.before.as_ref().map(ToString::to_string))
            .bind(record.after.as_ref().map(ToString::to_string))
            .bind(record.reason)
            .execute(c)
            .await?;
    });
    Ok(())
}
