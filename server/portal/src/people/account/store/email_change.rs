use crate::account::state::EmailChange;
use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::{Email, EmailChangeId, Instant, Language, PersonId};
use uuid::Uuid;

statements! {
    INSERT_CHANGE = "insert into email_changes (id, person_id, old_email, new_email, token_hash, language, asked_from,
                browser, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    WITHDRAW_CHANGES = "update email_changes set withdrawn_at = $2
        where person_id = $1 and confirmed_at is null and withdrawn_at is null";
    CHANGE = "select id, person_id, old_email, new_email, language, asked_from, browser, created_at, expires_at,
            confirmed_at, withdrawn_at
        from email_changes
        where id = $1";
    CHANGE_BY_TOKEN = "select id, person_id, old_email, new_email, language, asked_from, browser, created_at,
            expires_at, confirmed_at, withdrawn_at
        from email_changes
        where token_hash = $1";
    // Atomic: of many presses at the same time one gets the row.
    CONFIRM_CHANGE = "update email_changes set confirmed_at = $2
        where token_hash = $1 and confirmed_at is null and withdrawn_at is null and expires_at > $2
        returning id, person_id, old_email, new_email, language, asked_from, browser, created_at, expires_at,
            confirmed_at, withdrawn_at";
}

row! {
    struct ChangeRow {
        id: Uuid, person_id: Uuid, old_email: String, new_email: String, language: String, asked_from: String,
        browser: String,
        created_at: i64, expires_at: i64, confirmed_at: Option<i64>, withdrawn_at: Option<i64>,
    }
}

impl TryFrom<ChangeRow> for EmailChange {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<Self, Error> {
        let wrong = |error| Error::inconsistent("email_changes", row.id, error);
        Ok(Self {
            id: EmailChangeId(row.id),
            person: PersonId(row.person_id),
            old: Email::parse(&row.old_email).map_err(wrong)?,
            new: Email::parse(&row.new_email).map_err(wrong)?,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            asked_from: row.asked_from,
            browser: row.browser,
            asked_at: Instant::from_micros(row.created_at),
            expires_at: Instant::from_micros(row.expires_at),
            is_over: row.confirmed_at.is_some() || row.withdrawn_at.is_some(),
        })
    }
}

/// A wish to be written.
pub(in crate::people::account) struct NewChange<'a> {
    pub(in crate::people::account) id: EmailChangeId,
    pub(in crate::people::account) person: PersonId,
    pub(in crate::people::account) old: &'a Email,
    pub(in crate::people::account) new: &'a Email,
    pub(in crate::people::account) token_hash: String,
    pub(in crate::people::account) language: &'a str,
    pub(in crate::people::account) asked_from: &'a str,
    pub(in crate::people::account) browser: &'a str,
    pub(in crate::people::account) now: Instant,
    pub(in crate::people::account) expires_at: Instant,
}

pub(in crate::people::account) async fn insert_change(tx: &mut Tx, new: &NewChange<'_>) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_CHANGE)
            .bind(new.id.0)
            .bind(new.person.0)
            .bind(new.old.as_str())
            .bind(new.new.as_str())
            .bind(&new.token_hash)
            .bind(new.language)
            .bind(new.asked_from)
            .bind(new.browser)
            .bind(new.now.micros())
            .bind(new.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::people::account) async fn withdraw_changes(
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(WITHDRAW_CHANGES).bind(person.0).bind(now.micros()).execute(c).await?.rows_affected()
    }))
}

pub(in crate::people::account) async fn change(db: &Db, change: EmailChangeId) -> Result<Option<EmailChange>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ChangeRow>(CHANGE).bind(change.0).fetch_optional(c).await?
    });
    row.map(EmailChange::try_from).transpose()
}

pub(in crate::people::account) async fn change_by_token(
    db: &Db,
    token_hash: &str,
) -> Result<Option<EmailChange>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ChangeRow>(CHANGE_BY_TOKEN).bind(token_hash).fetch_optional(c).await?
    });
    row.map(EmailChange::try_from).transpose()
}

pub(in crate::people::account) async fn confirm_change(
    tx: &mut Tx,
    token_hash: &str,
    now: Instant,
) -> Result<Option<EmailChange>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, ChangeRow>(CONFIRM_CHANGE).bind(token_hash).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(EmailChange::try_from).transpose()
}
