use crate::Portal;
use crate::catalogue::staff::NewStaff;
use crate::db::{Error, Tx};
use crate::{on, row, statements};
use ground::ProducerProfile;
use types::Slug;
use uuid::Uuid;

statements! {
    INSERT = "insert into producers (id, slug, name, email, time_zone, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (slug) do nothing";
    INSERT_STAFF = "insert into staff (id, email, name, role, password_hash, created_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (email) do nothing";
    BY_SLUG = "select id, slug, name, email, time_zone from producers where slug = $1";
}

row! {
    pub(super) struct ProducerRow { id: Uuid, slug: String, name: String, email: String, time_zone: String }
}

impl TryFrom<ProducerRow> for ProducerProfile {
    type Error = Error;

    fn try_from(row: ProducerRow) -> Result<Self, Error> {
        Self::read(row.id, &row.slug, row.name, &row.email, row.time_zone)
    }
}

pub(in crate::sale::catalogue) async fn insert(
    tx: &mut Tx,
    profile: &ProducerProfile,
    hash: &str,
    now: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(profile.id.0)
            .bind(profile.slug.as_str())
            .bind(&profile.name)
            .bind(profile.email.as_str())
            .bind(&profile.time_zone)
            .bind(hash)
            .bind(now)
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::sale::catalogue) async fn insert_staff(
    tx: &mut Tx,
    id: Uuid,
    new: &NewStaff,
    hash: &str,
    now: i64,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_STAFF)
            .bind(id)
            .bind(new.email.as_str())
            .bind(new.name.as_str())
            .bind(new.role.as_str())
            .bind(hash)
            .bind(now)
            .execute(c)
            .await?
            .rows_affected() == 1
    }))
}

pub(in crate::sale::catalogue) async fn by_slug(
    portal: &Portal,
    slug: &Slug,
) -> Result<Option<ProducerProfile>, Error> {
    let row = on!(portal.db.read().await?.conn(), c => {
        sqlx::query_as::<_, ProducerRow>(BY_SLUG).bind(slug.as_str()).fetch_optional(c).await?
    });
    row.map(ProducerProfile::try_from).transpose()
}
