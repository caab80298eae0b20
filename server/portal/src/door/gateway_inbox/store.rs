use super::Event;
use crate::db::{Error, Tx};
use crate::{on, statements};
use types::Instant;

statements! {
    INSERT = "insert into gateway_inbox (gateway, event_id, kind, outcome, body, received_at)
        values ($1, $2, $3, 'ignored', $4, $5)
        on conflict (gateway, event_id) do nothing";
    SET_APPLIED = "update gateway_inbox set outcome = 'applied' where gateway = $1 and event_id = $2";
}

/// Whether the event is new; one that is being taken elsewhere is waited for.
pub(super) async fn insert(tx: &mut Tx, event: &Event, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(&event.sender)
            .bind(&event.id)
            .bind(&event.kind)
            .bind(&event.body)
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(super) async fn set_applied(tx: &mut Tx, event: &Event) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SET_APPLIED).bind(&event.sender).bind(&event.id).execute(c).await?; });
    Ok(())
}
