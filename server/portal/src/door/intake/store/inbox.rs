use crate::catalogue::source::Source;
use crate::db::{Error, Tx};
use crate::intake::inbox::Event;
use crate::{on, statements};
use types::SourceId;

statements! {
    INSERT = "insert into inbox (source_id, producer_id, event_key, request_id, kind, outcome, body, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (source_id, event_key) do nothing";
    SET_OUTCOME = "update inbox set outcome = $3 where source_id = $1 and event_key = $2";
}

/// Whether the event is new; one that is being taken elsewhere is waited for.
pub(in crate::door::intake) async fn insert(
    tx: &mut Tx,
    source: &Source,
    event: &Event,
    outcome: &str,
    now: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(source.id.0)
            .bind(source.producer.id().0)
            .bind(&event.key)
            .bind(event.request_id.as_deref())
            .bind(&event.kind)
            .bind(outcome)
            .bind(&event.body)
            .bind(now)
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::door::intake) async fn set_outcome(
    tx: &mut Tx,
    source: SourceId,
    key: &str,
    outcome: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_OUTCOME).bind(source.0).bind(key).bind(outcome).execute(c).await?;
    });
    Ok(())
}
