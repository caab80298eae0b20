use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, LoginId};

statements! {
    // What waits already goes on waiting: a page that shows it may be open.
    BEGIN = "update logins set totp_new_sealed = $2 where id = $1 and totp_new_sealed is null";
    CONFIRM = "update logins
        set totp_sealed = totp_new_sealed, totp_new_sealed = null, totp_step = $3
        where id = $1 and totp_new_sealed = $2";
    // A code is taken once, and none of before the last one.
    TAKE = "update logins set totp_step = $2 where id = $1 and coalesce(totp_step, 0) < $2";
    REMOVE = "update logins set totp_sealed = null, totp_step = null where id = $1 and totp_sealed is not null";
    INSERT_CODE = "insert into recovery_codes (login_id, code_hash) values ($1, $2)";
    FORGET_CODES = "delete from recovery_codes where login_id = $1";
    RECOVER = "update recovery_codes set used_at = $3 where login_id = $1 and code_hash = $2 and used_at is null";
    CODES_LEFT = "select count(*) as codes from recovery_codes where login_id = $1 and used_at is null";
}

row! {
    struct CountRow { codes: i64 }
}

pub(in crate::people::login) async fn begin(tx: &mut Tx, login: LoginId, sealed: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(BEGIN).bind(login.0).bind(sealed).execute(c).await?; });
    Ok(())
}

/// False when another one waits by now, or none.
pub(in crate::people::login) async fn confirm(
    tx: &mut Tx,
    login: LoginId,
    sealed: &str,
    step: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(CONFIRM).bind(login.0).bind(sealed).bind(step).execute(c).await?.rows_affected() == 1
    }))
}

/// False when the code of this step, or of a later one, was taken before.
pub(in crate::people::login) async fn take(tx: &mut Tx, login: LoginId, step: i64) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(TAKE).bind(login.0).bind(step).execute(c).await?.rows_affected() == 1))
}

/// False when there was none.
pub(in crate::people::login) async fn remove(tx: &mut Tx, login: LoginId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(REMOVE).bind(login.0).execute(c).await?.rows_affected() == 1))
}

pub(in crate::people::login) async fn insert_code(tx: &mut Tx, login: LoginId, hash: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(INSERT_CODE).bind(login.0).bind(hash).execute(c).await?; });
    Ok(())
}

pub(in crate::people::login) async fn forget_codes(tx: &mut Tx, login: LoginId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_CODES).bind(login.0).execute(c).await?; });
    Ok(())
}

/// False when it is none of the codes that are left.
pub(in crate::people::login) async fn recover(
    tx: &mut Tx,
    login: LoginId,
    hash: &str,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(RECOVER).bind(login.0).bind(hash).bind(now.micros()).execute(c).await?.rows_affected() == 1
    }))
}

pub(in crate::people::login) async fn codes_left(db: &Db, login: LoginId) -> Result<i64, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, CountRow>(CODES_LEFT).bind(login.0).fetch_one(c).await?
    });
    Ok(row.codes)
}
