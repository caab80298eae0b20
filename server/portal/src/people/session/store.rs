use super::{Holder, SessionKind};
use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, LinkId, PersonId, SessionId};
use uuid::Uuid;

statements! {
    INSERT = "insert into sessions (id, token_hash, kind, person_id, producer_id, staff_id, link_id, address, browser,
                created_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    FIND_BUYER = "select s.id, s.person_id, s.last_seen_at, p.email, p.language, p.language_chosen_at
        from sessions s
        join people p on p.id = s.person_id
        where s.token_hash = $1 and s.kind = 'buyer' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3";
    FIND_PRODUCER = "select s.id, s.producer_id, s.last_seen_at, p.slug, p.name, p.email, p.time_zone
        from sessions s
        join producers p on p.id = s.producer_id
        where s.token_hash = $1 and s.kind = 'producer' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3 and p.disabled_at is null";
    FIND_STAFF = "select s.id, s.staff_id, s.last_seen_at, f.email, f.role
        from sessions s
        join staff f on f.id = s.staff_id
        where s.token_hash = $1 and s.kind = 'staff' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3 and f.disabled_at is null";
    TOUCH = "update sessions set last_seen_at = $2 where id = $1 and ended_at is null";
    END = "update sessions
        set ended_at = $3
        where token_hash = $1 and kind = $2 and ended_at is null
        returning id, coalesce(person_id, producer_id, staff_id) as holder_id";
    END_ONE = "update sessions
        set ended_at = $4
        where id = $3 and kind = $1 and (person_id = $2 or producer_id = $2 or staff_id = $2) and ended_at is null";
    END_ALL = "update sessions
        set ended_at = $3
        where kind = $1 and (person_id = $2 or producer_id = $2 or staff_id = $2) and ended_at is null";
    ALIVE = "select id, address, browser, created_at, last_seen_at
        from sessions
        where kind = $1 and (person_id = $2 or producer_id = $2 or staff_id = $2) and ended_at is null
            and expires_at > $3 and last_seen_at > $4
        order by created_at desc, id desc";
    // Until somebody chooses one, mails follow the language of the page that was signed in from.
    FOLLOW_LANGUAGE = "update people set language = $2 where id = $1 and language_chosen_at is null";
    CHOOSE_LANGUAGE = "update people set language = $2, language_chosen_at = $3
        where id = $1 and (language is null or language <> $2 or language_chosen_at is null)";
    DELETE_OLD = "delete from sessions where expires_at < $1";
}

row! {
    pub(super) struct BuyerRow {
        id: Uuid, person_id: Uuid, last_seen_at: i64, email: String, language: Option<String>,
        language_chosen_at: Option<i64>,
    }
    pub(super) struct ProducerRow {
        id: Uuid, producer_id: Uuid, last_seen_at: i64, slug: String, name: String, email: String, time_zone: String,
    }
    pub(super) struct StaffRow { id: Uuid, staff_id: Uuid, last_seen_at: i64, email: String, role: String }
    pub(super) struct AliveRow { id: Uuid, address: String, browser: String, created_at: i64, last_seen_at: i64 }
    struct EndedRow { id: Uuid, holder_id: Uuid }
}

pub(super) struct NewSession<'a> {
    pub(super) id: SessionId,
    pub(super) token_hash: String,
    pub(super) holder: Holder,
    pub(super) link: Option<LinkId>,
    pub(super) address: &'a str,
    pub(super) browser: &'a str,
    pub(super) now: Instant,
    pub(super) expires_at: Instant,
}

/// A session that is asked for: one that was last seen later than that.
pub(super) struct SessionQuery {
    pub(super) token_hash: String,
    pub(super) now: Instant,
    pub(super) seen_after: Instant,
}

pub(super) async fn insert(tx: &mut Tx, new: &NewSession<'_>) -> Result<(), Error> {
    let of_kind = |kind| (new.holder.kind() == kind).then(|| new.holder.id());
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(&new.token_hash)
            .bind(new.holder.kind().as_str())
            .bind(of_kind(SessionKind::Buyer))
            .bind(of_kind(SessionKind::Producer))
            .bind(of_kind(SessionKind::Staff))
            .bind(new.link.map(|link| link.0))
            .bind(new.address)
            .bind(new.browser)
            .bind(new.now.micros())
            .bind(new.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn find_buyer(db: &Db, query: &SessionQuery) -> Result<Option<BuyerRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, BuyerRow>(FIND_BUYER)
            .bind(&query.token_hash)
            .bind(query.now.micros())
            .bind(query.seen_after.micros())
            .fetch_optional(c)
            .await?
    }))
}

pub(super) async fn find_producer(db: &Db, query: &SessionQuery) -> Result<Option<ProducerRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerRow>(FIND_PRODUCER)
            .bind(&query.token_hash)
            .bind(query.now.micros())
            .bind(query.seen_after.micros())
            .fetch_optional(c)
            .await?
    }))
}

pub(super) async fn find_staff(db: &Db, query: &SessionQuery) -> Result<Option<StaffRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, StaffRow>(FIND_STAFF)
            .bind(&query.token_hash)
            .bind(query.now.micros())
            .bind(query.seen_after.micros())
            .fetch_optional(c)
            .await?
    }))
}

pub(super) async fn touch(tx: &mut Tx, session: SessionId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(TOUCH).bind(session.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// The session that was ended, and whose it was.
pub(super) async fn end(
    tx: &mut Tx,
    kind: SessionKind,
    token_hash: &str,
    now: Instant,
) -> Result<Option<(SessionId, Holder)>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, EndedRow>(END)
            .bind(token_hash)
            .bind(kind.as_str())
            .bind(now.micros())
            .fetch_optional(c)
            .await?
    });
    Ok(row.map(|row| (SessionId(row.id), Holder::of(kind, row.holder_id))))
}

pub(super) async fn end_one(tx: &mut Tx, holder: Holder, session: SessionId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(END_ONE)
            .bind(holder.kind().as_str())
            .bind(holder.id())
            .bind(session.0)
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

/// How many there were.
pub(super) async fn end_all(tx: &mut Tx, holder: Holder, now: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(END_ALL)
            .bind(holder.kind().as_str())
            .bind(holder.id())
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected()
    }))
}

pub(super) async fn alive(db: &Db, holder: Holder, now: Instant, seen_after: Instant) -> Result<Vec<AliveRow>, Error> {
    Ok(on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, AliveRow>(ALIVE)
            .bind(holder.kind().as_str())
            .bind(holder.id())
            .bind(now.micros())
            .bind(seen_after.micros())
            .fetch_all(c)
            .await?
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
