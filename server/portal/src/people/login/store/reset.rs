use super::login::door_of;
use crate::db::{Db, Error, Tx, parsed};
use crate::login::Door;
use crate::login::state::ResetWish;
use crate::{on, row, statements};
use types::{Email, Instant, Language, PasswordResetId};

statements! {
    INSERT = "insert into password_resets (id, kind, email, language, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6)";
    FIND = "select kind, email, language, expires_at
        from password_resets
        where id = $1 and used_at is null and expires_at > $2";
    USE_UP = "update password_resets set used_at = $2 where id = $1 and used_at is null and expires_at > $2";
    DELETE_OLD = "delete from password_resets where expires_at < $1";
}

row! {
    struct ResetRow { kind: String, email: String, language: String, expires_at: i64 }
}

pub(in crate::people::login) async fn insert(
    tx: &mut Tx,
    id: PasswordResetId,
    (door, email): (Door, &Email),
    language: Language,
    (now, expires_at): (Instant, Instant),
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(id.0)
            .bind(door.as_str())
            .bind(email.as_str())
            .bind(language.tag())
            .bind(now.micros())
            .bind(expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// A wish whose link still opens.
pub(in crate::people::login) async fn find(
    db: &Db,
    id: PasswordResetId,
    now: Instant,
) -> Result<Option<ResetWish>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ResetRow>(FIND).bind(id.0).bind(now.micros()).fetch_optional(c).await?
    });
    let wish = |row: ResetRow| {
        Ok(ResetWish {
            door: door_of(&row.kind),
            email: parsed("password_resets", id, Email::parse(&row.email))?,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            expires_at: Instant::from_micros(row.expires_at),
        })
    };
    row.map(wish).transpose()
}

/// False when it was used before.
pub(in crate::people::login) async fn use_up(tx: &mut Tx, id: PasswordResetId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(USE_UP).bind(id.0).bind(now.micros()).execute(c).await?.rows_affected() == 1))
}

pub(in crate::people::login) async fn delete_old(tx: &mut Tx, before: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(DELETE_OLD).bind(before.micros()).execute(c).await?.rows_affected()))
}
