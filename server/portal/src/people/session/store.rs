use super::{Holder, SessionKind};
use crate::db::{Db, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, LinkId, LoginId, PersonId, ProducerId, SessionId, StaffId};
use uuid::Uuid;

statements! {
    INSERT = "insert into sessions (id, token_hash, kind, person_id, login_id, producer_id, link_id, address, browser,
                created_at, last_seen_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)";
    FIND_BUYER = "select s.id, s.person_id, s.last_seen_at, p.email, p.language, p.language_chosen_at
        from sessions s
        join people p on p.id = s.person_id
        where s.token_hash = $1 and s.kind = 'buyer' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3";
    FIND_PRODUCER = "select s.id, s.producer_id, s.login_id, s.created_at, s.last_seen_at, p.slug, p.name, p.email,
            p.time_zone, l.email as login_email, m.role
        from sessions s
        join producers p on p.id = s.producer_id
        join logins l on l.id = s.login_id
        join memberships m on m.producer_id = s.producer_id and m.login_id = s.login_id
        where s.token_hash = $1 and s.kind = 'producer' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3 and l.disabled_at is null";
    FIND_STAFF = "select s.id, s.login_id, s.created_at, s.last_seen_at, l.email, f.role
        from sessions s
        join logins l on l.id = s.login_id
        join staff f on f.id = s.login_id
        where s.token_hash = $1 and s.kind = 'staff' and s.ended_at is null and s.expires_at > $2
            and s.last_seen_at > $3 and l.disabled_at is null";
    TOUCH = "update sessions set last_seen_at = $2 where id = $1 and ended_at is null";
    END = "update sessions
        set ended_at = $3
        where token_hash = $1 and kind = $2 and ended_at is null
        returning id, person_id, login_id, producer_id";
    END_ONE = "update sessions
        set ended_at = $4
        where id = $3 and kind = $1 and (person_id = $2 or login_id = $2) and ended_at is null";
    END_ALL = "update sessions
        set ended_at = $3
        where kind = $1 and (person_id = $2 or login_id = $2) and ended_at is null";
    END_AT = "update sessions
        set ended_at = $3
        where login_id = $1 and producer_id = $2 and ended_at is null";
    END_THIS = "update sessions set ended_at = $2 where id = $1 and ended_at is null";
    ALIVE = "select id, address, browser, created_at, last_seen_at
        from sessions
        where kind = $1 and (person_id = $2 or login_id = $2) and ended_at is null
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
        id: Uuid, producer_id: Uuid, login_id: Uuid, created_at: i64, last_seen_at: i64, slug: String, name: String,
        email: String, time_zone: String, login_email: String, role: String,
    }
    pub(super) struct StaffRow {
        id: Uuid, login_id: Uuid, created_at: i64, last_seen_at: i64, email: String, role: String,
    }
    pub(super) struct AliveRow { id: Uuid, address: String, browser: String, created_at: i64, last_seen_at: i64 }
    struct EndedRow { id: Uuid, person_id: Option<Uuid>, login_id: Option<Uuid>, producer_id: Option<Uuid> }
}

impl EndedRow {
    /// Whose it was; the database sees to it that it was somebody's.
    fn holder(&self) -> Option<Holder> {
        let of_login = |login| match self.producer_id {
            Some(producer) => Holder::Producer(LoginId(login), ProducerId(producer)),
            None => Holder::Staff(StaffId(login)),
        };
        self.person_id.map(|id| Holder::Buyer(PersonId(id))).or_else(|| self.login_id.map(of_login))
    }
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
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(&new.token_hash)
            .bind(new.holder.kind().as_str())
            .bind(new.holder.person().map(|person| person.0))
            .bind(new.holder.login())
            .bind(new.holder.producer().map(|producer| producer.0))
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
    Ok(row.and_then(|row| Some((SessionId(row.id), row.holder()?))))
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
pub(super) async fn end_all(tx: &mut Tx, (kind, holder): (SessionKind, Uuid), now: Instant) -> Result<u64, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(END_ALL)
            .bind(kind.as_str())
            .bind(holder)
            .bind(now.micros())
            .execute(c)
            .await?
            .rows_affected()
    }))
}

pub(super) async fn end_at(tx: &mut Tx, login: LoginId, producer: ProducerId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(END_AT).bind(login.0).bind(producer.0).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

pub(super) async fn end_this(tx: &mut Tx, session: SessionId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(END_THIS).bind(session.0).bind(now.micros()).execute(c).await?; });
    Ok(())
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
