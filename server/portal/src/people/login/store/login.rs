use crate::db::{Db, Error, Tx, parsed};
use crate::login::state::Known;
use crate::login::{Door, Login, Who};
use crate::{Portal, on, row, statements};
use types::{Email, Instant, Language, LoginId, ProducerId, Slug, StaffId, StaffRole};
use uuid::Uuid;

/// Logins of producers as the operator sees them, a line for each producer that one works for.
macro_rules! of_producers {
    ($which:expr) => {
        concat!(
            "select l.id, m.producer_id, p.slug, m.role, l.email, l.name, l.password_hash, l.created_at, l.disabled_at
            from logins l
            join memberships m on m.login_id = l.id
            join producers p on p.id = m.producer_id
            where l.kind = 'producer'",
            $which,
            " order by p.slug, l.email"
        )
    };
}

/// The same of the staff.
macro_rules! of_staff {
    ($which:expr) => {
        concat!(
            "select l.id, f.role, l.email, l.name, l.password_hash, l.created_at, l.disabled_at
            from logins l
            join staff f on f.id = l.id
            where l.kind = 'staff'",
            $which,
            " order by l.email"
        )
    };
}

statements! {
    INSERT = "insert into logins (id, kind, email, name, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (kind, email) do nothing";
    INSERT_STAFF = "insert into staff (id, role) values ($1, $2)";
    FIND = "select id, kind, email, name, language, password_hash, totp_sealed, totp_new_sealed, disabled_at
        from logins
        where id = $1";
    OF_EMAIL = "select id, kind, email, name, language, password_hash, totp_sealed, totp_new_sealed, disabled_at
        from logins
        where kind = $1 and email = $2";
    PRODUCERS = of_producers!("");
    PRODUCERS_OF_EMAIL = of_producers!(" and l.email = $1");
    STAFF = of_staff!("");
    STAFF_OF_EMAIL = of_staff!(" and l.email = $1");
    SET_HASH = "update logins set password_hash = $2 where id = $1 and disabled_at is null";
    SPEAK = "update logins set language = $2 where id = $1 and language <> $2";
    DISABLE = "update logins set disabled_at = $2 where id = $1 and disabled_at is null";
}

row! {
    struct LoginRow {
        id: Uuid, kind: String, email: String, name: String, language: String, password_hash: String,
        totp_sealed: Option<String>, totp_new_sealed: Option<String>, disabled_at: Option<i64>,
    }
    struct ProducerLoginRow {
        id: Uuid, producer_id: Uuid, slug: String, role: String, email: String, name: String, password_hash: String,
        created_at: i64, disabled_at: Option<i64>,
    }
    struct StaffLoginRow {
        id: Uuid, role: String, email: String, name: String, password_hash: String, created_at: i64,
        disabled_at: Option<i64>,
    }
}

impl TryFrom<LoginRow> for Known {
    type Error = Error;

    fn try_from(row: LoginRow) -> Result<Self, Error> {
        Ok(Self {
            id: LoginId(row.id),
            door: door_of(&row.kind),
            email: parsed("logins", row.id, Email::parse(&row.email))?,
            name: row.name,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            password_hash: row.password_hash,
            totp_sealed: row.totp_sealed,
            totp_new_sealed: row.totp_new_sealed,
            is_disabled: row.disabled_at.is_some(),
        })
    }
}

/// The door of this word, which the database knows two of.
pub(super) fn door_of(word: &str) -> Door {
    if word == Door::Staff.as_str() { Door::Staff } else { Door::Producer }
}

impl TryFrom<ProducerLoginRow> for Login {
    type Error = Error;

    fn try_from(row: ProducerLoginRow) -> Result<Self, Error> {
        let slug = parsed("producers", row.producer_id, Slug::parse(&row.slug))?;
        let role = parsed("memberships", row.id, row.role.parse())?;
        Ok(Self {
            id: LoginId(row.id),
            who: Who::Producer(ProducerId(row.producer_id), slug, role),
            email: parsed("logins", row.id, Email::parse(&row.email))?,
            name: row.name,
            created_at: Instant::from_micros(row.created_at),
            disabled_at: row.disabled_at.map(Instant::from_micros),
            password_hash: row.password_hash,
        })
    }
}

impl TryFrom<StaffLoginRow> for Login {
    type Error = Error;

    fn try_from(row: StaffLoginRow) -> Result<Self, Error> {
        Ok(Self {
            id: LoginId(row.id),
            who: Who::Staff(StaffId(row.id), parsed("staff", row.id, row.role.parse())?),
            email: parsed("logins", row.id, Email::parse(&row.email))?,
            name: row.name,
            created_at: Instant::from_micros(row.created_at),
            disabled_at: row.disabled_at.map(Instant::from_micros),
            password_hash: row.password_hash,
        })
    }
}

/// Somebody who is to sign in.
pub(in crate::people::login) struct NewLogin<'a> {
    pub(in crate::people::login) id: LoginId,
    pub(in crate::people::login) door: Door,
    pub(in crate::people::login) email: &'a Email,
    pub(in crate::people::login) name: &'a str,
    pub(in crate::people::login) hash: &'a str,
    pub(in crate::people::login) now: Instant,
}

/// False when somebody signs in with this address already.
pub(in crate::people::login) async fn insert(tx: &mut Tx, new: &NewLogin<'_>) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(new.door.as_str())
            .bind(new.email.as_str())
            .bind(new.name)
            .bind(new.hash)
            .bind(new.now.micros())
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::people::login) async fn insert_staff(tx: &mut Tx, id: StaffId, role: StaffRole) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(INSERT_STAFF).bind(id.0).bind(role.as_str()).execute(c).await?; });
    Ok(())
}

pub(in crate::people::login) async fn find(db: &Db, id: LoginId) -> Result<Option<Known>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, LoginRow>(FIND).bind(id.0).fetch_optional(c).await?
    });
    row.map(Known::try_from).transpose()
}

pub(in crate::people::login) async fn of_email(db: &Db, door: Door, email: &Email) -> Result<Option<Known>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, LoginRow>(OF_EMAIL).bind(door.as_str()).bind(email.as_str()).fetch_optional(c).await?
    });
    row.map(Known::try_from).transpose()
}

pub(in crate::people::login) async fn producers(portal: &Portal) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerLoginRow>(PRODUCERS).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::people::login) async fn producers_of_email(portal: &Portal, email: &Email) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerLoginRow>(PRODUCERS_OF_EMAIL).bind(email.as_str()).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::people::login) async fn staff(portal: &Portal) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, StaffLoginRow>(STAFF).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::people::login) async fn staff_of_email(portal: &Portal, email: &Email) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, StaffLoginRow>(STAFF_OF_EMAIL).bind(email.as_str()).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

/// False when nobody signs in so any more.
pub(in crate::people::login) async fn set_hash(tx: &mut Tx, id: LoginId, hash: &str) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(SET_HASH).bind(id.0).bind(hash).execute(c).await?.rows_affected() == 1))
}

/// Mails to the person are in this language from now on.
pub(in crate::people::login) async fn speak(tx: &mut Tx, id: LoginId, language: Language) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(SPEAK).bind(id.0).bind(language.tag()).execute(c).await?; });
    Ok(())
}

/// False when it was so before.
pub(in crate::people::login) async fn disable(tx: &mut Tx, id: LoginId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(DISABLE).bind(id.0).bind(now.micros()).execute(c).await?.rows_affected() == 1))
}
