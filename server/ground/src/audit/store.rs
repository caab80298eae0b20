use super::Entry;
use crate::db::{Error, Tx};
use crate::{on, statements};
use uuid::Uuid;

statements! {
    INSERT = "insert into audit_entries (id, at, actor_kind, actor_id, origin, producer_id, person_id, order_id, action, before, after, reason)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
}

pub(super) async fn insert(tx: &mut Tx, id: Uuid, at: i64, entry: &Entry<'_>) -> Result<(), Error> {
    let (kind, actor) = entry.actor.columns();
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id)
            .bind(at)
            .bind(kind)
            .bind(actor)
            .bind(entry.origin)
            .bind(entry.producer.map(|id| id.0))
            .bind(entry.person.map(|id| id.0))
            .bind(entry.order.map(|id| id.0))
            .bind(entry.action)
            .bind(entry.before.as_ref().map(ToString::to_string))
            .bind(entry.after.as_ref().map(ToString::to_string))
            .bind(entry.reason)
            .execute(c)
            .await?;
    });
    Ok(())
}
