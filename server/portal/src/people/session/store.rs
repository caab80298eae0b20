use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, LinkId, PersonId, SessionId};

statements! {
    INSERT = "insert into sessions (id, token_hash, kind, person_id, link_id, address, browser, created_at,
                last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)";
    FIND = "select s.id, s.person_id, s.last_seen_at, p.email, p.language, p.language_chosen_at
        from sessions s
        join people p on p.id = s.person_id
        where s.token_hash = $1 and s.kind = $2 and s.ended_at is null and s.expires_at > $3 and s.last_seen_at > $4";
    TOUCH = "update sessions set last_seen_at = $2 where id = $1 and ended_at is null";
    END = "update sessions set ended_at = $2 where token_hash = $1 and ended_at is null returning id, person_id";
    END_ONE = "update sessions set ended_at = $3 where id = $2 and person_id = $1 and ended_at is null";
    END_OF_PERSON = "update sessions set ended_at = $2 where person_id = $1 and ended_at is null";
    ALIVE = "select id, address, browser, created_at, last_seen_at
        from sessions
        where person_id = $1 and ended_at is null and expires_at > $2 and last_seen_at > $3
        order by created_at desc, id desc";
    // Until somebody chooses one, mails follow the language of the page that was signed in from.
    FOLLOW_LANGUAGE = "update people set language = $2 where id = $1 and language_chosen_at is null";
    CHOOSE_LANGUAGE = "update people set language = $2, language_chosen_at = $3
        where id = $1 and (language is null or language <> $2 or language_chosen_at is null)";
    DELETE_OLD = "delete from sessions where expires_at < $1";
}

row! {
    pub(super) struct SessionRow {
        id: uuid::Uuid, person_id: uuid::Uuid, last_seen_at: i64, email: String, language: Option<String>,
        language_chosen_at: Option<i64>,
    }
    pub(super) struct EndedRow { id: uuid::Uuid, person_id: uuid::Uuid }
    pub(super) struct AliveRow { id: uuid::Uuid, address: String, browser: String, created_at: i64, last_seen_at: i64 }
}

pub(super) struct NewSession<'a> {
    pub(super) id: SessionId,
    pub(super) token_hash: String,
    pub(super) kind: &'static str,
    pub(super) person: PersonId,
    pub(super) link: LinkId,
    pub(super) address: &'a str,
    pub(super) browser: &'a str,
    pub(super) now: Instant,
    pub(super) expires_at: Instant,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(&new.token_hash)
            .bind(new.kind)
            .bind(new.person.0)
            .bind(new.link.0)
            .bind(new.address)
            .bind(new.browser)
            .bind(new.now.micros())
            .bind(new.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn find(
    db: &Db,
    token_hash: &str,
    kind: &str,
    now: Instant,
    seen_after: Instant,
) -> Result<Option<SessionRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, SessionRow>(FIND)
            .bind(token_hash)
            .bind(kind)
            .bind(now.micros())
            .bind(seen_after.micros())
            .fetch_optional(c)
            .await?
    }))
}

pub(super) async fn touch(tx: &mut Tx, session: SessionId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(TOUCH).bind(session.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

pub(super) async fn end(tx: &mut Tx, token_hash: &str, now: Instant) -> Result<Option<EndedRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, EndedRow>(END).bind(token_hash).bind(now.micros()).fetch_optional(c).await?
    }))
}

pub(super) async fn end_one(tx: &mut Tx, person: PersonId, session: SessionId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(END_ONE).bind(person.0).bind(session.0).bind(now.micros()).execute(c).await?.rows_affected()
    }) == 1)
}

pub(super) async fn end_of_person(tx: &mut Tx, person: PersonId, now: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(END_OF_PERSON).bind(person.0).bind(now.micros()).execute(c).await?.rows_affected()
    }))
}

pub(super) async fn alive(
    db: &Db,
    person: PersonId,
    now: Instant,
    seen_after: Instant,
) -> Result<Vec<AliveRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        let alive = sqlx::query_as::<_, AliveRow>(ALIVE).bind(person.0);
        alive.bind(now.micros()).bind(seen_after.micros()).fetch_all(c).await?
    }))
}

pub(super) async fn follow_language(tx: &mut Tx, person: PersonId, language: &str) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FOLLOW_LANGUAGE).bind(person.0).bind(language).execute(c).await?; });
    Ok(())
}

/// False when it was chosen already.
pub(super) async fn choose_language(
    tx: &mut Tx,
    person: PersonId,
    language: &str,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(CHOOSE_LANGUAGE).bind(person.0).bind(language).bind(now.micros()).execute(c).await?.rows_affected()
    }) == 1)
}

pub(super) async fn delete_old(tx: &mut Tx, before: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(DELETE_OLD).bind(before.micros()).execute(c).await?.rows_affected()))
}
