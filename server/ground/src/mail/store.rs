use super::MailAttempt;
use crate::db::{Conn, Error, JobRow, Tx};
use crate::{on, statements};
use types::Instant;
use uuid::Uuid;

statements! {
    INSERT = "insert into mails (id, kind, job, state, tries, created_at)
        values ($1, $2, $3, 'waiting', 0, $4)
        on conflict (id) do nothing";
    // A mail that was asked for by an earlier version has no row yet.
    NOTE = "insert into mails (id, kind, job, state, tries, created_at, letter, recipient, language, person_id,
                order_id, answer, sent_at)
        values ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (id) do update set kind = excluded.kind, state = excluded.state, tries = mails.tries + 1,
            letter = excluded.letter, recipient = excluded.recipient, language = excluded.language,
            person_id = excluded.person_id, order_id = excluded.order_id, answer = excluded.answer,
            sent_at = excluded.sent_at";
    VOID = "delete from mails where id = $1 and tries = 0";
    WAIT_AGAIN = "update mails set state = 'waiting' where id = $1 and state = 'refused'";
    GIVE_UP = "update mails set state = 'refused', answer = $2 where id = $1";
}

/// Writes the row of a mail that a transaction asked for.
pub(crate) async fn insert(conn: Conn<'_>, job: &JobRow) -> Result<(), Error> {
    on!(conn, c => {
        sqlx::query(INSERT)
            .bind(job.id)
            .bind(job.kind)
            .bind(&job.payload)
            .bind(job.created_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// Writes down how an attempt went. `job` is the mail's job as JSON; `is_last`: it is not tried again.
pub(crate) async fn note(
    tx: &mut Tx,
    id: Uuid,
    job: &str,
    attempt: &MailAttempt,
    is_last: bool,
    now: Instant,
) -> Result<(), Error> {
    let answer = attempt.answer.as_ref().err().map(ToString::to_string);
    let state = match &answer {
        None => "sent",
        Some(_) if is_last => "refused",
        Some(_) => "waiting",
    };
    on!(tx.conn(), c => {
        sqlx::query(NOTE)
            .bind(id)
            .bind(attempt.kind.as_str())
            .bind(job)
            .bind(state)
            .bind(now.micros())
            .bind(&attempt.letter)
            .bind(attempt.to.as_str())
            .bind(attempt.language.tag())
            .bind(attempt.person.map(|id| id.0))
            .bind(attempt.order.map(|id| id.0))
            .bind(answer)
            .bind(attempt.answer.is_ok().then_some(now.micros()))
            .execute(c)
            .await?;
    });
    Ok(())
}

/// There is nothing to tell any more: the mail was never one.
pub(crate) async fn void(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(VOID).bind(id).execute(c).await?; });
    Ok(())
}

/// The job with this id, if it is a mail's, was given up and is to be tried afresh.
pub(crate) async fn wait_again(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(WAIT_AGAIN).bind(id).execute(c).await?; });
    Ok(())
}

/// The job of the mail is given up, for a reason that is not the mail server's.
pub(crate) async fn give_up(tx: &mut Tx, id: Uuid, reason: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(GIVE_UP).bind(id).bind(reason).execute(c).await?; });
    Ok(())
}
