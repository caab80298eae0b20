use crate::db::{Conn, Db, Error, Tx, parsed};
use crate::login::MemberView;
use crate::{on, row, statements};
use types::{Email, Instant, LoginId, MemberRole, ProducerId, Slug};
use uuid::Uuid;

statements! {
    INSERT = "insert into memberships (producer_id, login_id, role, created_at)
        values ($1, $2, $3, $4)
        on conflict (producer_id, login_id) do update set role = excluded.role";
    // The producer whom somebody worked for last, or whose work they took up first.
    HOME = "select producer_id
        from memberships
        where login_id = $1
        order by coalesce(entered_at, 0) desc, created_at, producer_id
        limit 1";
    TOUCH = "update memberships set entered_at = $3 where producer_id = $1 and login_id = $2";
    OF_PRODUCER = "select l.id, l.email, l.name, l.totp_sealed, m.role, m.created_at, m.entered_at
        from memberships m
        join logins l on l.id = m.login_id
        where m.producer_id = $1 and l.disabled_at is null
        order by l.name, l.email";
    OF_EMAIL = "select l.id
        from memberships m
        join logins l on l.id = m.login_id
        where m.producer_id = $1 and l.kind = 'producer' and l.email = $2";
    EMPLOYERS = "select p.id, p.slug, p.name
        from memberships m
        join producers p on p.id = m.producer_id
        where m.login_id = $1
        order by p.name, p.slug";
    ROLE_OF = "select role from memberships where producer_id = $1 and login_id = $2";
    SET_ROLE = "update memberships set role = $3 where producer_id = $1 and login_id = $2";
    DELETE = "delete from memberships where producer_id = $1 and login_id = $2";
    // An update that changes nothing locks the producer's row.
    LOCK = "update producers set slug = slug where id = $1";
    OWNERS = "select l.id
        from memberships m
        join logins l on l.id = m.login_id
        where m.producer_id = $1 and m.role = 'owner' and l.disabled_at is null
        limit 1";
}

row! {
    struct IdRow { id: Uuid }
    struct HomeRow { producer_id: Uuid }
    struct RoleRow { role: String }
    struct EmployerRow { id: Uuid, slug: String, name: String }
    struct MemberRow {
        id: Uuid, email: String, name: String, totp_sealed: Option<String>, role: String, created_at: i64,
        entered_at: Option<i64>,
    }
}

impl TryFrom<MemberRow> for MemberView {
    type Error = Error;

    fn try_from(row: MemberRow) -> Result<Self, Error> {
        Ok(Self {
            login: LoginId(row.id),
            email: parsed("logins", row.id, Email::parse(&row.email))?,
            name: row.name,
            role: parsed("memberships", row.id, row.role.parse())?,
            since: Instant::from_micros(row.created_at),
            entered_at: row.entered_at.map(Instant::from_micros),
            has_second_step: row.totp_sealed.is_some(),
        })
    }
}

pub(in crate::people::login) async fn insert(
    tx: &mut Tx,
    producer: ProducerId,
    login: LoginId,
    role: MemberRole,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT).bind(producer.0).bind(login.0).bind(role.as_str()).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

pub(in crate::people::login) async fn home(conn: Conn<'_>, login: LoginId) -> Result<Option<ProducerId>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, HomeRow>(HOME).bind(login.0).fetch_optional(c).await?);
    Ok(row.map(|row| ProducerId(row.producer_id)))
}

pub(in crate::people::login) async fn touch(
    tx: &mut Tx,
    producer: ProducerId,
    login: LoginId,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(TOUCH).bind(producer.0).bind(login.0).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

pub(in crate::people::login) async fn of_producer(db: &Db, producer: ProducerId) -> Result<Vec<MemberView>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, MemberRow>(OF_PRODUCER).bind(producer.0).fetch_all(c).await?
    });
    rows.into_iter().map(MemberView::try_from).collect()
}

pub(in crate::people::login) async fn is_member(
    conn: Conn<'_>,
    producer: ProducerId,
    email: &Email,
) -> Result<bool, Error> {
    Ok(on!(conn, c => {
        sqlx::query_as::<_, IdRow>(OF_EMAIL).bind(producer.0).bind(email.as_str()).fetch_optional(c).await?
    })
    .is_some())
}

pub(in crate::people::login) async fn employers(
    db: &Db,
    login: LoginId,
) -> Result<Vec<(ProducerId, Slug, String)>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, EmployerRow>(EMPLOYERS).bind(login.0).fetch_all(c).await?
    });
    let employer =
        |row: EmployerRow| Ok((ProducerId(row.id), parsed("producers", row.id, Slug::parse(&row.slug))?, row.name));
    rows.into_iter().map(employer).collect()
}

pub(in crate::people::login) async fn role_of(
    conn: Conn<'_>,
    producer: ProducerId,
    login: LoginId,
) -> Result<Option<MemberRole>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, RoleRow>(ROLE_OF).bind(producer.0).bind(login.0).fetch_optional(c).await?
    });
    row.map(|row| parsed("memberships", login, row.role.parse())).transpose()
}

pub(in crate::people::login) async fn set_role(
    tx: &mut Tx,
    producer: ProducerId,
    login: LoginId,
    role: MemberRole,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(SET_ROLE).bind(producer.0).bind(login.0).bind(role.as_str()).execute(c).await?;
    });
    Ok(())
}

pub(in crate::people::login) async fn delete(tx: &mut Tx, producer: ProducerId, login: LoginId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(DELETE).bind(producer.0).bind(login.0).execute(c).await?; });
    Ok(())
}

pub(in crate::people::login) async fn lock(tx: &mut Tx, producer: ProducerId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(producer.0).execute(c).await?; });
    Ok(())
}

pub(in crate::people::login) async fn has_owner(conn: Conn<'_>, producer: ProducerId) -> Result<bool, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, IdRow>(OWNERS).bind(producer.0).fetch_optional(c).await?).is_some())
}
