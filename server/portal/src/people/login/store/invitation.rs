use crate::db::{Db, Error, Tx, parsed};
use crate::login::state::Invitation;
use crate::{on, row, statements};
use types::{Email, Instant, InvitationId, Language, LoginId, MemberRole, ProducerId};
use uuid::Uuid;

statements! {
    INSERT = "insert into invitations (id, producer_id, email, role, invited_by, language, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    FIND = "select i.id, i.producer_id, p.name as producer_name, i.email, i.role, l.name as inviter, i.language,
            i.expires_at
        from invitations i
        join producers p on p.id = i.producer_id
        join logins l on l.id = i.invited_by
        where i.id = $1 and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > $2";
    WAITING = "select id, email, role, expires_at
        from invitations
        where producer_id = $1 and accepted_at is null and withdrawn_at is null and expires_at > $2
        order by created_at desc, id desc";
    ACCEPT = "update invitations
        set accepted_at = $2
        where id = $1 and accepted_at is null and withdrawn_at is null and expires_at > $2";
    WITHDRAW = "update invitations
        set withdrawn_at = $3
        where id = $2 and producer_id = $1 and accepted_at is null and withdrawn_at is null and expires_at > $3";
    WITHDRAW_OF = "update invitations
        set withdrawn_at = $3
        where producer_id = $1 and email = $2 and accepted_at is null and withdrawn_at is null";
}

row! {
    struct InvitationRow {
        id: Uuid, producer_id: Uuid, producer_name: String, email: String, role: String, inviter: String,
        language: String, expires_at: i64,
    }
    struct WaitingRow { id: Uuid, email: String, role: String, expires_at: i64 }
}

impl TryFrom<InvitationRow> for Invitation {
    type Error = Error;

    fn try_from(row: InvitationRow) -> Result<Self, Error> {
        Ok(Self {
            id: InvitationId(row.id),
            producer: ProducerId(row.producer_id),
            producer_name: row.producer_name,
            email: parsed("invitations", row.id, Email::parse(&row.email))?,
            role: parsed("invitations", row.id, row.role.parse())?,
            inviter: row.inviter,
            language: Language::of_tag(&row.language).unwrap_or_default(),
            expires_at: Instant::from_micros(row.expires_at),
        })
    }
}

/// An invitation to be.
pub(in crate::people::login) struct NewInvitation<'a> {
    pub(in crate::people::login) id: InvitationId,
    pub(in crate::people::login) producer: ProducerId,
    pub(in crate::people::login) email: &'a Email,
    pub(in crate::people::login) role: MemberRole,
    pub(in crate::people::login) by: LoginId,
    pub(in crate::people::login) language: Language,
    pub(in crate::people::login) now: Instant,
    pub(in crate::people::login) expires_at: Instant,
}

pub(in crate::people::login) async fn insert(tx: &mut Tx, new: &NewInvitation<'_>) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(new.id.0)
            .bind(new.producer.0)
            .bind(new.email.as_str())
            .bind(new.role.as_str())
            .bind(new.by.0)
            .bind(new.language.tag())
            .bind(new.now.micros())
            .bind(new.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

/// One that waits.
pub(in crate::people::login) async fn find(
    db: &Db,
    id: InvitationId,
    now: Instant,
) -> Result<Option<Invitation>, Error> {
    let row = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, InvitationRow>(FIND).bind(id.0).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(Invitation::try_from).transpose()
}

pub(in crate::people::login) async fn waiting(
    db: &Db,
    producer: ProducerId,
    now: Instant,
) -> Result<Vec<(InvitationId, Email, MemberRole, Instant)>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, WaitingRow>(WAITING).bind(producer.0).bind(now.micros()).fetch_all(c).await?
    });
    let one = |row: WaitingRow| {
        let email = parsed("invitations", row.id, Email::parse(&row.email))?;
        let role = parsed("invitations", row.id, row.role.parse())?;
        Ok((InvitationId(row.id), email, role, Instant::from_micros(row.expires_at)))
    };
    rows.into_iter().map(one).collect()
}

/// False when it waits no more.
pub(in crate::people::login) async fn accept(tx: &mut Tx, id: InvitationId, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(ACCEPT).bind(id.0).bind(now.micros()).execute(c).await?.rows_affected() == 1))
}

/// False when the producer has none such that waits.
pub(in crate::people::login) async fn withdraw(
    tx: &mut Tx,
    producer: ProducerId,
    id: InvitationId,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(WITHDRAW).bind(producer.0).bind(id.0).bind(now.micros()).execute(c).await?.rows_affected() == 1
    }))
}

pub(in crate::people::login) async fn withdraw_of(
    tx: &mut Tx,
    producer: ProducerId,
    email: &Email,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(WITHDRAW_OF).bind(producer.0).bind(email.as_str()).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}
