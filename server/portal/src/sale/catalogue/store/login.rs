use crate::catalogue::login::{Login, Who};
use crate::db::{Error, Tx, parsed};
use crate::{Portal, on, row, statements};
use types::{Email, Instant, ProducerId, Slug, StaffId};
use uuid::Uuid;

statements! {
    PRODUCERS = "select id, slug, email, name, password_hash, created_at, disabled_at from producers order by slug";
    PRODUCERS_OF_EMAIL = "select id, slug, email, name, password_hash, created_at, disabled_at
        from producers
        where email = $1
        order by slug";
    STAFF = "select id, role, email, name, password_hash, created_at, disabled_at from staff order by email";
    STAFF_OF_EMAIL = "select id, role, email, name, password_hash, created_at, disabled_at
        from staff
        where email = $1";
    SET_HASH_OF_PRODUCER = "update producers set password_hash = $2 where id = $1 and disabled_at is null";
    SET_HASH_OF_STAFF = "update staff set password_hash = $2 where id = $1 and disabled_at is null";
    DISABLE_PRODUCER = "update producers set disabled_at = $2 where id = $1 and disabled_at is null";
    DISABLE_STAFF = "update staff set disabled_at = $2 where id = $1 and disabled_at is null";
}

row! {
    struct ProducerLoginRow {
        id: Uuid, slug: String, email: String, name: String, password_hash: String, created_at: i64,
        disabled_at: Option<i64>,
    }
    struct StaffLoginRow {
        id: Uuid, role: String, email: String, name: String, password_hash: String, created_at: i64,
        disabled_at: Option<i64>,
    }
}

impl TryFrom<ProducerLoginRow> for Login {
    type Error = Error;

    fn try_from(row: ProducerLoginRow) -> Result<Self, Error> {
        let who = Who::Producer(ProducerId(row.id), parsed("producers", row.id, Slug::parse(&row.slug))?);
        let email = parsed("producers", row.id, Email::parse(&row.email))?;
        Ok(Self {
            who,
            email,
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
        let who = Who::Staff(StaffId(row.id), parsed("staff", row.id, row.role.parse())?);
        let email = parsed("staff", row.id, Email::parse(&row.email))?;
        Ok(Self {
            who,
            email,
            name: row.name,
            created_at: Instant::from_micros(row.created_at),
            disabled_at: row.disabled_at.map(Instant::from_micros),
            password_hash: row.password_hash,
        })
    }
}

pub(in crate::sale::catalogue) async fn producers(portal: &Portal) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerLoginRow>(PRODUCERS).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::sale::catalogue) async fn producers_of_email(
    portal: &Portal,
    email: &Email,
) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerLoginRow>(PRODUCERS_OF_EMAIL).bind(email.as_str()).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::sale::catalogue) async fn staff(portal: &Portal) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, StaffLoginRow>(STAFF).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::sale::catalogue) async fn staff_of_email(portal: &Portal, email: &Email) -> Result<Vec<Login>, Error> {
    let rows = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, StaffLoginRow>(STAFF_OF_EMAIL).bind(email.as_str()).fetch_all(c).await?
    });
    rows.into_iter().map(Login::try_from).collect()
}

pub(in crate::sale::catalogue) async fn set_hash(tx: &mut Tx, who: &Who, hash: &str) -> Result<bool, Error> {
    let (sql, id) = match who {
        Who::Producer(id, _) => (SET_HASH_OF_PRODUCER, id.0),
        Who::Staff(id, _) => (SET_HASH_OF_STAFF, id.0),
    };
    Ok(on!(tx.conn(), c => sqlx::query(sql).bind(id).bind(hash).execute(c).await?.rows_affected() == 1))
}

pub(in crate::sale::catalogue) async fn disable(tx: &mut Tx, who: &Who, now: Instant) -> Result<bool, Error> {
    let (sql, id) = match who {
        Who::Producer(id, _) => (DISABLE_PRODUCER, id.0),
        Who::Staff(id, _) => (DISABLE_STAFF, id.0),
    };
    Ok(on!(tx.conn(), c => sqlx::query(sql).bind(id).bind(now.micros()).execute(c).await?.rows_affected() == 1))
}
